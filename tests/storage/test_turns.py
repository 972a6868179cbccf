"""Two processes on one database: turns, patience, and a database that goes away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from content.shares import Evidence, Fact
from storage import tried
from storage.audit import broken
from storage.facts import record
from storage.records import AuditEntry
from storage.turns import Turns
from storage.work import Busy, Storage, Uncertain
from tests.databases import DATABASES, Server
from tests.storage.conftest import NOW, P

postgresql = pytest.mark.skipif("config.getoption('--database') != 'postgresql'")


@pytest.fixture(autouse=True)
def hurried(storage: Storage) -> None:
    """Whoever meets a busy database is told within a moment."""
    storage.turns = Turns(storage.engine, 0.3)


@asynccontextmanager
async def writing_elsewhere(other: Storage) -> AsyncIterator[None]:
    """Another process is in the middle of a command of the same programme."""
    async with other.work(P) as work:
        await work.once("elsewhere")
        yield


async def test_a_press_that_waits_too_long_is_told_and_nothing_recorded(
    storage: Storage, other: Storage
) -> None:
    """`Busy`, in time for an answer; afterwards all is well."""
    if not DATABASES.server:
        await impatient(storage)
    async with writing_elsewhere(other):
        with pytest.raises(Busy):
            async with storage.work(P) as work:
                await work.once("here")
    async with storage.work(P) as work:
        assert await work.once("here")
        assert not await work.once("elsewhere")


async def impatient(storage: Storage) -> None:
    """SQLite's own patience is set per connection."""
    async with storage.engine.connect() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 50"))


async def test_the_same_press_in_two_replicas_is_one(storage: Storage, other: Storage) -> None:
    """Twenty deliveries of one event at once, half of them elsewhere: one is new."""

    async def press(door: Storage) -> bool:
        async with door.work(P) as work:
            return await work.once("slack:T1:Ev1")

    patient(storage, other)
    found = await asyncio.gather(*(press(door) for door in (storage, other) * 10))
    assert found.count(True) == 1


async def test_the_audit_stays_one_chain(storage: Storage, other: Storage) -> None:
    """Decisions of two replicas at once are sealed one after the other."""

    async def decide(door: Storage, number: int) -> None:
        async with door.work(P) as work:
            await work.audit("slack:T1/U1", "approve", f"S{number}")

    patient(storage, other)
    await asyncio.gather(*(decide(door, n) for n in range(10) for door in (storage, other)))
    async with storage.reading(P) as at:
        entries = sorted(await at.find(AuditEntry), key=lambda entry: entry.number)
    assert len(entries) == 20
    assert broken(entries) is None


def patient(*doors: Storage) -> None:
    """Twenty at once on a busy machine take their time."""
    for door in doors:
        door.turns = Turns(door.engine, 20)


async def test_a_reader_never_waits(storage: Storage, other: Storage) -> None:
    """Whatever others write."""
    async with writing_elsewhere(other), storage.reading(P) as at:
        assert await at.find(AuditEntry) == []


@postgresql
async def test_facts_wait_for_nobody(storage: Storage, other: Storage) -> None:
    """They only append."""
    fact = Fact("intent:S1:U1", P, "S1", Evidence.INTENT, NOW, "slack:T1/U1")
    async with writing_elsewhere(other):
        assert await record(storage, fact)


@postgresql
async def test_a_server_that_starts_again_is_used_again(storage: Storage) -> None:
    """While it is away everybody is told; what was in the middle of something recorded nothing."""
    assert DATABASES.server is not None
    with pytest.raises(Busy):
        await cut_off(storage, DATABASES.server)
    with pytest.raises(Busy):
        async with storage.work(P) as work:
            await work.once("away")
    with pytest.raises(Busy):
        async with storage.reading(P) as at:
            await at.find(AuditEntry)
    DATABASES.server.start()
    async with storage.work(P) as work:
        assert await work.once("lost")


@postgresql
async def test_what_was_read_and_written_stays_so_when_the_server_ends_afterwards(storage: Storage) -> None:
    """A connection that breaks while it is given back is nobody's failure: it was told to people as one."""
    assert DATABASES.server is not None
    async with storage.work(P) as work:
        await work.audit("slack:T1/U1", "approve", "S1")
    async with storage.reading(P) as at:
        found = await at.find(AuditEntry)
        DATABASES.server.stop()
    assert [entry.subject for entry in found] == ["S1"]
    DATABASES.server.start()
    async with storage.reading(P) as at:
        assert await at.find(AuditEntry) == found


async def cut_off(storage: Storage, server: Server) -> None:
    """The server ends in the middle of a command."""
    async with storage.work(P) as work:
        await work.once("lost")
        server.stop()
        await work.once("never")


@postgresql
async def test_what_breaks_in_the_middle_of_its_only_statement_is_uncertain(storage: Storage) -> None:
    """Nobody knows whether it was committed; the next one gets another connection."""
    with pytest.raises(Uncertain):
        await cut_off_while_stating(storage)
    assert storage.turns.trouble
    assert await record(storage, Fact("intent:S1:U1", P, "S1", Evidence.INTENT, NOW))
    assert storage.turns.trouble == ""


async def cut_off_while_stating(storage: Storage) -> None:
    """The connection breaks under a statement that would be its own commit."""
    async with storage.turns.at_once() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.terminate()
        await connection.exec_driver_sql("SELECT 1")


@postgresql
async def test_a_connection_that_the_server_ended_while_it_rested_is_nobody_s_trouble(
    storage: Storage, other: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried before it is used again."""
    monkeypatch.setattr(tried, "RESTED", 0)
    await record(storage, Fact("intent:S1:U1", P, "S1", Evidence.INTENT, NOW))
    async with other.turns.at_once() as connection:
        ended = f"SELECT count(pg_terminate_backend(pid)) {REST}"
        assert (await connection.exec_driver_sql(ended)).scalar()
        while (await connection.exec_driver_sql(f"SELECT count(*) {REST}")).scalar():
            pass
    assert await record(storage, Fact("intent:S1:U2", P, "S1", Evidence.INTENT, NOW))


REST = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
"""Everybody else's connections."""


@postgresql
async def test_a_reader_cannot_write(storage: Storage) -> None:
    """The database itself refuses it."""
    with pytest.raises(DBAPIError, match="read-only"):
        async with storage.reading(P) as at:
            await at.connection.execute(text("DELETE FROM audit"))
