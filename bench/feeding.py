"""Reading a feed of twenty items, 40 KB, beside feedparser alone."""

import time
from collections.abc import Callable

import feedparser

from adapters.fetch.parsing import document
from bench.doors import Plan
from bench.figure import Figure

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
    """Documents per second; ours must hold every item that feedparser reads."""
    found = document(FEED, ADDRESS, TYPE)
    if found is None or len(found.items) != len(feedparser.parse(FEED).entries):
        raise AssertionError("items are lost")
    ours, theirs = [], []
    for _ in range(plan.rounds):
        ours.append(per_second(lambda: document(FEED, ADDRESS, TYPE), plan.seconds / 2))
        theirs.append(per_second(lambda: feedparser.parse(FEED), plan.seconds / 2))
    return [Figure.of("feeds", "50", ours, theirs, "documents/s")]


def per_second(work: Callable[[], object], seconds: float) -> float:
    """How often something is done in a second."""
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        work()
        done += 1
    return done / (time.perf_counter() - began)
