"""A whole database into an empty one, whatever their engines: in one transaction, counted on both sides."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

from sqlalchemy import Row, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import tables
from storage.columns import METADATA
from storage.engine import READ_ONLY, REPEATABLE, VERB_PATIENCE, engine_for
from storage.locking import InUse

MOST = 500
"""Rows in one statement."""
_LEASES = str(tables.Leases.__tablename__)
_WHOLE = tuple(each for each in METADATA.sorted_tables if each.name != _LEASES)
"""What is carried, in an order that foreign keys allow. A lease is the running process's own."""

CARRIED = tuple(rows.name for rows in _WHOLE)


class NotEmpty(ValueError):
    """There is something in the database already; nothing was written."""


class Uneven(RuntimeError):
    """After the copy a table has not as many rows as the one it was copied from; nothing was written."""


async def carry(source: str, target: str) -> Mapping[str, int]:
    """Copy every row; both have this version's schema. Returns how many each table has, on both sides."""
    async with _reading(source) as there, _writing(target) as here:
        await _refuse_in_use(here)
        filled = [name for name, rows in (await _counted(here)).items() if rows]
        if filled:
            raise NotEmpty(", ".join(filled))
        for rows in _WHOLE:
            await _copy(rows, there, here)
        before, after = await _counted(there), await _counted(here)
        if before != after:
            raise Uneven(", ".join(name for name in before if before[name] != after[name]))
        return after


async def _counted(connection: AsyncConnection) -> dict[str, int]:
    return {
        rows.name: int((await connection.execute(select(func.count()).select_from(rows))).scalar_one())
        for rows in _WHOLE
    }


async def _copy(rows: Table, there: AsyncConnection, here: AsyncConnection) -> None:
    async with there.stream(select(rows)) as found:
        async for part in found.partitions(MOST):
            await here.execute(rows.insert(), _plain(part))


def _plain(part: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    """Rows as a statement takes them: what a column gives as a dataclass it takes as a dictionary."""
    return [
        {
            name: asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
            for name, value in row._mapping.items()  # noqa: SLF001  SQLAlchemy's public name for it
        }
        for row in part
    ]


async def _refuse_in_use(here: AsyncConnection) -> None:
    """Replicas have no file to lock; whoever serves holds a lease of some workspace."""
    if here.dialect.name == "sqlite":
        return
    held = select(func.count()).where(col(tables.Leases.until) > func.clock_timestamp())
    if (await here.execute(held)).scalar_one():
        raise InUse("this database")


@asynccontextmanager
async def _reading(url: str) -> AsyncIterator[AsyncConnection]:
    """A snapshot of everything."""
    engine = engine_for(url, patience=VERB_PATIENCE)
    snapshot = READ_ONLY if engine.dialect.name == "sqlite" else REPEATABLE
    try:
        async with engine.connect() as plain:
            yield await plain.execution_options(**snapshot)
    finally:
        await engine.dispose()


@asynccontextmanager
async def _writing(url: str) -> AsyncIterator[AsyncConnection]:
    """One transaction: everything, or nothing."""
    engine = engine_for(url, patience=VERB_PATIENCE)
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()
