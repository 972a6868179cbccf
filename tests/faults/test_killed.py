"""kill -9 at random moments while cards go out: none twice, none missing, each doubt in front of somebody."""

from random import Random

import pytest

from storage.records import Sending
from tests.faults.company import Company
from tests.faults.conftest import Tell

SEED = 20261122


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int, int]:
    """Stories, channels, kills: a few here, DESIGN's numbers in `make soak`."""
    return (5, 200, 50) if request.config.getoption("--soak") else (3, 20, 3)


async def killed_often(many: Company, stories: int, channels: int, kills: int) -> int:
    """Kill a process each time some more cards stand there, at once; the last one may finish."""
    random = Random(SEED)  # noqa: S311  the same moments each time
    cards = await many.queue(stories, channels)
    for number in range(1, kills + 1):
        replica = many.start()
        await many.server.posted(round(cards * number * random.uniform(0.8, 1) / (kills + 1)))
        many.kill(replica)
    many.start()
    return cards


async def test_with_history_every_card_is_there_once(
    many: Company, size: tuple[int, int, int], tell: Tell
) -> None:
    cards = await killed_often(many, *size)
    await many.until_settled()
    tell(f"{cards} cards, {size[2]} kills: {len(many.server.messages)} messages, none to ask about")
    assert len(many.server.places()) == cards
    assert set(many.server.places().values()) == {1}


async def none_twice(many: Company, cards: int) -> int:
    """Each card is there once, or not and in front of a moderator; how many are in doubt."""
    copies = await many.until_settled(Sending.UNSURE)
    unsure = {copy.id for copy in copies if copy.state is Sending.UNSURE}
    assert set(many.cards().values()) == {1}
    assert cards - len(unsure) <= len(many.cards()) <= cards
    await many.until_asked(unsure)
    return len(unsure)


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_without_history_a_kill_leaves_one_doubt_at_most(
    many: Company, size: tuple[int, int, int], tell: Tell
) -> None:
    many.server.history = False
    cards = await killed_often(many, *size)
    unsure = await none_twice(many, cards)
    tell(f"{many.platform}: {cards} cards, {size[2]} kills: {unsure} asked about, none twice")
    assert unsure <= size[2]


async def test_every_fault_by_chance(many: Company, size: tuple[int, int, int]) -> None:
    """One call in five fails, in every way there is: with history every card is there once in the end."""
    many.server.chances.failing = 0.2
    cards = await many.queue(*size[:2])
    many.start()
    await many.until_settled()
    assert {key: count for key, count in many.server.places().items() if count != 1} == {}
    assert len(many.cards()) == len(many.server.places()) == cards


@pytest.mark.parametrize("platform", ["teams"])
async def test_every_fault_by_chance_where_nobody_can_look(
    many: Company, size: tuple[int, int, int], tell: Tell
) -> None:
    """Each answer that was lost is a question to the moderators, and no card stands twice."""
    many.server.chances.failing, many.server.chances.late = 0.2, 0.02
    cards = await many.queue(*size[:2])
    many.start()
    tell(f"{cards} cards, a fifth of all calls failing: {await none_twice(many, cards)} asked about")
