"""Cards that go out to many channels at once, beside raw posts of the same cards over the same session."""

import asyncio
import gc
import json
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from adapters.host.loop import LOOP, settled
from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.render import render
from adapters.slack.who import Ours
from bench import counting
from bench.company import PUBLIC, P, S, W, company
from bench.figure import Figure
from bench.programs import free_port, running
from bench.stage import Plan, api
from bot.delivering import AT_ONCE, Sender
from bot.ports import Pace, Rate, Surroundings
from bot.tally import Tally
from bot.views import VIEWS
from content.programmes import Channel, Use
from storage.records import Copy
from storage.work import Storage

CARDS = 2_000
"""Channels that get the story in a round: as many as a large company has (decision 0014)."""
FREE = Rate(1_000_000, 1)


class Unlimited(SlackChat):
    """Slack as it would be without its limits, with the scopes to look what arrived."""

    pace = Pace(address=FREE, post=FREE, redraw=FREE)
    can_look = True


class Blind(Unlimited):
    """The same where nobody can look what arrived: one first post goes at a time."""

    can_look = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How long the cards of a round took, by the clock and in this process, in seconds."""

    clock: float
    processor: float

    @classmethod
    async def by(cls, work: Awaitable[None]) -> "Taken":
        """Something done now; what was left lying about before is cleared away before."""
        gc.collect()
        clock, processor = time.perf_counter(), time.process_time()
        await work
        return cls(time.perf_counter() - clock, time.process_time() - processor)


def deliver(plan: Plan) -> list[Figure]:
    """Cards per second, each claimed before it is posted and written down afterwards, every one on disk."""
    with asyncio.Runner(loop_factory=LOOP) as runner:
        return [
            *runner.run(_deliver(plan, "deliver", Unlimited)),
            *runner.run(_deliver(plan, "deliver.alone", Blind)),
        ]


async def _deliver(plan: Plan, name: str, kind: type[Unlimited]) -> list[Figure]:
    port = free_port()
    with (
        TemporaryDirectory(prefix="herald-bench-") as folder,
        running(["bench/peers/slack.py", str(port)], port, core=-1) as slack,
    ):
        async with aiohttp.ClientSession() as session, channels(Path(folder)) as storage:
            around = Surroundings(PUBLIC)
            chat = kind(Api(session, api(slack), "xoxb-bench"), Ours("T1", "UHERALD", "BHERALD"))
            sender = Sender(storage, chat, W, around, Tally())
            settled()  # as Herald does when it has started; for both
            ours: list[Taken] = []
            theirs: list[Taken] = []
            for number in range(plan.rounds):
                await queue(storage, f"{number}")
                ours.append(await Taken.by(sender.deliver()))
                written_down(Path(folder) / "herald.db", CARDS * (number + 1))
                card = await body(storage, around)
                theirs.append(await Taken.by(raw(session, f"{api(slack)}chat.postMessage", card)))
            await sender.close()
    return compared(name, ours, theirs)


def compared(name: str, ours: list[Taken], theirs: list[Taken]) -> list[Figure]:
    """By the clock, and by this process's own time, which other programs on the machine disturb less."""
    return [
        Figure.of(
            name,
            "0.3",
            [CARDS / each.clock for each in ours],
            [CARDS / each.clock for each in theirs],
            "cards/s",
        ),
        Figure.of(
            f"{name}.processor",
            "0.3",
            [CARDS / each.processor for each in ours],
            [CARDS / each.processor for each in theirs],
            "cards per second of its own processor time",
        ),
    ]


def written_down(file: Path, cards: int) -> None:
    """Whether every card so far is on disk as posted; else there is no figure."""
    posted = counting.rows(file, "SELECT count(*) FROM messages WHERE ref > '' AND drawn = wanted")
    if posted != cards:
        raise AssertionError(f"{posted} cards are written down as posted")


@asynccontextmanager
async def channels(folder: Path) -> AsyncIterator[Storage]:
    """A company with many channels."""
    made = await company(folder)
    storage = Storage.open(made.url, lambda: datetime.now(UTC), patience=10)
    async with storage.work(P) as work:
        await work.insert_all([
            Channel(address(number), P, W, Use.STORIES, f"stories-{number}", "en", checked=work.now)
            for number in range(CARDS)
        ])  # fmt: skip
    yield storage
    await storage.close()


async def queue(storage: Storage, round_: str) -> None:
    """Every channel is to get the story."""
    async with storage.work(P) as work:
        for number in range(CARDS):
            await work.send("story", S, address(number), "en", round_=round_)


async def body(storage: Storage, around: Surroundings) -> bytes:
    """One of the cards, as it is posted."""
    async with storage.reading(P) as at:
        copy = (await at.find(Copy, most=1))[0]
        card = await VIEWS[copy.view](at, copy, around)
    if card is None:
        raise AssertionError("the story has no card")
    return json.dumps({"channel": "C1", **render(card, "en")}).encode()


async def raw(session: aiohttp.ClientSession, url: str, card: bytes) -> None:
    """The same number of posts, as many at once as Herald makes."""
    left = iter(range(CARDS))

    async def one_after_the_other() -> None:
        for _ in left:
            async with session.post(url, data=card, headers={"Content-Type": "application/json"}) as answer:
                json.loads(await answer.read())

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


def address(number: int) -> str:
    """A channel's."""
    return f"{W}/C{number:05}"
