"""A database for each test, with one programme and one workspace."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content.programmes import Programme, Workspace
from storage.migrating import migrate
from storage.work import Storage
from tests.databases import DATABASES

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
P, W = "P1", "slack:T1"


@pytest.fixture
async def url(tmp_path: Path) -> str:
    """A migrated database."""
    url = DATABASES.url(tmp_path)
    await migrate(url)
    return url


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    """Storage over it, with somebody in it."""
    storage = opened(url)
    async with storage.work(P) as work:
        await work.insert(Programme(P, "Acme", NOW))
        await work.insert(Workspace(W, P, "slack"))
    yield storage
    await storage.close()


@pytest.fixture
async def other(url: str) -> AsyncIterator[Storage]:
    """The same database from another process: with connections and turns of its own."""
    other = opened(url)
    yield other
    await other.close()


def opened(url: str) -> Storage:
    """Storage that loses its patience soon; on SQLite, where processes cannot queue, later."""
    return Storage.open(url, lambda: NOW, patience=0.3 if DATABASES.server else 1.5)
