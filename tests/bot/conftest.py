"""A programme for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.programme import Told, programme


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    """A small programme, set up and empty."""
    async with programme(tmp_path) as told:
        yield told
