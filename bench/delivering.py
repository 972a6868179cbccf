"""Cards that go out to many channels at once, beside raw posts of the same cards over the same session."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

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
from storage import directory
from storage.records import Copy
from storage.work import Storage

CARDS = 200
"""Channels that get the story in a round."""
FREE = Rate(1_000_000, 1)


class Unlimited(SlackChat):
    """Slack as it would be without its limits, with the scopes to look what arrived."""

    pace = Pace(address=FREE, post=FREE, redraw=FREE)
    can_look = True


def deliver(plan: Plan) -> list[Figure]:
    """Cards per second, each claimed before it is posted and written down afterwards, every one on disk."""
    return asyncio.run(_deliver(plan))


async def _deliver(plan: Plan) -> list[Figure]:
    port = free_port()
    with (
        TemporaryDirectory(prefix="herald-bench-") as folder,
        running(["bench/peers/slack.py", str(port)], port, core=-1) as slack,
    ):
        async with aiohttp.ClientSession() as session, channels(Path(folder)) as storage:
            around = Surroundings(PUBLIC)
            chat = Unlimited(Api(session, api(slack), "xoxb-bench"), Ours("T1", "UHERALD", "BHERALD"))
            sender, ours, theirs = Sender(storage, chat, W, around, Tally()), [], []
            for number in range(plan.rounds):
                await queue(storage, f"{number}")
                began = time.perf_counter()
                while await waiting(storage):
                    await sender.deliver()
                ours.append(CARDS / (time.perf_counter() - began))
                posted = counting.rows(
                    Path(folder) / "herald.db", "SELECT count(*) FROM messages WHERE ref > ''"
                )
                if posted != CARDS * (number + 1):
                    raise AssertionError(f"{posted} cards are written down as posted")
                theirs.append(
                    await raw(session, f"{api(slack)}chat.postMessage", await body(storage, around))
                )
            await sender.close()
    return [Figure.of("deliver", "0.3", ours, theirs, "cards/s")]


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


async def waiting(storage: Storage) -> bool:
    """Whether any card is still to go; a caller of `deliver` waits for ten seconds at most."""
    return (await directory.waiting(storage))[0] > 0


async def body(storage: Storage, around: Surroundings) -> bytes:
    """One of the cards, as it is posted."""
    async with storage.reading(P) as at:
        copy = (await at.find(Copy, most=1))[0]
        card = await VIEWS[copy.view](at, copy, around)
    if card is None:
        raise AssertionError("the story has no card")
    return json.dumps({"channel": "C1", **render(card, "en")}).encode()


async def raw(session: aiohttp.ClientSession, url: str, card: bytes) -> float:
    """Posts per second, as many at once as Herald makes."""
    left = iter(range(CARDS))

    async def one_after_the_other() -> None:
        for _ in left:
            async with session.post(url, data=card, headers={"Content-Type": "application/json"}) as answer:
                json.loads(await answer.read())

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return CARDS / (time.perf_counter() - began)


def address(number: int) -> str:
    """A channel's."""
    return f"{W}/C{number:05}"
