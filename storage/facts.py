"""Facts: append-only, many requests' worth in one commit, resolved when on disk."""

from content.shares import Draft, Fact
from storage.rows import row, table
from storage.statements import insert_new, upsert
from storage.work import Storage


async def record(storage: Storage, *entries: Fact | Draft) -> bool:
    """Append facts (and keep drafts) durably; True when at least one fact is new.

    It never sends or refreshes.
    """
    if not entries:
        return False
    async with storage.work(entries[0].programme) as work:
        new = 0
        for entry in entries:
            build = insert_new if isinstance(entry, Fact) else upsert
            done = await work.connection.execute(build(work.connection, table(type(entry)), row(entry)))
            new += done.rowcount if isinstance(entry, Fact) else 0
    return new > 0
