"""kill -9 at random moments while cards go out: none twice, none missing, each doubt in front of somebody."""

from random import Random

import pytest

from storage.records import Sending
from tests.faults.company import Company

SEED = 20261122


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int, int]:
    """Stories, channels, kills: a few here, DESIGN's numbers in `make soak`."""
    return (5, 200, 50) if request.config.getoption("--soak") else (3, 20, 4)


async def killed_often(many: Company, stories: int, channels: int, kills: int) -> int:
    """Kill a process each time some more cards stand on Slack, at once; the last one may finish."""
    random = Random(SEED)  # noqa: S311  the same moments each time
    cards = await many.queue(stories, channels)
    for number in range(1, kills + 1):
        replica = many.start()
        await many.slack.posted(round(cards * number * random.uniform(0.8, 1) / (kills + 1)))
        many.kill(replica)
    many.start()
    return cards


async def test_with_history_every_card_is_there_once(many: Company, size: tuple[int, int, int]) -> None:
    cards = await killed_often(many, *size)
    await many.until_settled()
    assert len(many.slack.places()) == cards
    assert set(many.slack.places().values()) == {1}


async def test_without_history_none_is_there_twice_and_every_doubt_is_asked_about(
    many: Company, size: tuple[int, int, int]
) -> None:
    many.slack.history = False
    cards = await killed_often(many, *size)
    copies = await many.until_settled(Sending.UNSURE)
    unsure = {copy.id for copy in copies if copy.state is Sending.UNSURE}
    there = {key: count for key, count in many.slack.places().items() if key[0] != "CREVIEW"}
    assert set(there.values()) == {1}
    assert cards - len(unsure) <= len(there) <= cards
    assert len(unsure) <= size[2]
    await many.until_asked(unsure)


async def test_every_fault_by_chance(many: Company, size: tuple[int, int, int]) -> None:
    """One call in five fails, in every way there is: with history every card is there once in the end."""
    many.slack.chance = 0.2
    cards = await many.queue(*size[:2])
    many.start()
    await many.until_settled()
    assert {key: count for key, count in many.slack.places().items() if count != 1} == {}
    assert [key for key in many.slack.places() if key[0] == "CREVIEW"] == []
    assert len(many.slack.places()) == cards
