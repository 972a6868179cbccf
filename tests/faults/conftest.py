"""A company with many channels, and a Slack that fails."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.company import Company, company


@pytest.fixture
async def many(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as many:
        yield many
