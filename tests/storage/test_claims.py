"""Feeds belong to no workspace: each is read by one replica at a time, and none is forgotten."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.feeding import poll
from content.feeds import Feed, Fetched, Validators
from content.pages import Page, Unreadable
from storage.claims import TAKEN, take_feed
from storage.turns import Turns
from storage.work import Storage
from tests.storage.conftest import NOW, P

MANY = 12


@dataclass
class Sites:
    """Every site answers with nothing new, once `may_answer`; who was asked when is kept."""

    asked: Counter[str] = field(default_factory=Counter)
    under_way: Counter[str] = field(default_factory=Counter)
    most: int = 0
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    both_ask: asyncio.Event = field(default_factory=asyncio.Event)

    async def page(self, address: str) -> Page:
        raise Unreadable("no_answer")

    async def feed(self, address: str, seen: Validators) -> Fetched:
        self.asked[address] += 1
        self.under_way[address] += 1
        self.most = max(self.most, self.under_way[address])
        if self.under_way.total() > 1:
            self.both_ask.set()
        await self.may_answer.wait()
        self.under_way[address] -= 1
        return Fetched((), "")


@pytest.fixture
async def feeds(storage: Storage, other: Storage) -> list[str]:
    """Some that are due, the last one since longest."""
    for door in (storage, other):
        door.turns = Turns(door.engine, 60)
    async with storage.work(P) as work:
        for number in range(MANY):
            await work.insert(
                Feed(f"F{number:02}", P, f"https://{number}.example/feed", NOW - number * SECOND)
            )
    return [f"F{number:02}" for number in range(MANY)]


SECOND = timedelta(seconds=1)


async def due(storage: Storage) -> dict[str, datetime]:
    async with storage.reading(P) as at:
        return {feed.id: feed.due for feed in await at.find(Feed)}


@pytest.mark.usefixtures("feeds")
async def test_two_replicas_never_ask_the_same_site_at_once(storage: Storage, other: Storage) -> None:
    """Both are at work at the same time, each on its own; every feed is read once."""
    sites = Sites()
    rounds = asyncio.gather(poll(storage, sites), poll(other, sites))
    await asyncio.wait_for(sites.both_ask.wait(), 60)
    sites.may_answer.set()
    await rounds
    assert sites.most == 1
    assert (len(sites.asked), set(sites.asked.values())) == (MANY, {1})
    assert min((await due(storage)).values()) > NOW + TAKEN


async def test_the_longest_waiting_comes_first(storage: Storage, feeds: list[str]) -> None:
    taken = [await take_feed(storage, NOW) for _ in range(MANY + 1)]
    assert [one.id for one in taken if one] == feeds[::-1]
    assert taken[-1] is None


@pytest.mark.usefixtures("feeds")
async def test_what_a_dead_replica_had_taken_is_read_by_another(storage: Storage, other: Storage) -> None:
    """Not at once: it may be only slow."""
    now = NOW
    other.now = lambda: now
    lost = await take_feed(storage, NOW)
    assert lost is not None
    sites = Sites()
    sites.may_answer.set()
    await poll(other, sites)
    assert len(sites.asked) == MANY - 1
    now = NOW + TAKEN - SECOND
    await poll(other, sites)
    assert len(sites.asked) == MANY - 1
    now = NOW + TAKEN
    await poll(other, sites)
    assert len(sites.asked) == MANY
    assert (await due(storage))[lost.id] > now


@pytest.mark.skipif("config.getoption('--database') != 'postgresql'")
@pytest.mark.usefixtures("feeds")
async def test_nobody_waits_for_one_that_is_being_taken(storage: Storage, other: Storage) -> None:
    """SKIP LOCKED: a row in the middle of another's transaction is passed over."""
    async with storage.work(P) as work:
        longest = await work.get(Feed, id=f"F{MANY - 1:02}")
        assert longest is not None
        await work.put(longest)
        taken = await take_feed(other, NOW)
    assert taken is not None
    assert taken.id == f"F{MANY - 2:02}"
