"""Keys of what was accepted: kept as long as a platform might send the same again."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from storage import tables
from storage.work import Storage

KEPT = timedelta(hours=48)
"""Slack's latest retry comes a day after the event; a process may have been down for another."""


async def forget(storage: Storage) -> None:
    """Forget the keys that nobody will send again, of every programme."""
    old = col(tables.Seen.at) <= storage.now() - KEPT
    async with storage.turns.writing(None) as connection:
        await connection.execute(delete(tables.Seen).where(old))
