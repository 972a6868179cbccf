"""The doors to what is remembered.

`Reading` is a snapshot: it never writes and never waits for a writer. `Work` is one command in a transaction
of its own: it compares and sets, queues cards, raises what copies want, and audits. `storage.facts.record`
appends facts.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, Self, TypeVar

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from ulid import ULID

from storage.appending import Appending
from storage.audit import sealed
from storage.engine import PATIENCE, READ_ONLY, REPEATABLE, engine_for, file_of
from storage.far import Together, far
from storage.near import Lately, nearby
from storage.pens import FilePen, Pen, UsualPen
from storage.posting import Posting
from storage.reading import Glance, Reading
from storage.records import AuditEntry, Copy, Firing
from storage.rows import row, table
from storage.secrets import NONE as NO_SECRETS
from storage.secrets import Secrets
from storage.statements import insert_new, upsert
from storage.turns import Busy, Turns, Uncertain, telling_busy

__all__ = ["Busy", "Overtaken", "Reading", "Storage", "Uncertain", "Work", "new_id"]

T = TypeVar("T")

WAIT = 1.8
"""Seconds a press waits for its turn to write.

Then it is told that nothing was recorded (Slack gives it 3 s).
"""


class Overtaken(Exception):
    """Somebody else decided or edited first: what was read is no longer so."""


def new_id() -> str:
    """An id of ours: 26 characters, in order of creation."""
    return str(ULID())


class Work(Reading):
    """One command's transaction: everything in it is durable together, or nothing is."""

    def __init__(
        self, connection: AsyncConnection, programme: str, now: datetime, secrets: Secrets = NO_SECRETS
    ) -> None:
        """Write over `connection`, with the deployment's keys."""
        super().__init__(connection, programme, now)
        self.secrets = secrets

    async def insert(self, new: object) -> None:
        """Add a thing that does not exist yet."""
        await self.connection.execute(table(type(new)).insert().values(row(new)))

    async def insert_all(self, new: Sequence[object]) -> None:
        """Add many things of one kind that do not exist yet, in one statement."""
        if new:
            await self.connection.execute(table(type(new[0])).insert(), [row(each) for each in new])

    async def claim(self, new: object) -> bool:
        """Add a thing unless its key is taken, whoever took it; False when it is."""
        build = insert_new(self.connection, table(type(new)), row(new))
        return (await self.connection.execute(build)).rowcount == 1

    async def put(self, there: object) -> None:
        """Add a thing, or replace it under its key."""
        await self.connection.execute(upsert(self.connection, table(type(there)), row(there)))

    async def remove(self, kind: type, **key: str) -> None:
        """Delete the things of this programme under a key."""
        rows = table(kind)
        matching = [rows.c[name] == value for name, value in key.items()]
        await self.connection.execute(delete(rows).where(rows.c.programme == self.programme, *matching))

    async def change(self, before: T, after: T) -> None:
        """Compare and set: write `after` where `before`'s version still stands, else raise `Overtaken`."""
        rows, old = table(type(before)), row(before)
        same = (rows.c.id == old["id"], rows.c.version == old["version"])
        done = await self.connection.execute(update(rows).where(*same).values(row(after)))
        if done.rowcount != 1:
            raise Overtaken(old["id"])

    async def send(  # noqa: PLR0913  a message is named by all of these
        self,
        view: str,
        subject: str,
        address: str,
        language: str,
        *,
        round_: str = "1",
        due: datetime | None = None,
    ) -> None:
        """Queue a card to an address (our id of a channel or member).

        Once per view, subject, address and round.
        """
        copy = Copy(
            new_id(), self.programme, _workspace(address), address, view, subject, language, round_,
            created=self.now, due=due or self.now, op_id=new_id(),
        )  # fmt: skip
        await self.connection.execute(insert_new(self.connection, table(Copy), row(copy)))

    async def set_copy(self, copy: Copy) -> None:
        """Write what became of a copy; `wanted` is left alone, for it may have risen meanwhile."""
        rows = table(Copy)
        values = {name: value for name, value in row(copy).items() if name != "wanted"}
        await self.connection.execute(update(rows).where(rows.c.id == copy.id).values(values))

    async def undo(self) -> None:
        """Take back everything done so far; the rest of the work writes nothing."""
        await self.connection.rollback()

    async def refresh(self, subject: str, *, view: str | None = None, address: str | None = None) -> None:
        """Every copy of a subject wants to be drawn anew. It only ever adds staleness."""
        rows = table(Copy)
        where = [rows.c.programme == self.programme, rows.c.subject == subject]
        where += [rows.c[name] == value for name, value in (("view", view), ("address", address)) if value]
        raised = update(rows).where(*where).values(wanted=rows.c.wanted + 1)
        await self.connection.execute(raised)

    async def once(self, key: str) -> bool:
        """Claim an accepted change's key; False when it was accepted before.

        Undone with the work when that fails.
        """
        return await self._first("seen", {"key": key, "programme": self.programme, "at": self.now})

    async def fire(self, job: str, subject: str, period: str) -> bool:
        """Claim a firing of the clock; False when it fired already, here or elsewhere."""
        firing = Firing(job, subject, period, self.programme, self.now)
        return await self._first("firings", row(firing))

    async def audit(self, actor: str, action: str, subject: str) -> None:
        """Write a decision down, sealed with the entry before."""
        rows = table(AuditEntry)
        last = await self.find(AuditEntry, latest="number", most=1)
        before = last[0] if last else None
        number = before.number + 1 if before else 1
        entry = AuditEntry(new_id(), self.programme, number, self.now, actor, action, subject, "")
        whole = replace(entry, seal=sealed(entry, before.seal if before else ""))
        await self.connection.execute(rows.insert().values(row(whole)))

    async def _first(self, name: str, values: dict[str, Any]) -> bool:
        rows = table(Copy).metadata.tables[name]
        done = await self.connection.execute(insert_new(self.connection, rows, values))
        return done.rowcount == 1


def _workspace(address: str) -> str:
    """`slack:T1/C1` is in `slack:T1`."""
    return address.split("/", 1)[0]


class Storage:
    """One database. `now` is the domain's clock; `secrets` are the deployment's, none until it gives some."""

    def __init__(self, engine: AsyncEngine, now: Callable[[], datetime], *, wait: float = WAIT) -> None:
        """Use an engine made by `storage.engine`."""
        self.engine = engine
        self.now = now
        self.turns = Turns(engine, wait)
        self.pen = _pen(engine, lambda: self.turns, wait)
        self.appending = Appending(self.pen, wait)
        self.posting = _posting(engine, lambda: self.turns, wait)
        self.lately = Lately()
        self.secrets = NO_SECRETS
        self._near = nearby(engine)
        self._together = Together(lambda: self.turns)

    @classmethod
    def open(cls, url: str, now: Callable[[], datetime], *, patience: float = PATIENCE) -> Self:
        """Storage over the database at `url`; nothing is connected yet."""
        return cls(engine_for(url, patience=patience), now, wait=patience + 0.3)

    @asynccontextmanager
    async def reading(self, programme: str) -> AsyncIterator[Reading]:
        """A snapshot of one programme; raises `Busy` when the database cannot be used."""
        async with self.turns.connected() as plain:
            snapshot = REPEATABLE if self.turns.replicated else READ_ONLY
            yield Reading(await plain.execution_options(**snapshot), programme, self.now())

    @asynccontextmanager
    async def glance(self, programme: str) -> AsyncIterator[Reading]:
        """A snapshot for a press that only looks things up by their keys.

        On SQLite without a thread: its pages are in memory, and asking another thread takes ten times as long
        as the answer. Stories and their words may be a second old when another process changed them.
        """
        if self._near is None:
            async with far(self.engine, self.turns, self._together) as away:
                yield Glance(away, programme, self.now(), self.lately)
            return
        with telling_busy(), self._near.snapshot() as near:
            yield Glance(near, programme, self.now(), self.lately)

    @asynccontextmanager
    async def work(self, programme: str, *, alone: bool = True) -> AsyncIterator[Work]:
        """One transaction for one programme; raises `Busy` when the database is not free in time.

        `alone` keeps every other command of the programme waiting, in all replicas: what is read stays so
        until the commit. What only appends, or compares as it sets, needs no turn on PostgreSQL.
        """
        async with self.turns.writing(programme if alone else None) as connection:
            yield Work(connection, programme, self.now(), self.secrets)
        self.lately.forget()

    async def close(self) -> None:
        """Write what is still stated, then close every connection."""
        await self.appending.close()
        if self.posting is not None:
            await self.posting.close()
        await self.engine.dispose()
        if self._near is not None:
            self._near.close()


def _pen(engine: AsyncEngine, turns: Callable[[], Turns], wait: float) -> Pen:
    file = file_of(engine.url.render_as_string(hide_password=False))
    return UsualPen(turns) if file is None else FilePen(turns, file, wait)


def _posting(engine: AsyncEngine, turns: Callable[[], Turns], wait: float) -> Posting | None:
    """What shares commits among cards; a database server does it by itself."""
    file = file_of(engine.url.render_as_string(hide_password=False))
    return None if file is None else Posting(turns, file, wait)
