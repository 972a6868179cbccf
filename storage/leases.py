"""Who sends in a workspace: one process at a time, by a lease that ends by itself. No programme owns one."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, case, or_, update
from sqlmodel import col

from storage import tables
from storage.columns import METADATA
from storage.statements import insert_new, moment
from storage.work import Storage

_L = tables.Leases
_ROWS = METADATA.tables[str(_L.__tablename__)]
_NOBODY = {"holder": "", "epoch": 0, "until": datetime(2000, 1, 1, tzinfo=UTC)}


async def take(storage: Storage, workspace: str, holder: str, seconds: float) -> int | None:
    """Take or renew a lease for some seconds from now; its epoch, or None while another process has it.

    Time is the database's: replicas need not agree on theirs. A lease that ends later than anybody could
    have asked for is the trace of a clock that went back, and is free.
    """
    now = _now(storage)
    mine = (col(_L.holder) == holder) & (col(_L.until) > now)
    free = or_(col(_L.until) <= now, col(_L.until) > _now(storage, 2 * seconds))
    taken = update(_ROWS).where(col(_L.workspace) == workspace, or_(mine, free)).returning(col(_L.epoch))
    epoch = case((mine, col(_L.epoch)), else_=col(_L.epoch) + 1)
    async with storage.turns.writing(None) as connection:
        await connection.execute(insert_new(connection, _ROWS, {"workspace": workspace, **_NOBODY}))
        done = await connection.execute(
            taken.values(holder=holder, epoch=epoch, until=_now(storage, seconds))
        )
        return done.scalar_one_or_none()


async def give_back(storage: Storage, workspace: str, holder: str) -> None:
    """Let another process take over at once."""
    mine = (col(_L.workspace) == workspace, col(_L.holder) == holder)
    async with storage.turns.writing(None) as connection:
        await connection.execute(update(_ROWS).where(*mine).values(until=_now(storage)))


def _now(storage: Storage, later: float = 0) -> ColumnElement[datetime]:
    return moment(replicated=storage.turns.replicated, later=later)
