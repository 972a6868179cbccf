"""What the clock does, it does once: over replicas, after a change of hours, with a clock that jumps."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.digesting import fire_digests
from bot.nudging import remind
from bot.ports import Surroundings
from content.people import Member
from content.programmes import Channel, Programme, Use
from content.stories import Origin, State, Story
from storage.records import Copy, Firing
from storage.work import Storage
from tests.storage.conftest import NOW, P, W

TUESDAY = NOW + timedelta(days=1, hours=1)
"""Ten o'clock in UTC."""
ROOM, LEA = f"{W}/CDIGEST", f"{W}/ULEA"


@pytest.fixture(autouse=True)
async def both(storage: Storage, url: str) -> AsyncIterator[tuple[Storage, Storage]]:
    """Two replicas of a programme with a digest on Mondays at nine, and Léa, who wants reminders."""
    async with storage.work(P) as work:
        known = await work.get(Programme, id=P)
        assert known is not None
        await work.put(replace(known, created=NOW - timedelta(days=30), digest_day=0, digest_hour=9))
        await work.insert(Channel(ROOM, P, W, Use.DIGEST, "digest"))
        story = Story("S1", P, 1, State.LIVE, Origin.MODERATOR, NOW, title="Zoé", live_at=NOW)
        await work.insert_all([story, replace(story, id="S2", live_at=NOW - timedelta(days=3))])
        await work.insert(Member(LEA, P, W, "Léa", met=NOW, reminded=True, joined=1, joined_at=NOW))
    one, two = (Storage.open(url, lambda: NOW, patience=60) for _ in range(2))
    yield one, two
    await one.close()
    await two.close()


def at(moment: datetime, *doors: Storage) -> None:
    for door in doors:
        door.now = lambda: moment


async def sent(storage: Storage) -> Counter[str]:
    async with storage.reading(P) as reading:
        return Counter(copy.view for copy in await reading.find(Copy))


async def test_a_digest_is_told_once_whoever_looks_first(both: tuple[Storage, Storage]) -> None:
    """Ten looks at once, half of them elsewhere; its row and its cards are one transaction."""
    at(NOW, *both)
    await asyncio.gather(*(fire_digests(door, Surroundings()) for door in both * 5))
    assert (await sent(both[0]))["digest"] == 1
    async with both[0].reading(P) as reading:
        assert [firing.period for firing in await reading.find(Firing)] == ["2026-W47"]


async def test_not_again_when_the_hour_is_changed_or_the_clock_jumps(both: tuple[Storage, Storage]) -> None:
    """An hour back and forth again, a later hour of the same day: the week was told."""
    at(NOW, *both)
    await fire_digests(both[0], Surroundings())
    for moment in (NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=3)):
        at(moment, *both)
        await asyncio.gather(*(fire_digests(door, Surroundings()) for door in both))
    async with both[0].work(P) as work:
        known = await work.get(Programme, id=P)
        assert known is not None
        await work.put(replace(known, digest_hour=13))
    at(NOW + timedelta(hours=4), *both)
    await fire_digests(both[1], Surroundings())
    assert (await sent(both[0]))["digest"] == 1


async def test_a_missed_digest_runs_late_and_a_missed_reminder_does_not(
    both: tuple[Storage, Storage],
) -> None:
    """Herald was down from Sunday until Friday night."""
    at(NOW + timedelta(days=4, hours=12), *both)
    for door in both:
        await fire_digests(door, Surroundings())
        await remind(door)
    found = await sent(both[0])
    assert (found["digest"], found["reminder"]) == (1, 0)


async def test_a_reminder_comes_once_in_its_hours(both: tuple[Storage, Storage]) -> None:
    """Not a minute before ten; then once, whoever looks."""
    at(TUESDAY - timedelta(minutes=1), *both)
    await asyncio.gather(*(remind(door) for door in both))
    assert (await sent(both[0]))["reminder"] == 0
    at(TUESDAY, *both)
    await asyncio.gather(*(remind(door) for door in both * 3))
    assert (await sent(both[0]))["reminder"] == 1
