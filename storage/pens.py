"""What puts a group of facts and drafts on disk, in one transaction."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from content.shares import Draft, Fact
from storage.engine import writing_here
from storage.rows import flat, table
from storage.statements import insert_new, replacing
from storage.turns import Turns, telling_busy

Entry = Fact | Draft


class Pen(Protocol):
    """Writes in its turn what `pick` then gives: the keys of the facts that are new, once on disk."""

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        """Raises `Busy` when nothing was written, `Uncertain` when nobody knows."""
        ...

    def close(self) -> None:
        """Nothing is written after this."""
        ...


class UsualPen:
    """Over a connection like every other, for PostgreSQL."""

    def __init__(self, turns: Callable[[], Turns]) -> None:
        """Write in these turns."""
        self._turns = turns

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        """One transaction."""
        async with self._turns().writing(None) as connection:
            return await written(connection, pick())

    def close(self) -> None:
        """The engine owns the connections."""


class FilePen:
    """Into a SQLite file, from a thread of its own.

    The whole group is one visit there and one statement: each call of the driver gives Python's lock away,
    and has to wait for it while the loop is busy.
    """

    def __init__(self, turns: Callable[[], Turns], file: Path, patience: float) -> None:
        """Nothing is opened yet."""
        self._turns = turns
        self._engine: Engine = writing_here(file, patience)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pen")

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        """One transaction, in line with the commands of this process."""
        async with self._turns().in_line(None):
            facts, drafts = parted(pick())
            with telling_busy():
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._thread, self._written, facts, drafts)

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown()
        self._engine.dispose()

    def _written(self, facts: Sequence[Fact], drafts: Sequence[Draft]) -> set[str]:
        stated, kept = _json(Fact, facts), _json(Draft, drafts)
        with closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            old = json.loads(cursor.execute(_KNOWN, (stated,)).fetchone()[0]) if facts else []
            cursor.execute(_STATE, (stated,))
            cursor.execute(_KEEP, (kept,))
            cursor.execute("COMMIT")
        return {fact.key for fact in facts}.difference(old)


async def written(connection: AsyncConnection, entries: Iterable[Entry]) -> set[str]:
    """Write entries in an open transaction: the keys of the facts that are new."""
    facts, drafts = parted(entries)
    new: set[str] = set()
    if facts:
        rows = table(Fact)
        inserted = insert_new(connection, rows).returning(rows.c.key)
        new.update((await connection.execute(inserted, [flat(each) for each in facts])).scalars())
    if drafts:
        await connection.execute(replacing(connection, table(Draft)), [flat(each) for each in drafts])
    return new


def parted(entries: Iterable[Entry]) -> tuple[list[Fact], list[Draft]]:
    """Facts and drafts, one of each key: of two facts the first counts, of two drafts the last.

    Sorted, so that two replicas that write the same never wait for each other.
    """
    facts: dict[str, Fact] = {}
    drafts: dict[tuple[str, str], Draft] = {}
    for entry in entries:
        if isinstance(entry, Draft):
            drafts[entry.story, entry.member] = entry
        else:
            facts.setdefault(entry.key, entry)
    return [facts[key] for key in sorted(facts)], [drafts[key] for key in sorted(drafts)]


def _binders(rows: Table) -> Mapping[str, Callable[[Any], Any]]:
    """What turns a value into what the driver keeps, for the columns that need it."""
    dialect = sqlite.dialect()
    found = {each.name: each.type.dialect_impl(dialect).bind_processor(dialect) for each in rows.columns}
    return {name: bind for name, bind in found.items() if bind is not None}


def _sql(rows: Table, conflict: str) -> str:
    names = [column.name for column in rows.columns]
    values = ", ".join(f"json_extract(value, '$.{name}')" for name in names)
    into = f"INSERT INTO {rows.name} ({', '.join(names)})"
    return f"{into} SELECT {values} FROM json_each(?) WHERE 1 ON CONFLICT {conflict}"  # noqa: S608  our own names


_BINDERS = {kind: _binders(table(kind)) for kind in (Fact, Draft)}
_KNOWN = (
    "SELECT json_group_array(key) FROM facts "
    "WHERE key IN (SELECT json_extract(value, '$.key') FROM json_each(?))"
)
_STATE = _sql(table(Fact), "DO NOTHING")
_KEEP = _sql(
    table(Draft),
    "(story, member) DO UPDATE SET programme = excluded.programme, words = excluded.words, at = excluded.at",
)


def _json(kind: type[Entry], entries: Sequence[Entry]) -> str:
    """A group as one parameter. Half a character stays one, so that the driver refuses it."""
    told = json.dumps([_bound(kind, entry) for entry in entries], ensure_ascii=False)
    if "\\u0000" in told:
        raise ValueError("a character of nothing")
    return told


def _bound(kind: type[Entry], entry: Entry) -> dict[str, Any]:
    values = flat(entry)
    for name, bind in _BINDERS[kind].items():
        values[name] = bind(values[name])
    return values
