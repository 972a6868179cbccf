"""One programme over two platforms: one story, one queue, one count."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.moderation import RecallStory, RemindModerators
from bot.commands.sharing import OpenNetwork, SayPosted
from bot.commands.suggesting import SuggestStory
from content.reminders import Reminder
from content.stories import Story
from storage import queries
from tests.bot.programme import pressable, said
from tests.bot.sharing import colleagues, lines, out, told_words
from tests.bot.two_platforms import ANA, ANA_T, BOB_T, LEA, LEA_T, Both, P, both


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Both]:
    """Slack and Teams, set up and empty."""
    async with both(tmp_path) as found:
        yield found


async def test_a_story_goes_to_the_channels_of_both(there: Both) -> None:
    """Suggested on Teams, approved on Slack: both review cards say so, and it comes out on both."""
    await there.do(SuggestStory(what="Lyon opens"), BOB_T)
    cards = [there.slack.chat.at("CREVIEW")[0], there.teams.at("19:review")[0]]
    assert all("Lyon opens" in "\n".join(lines(card.card)) for card in cards)
    await there.do(there.slack.button("slack:T1/CREVIEW", "Approve"), ANA)
    assert all("Approved by Ana" in "\n".join(lines(card.card)) for card in cards)
    await there.slack.later(minutes=2)
    assert "Lyon opens" in lines(there.slack.chat.latest("CSTORIES"))
    assert "Lyon opens" in lines(there.teams.latest("19:stories"))


async def test_of_two_who_decide_the_second_learns_who_was_first(there: Both) -> None:
    """One on each platform, on the card that each of them saw."""
    await there.do(SuggestStory(what="Lyon opens"), BOB_T)
    press = there.slack.button("slack:T1/CREVIEW", "Approve")
    teams = next(one.command for one in pressable(there.teams.latest("19:review")) if said(one) == "Approve")
    assert teams == press
    await there.slack.bot.do(press, there.by(ANA_T))
    answer = await there.do(press, ANA)
    assert "Ana" in told_words(answer)
    assert "Approved by Ana" in "\n".join(lines(there.slack.chat.latest("CREVIEW")))


async def test_one_count_stands_on_the_cards_of_both(there: Both) -> None:
    """Four on Slack and one on Teams are five colleagues, everywhere."""
    story = await out(there.slack)
    await there.slack.later(minutes=5)
    for member in [*await colleagues(there.slack, 4), BOB_T]:
        await there.slack.bot.do(OpenNetwork(story.id), there.by(member))
    await there.slack.later(minutes=2)
    for card in (there.slack.chat.latest("CSTORIES"), there.teams.latest("19:stories")):
        assert "5 colleagues took it" in "\n".join(lines(card))


async def test_what_was_posted_from_one_platform_is_done_on_the_other(there: Both) -> None:
    """A reminder on Slack, shared from Teams: one person, one story."""
    story = await out(there.slack)
    accounts = [await there.member(one) for one in (LEA, LEA_T)]
    async with there.slack.storage.work(P) as work:
        for one in accounts:
            await work.put(replace(one, person="léa", reminded=True))
        await work.insert(Reminder(LEA, story.id, P, work.now))
        await work.send("reminder", story.id, LEA, "en")
    await there.slack.settle()
    assert "Not this one" in [said(button) for button in pressable(there.slack.chat.latest("ULEA"))]
    await there.do(SayPosted(story.id), LEA_T)
    assert "You posted it. Thank you." in lines(there.slack.chat.latest("ULEA"))


async def test_a_recall_reaches_each_person_once(there: Both) -> None:
    """Both cards go; somebody who took it with two accounts is told where they took it last."""
    await there.joins(LEA, LEA_T)
    story = await out(there.slack)
    await there.do(OpenNetwork(story.id), LEA)
    await there.slack.later(minutes=5)
    await there.do(OpenNetwork(story.id, "x"), LEA_T)
    await there.do(RecallStory(story.id, (await _now(there, story)).version, words="A mistake"), ANA)
    assert there.slack.chat.at("ULEA") == []
    assert len(there.teams.at("lea")) == 1
    for card in (there.slack.chat.latest("CSTORIES"), there.teams.latest("19:stories")):
        assert story.title not in lines(card)


async def test_nobody_approves_with_their_other_account(there: Both) -> None:
    """Ana's idea from Slack is not approved by Ana on Teams, once Herald knows that she is one person."""
    await there.do(SuggestStory(what="Lyon opens"), ANA)
    await there.joins(ANA, ANA_T, address="ana@acme.example")
    answer = await there.do(there.slack.button("slack:T1/CREVIEW", "Approve"), ANA_T)
    assert "another moderator decides" in told_words(answer)
    async with there.slack.storage.reading(P) as at:
        [idea] = await queries.waiting(at)
    await there.do(RemindModerators(idea.id), ANA_T)
    assert len(there.teams.at("19:review")) == 2


async def _now(there: Both, story: Story) -> Story:
    async with there.slack.storage.reading(P) as at:
        found = await queries.story(at, story.id)
    assert found is not None
    return found
