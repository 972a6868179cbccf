"""Facts: append-only, many requests' worth in one commit, resolved when on disk."""

from content.shares import Draft, Fact
from storage.pens import written
from storage.work import Storage, Work


async def record(storage: Storage, *entries: Fact | Draft) -> bool:
    """Append facts (and keep drafts) durably; True when at least one fact is new.

    It never sends or refreshes. Raises `Busy` when nothing of it was recorded.
    """
    return await storage.appending.append(entries) if entries else False


async def state(work: Work, *entries: Fact | Draft) -> bool:
    """The same inside a command's own transaction; a fact that was stated before stays as it was."""
    return bool(await written(work.connection, entries))
