"""Work that belongs to no workspace: taken by one process at a time, and by another when that one dies."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import col

from storage import tables
from storage.columns import METADATA
from storage.directory import Due
from storage.work import Storage

TAKEN = timedelta(minutes=3)
"""How long a feed is left to whoever took it: the longest fetch, redirects and parsing included, and as much
again. A process that died had it no longer than that."""

_F = tables.Feeds
_ROWS = METADATA.tables[str(_F.__tablename__)]


async def take_feed(storage: Storage, before: datetime) -> Due | None:
    """The feed that has been due for longest, due again later unless its reading is written down; None: none.

    One that another process is just taking is passed over instead of waited for.
    """
    due = (col(_F.due) <= before, col(_F.off).is_(False))
    first = select(col(_F.id)).where(*due).order_by(col(_F.due), col(_F.id)).limit(1)
    if storage.turns.replicated:
        first = first.with_for_update(skip_locked=True)
    taken = update(_ROWS).where(_ROWS.c.id == first.scalar_subquery()).values(due=storage.now() + TAKEN)
    async with storage.turns.writing(None) as connection:
        found = await connection.execute(taken.returning(_ROWS.c.programme, _ROWS.c.id))
        row = found.one_or_none()
    return None if row is None else Due(*row)
