"""Reading for presses from a database server: what many ask at the same time is one question."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Hashable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Dialect, Executable, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.arrays import DIALECT, asking
from storage.engine import REPEATABLE
from storage.near import Point, turned
from storage.rows import owner, table, thing
from storage.turns import Turns

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Group:
    """The same question about many: who asks while another is under way joins the next."""

    wanted: set[tuple[str | bool, ...]] = field(default_factory=set)
    answer: "asyncio.Task[Mapping[tuple[Any, ...], list[Any]]] | None" = None


class Together:
    """Asks for things by their keys, one question at a time; each question is a snapshot of its own."""

    def __init__(self, turns: Callable[[], Turns]) -> None:
        """Nobody asks yet."""
        self._turns = turns
        self._groups: dict[Hashable, Group] = {}
        self._turn = asyncio.Lock()

    async def points(self, kind: type[T], programme: str, values: Mapping[str, str | bool]) -> Sequence[T]:
        """The things of a kind in a programme with these values; raises `Busy`."""
        key = (kind, programme, tuple(values))
        group = self._groups.setdefault(key, Group())
        group.wanted.add(tuple(values.values()))
        if group.answer is None:
            group.answer = asyncio.create_task(self._ask(*key))
            group.answer.add_done_callback(lambda task: task.cancelled() or task.exception())
        return (await asyncio.shield(group.answer)).get(tuple(values.values()), [])

    async def _ask(
        self, kind: type, programme: str, names: tuple[str, ...]
    ) -> dict[tuple[Any, ...], list[Any]]:
        async with self._turn:
            wanted = self._groups.pop((kind, programme, names)).wanted
            point = _point(cast("Hashable", kind), names)
            given = (programme, *map(list, zip(*wanted, strict=True)))
            async with self._turns().connected() as plain:
                own = await plain.execution_options(isolation_level="AUTOCOMMIT")
                found = (await own.exec_driver_sql(point.sql, given)).all()
        answer: dict[tuple[Any, ...], list[Any]] = {}
        for each in found:
            answer.setdefault(each[: len(names)], []).append(point.thing(each[len(names) :]))
        return answer


class Far:
    """A press's reading: points are asked for together, all else in a snapshot that begins when it must."""

    def __init__(self, engine: AsyncEngine, turns: Turns, together: Together, stack: AsyncExitStack) -> None:
        """Connect in these turns; the stack lets go."""
        self._engine = engine
        self._turns = turns
        self._together = together
        self._stack = stack
        self._usual: AsyncConnection | None = None

    @property
    def dialect(self) -> Dialect:
        """How the database speaks."""
        return self._engine.dialect

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        """The rows of any statement; raises `Busy` when the database cannot be used."""
        if self._usual is None:
            plain = await self._stack.enter_async_context(self._turns.connected())
            self._usual = await plain.execution_options(**REPEATABLE)
        return await self._usual.execute(statement)

    async def points(self, kind: type[T], programme: str, values: Mapping[str, str | bool]) -> Sequence[T]:
        """The things of a kind in a programme with these values."""
        return await self._together.points(kind, programme, values)

    async def among(self, kind: type[T], programme: str, ids: Collection[str]) -> list[T]:
        """The things of a kind in a programme with these ids."""
        rows = table(kind)
        asked = select(rows).where(rows.c[owner(kind)] == programme, rows.c.id.in_(ids))
        return [thing(kind, found) for found in (await self.execute(asked)).mappings()]


@asynccontextmanager
async def far(engine: AsyncEngine, turns: Turns, together: Together) -> AsyncIterator[Far]:
    """One reader's."""
    async with AsyncExitStack() as stack:
        yield Far(engine, turns, together, stack)


@cache
def _point(kind: Hashable, names: tuple[str, ...]) -> Point:
    return Point(asking(kind, names), cast("type", kind), turned(kind, DIALECT))
