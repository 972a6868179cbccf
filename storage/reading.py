"""Snapshots of one programme: they never write and never wait for a writer."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.far import Far
from storage.near import Lately, Near
from storage.rows import owner, table, thing

T = TypeVar("T")


class Reading:
    """A snapshot of one programme."""

    def __init__(self, connection: AsyncConnection, programme: str, now: datetime) -> None:
        """Read `programme` over `connection`; `now` is the domain's moment for the whole snapshot."""
        self.connection = connection
        self.programme = programme
        self.now = now

    async def find(
        self, kind: type[T], *where: ColumnElement[bool], latest: str = "", most: int = 0
    ) -> list[T]:
        """The things of a kind in this programme that match; `latest` sorts by a column, newest first."""
        rows = table(kind)
        query = select(rows).where(rows.c[owner(kind)] == self.programme, *where)
        if latest:
            query = query.order_by(rows.c[latest].desc())
        return await self.things(kind, query.limit(most) if most else query)

    async def get(self, kind: type[T], **key: str) -> T | None:
        """One thing by its key, of this programme only."""
        found = await self.having(kind, **key)
        return found[0] if found else None

    async def having(self, kind: type[T], **values: str | bool) -> Sequence[T]:
        """The things of a kind in this programme with these values.

        SQLite would take the index on a programme, which is everything: it may not.
        """
        rows = table(kind)
        mine = rows.c[owner(kind)].concat("") == self.programme
        same = (rows.c[name] == value for name, value in values.items())
        return await self.things(kind, select(rows).where(mine, *same))

    async def among(self, kind: type[T], ids: Collection[str]) -> Sequence[T]:
        """The things of a kind in this programme with these ids."""
        return await self.find(kind, table(kind).c.id.in_(ids))

    def found(self, kind: type[T], **values: str | bool) -> Sequence[T]:
        """What this reading has looked up already, without asking again."""
        del kind, values
        return ()

    async def shared(self, key: Hashable, find: Callable[[], Awaitable[T]]) -> T:
        """What is the same for everybody who presses, found by what rarely changes alone."""
        del key
        return await find()

    async def things(self, kind: type[T], query: Select[*tuple[Any, ...]]) -> list[T]:
        """Rows of a query as their dataclass."""
        found = await self.connection.execute(query)
        return [thing(kind, each) for each in found.mappings()]


class Glance(Reading):
    """A reading for a press, on the spot: what was looked up once is not looked up again."""

    def __init__(self, near: Near | Far, programme: str, now: datetime, lately: Lately) -> None:
        """Read `programme` over a connection of this thread, and from what others looked up lately."""
        super().__init__(cast("AsyncConnection", near), programme, now)
        self._near = near
        self._lately = lately.since_now()
        self._found: dict[Hashable, Sequence[Any]] = {}

    async def having(self, kind: type[T], **values: str | bool) -> Sequence[T]:
        """From this snapshot once; what rarely changes also from the one before."""
        key = (kind, self.programme, *values.items())
        found = self._found.get(key)
        if found is None:
            found = self._lately.get(key)
        if found is None:
            found = await self._near.points(kind, self.programme, values)
            self._lately.keep(key, kind, found)
        self._found[key] = found
        return found

    async def among(self, kind: type[T], ids: Collection[str]) -> Sequence[T]:
        """As they are now, with the driver alone."""
        return await self._near.among(kind, self.programme, ids)

    async def shared(self, key: Hashable, find: Callable[[], Awaitable[T]]) -> T:
        """From the moment before, until somebody decides."""
        known: Sequence[T] | None = self._lately.get((self.programme, key))
        if known is None:
            known = (await find(),)
            self._lately.put((self.programme, key), known)
        return known[0]

    def found(self, kind: type[T], **values: str | bool) -> Sequence[T]:
        """What this glance has looked up already."""
        return self._found.get((kind, self.programme, *values.items()), ())
