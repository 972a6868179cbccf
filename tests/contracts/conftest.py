"""Each test of the contract runs on each platform."""

from collections.abc import AsyncIterator

import pytest

from tests.contracts.workspaces import WORKSPACES, Workspace


@pytest.fixture(params=sorted(WORKSPACES))
async def workspace(request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    async with WORKSPACES[request.param]() as found:
        yield found
