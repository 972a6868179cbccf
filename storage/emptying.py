"""Start over with nothing: for the local workspace only."""

from sqlalchemy import delete

from storage import tables  # noqa: F401  names every table in METADATA
from storage.columns import METADATA
from storage.work import Storage


async def empty(storage: Storage) -> None:
    """Forget everything that is remembered, in one transaction."""
    async with storage.work("") as work:
        for rows in reversed(METADATA.sorted_tables):
            await work.connection.execute(delete(rows))
