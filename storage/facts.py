"""Facts: append-only, many requests' worth in one commit, resolved when on disk."""

from content.shares import Draft, Fact
from storage.rows import row, table
from storage.statements import insert_new
from storage.work import Storage, Work


async def record(storage: Storage, *entries: Fact | Draft) -> bool:
    """Append facts (and keep drafts) durably; True when at least one fact is new.

    It never sends or refreshes.
    """
    if not entries:
        return False
    async with storage.work(entries[0].programme, alone=False) as work:
        return await state(work, *entries)


async def state(work: Work, *entries: Fact | Draft) -> bool:
    """The same inside a command's own transaction; a fact that was stated before stays as it was."""
    new = 0
    for entry in entries:
        if isinstance(entry, Draft):
            await work.put(entry)
        else:
            stated = insert_new(work.connection, table(Fact), row(entry))
            new += (await work.connection.execute(stated)).rowcount
    return new > 0
