"""One scene per story."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.slack import Scene, on_slack


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with on_slack(tmp_path) as found:
        yield found
