"""First posts as a group writes them: what claims a card, and what became of those that were claimed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, exists, select, update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import statements, tables
from storage.columns import in_file
from storage.records import Copy, Sending
from storage.rows import table

POSTED = (Sending.SENDING, Sending.UNSURE, Sending.DROPPED)
"""What a copy may have become while it was being posted: others may have given up on its sender."""

_L = tables.Leases


@dataclass(frozen=True, slots=True)
class Claim:
    """A card that is about to be posted, by the holder of its workspace's lease; `at` is when."""

    copy: Copy
    holder: str
    epoch: int
    at: datetime

    @property
    def key(self) -> str:
        """What tells it from others in a group."""
        return self.copy.op_id


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a copy, which is given as it was read, with its claim if that is ours.

    Only what is named is written.
    """

    copy: Copy
    values: Mapping[str, Any]
    claim: Claim | None = None

    @property
    def epoch(self) -> int:
        """The copy's, by now."""
        return self.copy.epoch if self.claim is None else self.claim.epoch

    @property
    def state(self) -> Sending:
        """The copy's, by now."""
        return self.copy.state if self.claim is None else Sending.SENDING


Step = Claim | Settled


async def taken(connection: AsyncConnection, steps: Iterable[Step]) -> set[str]:
    """Write steps in an open transaction, in their order: the keys of the claims that were ours to make."""
    keys: set[str] = set()
    for step in steps:
        if isinstance(step, Settled):
            await connection.execute(settling(step))
        elif (await connection.execute(_claiming(connection, step))).rowcount == 1:
            keys.add(step.key)
    return keys


def settling(settled: Settled) -> Update:
    """Write what became of a copy, unless it is another card by now (sent again, moved, erased)."""
    rows, copy = table(Copy), settled.copy
    was = rows.c.state.in_(POSTED) if settled.state is Sending.SENDING else rows.c.state == settled.state
    same = (rows.c.id == copy.id, rows.c.op_id == copy.op_id, rows.c.epoch == settled.epoch, was)
    there = rows.c.ref.is_not_distinct_from(copy.ref)
    return update(rows).where(*same, there).values(dict(settled.values))


def _claiming(connection: AsyncConnection, claim: Claim) -> Update:
    """Claim a card nobody claimed, drew or refreshed since it was read, while its lease is ours.

    A card that somebody is just changing is left for later: who waits for rows while it holds one may be
    waited for.
    """
    rows, copy = table(Copy), claim.copy
    still = (rows.c.state == Sending.IDLE, rows.c.ref.is_(None), rows.c.wanted == copy.wanted)
    free = select(rows.c.id).where(rows.c.id == copy.id, rows.c.op_id == copy.op_id, *still)
    lock = free.with_for_update(skip_locked=True).scalar_subquery()
    trying = {"state": Sending.SENDING, "epoch": claim.epoch, "sending_at": claim.at}
    return update(rows).where(rows.c.id == lock, _held(connection, claim)).values(trying)


def _held(connection: AsyncConnection, claim: Claim) -> ColumnElement[bool]:
    """The lease is still this holder's, and has not run out: compared in the same statement."""
    now = statements.moment(replicated=connection.dialect.name != "sqlite")
    mine = (col(_L.workspace) == claim.copy.workspace, col(_L.holder) == claim.holder)
    return exists().where(*mine, col(_L.epoch) == claim.epoch, col(_L.until) > now)


def write(cursor: DBAPICursor, steps: Sequence[Step]) -> set[str]:
    """The same for many steps over SQLite's driver, whose every call waits for Python's lock.

    In a transaction that nothing was written in yet: it begins anew when a claim was not ours to make.
    """
    if not steps:
        return set()
    keys = _claim(cursor, [step for step in steps if isinstance(step, Claim)])
    kinds: dict[tuple[str, ...], list[Settled]] = {}
    for step in steps:
        if isinstance(step, Settled):
            kinds.setdefault(tuple(step.values), []).append(step)
    for names, some in kinds.items():
        values = [value for each in some for value in _settled(each)]
        cursor.execute(_settle_sql(names, len(some)), values)
    return keys


def _claim(cursor: DBAPICursor, claims: Sequence[Claim]) -> set[str]:
    """All at once; one after the other when not every one was ours to make, to know which."""
    if not claims or _claimed(cursor, claims) == len(claims):
        return {claim.key for claim in claims}
    cursor.execute("ROLLBACK")
    cursor.execute("BEGIN IMMEDIATE")
    return {claim.key for claim in claims if _claimed(cursor, [claim])}


def _claimed(cursor: DBAPICursor, claims: Sequence[Claim]) -> int:
    values = [value for claim in claims for value in _bound(claim)]
    now = in_file(statements.wall())
    cursor.execute(_claim_sql(len(claims)), [*values, now])
    return int(cursor.rowcount)


def _bound(claim: Claim) -> tuple[Any, ...]:
    copy = claim.copy
    return (
        copy.id, copy.op_id, copy.wanted, in_file(claim.at), copy.workspace, claim.holder, claim.epoch,
    )  # fmt: skip


def _settled(settled: Settled) -> list[Any]:
    copy = settled.copy
    values = [in_file(value) if type(value) is datetime else value for value in settled.values.values()]
    return [copy.id, copy.op_id, settled.epoch, str(settled.state), copy.ref, *values]


@cache
def _claim_sql(many: int) -> str:
    """The driver counts rows of a statement that begins with UPDATE: SQLite names the columns of VALUES."""
    return (
        "UPDATE messages SET state = 'sending', epoch = c.column7, sending_at = c.column4 "  # noqa: S608
        f"FROM ({_rows(7, many)}) AS c WHERE messages.id = c.column1 AND messages.op_id = c.column2 "
        "AND messages.wanted = c.column3 AND messages.state = 'idle' AND messages.ref IS NULL "
        "AND EXISTS (SELECT 1 FROM leases WHERE leases.workspace = c.column5 "
        "AND leases.holder = c.column6 AND leases.epoch = c.column7 AND leases.until > ?)"
    )


@cache
def _settle_sql(names: tuple[str, ...], many: int) -> str:
    became = ", ".join(f"{name} = s.column{number}" for number, name in enumerate(names, 6))
    states = ", ".join(f"'{state}'" for state in POSTED)
    return (
        f"UPDATE messages SET {became} FROM ({_rows(5 + len(names), many)}) AS s "  # noqa: S608
        "WHERE messages.id = s.column1 AND messages.op_id = s.column2 AND messages.epoch = s.column3 "
        "AND (messages.state = s.column4 OR s.column4 = 'sending' "
        f"AND messages.state IN ({states})) AND messages.ref IS s.column5"
    )


def _rows(columns: int, many: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([row] * many)}"
