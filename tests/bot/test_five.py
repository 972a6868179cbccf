"""The rule of five over every surface at once: card, Home, summary."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Card, Chart
from content.people import FIVE
from content.shares import Evidence, of_person
from content.stories import Story
from content.texts import Listing, Text, Value
from storage.facts import record
from tests.bot.programme import ANA, LEA, Told, programme
from tests.bot.sharing import choose, colleagues, out, spoken
from tests.laws import tries

TITLES = ("Zoé trains ten", "Lyon opens")
PEOPLE = ("story.count", "people.counted", "people.others", "digest.taken", "digest.said")
"""The sentences that count people."""
KINDS = (
    Evidence.OPENED,
    Evidence.INTENT,
    Evidence.SAID,
    Evidence.POSTED,
    Evidence.UNCOUNTED,
    Evidence.OBSERVED,
)
DID = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(KINDS), st.integers(0, 1)), max_size=60)
NAMED = st.sets(st.integers(0, 11), max_size=12)


def counts(shown: object) -> list[int]:
    """Every count of people that stands in something shown, values of other texts included."""
    return [count for words in spoken(shown) for count in _counts(words)]


def _counts(words: Value) -> list[int]:
    if isinstance(words, Listing):
        return [count for item in words.items for count in _counts(item)]
    if not isinstance(words, Text):
        return []
    own = [words.count] if words.key in PEOPLE and words.count is not None else []
    return [*own, *(count for value in words.values.values() for count in _counts(value))]


def bars(card: Card) -> dict[str, int]:
    """How many took each story, as a summary's chart tells it."""
    return {name: value for role in card.roles if isinstance(role, Chart) for name, value in role.bars}


async def week(told: Told, did: Sequence[tuple[int, Evidence, int]], named: set[int]) -> None:
    """Twelve colleagues do what they do with two stories; then it is Monday, and some do it again."""
    people = await colleagues(told, 12)
    for number in named:
        await choose(told, people[number], named=True, named_since=told.clock.now())
    stories = [await out(told, title) for title in TITLES]
    await told.later(hours=3)
    for number, kind, story in did[: len(did) // 2]:
        await happened(told, kind, stories[story], people[number])
    await told.later(days=7)
    for number, kind, story in did[len(did) // 2 :]:
        await happened(told, kind, stories[story], people[number])
    await told.later(minutes=2)


async def happened(told: Told, kind: Evidence, story: Story, member: str) -> None:
    await record(told.storage, of_person(kind, story, member, told.clock.now(), "linkedin"))


@tries(12)
@given(DID, NAMED)
async def test_no_surface_tells_of_fewer_than_five(
    did: list[tuple[int, Evidence, int]], named: set[int]
) -> None:
    """No number alone is below five, and card and summary leave nobody or five; Home counts nobody."""
    with TemporaryDirectory() as folder:
        async with programme(Path(folder)) as told:
            await week(told, did, named)
            cards = [sent.card for sent in told.chat.at("CSTORIES")]
            summaries = [sent.card for sent in told.chat.at("CDIGEST")]
            homes = [(await told.bot.home(told.by(member)))[0] for member in (LEA, ANA)]
            assert all(not counts(home) for home in homes)
            assert all(count >= FIVE for count in counts([*cards, *summaries]))
            for title, card in zip(TITLES, cards, strict=True):
                for count, summary in product(counts(card), summaries):
                    told_there = bars(summary).get(title, count)
                    assert not 0 < abs(count - told_there) < FIVE
