"""What puts a group of facts and drafts on disk, in one transaction."""

import asyncio
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.ext.asyncio import AsyncConnection

from content.shares import Draft, Fact
from storage.arrays import columns, writing
from storage.columns import in_file
from storage.opened import Opened
from storage.rows import flat, shape, table
from storage.statements import insert_new, replacing
from storage.turns import Turns, telling_busy

Entry = Fact | Draft
One = TypeVar("One", Fact, Draft)
T = TypeVar("T")
Turned = Callable[[Any], str]

MOST = 500
"""Rows in one statement."""


class Pen(Protocol):
    """Writes in its turn what `pick` then gives: the keys of the facts that are new, once on disk."""

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        """Raises `Busy` when nothing was written, `Uncertain` when nobody knows."""
        ...

    async def put(self, pick: Callable[[], Iterable[Entry]]) -> None:
        """The same where nobody asks what was new."""
        ...

    def close(self) -> None:
        """Nothing is written after this."""
        ...


class UsualPen:
    """Into PostgreSQL, a group with one statement."""

    def __init__(self, turns: Callable[[], Turns]) -> None:
        """Write in these turns, which nobody waits for: what only appends holds nobody up."""
        self._turns = turns

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        """One transaction."""
        async with self._turns().at_once() as connection:
            facts, drafts = parted(pick())
            given = (*columns(Fact, facts), *columns(Draft, drafts))
            return set((await connection.exec_driver_sql(writing(), given)).scalar() or ())

    async def put(self, pick: Callable[[], Iterable[Entry]]) -> None:
        """The same."""
        await self.write(pick)

    def close(self) -> None:
        """The engine owns the connections."""


class FilePen:
    """Into a SQLite file, from a thread of its own.

    The whole group is one visit there and a handful of statements: each call of the driver gives Python's
    lock away, and has to wait for it while the loop is busy.
    """

    def __init__(self, turns: Callable[[], Turns], file: Path, patience: float) -> None:
        """Nothing is opened yet."""
        self._turns = turns
        self._file = Opened(file, patience)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pen")

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        """One transaction, in line with the commands of this process."""
        return await self._there(self._written, pick)

    async def put(self, pick: Callable[[], Iterable[Entry]]) -> None:
        """The same."""
        await self._there(self._added, pick)

    def close(self) -> None:
        """Let the thread and its connection go."""
        self._thread.shutdown()
        self._file.close()

    async def _there(
        self, write: Callable[[Sequence[Fact], Sequence[Draft]], T], pick: Callable[[], Iterable[Entry]]
    ) -> T:
        async with self._turns().in_line(None):
            facts, drafts = parted(pick())
            with telling_busy():
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._thread, write, facts, drafts)

    def _written(self, facts: Sequence[Fact], drafts: Sequence[Draft]) -> set[str]:
        old: list[str] = []
        with self._file.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            for some in _parted(facts):
                known = cursor.execute(_known(len(some)), [fact.key for fact in some]).fetchone()
                old += json.loads(known[0])
            self._add(cursor, facts, drafts)
            cursor.execute("COMMIT")
        return {fact.key for fact in facts}.difference(old)

    def _added(self, facts: Sequence[Fact], drafts: Sequence[Draft]) -> None:
        """A single statement is a transaction of its own."""
        alone = not drafts and len(facts) <= MOST
        with self._file.cursor() as cursor:
            if not alone:
                cursor.execute("BEGIN IMMEDIATE")
            self._add(cursor, facts, drafts)
            if not alone:
                cursor.execute("COMMIT")

    def _add(self, cursor: DBAPICursor, facts: Sequence[Fact], drafts: Sequence[Draft]) -> None:
        for some in _parted(facts):
            cursor.execute(_into(Fact, len(some)), _bound(some))
        for words in _parted(drafts):
            cursor.execute(_into(Draft, len(words)), _bound(words))


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


def _parted(entries: Sequence[One]) -> Iterator[Sequence[One]]:
    """As many as one statement takes: SQLite has 32,766 parameters."""
    for start in range(0, len(entries), MOST):
        yield entries[start : start + MOST]


@cache
def _known(many: int) -> str:
    """Which of these keys are there, as one value: each row that is fetched would wait for Python's lock."""
    return f"SELECT json_group_array(key) FROM facts WHERE key IN ({', '.join('?' * many)})"  # noqa: S608


@cache
def _into(kind: Hashable, many: int) -> str:
    """A fact that is there stays as it is; of a draft the last words count."""
    names = shape(kind)[0]
    values = ", ".join([f"({', '.join('?' * len(names))})"] * many)
    into = f"INSERT INTO {table(cast('type', kind)).name} ({', '.join(names)}) VALUES {values} ON CONFLICT"  # noqa: S608
    return f"{into} {'DO NOTHING' if kind is Fact else _REPLACING}"


_REPLACING = (
    "(story, member) DO UPDATE SET programme = excluded.programme, words = excluded.words, at = excluded.at"
)


def _bound(entries: Sequence[Entry]) -> list[Any]:
    """What the driver takes, row after row. Half a character it refuses; one of nothing we do."""
    found: list[Any] = []
    for entry in entries:
        if isinstance(entry, Draft) and "\0" in entry.words:
            raise ValueError("a character of nothing")
        values, turned = _columns(cast("Hashable", type(entry)))
        row = list(values(entry))
        for number, turn in turned:
            row[number] = turn(row[number])
        found += row
    return found


@cache
def _columns(kind: Hashable) -> tuple[Callable[[Entry], tuple[Any, ...]], Sequence[tuple[int, Turned]]]:
    """What gives an entry's values, and those that the driver does not know or knows only after a search."""
    names, enums = shape(kind)
    turns: dict[str, Turned] = {**dict.fromkeys(enums, str), "at": in_file}
    return attrgetter(*names), [(names.index(name), turn) for name, turn in turns.items()]
