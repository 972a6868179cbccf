"""What comes in: a press that was answered as taken is in the database, whatever happens to the process."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from content.texts import say, text
from storage import tables
from storage.audit import broken
from storage.backup import integrity
from storage.records import AuditEntry
from tests.bot.programme import P
from tests.databases import DATABASES
from tests.faults.presses import Answers, Press, burst, decline, rows, share
from tests.faults.serving import Host, company, host
from tests.slack.server import slack_server


@dataclass(frozen=True, slots=True)
class Size:
    """Presses, and how many of them in a second; one in forty decides about an idea."""

    presses: int
    rate: float

    def kinds(self, port: int) -> Iterator[Press]:
        """In the order in which they come."""
        for number in range(self.presses):
            yield decline(number, port) if number % 40 == 0 else share(number, port)


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Size:
    """A second here, half a minute in `make soak`."""
    return Size(30_000, 1_000) if request.config.getoption("--soak") else Size(600, 300)


@pytest.fixture
async def here(tmp_path: Path, size: Size) -> AsyncIterator[Host]:
    url = DATABASES.url(tmp_path)
    await company(url, size.presses, size.presses)
    async with slack_server() as slack, host(url, slack, tmp_path) as found:
        yield found


def after(number: int) -> tuple[Answers, asyncio.Event]:
    """Answers, and when so many came."""
    came = asyncio.Event()

    def heard(answers: Answers) -> None:
        if answers.statuses.total() >= number:
            came.set()

    return Answers(heard=heard), came


async def missing(here: Host, answers: Answers) -> set[str]:
    """Rows that people were told of and that are not there."""
    async with here.storage() as storage:
        return answers.taken - await rows(storage)


async def pressed(port: int, presses: Iterable[Press], rate: float, answers: Answers) -> None:
    """Signed before anybody measures."""
    await burst(port, list(presses), rate, answers)


async def test_every_answered_press_survives_a_kill(here: Host, size: Size) -> None:
    """kill -9 in the middle of a burst, and at once again in the next: shares and decisions are there."""
    answers, came = after(size.presses * 2 // 3)
    serving = await here.ready()
    under_way = asyncio.create_task(pressed(serving.port, size.kinds(serving.port), size.rate, answers))
    await came.wait()
    await serving.kill()
    await under_way
    assert set(answers.statuses) == {200}
    assert len(answers.taken) + len(answers.refused) >= size.presses * 2 // 3
    assert await missing(here, answers) == set()
    async with here.storage() as storage, storage.reading(P) as at:
        assert broken(sorted(await at.find(AuditEntry), key=lambda entry: entry.number)) is None
    if not DATABASES.server:
        assert integrity(here.folder / "herald.db") == ""
    print(told("killed", answers))  # noqa: T201  the figures, with -s
    await (await here.ready()).stop()


async def test_sigterm_answers_what_was_accepted(here: Host, size: Size) -> None:
    """Nothing new is taken, what is under way is finished, the lease is given back, and all is well."""
    answers, came = after(size.presses // 2)
    serving = await here.ready()
    under_way = asyncio.create_task(pressed(serving.port, size.kinds(serving.port), size.rate, answers))
    await came.wait()
    assert await serving.stop() == 0
    await under_way
    assert set(answers.statuses) == {200}
    assert "Traceback" not in serving.log.read_text()
    async with here.storage() as storage:
        there = await rows(storage)
        assert answers.taken == there
        async with storage.turns.connected() as connection:
            now = func.clock_timestamp() if DATABASES.server else storage.now()
            held = select(func.count()).where(col(tables.Leases.until) > now)
            assert (await connection.execute(held)).scalar_one() == 0
    print(told("ended", answers))  # noqa: T201  the figures, with -s


def told(what: str, answers: Answers) -> str:
    return (
        f"{what}: {len(answers.taken)} taken, {len(answers.refused)} told to press again,"
        f" {answers.lost} connections cut"
    )


BUSY = say(text("busy"), "en")


def logs(here: Host) -> str:
    """What went wrong, for whoever reads a failed test."""
    lines = "".join(serving.log.read_text() for serving in here.running).splitlines()
    return "\n".join(line for line in lines if "slack.failed" in line)[-6000:]


@pytest.mark.skipif("config.getoption('--database') != 'postgresql'")
async def test_postgresql_may_start_again_under_load(here: Host, size: Size) -> None:
    """Two replicas, a server that stops in the middle: what was answered is there, nobody is told a lie, and
    both are ready again by themselves."""
    assert DATABASES.server is not None
    answers, came = after(size.presses // 4)
    ports = [(await here.ready()).port for _ in range(2)]
    halves = [list(size.kinds(ports[0]))[::2], list(size.kinds(ports[1]))[1::2]]
    under_way = asyncio.gather(
        *(pressed(port, half, size.rate / 4, answers) for port, half in zip(ports, halves, strict=True))
    )
    await came.wait()
    DATABASES.server.stop()
    for serving in here.running:
        said = await serving.until(503)
        assert said["reasons"]["database"] == "there is no connection to it"
    DATABASES.server.start()
    for serving in here.running:
        await serving.until(200)
    await under_way
    assert set(answers.statuses) == {200}
    assert await missing(here, answers) == set()
    async with here.storage() as storage:
        there = await rows(storage)
    assert {words for row, words in answers.refused.items() if row in there} <= {
        say(text("uncertain"), "en")
    }, logs(here)
    assert BUSY in answers.refused.values()
    assert set(answers.refused.values()) <= {BUSY, say(text("uncertain"), "en")}, logs(here)
    print(told("database away", answers))  # noqa: T201  the figures, with -s
    for serving in here.running:
        assert await serving.stop() == 0
