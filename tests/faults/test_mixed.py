"""Minutes of everything at once, with faults and kills; then an audit, which is itself seen to fail."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.commands.moderation import ApproveStory
from content.feeds import Feed
from content.programmes import Channel, Programme, Use
from content.shares import Link
from storage.records import AuditEntry, Copy, Sending
from tests.bot.programme import ANA, P, W
from tests.databases import DATABASES
from tests.faults.auditing import Found, Told, behind, found, wrong
from tests.faults.conftest import Tell
from tests.faults.presses import Answers, Press, burst, decline, idea, request, share
from tests.faults.serving import Host, Serving, company, host
from tests.faults.slack import FaultySlack, faulty_slack

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROOMS, RATE, SETTLED = 12, 25, 900.0
"""Channels for stories, presses in a second, seconds in which everything must be settled at the end."""
LIVES = (8.0, 25.0)
"""Seconds that a process lives, from ready to kill -9."""


@dataclass
class Traffic:
    """Presses of all kinds, each about another person or idea, until `ends` (monotonic)."""

    ends: float
    told: Told
    links: list[str]
    done: int = 0
    visits: int = 0
    kills: int = 0

    def presses(self, port: int) -> list[Press]:
        """Four seconds of it: shares, and now and then a decision."""
        numbers = range(self.done, self.done + 4 * RATE)
        self.done = numbers.stop
        return [decided(number, port) if number % 20 == 0 else share(number, port) for number in numbers]

    async def at(self, serving: Serving, until: float) -> None:
        """People press and follow links while a process lives."""
        async with aiohttp.ClientSession() as http:
            while time.monotonic() < min(until, self.ends):
                answers = Answers()
                await burst(serving.port, self.presses(serving.port), RATE, answers)
                decisions = {row for row in answers.taken if row.startswith("I")}
                self.told.decided |= decisions
                self.told.shared |= answers.taken - decisions
                if answers.lost or not answers.statuses:
                    return
                with suppress(aiohttp.ClientError):  # killed meanwhile: a browser says so and is asked again
                    await self.visit(http, serving.port)

    async def visit(self, http: aiohttp.ClientSession, port: int) -> None:
        """Readers and sharers follow every link."""
        for link in self.links:
            async with http.get(f"http://127.0.0.1:{port}{link}", allow_redirects=False) as answer:
                self.visits += 1
                self.told.lost_visits += answer.status not in (302, 303, 307)


def decided(number: int, port: int) -> Press:
    """Ana says yes to one idea and no to the next."""
    if number % 40:
        return Press(idea(number), request(ApproveStory(idea(number), 1), ANA, f"a{number}", port))
    return decline(number, port)


@asynccontextmanager
async def newsroom() -> AsyncIterator[str]:
    """A feed with an item more each time it is read; its address."""
    read = iter(range(1, 1_000_000))

    async def answer(_: web.Request) -> web.Response:
        items = "".join(
            f"<item><guid>g{n}</guid><title>News {n}</title><link>https://www.acme.example/{n}</link></item>"
            for n in range(next(read) % 40)
        )
        whole = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
        return web.Response(text=whole, content_type="application/rss+xml")

    app = web.Application()
    app.router.add_get("/feed", answer)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/feed"))


async def furnished(here: Host, slack: FaultySlack, feed: str) -> list[str]:
    """Channels, a feed, a week to sum up, ideas in the review channel; the paths of all links."""
    slack.opens("CREVIEW", private=True)
    slack.users |= {user: {"id": user, "team_id": "T1"} for user in ("ULEA", "UANA", "UTOM")}
    slack.members["CREVIEW"] = ["UANA", "UTOM"]
    async with here.storage() as storage, storage.work(P) as work:
        programme = await work.get(Programme, id=P)
        assert programme is not None
        await work.put(replace(programme, created=work.now - timedelta(days=30), all_day=True))
        for number in range(ROOMS):
            slack.opens(f"C{number:03}")
            use = Use.STORIES if number else Use.DIGEST
            await work.insert(Channel(f"{W}/C{number:03}", P, W, use, f"c{number}", checked=work.now))
        await work.insert(Feed("F1", P, feed, work.now))
        links = await work.find(Link)
    return [f"/{'o' if link.doorway else 's'}/{link.token}" for link in links]


async def lives_and_dies(here: Host, traffic: Traffic, feed: str) -> None:
    """One process after the other, each killed at a random moment, until the time is over."""
    random, allowed = Random(7), feed.removeprefix("http://").partition("/")[0]  # noqa: S311  the same moments
    while time.monotonic() < traffic.ends:
        serving = await here.start("env", f"HERALD_FETCH_ALLOW={allowed}")
        await serving.until(200)
        lives = random.uniform(*LIVES)
        people = asyncio.create_task(traffic.at(serving, time.monotonic() + lives))
        await asyncio.sleep(lives * random.uniform(0.3, 1))
        await serving.kill()
        await asyncio.wait([people])
        traffic.kills += 1


async def settled(here: Host) -> None:
    """Wait until nothing that is due is behind."""
    async with asyncio.timeout(SETTLED), here.storage() as storage:
        while True:
            async with storage.reading(P) as at:
                if not [copy for copy in await at.find(Copy) if behind(copy, datetime.now(UTC))]:
                    return
            await asyncio.sleep(1)


@pytest.mark.skipif("not config.getoption('--soak')")
async def test_everything_at_once(tmp_path: Path, request: pytest.FixtureRequest, tell: Tell) -> None:
    """A tenth of Slack's answers fail, processes die; in the end nothing is lost and nothing stands twice."""
    minutes = float(request.config.getoption("--minutes"))
    url, many = DATABASES.url(tmp_path), round(3 * minutes * 60 * RATE) + 1000
    await company(url, many, many)
    async with newsroom() as feed, faulty_slack() as slack, host(url, slack, tmp_path) as here:
        links = await furnished(here, slack, feed)
        slack.chances.failing, slack.chances.late = 0.1, 0.3
        traffic = Traffic(time.monotonic() + minutes * 60, Told(), links)
        await lives_and_dies(here, traffic, feed)
        slack.chances.failing = 0.0
        await here.ready()
        await settled(here)
        async with here.storage() as storage:
            was = await found(storage, slack.places(), slack.operations())
    told = traffic.told
    tell(
        f"{minutes} minutes, {traffic.kills} kills: {len(told.shared)} shares, {len(told.decided)} decisions,"
        f" {traffic.visits} visits, {len(was.copies)} cards, {len(was.firings)} firings"
    )
    assert (told.shared, told.decided, traffic.visits, was.firings, traffic.kills) > (set(), set(), 0, [], 0)
    assert wrong(was, told, datetime.now(UTC)) == []


def clean() -> Found:
    """One share, one decision, one card, all well."""
    copy = Copy("M1", P, W, f"{W}/C1", "story", "S1", "en", "1", NOW, NOW, "OP1", drawn=1, ref="C1:1")
    return Found({"F1"}, [], [copy], [], Counter({("C1", "x"): 1}), Counter({"OP1": 1}))


def test_the_audit_finds_nothing_where_all_is_well() -> None:
    assert wrong(clean(), Told({"F1"}), NOW) == []


def test_the_audit_sees_what_was_lost() -> None:
    """A share, a decision, a card, a visit."""
    assert "shares" in str(wrong(clean(), Told({"F1", "F2"}), NOW))
    assert "decisions" in str(wrong(clean(), Told(decided={"I1"}), NOW))
    assert "links" in str(wrong(clean(), Told(lost_visits=1), NOW))
    assert "thought to stand" in str(wrong(replace(clean(), operations=Counter()), Told(), NOW))
    late = replace(clean().copies[0], state=Sending.UNSURE)
    assert "left behind" in str(wrong(replace(clean(), copies=[late]), Told(), NOW))


def test_the_audit_sees_what_was_done_twice() -> None:
    """A card in a channel, an operation, a decision."""
    assert "stand twice" in str(wrong(replace(clean(), places=Counter({("C1", "x"): 2})), Told(), NOW))
    assert "operation" in str(wrong(replace(clean(), operations=Counter({"OP1": 2})), Told(), NOW))
    both = [AuditEntry(f"A{n}", P, n, NOW, ANA, "approve", "I1", "forged") for n in (1, 2)]
    seen = str(wrong(replace(clean(), entries=both), Told(), NOW))
    assert "decided twice" in seen
    assert "record" in seen
