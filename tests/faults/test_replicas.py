"""Three replicas on one PostgreSQL: one dies, one is frozen and goes on later; each card and firing once."""

import pytest

from content.stories import Origin, State, Story
from tests.faults.company import Company, P, resume, stopped
from tests.faults.replica import POINTS

pytestmark = pytest.mark.skipif("config.getoption('--database') != 'postgresql'")
FROZEN = [f"{when}-{name}" for name in POINTS for when in ("before", "after")]


async def held_back(many: Company, number: int) -> None:
    """Stories whose hold is over at once: whoever looks first lets them out."""
    async with many.storage.work(P) as work:
        for id_ in (f"H{each}" for each in range(number)):
            await work.insert(
                Story(id_, P, 1, State.APPROVED, Origin.MODERATOR, work.now, title=id_, out_at=work.now)
            )


@pytest.mark.parametrize("point", FROZEN)
async def test_a_replica_that_was_frozen_does_nothing_again(many: Company, point: str) -> None:
    """Its lease is gone when it goes on: another has sent everything, and it notices before it sends."""
    cards = await many.queue(2, 20)
    frozen = many.start(point, "5")
    await stopped(frozen)
    others = [many.start(), many.start()]
    await many.until_settled()
    resume(frozen)
    many.kill(others[0])
    await held_back(many, 3)
    released = await many.until_audited("release", 3)
    assert set(released.values()) == {1}
    assert set(many.slack.places().values()) == {1}
    assert len(many.slack.places()) == cards
