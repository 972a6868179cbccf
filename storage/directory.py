"""What is due, over every programme: the only place that reads across them. It returns names only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from shutil import disk_usage

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, case, func, or_, select, union
from sqlmodel import col

from content.shares import Link
from content.stories import State
from storage import tables
from storage.columns import UtcDateTime
from storage.engine import FULL, READ_ONLY, cause, file_of
from storage.records import Sending, SlipKind
from storage.rows import table, thing
from storage.work import Busy, Storage

ROOM = 1024 * 1024
"""Bytes without which SQLite's log cannot grow."""
TRUSTED = timedelta(minutes=65)
"""How long a channel is believed to be as it was seen; the sweep looks once an hour."""

_P, _S, _M = tables.Programmes, tables.Stories, tables.Messages


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits for the clock."""

    programme: str
    id: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is first in line at an address."""

    programme: str
    id: str
    address: str


async def programme_of(storage: Storage, workspace: str) -> str | None:
    """The programme a workspace belongs to; None for a workspace nobody set up."""
    query = select(col(tables.Workspaces.programme)).where(col(tables.Workspaces.id) == workspace)
    async with storage.turns.connected() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        return (await connection.execute(query)).scalar_one_or_none()


async def programmes(storage: Storage) -> list[str]:
    """Every programme."""
    return [due.id for due in await _due(storage, select(col(_P.id), col(_P.id)))]


async def workspaces(storage: Storage, platform: str) -> list[Due]:
    """Every workspace of a platform that belongs to a programme."""
    found = select(col(tables.Workspaces.programme), col(tables.Workspaces.id))
    return await _due(storage, found.where(col(tables.Workspaces.platform) == platform))


async def stories_to_read(storage: Storage) -> list[Due]:
    """Stories whose page is still to be fetched."""
    return await _stories(storage, col(_S.state) == State.READING)


async def stories_to_release(storage: Storage, now: datetime) -> list[Due]:
    """Approved stories whose hold is over."""
    return await _stories(storage, col(_S.state) == State.APPROVED, col(_S.out_at) <= now)


async def items_unused(storage: Storage, before: datetime) -> list[Due]:
    """Items of feeds that were found before a moment and that nobody decided about."""
    items = tables.Items
    query = select(col(items.programme), col(items.id))
    return await _due(storage, query.where(col(items.state) == "new", col(items.found) <= before).limit(200))


async def heads(
    storage: Storage, workspace: str, *, posted: bool, besides: Iterable[str] = (), most: int = 100
) -> list[Head]:
    """The first copy of each address that shows less than is wanted and is due, the longest waiting first.

    `posted` asks for those to be redrawn, else for those to be posted; `besides` are addresses to leave
    alone. Nothing follows at an address where a post is under way, nothing goes to a paused workspace, and
    nothing new to a channel that is shut or that nobody could look at for too long.
    """
    query = _heads(posted=posted, paused=False)
    return await _first(storage, query, workspace, besides=list(besides), most=most)


async def to_try(storage: Storage, workspace: str, *, posted: bool) -> list[Head]:
    """One of the cards that wait in a paused workspace, if any does: whether it gets through tells enough."""
    return await _first(storage, _heads(posted=posted, paused=True), workspace, besides=[], most=1)


@cache
def _heads(*, posted: bool, paused: bool) -> Select[str, str, str]:
    """Made once: to write the question costs more than to ask it."""
    here: BindParameter[str] = bindparam("workspace")
    places, now = tables.Workspaces, bindparam("now", type_=UtcDateTime())
    busy = select(col(_M.address)).where(col(_M.workspace) == here, col(_M.state) == Sending.SENDING)
    stopped = select(col(places.id)).where(col(places.id) == here, col(places.paused).is_not(None))
    barred = () if posted else (col(_M.address).not_in(_barred(here)),)
    order = (col(_M.due), col(_M.id))
    number = func.row_number().over(partition_by=col(_M.address), order_by=order).label("number")
    first = (
        select(col(_M.programme), col(_M.id), col(_M.address), col(_M.due), number)
        .where(
            col(_M.workspace) == here, col(_M.state) == Sending.IDLE, col(_M.due) <= now,
            col(_M.wanted) > col(_M.drawn), col(_M.ref).is_not(None) if posted else col(_M.ref).is_(None),
            col(_M.address).not_in(bindparam("besides", expanding=True)), col(_M.address).not_in(busy),
            stopped.exists() == paused, *barred,
        )
        .subquery()
    )  # fmt: skip
    query = select(first.c.programme, first.c.id, first.c.address).where(first.c.number == 1)
    return query.order_by(first.c.due, first.c.id).limit(bindparam("most"))


async def _first(
    storage: Storage, query: Select[str, str, str], workspace: str, *, besides: list[str], most: int
) -> list[Head]:
    now = storage.now()
    asked = {"workspace": workspace, "besides": besides, "most": most, "now": now, "unseen": now - TRUSTED}
    async with storage.turns.connected() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        return [Head(*each) for each in await connection.execute(query, asked)]


def _barred(workspace: BindParameter[str]) -> Select[str]:
    """Channels that take nothing new: who is in them may have changed since anybody looked."""
    channels = tables.Channels
    unseen = col(channels.checked) < bindparam("unseen", type_=UtcDateTime())
    return select(col(channels.id)).where(
        col(channels.workspace) == workspace, or_(col(channels.shut).is_not(None), unseen)
    )


async def left_sending(storage: Storage, workspace: str, before: datetime) -> list[Due]:
    """Copies of a workspace whose first post began before a moment and was never settled."""
    query = select(col(_M.programme), col(_M.id)).where(
        col(_M.workspace) == workspace, col(_M.state) == Sending.SENDING, col(_M.sending_at) <= before
    )
    return await _due(storage, query)


async def unsure(storage: Storage, workspace: str) -> list[Due]:
    """Copies of a workspace that are due to be looked for: whether they were posted nobody knows."""
    query = select(col(_M.programme), col(_M.id)).where(
        col(_M.workspace) == workspace, col(_M.state) == Sending.UNSURE, col(_M.due) <= storage.now()
    )
    return await _due(storage, query)


async def waiting(storage: Storage) -> tuple[int, datetime | None]:
    """How many copies are due and not drawn yet, and since when the oldest waits to be posted."""
    asked = col(_M.state).in_((Sending.SENDING, Sending.UNSURE))
    due = (col(_M.state) == Sending.IDLE) & (col(_M.due) <= storage.now())
    since = func.min(case((asked, col(_M.sending_at)), (col(_M.ref).is_(None), col(_M.due))))
    query = select(func.count(), since).where(col(_M.wanted) > col(_M.drawn), asked | due)
    async with storage.turns.connected() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        count, oldest = (await connection.execute(query)).one()
        return count, oldest


async def programmes_with_words(storage: Storage, before: datetime) -> list[str]:
    """The programmes that still hold drafts or sent texts of before a moment."""
    drafts, slips = tables.Drafts, tables.Slips
    old = union(
        select(col(drafts.programme)).where(col(drafts.at) <= before),
        select(col(slips.programme)).where(col(slips.at) <= before, col(slips.kind) == SlipKind.TEXT),
    )
    async with storage.turns.connected() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        return [str(programme) for (programme,) in (await connection.execute(old)).all()]


async def trouble(storage: Storage) -> str:
    """Why the database cannot be read or written to (for `/readyz`); empty when it can.

    It is asked to be read; for writing the last try counts, and the lease is written every few seconds.
    """
    try:
        async with storage.turns.connected() as plain:
            connection = await plain.execution_options(**READ_ONLY)
            await connection.execute(select(1))
    except Busy as away:
        return cause(away.__cause__)
    return storage.turns.trouble or _room(storage)


def _room(storage: Storage) -> str:
    """A full disk takes a few small writes more, where SQLite uses its log again: it is full all the same."""
    file = file_of(storage.engine.url.render_as_string(hide_password=False))
    return FULL if file is not None and disk_usage(file.absolute().parent).free < ROOM else ""


async def link(storage: Storage, token: str) -> Link | None:
    """Where a link leads; the address itself names no programme."""
    query = select(table(Link)).where(col(tables.Links.token) == token)
    async with storage.turns.connected() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        found = (await connection.execute(query)).mappings().one_or_none()
    return thing(Link, found) if found else None


async def _stories(storage: Storage, *where: ColumnElement[bool]) -> list[Due]:
    return await _due(storage, select(col(_S.programme), col(_S.id)).where(*where).limit(50))


async def _due(storage: Storage, query: Select[str, str]) -> list[Due]:
    async with storage.turns.connected() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        return [Due(*found) for found in (await connection.execute(query)).all()]
