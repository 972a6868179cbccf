"""A site on loopback for the tests of a file."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.fetch.sites import Site, site


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def here() -> AsyncIterator[Site]:
    """A site that answers as it is told."""
    async with site() as opened:
        yield opened
