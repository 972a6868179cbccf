"""How Herald says how it is: ready or not and why, and numbers for Prometheus."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families as parsed

from adapters.web.routes import routes
from bot.ports import Unknown
from storage.engine import engine_for
from storage.turns import Turns
from tests.bot.programme import LEA, P, Told, programme

Client = TestClient[web.Request, web.Application]


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
    assert (await answer.json())["database"] is False


async def test_a_clock_that_stopped_is_said(told: Told, client: Client) -> None:
    job = next(job for job in told.bot.rounds.due if job.name == "deliver")
    job.ended -= 62
    answer = await client.get("/readyz")
    assert answer.status == 503
    assert (await answer.json())["silent"] == ["deliver"]


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
