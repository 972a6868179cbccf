"""Reading on the spot: for the presses that come by the hundred and ask for a few rows by their keys."""

import json
import time
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    Engine,
    Executable,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from content.programmes import Programme
from content.shares import Link
from content.stories import Story
from storage.engine import file_of, reading_here
from storage.records import Caption
from storage.rows import owner, shape, table

T = TypeVar("T")

FRESH = 1.0
"""Seconds for which what another process may have changed is still taken from memory."""
RARELY = frozenset({Programme, Story, Caption, Link})
"""What commands of few people change, and presses of everybody look up."""
MOST = 2_000
"""Answers kept at most."""


class Near:
    """A connection of this thread to a SQLite file. The driver alone reads points, the rest goes as usual."""

    def __init__(self, engine: Engine) -> None:
        """Connect; a snapshot begins when something is read that memory does not know."""
        self._engine = engine
        self._raw = engine.raw_connection()
        self._cursor = self._raw.cursor()
        self._usual: Connection | None = None
        self._begun = False

    def end(self) -> None:
        """Let the snapshot go."""
        if self._begun:
            self._begun = False
            self._cursor.execute("ROLLBACK")

    def close(self) -> None:
        """Let the connection go."""
        self._raw.close()

    @property
    def dialect(self) -> Dialect:
        """How the database speaks."""
        return self._engine.dialect

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        """The rows of any statement, in the same snapshot."""
        self._begin()
        if self._usual is None:
            self._usual = Connection(self._engine, connection=self._raw)
        return self._usual.execute(statement)

    async def points(self, kind: type[T], programme: str, values: Mapping[str, str | bool]) -> list[T]:
        """The things of a kind in a programme with these values."""
        point = _point(cast("Hashable", kind), tuple(values))
        self._begin()
        self._cursor.execute(point.sql, (programme, *values.values()))
        return [point.thing(found) for found in self._cursor.fetchall()]

    async def among(self, kind: type[T], programme: str, ids: Collection[str]) -> list[T]:
        """The things of a kind in a programme with these ids."""
        many = _among(cast("Hashable", kind))
        self._begin()
        self._cursor.execute(many.sql, (programme, json.dumps([*ids])))
        return [many.thing(found) for found in self._cursor.fetchall()]

    def _begin(self) -> None:
        if not self._begun:
            self._cursor.execute("BEGIN")
            self._begun = True


class Nearby:
    """Connections that stay open between presses: to open one costs more than what is read."""

    def __init__(self, engine: Engine) -> None:
        """Connect when somebody asks."""
        self._engine = engine
        self._free: list[Near] = []

    @contextmanager
    def snapshot(self) -> Iterator[Near]:
        """One reader's; whoever reads at the same time has another."""
        near = self._free.pop() if self._free else Near(self._engine)
        try:
            yield near
        finally:
            near.end()
            self._free.append(near)

    def close(self) -> None:
        """Let every connection go."""
        while self._free:
            self._free.pop().close()
        self._engine.dispose()


@dataclass(frozen=True, slots=True)
class Point:
    """A question made once: its SQL, and what turns a driver's row into a thing."""

    sql: str
    kind: Callable[..., Any]
    turned: tuple[tuple[int, Callable[[Any], Any]], ...]

    def thing(self, found: Sequence[Any]) -> Any:  # noqa: ANN401  a thing of its kind
        """A row as its dataclass, whose fields are in the order of the columns asked for."""
        values = list(found)
        for number, turn in self.turned:
            if values[number] is not None:
                values[number] = turn(values[number])
        return self.kind(*values)


@cache
def _point(kind: Hashable, names: tuple[str, ...]) -> Point:
    rows = table(cast("type", kind))
    return _made(kind, *(rows.c[name] == bindparam(name) for name in names))


@cache
def _among(kind: Hashable) -> Point:
    """Their ids are one value: each other would be looked at by the driver."""
    ids = func.json_each(bindparam("ids")).table_valued("value")
    return _made(kind, table(cast("type", kind)).c.id.in_(select(ids.c.value)))


def _made(kind: Hashable, *where: ColumnElement[bool]) -> Point:
    made, dialect = cast("type", kind), sqlite.dialect(paramstyle="qmark")
    rows = table(made)
    mine = rows.c[owner(made)].concat(literal_column("''")) == bindparam("mine")  # no index: it is everything
    query = select(*(rows.c[name] for name in shape(kind)[0])).where(mine, *where)
    return Point(str(query.compile(dialect=dialect)), made, turned(kind, dialect))


def turned(kind: Hashable, dialect: Dialect) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Which of a kind's fields are not what the driver gives, by their place, and what makes them so."""
    (names, enums), rows = shape(kind), table(cast("type", kind))
    readers = [
        enums.get(name) or rows.c[name].type.dialect_impl(dialect).result_processor(dialect, None)
        for name in names
    ]
    return tuple((number, turn) for number, turn in enumerate(readers) if turn is not None)


class Lately:
    """What was looked up lately; every command of this process forgets it. `clock` is monotonic."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is known."""
        self._clock = clock
        self._known: dict[Hashable, tuple[float, Sequence[Any]]] = {}

    def forget(self) -> None:
        """Something was decided or edited."""
        self._known = {}

    def since_now(self) -> "Since":
        """What is known to a snapshot that begins now."""
        return Since(self._known, self._clock())


class Since:
    """One snapshot's view: what it finds later than somebody's decision is not kept for others."""

    def __init__(self, known: dict[Hashable, tuple[float, Sequence[Any]]], now: float) -> None:
        """Look and keep here; after a decision nobody looks here any more."""
        self._known = known
        self._now = now

    def get(self, key: Hashable) -> Sequence[Any] | None:
        """What was found a moment ago."""
        at, found = self._known.get(key, (0.0, None))
        return found if self._now - at < FRESH else None

    def keep(self, key: Hashable, kind: type, found: Sequence[Any]) -> None:
        """Keep what rarely changes."""
        if kind in RARELY:
            self.put(key, found)

    def put(self, key: Hashable, found: Sequence[Any]) -> None:
        """Keep what was made of it alone."""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = (self._now, found)


def nearby(engine: AsyncEngine) -> Nearby | None:
    """The same SQLite file once more, read in this thread; None for a database that is not a file."""
    path = file_of(engine.url.render_as_string(hide_password=False))
    return None if path is None else Nearby(reading_here(path))
