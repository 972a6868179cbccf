"""How Herald says how it is: ready or not and why, and numbers for Prometheus."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families as parsed
from sqlalchemy import text

from adapters.web.routes import routes
from bot.commands.suggesting import SuggestStory
from bot.ports import NOWHERE, Asked, Unknown, Wrong
from content.stories import Story
from content.texts import text as words
from storage.backup import integrity
from storage.engine import READ_ONLY, engine_for
from storage.turns import Turns
from storage.work import Busy
from tests.bot.programme import LEA, P, Told, programme

Client = TestClient[web.Request, web.Application]
sqlite = pytest.mark.skipif("config.getoption('--database') != 'sqlite'")
LONG = "Zoé welds, and teaches it. " * 100


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    async with programme(tmp_path) as told:
        yield told


@pytest.fixture
async def client(told: Told) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(routes(told.bot))
    async with TestClient(TestServer(app)) as client:
        yield client


async def queued(told: Told) -> None:
    async with told.storage.work(P) as work:
        await work.send("reminders_over", LEA, LEA, "en")


async def test_ready_says_what_waits(told: Told, client: Client) -> None:
    await queued(told)
    told.clock.shift(timedelta(minutes=5))
    answer = await client.get("/readyz")
    assert answer.status == 200
    found = await answer.json()
    assert found["database"] is found["clock"] is True
    assert (found["undelivered"], found["oldest_undelivered_seconds"]) == (1, 300)
    await told.bot.tick()
    found = await (await client.get("/readyz")).json()
    assert (found["undelivered"], found["last_success_seconds"]) == (0, {"slack:T1": 0})


async def test_a_database_that_is_gone_is_said(told: Told, client: Client, tmp_path: Path) -> None:
    """A folder is where the file should be."""
    told.storage.turns = Turns(engine_for(f"sqlite+aiosqlite:///{tmp_path}"), 1)
    answer = await client.get("/readyz")
    assert answer.status == 503
    found = await answer.json()
    assert found["database"] is False
    assert found["reasons"] == {"database": "its file cannot be opened"}


@sqlite
async def test_a_database_that_another_process_holds_is_said(
    told: Told, client: Client, tmp_path: Path
) -> None:
    """As soon as something could not be written; and no longer once something was."""
    async with told.storage.engine.connect() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 50"))
    with closing(sqlite3.connect(tmp_path / "herald.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            await queued(told)
        answer = await client.get("/readyz")
        assert answer.status == 503
        reasons = (await answer.json())["reasons"]
        assert reasons == {"database": "another process is writing for too long"}
    await queued(told)
    assert (await client.get("/readyz")).status == 200


@sqlite
async def test_a_full_disk_is_said_and_harms_nothing(told: Told, client: Client, tmp_path: Path) -> None:
    """Whoever pressed is told that nothing was recorded; with room again everything goes on by itself."""
    async with full(told):
        answers = [await told.bot.do(SuggestStory(what=LONG), told.by(LEA)) for _ in range(50)]
        kept = sum(isinstance(answer, Asked) for answer in answers)
        assert answers[kept:] == [Wrong({NOWHERE: words("busy")})] * (50 - kept)
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["reasons"] == {"database": "the disk is full"}
    assert isinstance(await told.do(SuggestStory(what=LONG), LEA), Asked)
    answer = await client.get("/readyz")
    assert (answer.status, (await answer.json())["reasons"]) == (200, {})
    async with told.storage.reading(P) as at:
        assert len(await at.find(Story)) == kept + 1 < 50
    await told.storage.close()
    assert integrity(tmp_path / "herald.db") == ""


@asynccontextmanager
async def full(told: Told) -> AsyncIterator[None]:
    """The file may not grow: for SQLite the same as a disk without room."""
    await _allow(told, 1)
    yield
    await _allow(told, 1_000_000)


async def _allow(told: Told, pages: int) -> None:
    async with told.storage.engine.connect() as one, told.storage.engine.connect() as two:
        for each in (one, two):
            connection = await each.execution_options(**READ_ONLY)
            await connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def test_a_clock_that_went_back_is_said(told: Told) -> None:
    told.bot.around = replace(told.bot.around, back=lambda: 3_600.0)
    app = web.Application()
    app.add_routes(routes(told.bot))
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["reasons"] == {"clock": "it went back 3600 seconds"}


async def test_a_platform_that_does_not_reach_us_is_said(told: Told) -> None:
    async def unhealthy() -> bool:
        return False

    app = web.Application()
    app.add_routes(routes(told.bot, {"slack": unhealthy}))
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/readyz")
        assert answer.status == 503
        found = await answer.json()
        assert (found["slack"], found["reasons"]) == (False, {"slack": "there is no connection"})


async def test_a_clock_that_stopped_is_said(told: Told, client: Client) -> None:
    job = next(job for job in told.bot.rounds.due if job.name == "deliver")
    job.ended -= 62
    answer = await client.get("/readyz")
    assert answer.status == 503
    found = await answer.json()
    assert (found["silent"], found["reasons"]) == (["deliver"], {"clock": "silent: deliver"})


async def test_numbers_for_prometheus(told: Told, client: Client) -> None:
    await queued(told)
    told.chat.failing.append(Unknown("timeout"))
    await told.bot.tick()
    told.bot.rounds.tally.lag(7)
    answer = await client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    numbers = {
        (sample.name, *sample.labels.values()): sample.value
        for family in parsed(await answer.text())
        for sample in family.samples
    }
    assert numbers["herald_deliveries_total", "ambiguous"] == 1
    assert numbers["herald_undelivered",] == 1
    assert numbers["herald_delivery_lag_seconds_bucket", "5.0"] == 0
    assert numbers["herald_delivery_lag_seconds_bucket", "15.0"] == 1
