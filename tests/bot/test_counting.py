"""The count on a card: whatever changes it is seen within a minute, whenever it was stamped or committed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.views.counting import shown_count
from content.people import FIVE, Member
from content.shares import Evidence, of_person
from content.stories import Story
from storage.facts import record
from storage.records import Copy, Sending
from tests.bot.programme import P, Told
from tests.bot.sharing import choose, colleagues, lines, out


async def takes(told: Told, story: Story, *people: str, earlier: float = 0) -> None:
    """People take a story to a network, by facts stamped some seconds ago."""
    told.clock.shift(-timedelta(seconds=earlier))
    stated = [of_person(Evidence.INTENT, story, one, told.clock.now(), "linkedin") for one in people]
    told.clock.shift(timedelta(seconds=earlier))
    await record(told.storage, *stated)


async def minute(told: Told) -> None:
    await told.later(minutes=1, seconds=1)


def number(told: Told) -> int:
    """What the card in #stories counts."""
    said = lines(told.chat.latest("CSTORIES"))
    return next((int(line.split()[0]) for line in said if "colleague" in line), 0)


async def test_a_fact_that_was_stamped_before_a_drawing_and_committed_after_it_counts(told: Told) -> None:
    """A press stamps its fact, then waits for the disk; the card may be drawn between."""
    people, story = await colleagues(told, FIVE + 1), await out(told)
    await takes(told, story, *people[:FIVE])
    await minute(told)
    assert number(told) == FIVE
    await takes(told, story, people[FIVE], earlier=30)
    await minute(told)
    assert number(told) == FIVE + 1


async def test_somebody_who_is_met_later_counts_from_then_on(told: Told) -> None:
    """No fact is new then; the count is."""
    people, story = await colleagues(told, FIVE), await out(told)
    await choose(told, people[0], met=None)
    await takes(told, story, *people)
    await minute(told)
    assert number(told) == 0
    await choose(told, people[0], met=told.clock.now())
    await minute(told)
    assert number(told) == FIVE


async def test_two_accounts_of_one_person_are_one(told: Told) -> None:
    people, story = await colleagues(told, FIVE + 1), await out(told)
    await takes(told, story, *people)
    await minute(told)
    assert number(told) == FIVE + 1
    for one in people[:2]:
        await choose(told, one, person=people[0])
    await minute(told)
    assert number(told) == FIVE


async def test_a_card_whose_count_is_right_is_left_alone(told: Told) -> None:
    """Every minute is looked, and nothing is drawn for nothing; a sixth fact of the fifth changes nothing."""
    people, story = await colleagues(told, FIVE), await out(told)
    await takes(told, story, *people)
    await minute(told)
    drawn = len(told.chat.at("CSTORIES")[0].looks)
    await record(told.storage, of_person(Evidence.SAID, story, people[0], told.clock.now(), "linkedin"))
    for _ in range(3):
        await minute(told)
    assert len(told.chat.at("CSTORIES")[0].looks) == drawn


async def test_a_copy_that_is_gone_keeps_nobody_redrawing(told: Told) -> None:
    """Its count stays wrong for ever; the other copies are drawn once."""
    people, story = await colleagues(told, FIVE), await out(told)
    async with told.storage.work(P) as work:
        (copy,) = [one for one in await work.find(Copy) if one.view == "story"]
        gone = replace(
            copy, id="G", address=f"{copy.workspace}/CGONE", state=Sending.GONE, op_id="G", counted=0
        )
        await work.insert(gone)
    await takes(told, story, *people)
    for _ in range(3):
        await minute(told)
    assert len(told.chat.at("CSTORIES")[0].looks) == 2


@pytest.mark.parametrize("many", [0, FIVE])
async def test_what_is_kept_is_what_was_drawn(told: Told, many: int) -> None:
    people, story = await colleagues(told, many), await out(told)
    await takes(told, story, *people)
    await minute(told)
    async with told.storage.reading(P) as at:
        (copy,) = [one for one in await at.find(Copy) if one.view == "story"]
        assert copy.counted == await shown_count(at, story.id) == many
        assert len(await at.find(Member)) >= many
