"""Whose turn it is to write: fair inside a process, one line per programme across replicas."""

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
from sqlalchemy import Function, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from storage.engine import busy, cause

log = structlog.get_logger("herald.storage")


class Busy(Exception):
    """The database was not free in time; nothing was recorded."""


class Uncertain(Exception):
    """The connection broke during the commit: it may be recorded, or not."""


class Turns:
    """Connections of one engine: to read at once, to write in turn. `wait` is in seconds.

    `trouble` is why the last try to write failed; empty when it did not.
    """

    def __init__(self, engine: AsyncEngine, wait: float) -> None:
        """Nothing is connected yet."""
        self.replicated = engine.dialect.name != "sqlite"
        self.trouble = ""
        self._engine = engine
        self._wait = wait
        self._lines: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[AsyncConnection]:
        """A connection; raises `Busy` when there is none to be had."""
        try:
            connection = await self._engine.connect()
        except (DBAPIError, OSError, NoConnection) as absent:
            if busy(absent):
                raise Busy from absent
            raise
        try:
            with telling_busy():
                yield connection
        finally:
            await asyncio.shield(_given_back(connection))

    @asynccontextmanager
    async def writing(self, turn: str | None) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes, in the order of its `turn` (None waits for rows alone).

        Until the commit begins nothing is recorded, so every failure is `Busy`; one during the commit, with
        the connection gone, leaves open what became of it: `Uncertain`.
        """
        async with self.in_line(turn):
            with self.noting_trouble():
                async with self._transaction(turn) as connection:
                    yield connection

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[AsyncConnection]:
        """A connection of PostgreSQL on which a statement that writes is durable when it answers.

        When it breaks meanwhile nobody knows what became of that statement: `Uncertain`.
        """
        with self.noting_trouble():
            async with self.connected() as plain:
                connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                with _telling_uncertain():
                    yield connection
                self.trouble = ""

    @asynccontextmanager
    async def _transaction(self, turn: str | None) -> AsyncIterator[AsyncConnection]:
        async with self.connected() as connection:
            transaction = await connection.begin()
            if turn is not None and self.replicated:
                await connection.execute(select(func.pg_advisory_xact_lock(_lock(turn))))
            yield connection
            if transaction.is_active:
                await _commit(transaction)
                self.trouble = ""

    @contextmanager
    def noting_trouble(self) -> Iterator[None]:
        """Keep why something could not be written."""
        try:
            yield
        except (Busy, Uncertain) as failed:
            self.trouble = cause(failed.__cause__)
            raise

    @asynccontextmanager
    async def in_line(self, turn: str | None) -> AsyncIterator[None]:
        """One writer at a time in this process: waiting here is fair, waiting in the database is not.

        SQLite has one writer for the whole file, PostgreSQL one for each programme.
        """
        if turn is None and self.replicated:
            yield
            return
        line = self._lines[turn or "" if self.replicated else ""]
        try:
            async with asyncio.timeout(self._wait):
                await line.acquire()
        except TimeoutError as late:
            raise Busy from late
        try:
            yield
        finally:
            line.release()


@contextmanager
def telling_busy() -> Iterator[None]:
    """Say `Busy` for what the engine calls by many names; everything else stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as failed:
        if busy(failed):
            raise Busy from failed
        raise


async def _given_back(connection: AsyncConnection) -> None:
    """To the pool, which throws a broken one away: what breaks only now takes nothing back that was done."""
    try:
        await connection.close()
    except DBAPIError as broken:
        log.info("database.connection_broke", failure=type(broken.orig).__name__)


async def _commit(transaction: AsyncTransaction) -> None:
    with _telling_uncertain():
        await transaction.commit()


@contextmanager
def _telling_uncertain() -> Iterator[None]:
    try:
        yield
    except DBAPIError as failed:
        if failed.connection_invalidated:
            raise Uncertain from failed
        raise


def _lock(turn: str) -> Function[int]:
    """The number of PostgreSQL's advisory lock for a turn."""
    return func.hashtextextended(f"herald {turn}", 0)
