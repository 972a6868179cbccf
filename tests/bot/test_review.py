"""What moderators read and press on the cards of their channel."""

import pytest

from bot.cards import Button, Card, Facts, Person, Small, Status
from bot.commands.moderation import (
    ApproveStory,
    AskAuthor,
    EditStory,
    EndStory,
    RemindModerators,
    ScheduleStory,
)
from bot.commands.privacy import DeleteMyData
from bot.commands.sharing import ReportProblem
from bot.commands.suggesting import AnswerQuestion, SuggestStory
from bot.ports import Asked
from bot.ports import Told as Words
from content.pages import Unreadable
from content.texts import say
from tests.bot.programme import ANA, LEA, REVIEW, TOM, Told, pressable
from tests.bot.test_moderation import suggested, the_story


def reviewed(told: Told, *, back: int = 1) -> Card:
    """The latest card in the review channel, or some `back`."""
    return told.chat.at(REVIEW.partition("/")[2])[-back].card


async def out(told: Told) -> None:
    """A story is out."""
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)


def ending(card: Card) -> Button:
    """The button that ends a story."""
    return next(button for button in pressable(card) if isinstance(button.command, EndStory))


async def test_nobody_ends_a_story_by_a_slip(told: Told) -> None:
    """It cannot be taken back, so it is asked first: on the review card and where something is wrong."""
    await out(told)
    first = ending(reviewed(told))
    await told.do(ReportProblem((await the_story(told)).id, words="The date is wrong."), LEA)
    again = ending(reviewed(told))
    assert first == again
    assert first.confirm is not None


def spoken(card: Card) -> str:
    """Every word on a card, in English."""
    return "\n".join(
        say(role.words, "en") for role in card.roles if isinstance(role, Person | Small | Status)
    )


def missing(card: Card) -> str:
    """What a card says is missing, in English."""
    rows = [row for role in card.roles if isinstance(role, Facts) for row in role.rows]
    return next((say(what, "en") for name, what in rows if say(name, "en") == "Missing"), "")


async def test_whose_data_is_deleted_is_somebody_still(told: Told) -> None:
    """No name and no gap: it was a colleague, who asked, answered and decided."""
    story = await suggested(told)
    await told.do(AskAuthor(story.id, story.version, question="When?"), ANA)
    await told.do(AnswerQuestion(story.id, answer="Today."), LEA)
    story = await the_story(told)
    await told.do(DeleteMyData(), LEA)
    idea = spoken(reviewed(told))
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.do(DeleteMyData(), ANA)
    decided = spoken(reviewed(told))
    assert "Idea from a colleague who deleted their data · to be answered" in idea
    assert "…" not in idea + decided
    assert "Approved by a colleague who deleted their data" in decided


async def test_what_is_called_like_its_site_lacks_a_title(told: Told) -> None:
    """Where the page could not be read nobody wrote one; a moderator's own is enough."""
    told.pages.pages["https://intra.example/1"] = Unreadable("closed")
    story = await suggested(told, "https://intra.example/1")
    assert "a title" in missing(reviewed(told))
    await told.do(EditStory(story.id, story.version, title="Zoé, welder"), ANA)
    assert "words" in missing(reviewed(told))
    assert "a title" not in missing(reviewed(told))


@pytest.mark.parametrize("kind", [ScheduleStory, AskAuthor])
async def test_what_is_refused_is_refused_before_anybody_types(
    told: Told, kind: type[ScheduleStory | AskAuthor]
) -> None:
    """One's own story: the form does not open, and says what its answer would have said."""
    await told.do(SuggestStory(what="The canteen turns vegetarian"), ANA)
    story = await the_story(told)
    press = kind(story.id, story.version)
    refused = await told.bot.form(press, told.by(ANA))
    assert isinstance(refused, Words)
    assert refused == await told.do(press, ANA)
    assert isinstance(await told.bot.form(press, told.by(TOM)), Asked)


async def test_only_the_newest_card_of_a_story_decides(told: Told) -> None:
    """An answer brings the card back to the bottom: the older one points there, and nobody presses on it."""
    story = await suggested(told)
    await told.do(AskAuthor(story.id, story.version, question="When?"), ANA)
    await told.do(AnswerQuestion(story.id, answer="Today."), LEA)
    await told.settle()
    older, newer = reviewed(told, back=2), reviewed(told)
    assert pressable(older) == []
    assert "See the newer card below." in spoken(older)
    assert "See the newer card below." not in spoken(newer)
    assert pressable(newer)


async def test_a_reminder_of_ones_own_story_leaves_one_card(told: Told) -> None:
    """*Remind them* posts it anew; two of them are not two decisions."""
    await told.do(SuggestStory(what="The canteen turns vegetarian"), ANA)
    await told.do(RemindModerators((await the_story(told)).id), ANA)
    await told.settle()
    assert pressable(reviewed(told, back=2)) == []
    assert pressable(reviewed(told))


async def test_when_the_newest_card_is_deleted_the_one_before_decides(told: Told) -> None:
    """Pointing to what is not there would leave a story without a decision."""
    story = await suggested(told)
    await told.do(AskAuthor(story.id, story.version, question="When?"), ANA)
    await told.do(AnswerQuestion(story.id, answer="Today."), LEA)
    await told.settle()
    told.chat.sent.remove(told.chat.at("CREVIEW")[-1])
    story = await the_story(told)
    await told.do(EditStory(story.id, story.version, title="Zoé, welder"), ANA)
    await told.settle()
    assert pressable(told.chat.at("CREVIEW")[0].card)
