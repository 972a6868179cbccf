"""Reading a feed of twenty items, 36 KB, beside feedparser alone."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import feedparser

from adapters.fetch import parsing
from adapters.fetch.fetcher import Fetcher
from adapters.fetch.walk import Answer
from adapters.host.loop import settled
from bench.figure import Figure
from bench.stage import Plan

_PROSE = (
    "<p>Zoé rebuilt a <b>pump</b> in the rain, and <a href='https://acme.example/'>told us</a> how.</p>" * 16
)
_ITEM = (
    "<item><title>Story {n}</title><link>https://acme.example/{n}</link><guid>tag:acme,{n}</guid>"
    "<pubDate>Mon, 23 Nov 2026 09:00:{n:02d} GMT</pubDate>"
    "<description><![CDATA[{prose}]]></description></item>"
)
FEED = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Acme</title>"
    "<link>https://acme.example/</link><description>News</description>"
    + "".join(_ITEM.format(n=n, prose=_PROSE) for n in range(20))
    + "</channel></rss>"
).encode()
ADDRESS, TYPE = "https://acme.example/feed", "application/rss+xml"


def feeds(plan: Plan) -> list[Figure]:
    """Documents per second, as `Fetcher` reads an answer, words cleaned; the same as from feedparser."""
    with collecting_as_served():
        return asyncio.run(_feeds(plan))


@contextmanager
def collecting_as_served() -> Iterator[None]:
    """With the collector as `serve` sets it: else it walks through all of the bench in one of the rounds."""
    before = gc.get_threshold()
    settled()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


async def _feeds(plan: Plan) -> list[Figure]:
    answer, seconds = Answer(ADDRESS, {"Content-Type": TYPE}, FEED), plan.seconds / 2
    async with Fetcher() as fetcher:
        if await fetcher.document(answer) != parsing.anything(FEED, ADDRESS, TYPE):
            raise AssertionError("feedparser reads something else")
        ours, theirs = [], []
        for _ in range(plan.rounds):
            ours.append(await per_second(lambda: fetcher.document(answer), seconds))
            theirs.append(await per_second(_feedparser, seconds))
    (wall, processor), (wall_of_theirs, processor_of_theirs) = (
        zip(*ours, strict=True),
        zip(*theirs, strict=True),
    )
    return [
        Figure.of("feeds", "50", wall, wall_of_theirs, "documents/s"),
        Figure.of("feeds.processor", "50", processor, processor_of_theirs, "documents per processor second"),
    ]


async def _feedparser() -> None:
    feedparser.parse(FEED)


async def per_second(work: Callable[[], Awaitable[object]], seconds: float) -> tuple[float, float]:
    """How often something is done in a second, and in a second of processor time."""
    began, used, done = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds:
        await work()
        done += 1
    return done / (time.perf_counter() - began), done / (time.process_time() - used)
