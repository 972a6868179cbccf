"""Three replicas on one PostgreSQL: one dies, one is frozen and goes on later; each card and firing once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from content.programmes import Channel, Programme, Use
from content.stories import Origin, State, Story
from storage.records import Firing
from tests.faults.company import Company, P, resume, stopped
from tests.faults.conftest import Tell
from tests.faults.replica import POINTS

pytestmark = pytest.mark.skipif("config.getoption('--database') != 'postgresql'")
EVERYWHERE = [f"{when}-{name}" for name in POINTS for when in ("before", "after")]
TELLING = ["before-claim", "after-claim", "after-post", "after-settle", "before-renew", "before-fire"]
"""Those of which each has its own consequence; the others stop within the same moments."""
FROZEN = 60.0
"""Seconds, as in DESIGN, with Herald's real patience: all of them pass in `make soak` alone."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every point in a soak."""
    soak = metafunc.config.getoption("--soak")
    metafunc.parametrize("point", EVERYWHERE if soak else TELLING)


async def held_back(many: Company, number: int) -> None:
    """Stories whose hold is over at once: whoever looks first lets them out."""
    async with many.storage.work(P) as work:
        for id_ in (f"H{each}" for each in range(number)):
            await work.insert(
                Story(id_, P, 1, State.APPROVED, Origin.MODERATOR, work.now, title=id_, out_at=work.now)
            )


async def week_over(many: Company) -> None:
    """A week is to be summed up, late."""
    many.server.opens(many.room(999))
    async with many.storage.work(P) as work:
        programme = await work.get(Programme, id=P)
        assert programme is not None
        await work.put(replace(programme, created=work.now - timedelta(days=30)))
        await work.insert(Channel(many.at(many.room(999)), P, many.workspace, Use.DIGEST, "digest"))


async def fired(many: Company) -> list[Firing]:
    """What the clock did."""
    async with many.storage.reading(P) as at:
        return await at.find(Firing)


async def test_a_replica_that_was_frozen_does_nothing_again(
    many: Company, point: str, request: pytest.FixtureRequest, tell: Tell
) -> None:
    """Its lease is gone when it goes on: another has sent everything, and it notices before it sends."""
    soak = request.config.getoption("--soak")
    many.patience = "real" if soak else "quick"
    cards = await many.queue(2, 20)
    await week_over(many)
    frozen = many.start(point, "1" if point.endswith("fire") else "5")
    await stopped(frozen)
    others = [many.start(), many.start()]
    if soak:
        await asyncio.sleep(FROZEN)
    else:
        await many.until_settled()
    resume(frozen)
    many.kill(others[0])
    await held_back(many, 3)
    released = await many.until_audited("release", 3)
    await many.until_drawn("story", cards)
    await many.until_drawn("quiet_week", 1)
    tell(f"{point}: {len(many.server.messages)} messages, {len(await fired(many))} firing")
    assert set(released.values()) == {1}
    assert set(many.server.places().values()) == {1}
    assert len(many.server.places()) == cards + 1
    assert len(await fired(many)) == 1
