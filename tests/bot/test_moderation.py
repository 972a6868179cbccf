"""Idea, review, card: every step of a story's life, and what happens when two people press."""

import asyncio

import pytest

from bot.commands.moderation import (
    ApproveStory,
    AskAuthor,
    DeclineStory,
    EndStory,
    RecallStory,
    ScheduleStory,
    UndoApproval,
)
from bot.commands.suggesting import AnswerQuestion, EditIdea, SuggestStory, WithdrawIdea
from bot.commands.wire import Command
from bot.forms import Writing
from bot.ports import Asked, Redrawn, Wrong
from bot.ports import Told as Words
from content.stories import State, Story
from content.texts import Text, say
from storage import queries
from tests.bot.programme import ANA, LEA, MAX, MONDAY, REVIEW, STORIES, TOM, P, Told

LINK = "https://example.org/zoe"


async def the_story(told: Told) -> Story:
    """The only story there is."""
    async with told.storage.reading(P) as at:
        return (await at.find(Story))[0]


async def suggested(told: Told, what: str = LINK) -> Story:
    """An idea of Léa's, read and shown to the moderators."""
    answer = await told.do(SuggestStory(what=what, why="Zoé is a fine welder"), LEA)
    assert isinstance(answer, Asked)
    return await the_story(told)


def words(answer: object) -> str:
    """What somebody is told, in English."""
    assert isinstance(answer, Words)
    assert isinstance(answer.words, Text | str)
    return say(answer.words, "en")


async def test_an_idea_reaches_the_channel(told: Told) -> None:
    """Suggested, shown to the moderators, approved, held a minute, out, and the author hears of it."""
    story = await suggested(told)
    assert story.state is State.SUGGESTED
    review = told.chat.latest("CREVIEW")
    assert "Léa" in say(review.notice, "en")

    assert await told.do(told.button(REVIEW, "Approve"), ANA) == Redrawn()
    assert told.chat.at("CSTORIES") == []
    await told.later(seconds=61)
    assert (await the_story(told)).state is State.LIVE
    assert len(told.chat.at("CSTORIES")) == 1
    assert "Your idea is out" in say(told.chat.latest("ULEA").notice, "en")


async def test_two_moderators_at_once(told: Told) -> None:
    """One decision; the other is told who decided; the card goes out once."""
    story = await suggested(told)
    press = ApproveStory(story.id, story.version)
    answers = await asyncio.gather(told.bot.do(press, told.by(ANA)), told.bot.do(press, told.by(TOM)))
    assert [type(answer) for answer in answers].count(Redrawn) == 1
    loser = next(answer for answer in answers if not isinstance(answer, Redrawn))
    assert "approved" in words(loser)
    await told.later(minutes=2)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_the_same_press_twice_is_one(told: Told) -> None:
    """A platform that repeats a request gets the present state."""
    story = await suggested(told)
    by = told.by(ANA)
    press = ApproveStory(story.id, story.version)
    assert await told.bot.do(press, by) == await told.bot.do(press, by) == Redrawn()
    assert (await the_story(told)).version == story.version + 1


async def test_undo_until_it_is_out(told: Told) -> None:
    """Undo brings the story back to a decision; later it is told kindly that it is out."""
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.do(UndoApproval(story.id, story.version + 1), TOM)
    assert (await the_story(told)).state is State.SUGGESTED
    await told.do(ApproveStory(story.id, story.version + 2), ANA)
    await told.later(minutes=2)
    late = await told.do(UndoApproval(story.id, story.version + 3), ANA)
    assert "already out" in words(late)


async def test_ask_and_answer(told: Told) -> None:
    """The question reaches the author 1:1, the answer the moderators."""
    story = await suggested(told)
    await told.do(AskAuthor(story.id, story.version, question="Does Zoé agree?"), ANA)
    assert "Ana asks about" in say(told.chat.latest("ULEA").notice, "en")
    await told.do(AnswerQuestion(story.id, answer="Yes, she does."), LEA)
    assert (await the_story(told)).state is State.SUGGESTED
    assert len(told.chat.at("CREVIEW")) == 2


async def test_decline_needs_a_reason_and_tells_the_author(told: Told) -> None:
    """No silent no."""
    story = await suggested(told)
    assert isinstance(await told.do(DeclineStory(story.id, story.version), ANA), Wrong)
    await told.do(DeclineStory(story.id, story.version, reason="moment"), ANA)
    assert "not kept" in say(told.chat.latest("ULEA").notice, "en")


@pytest.mark.parametrize("what", ["Ten apprentices finished today", f"{LINK}\nTen of them"])
async def test_suggest_again_starts_from_what_was_told(told: Told, what: str) -> None:
    """The words of a declined idea are its author's, with a link or without; nobody else opens them."""
    story = await suggested(told, what)
    await told.do(DeclineStory(story.id, story.version, reason="moment"), ANA)
    again = told.button(LEA, "Suggest again")
    assert await written(told, again, LEA) == {"what": what, "why": "Zoé is a fine welder", "shows": ""}
    assert await written(told, again, TOM) == {"what": "", "why": "", "shows": ""}


async def written(told: Told, command: Command, member: str) -> dict[str, str]:
    """What stands in the fields of a form when somebody opens it."""
    answer = await told.bot.form(command, told.by(member))
    assert isinstance(answer, Asked)
    return {part.name: part.value for part in answer.form.parts if isinstance(part, Writing)}


async def test_end_and_recall_redraw_every_card(told: Told) -> None:
    """Nothing withdrawn stays visible."""
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)
    live = await the_story(told)
    await told.do(EndStory(live.id, live.version), TOM)
    assert "ended" in str(told.chat.latest("CSTORIES").roles)
    await told.do(RecallStory(live.id, live.version + 1, words="The date was wrong."), ANA)
    assert "recalled" in str(told.chat.latest("CSTORIES").roles)


async def test_who_may_decide(told: Told) -> None:
    """Authority is in the table; a colleague is told whom to ask, a guest that Herald is for staff."""
    story = await suggested(told)
    refused = await told.do(ApproveStory(story.id, story.version), LEA)
    assert "ask Ana and Tom" in words(refused)
    assert "staff" in words(await told.do(SuggestStory(what="hello"), MAX))


@pytest.mark.parametrize("out", [False, True], ids=["approved", "live"])
async def test_an_author_changes_nothing_once_it_is_decided(told: Told, *, out: bool) -> None:
    """A form that was opened in time comes too late: nobody publishes words that no moderator saw."""
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    if out:
        await told.later(seconds=61)
    decided = await the_story(told)
    for what in (LINK, "https://example.org/another"):
        answer = await told.do(EditIdea(story.id, what=what, why="Something else"), LEA)
        assert isinstance(answer, Wrong)
        assert "already" in say(answer.fields["what"], "en")
    assert await the_story(told) == decided


async def test_an_answer_that_comes_too_late_is_not_lost(told: Told) -> None:
    """What happened meanwhile is told at the field, where the words still stand."""
    story = await suggested(told)
    await told.do(AskAuthor(story.id, story.version, question="When?"), ANA)
    asked = await the_story(told)
    await told.do(DeclineStory(story.id, asked.version, reason="moment"), TOM)
    answer = await told.do(AnswerQuestion(story.id, answer="Tomorrow at ten."), LEA)
    assert isinstance(answer, Wrong)
    assert list(answer.fields) == ["answer"]


@pytest.mark.parametrize(
    "at",
    ["", "soon", "²", "-1", "1e9", "9" * 12, "9" * 5_000, str(int(MONDAY.timestamp())), "1804000000"],
    ids=[
        "none",
        "words",
        "superscript",
        "minus",
        "float",
        "year 33658",
        "no number at all",
        "now",
        "99 days",
    ],
)
async def test_an_hour_that_is_none_is_told_at_its_field(told: Told, at: str) -> None:
    """Whatever a form sends: forms are drawn by platforms, and anybody can send one."""
    story = await suggested(told)
    answer = await told.do(ScheduleStory(story.id, story.version, at=at), ANA)
    assert isinstance(answer, Wrong)
    assert list(answer.fields) == ["at"]
    assert (await the_story(told)).state is State.SUGGESTED


@pytest.mark.parametrize("again", ["École ouverte à tous", "ÉCOLE OUVERTE À TOUS"])
async def test_the_same_title_is_noticed_whatever_its_letters(told: Told, again: str) -> None:
    """SQLite knows the capitals of English alone."""
    await suggested(told, "École ouverte à tous")
    first = await the_story(told)
    await told.do(SuggestStory(what=again), TOM)
    async with told.storage.reading(P) as at:
        [second] = [story for story in await at.find(Story) if story.id != first.id]
    assert second.twin == first.id


async def test_two_pages_of_one_site_that_cannot_be_read_are_not_the_same(told: Told) -> None:
    """Both are called after their site until somebody writes a title: that says nothing of the pages."""
    for page in ("one", "two"):
        await told.do(SuggestStory(what=f"https://example.com/closed/{page}"), TOM)
    async with told.storage.reading(P) as at:
        found = await at.find(Story)
    assert [(story.title, story.twin) for story in found] == [("example.com", None)] * 2


async def test_withdraw(told: Told) -> None:
    """An author takes an idea back; moderators see it."""
    story = await suggested(told)
    await told.do(WithdrawIdea(story.id), LEA)
    assert (await the_story(told)).state is State.WITHDRAWN
    assert "withdrawn" in str(told.chat.latest("CREVIEW").roles)


async def test_an_empty_idea_is_told_at_its_field(told: Told) -> None:
    """Nothing typed is lost, nothing is stored."""
    assert isinstance(await told.do(SuggestStory(), LEA), Wrong)
    async with told.storage.reading(P) as at:
        assert await queries.waiting(at) == []


async def test_a_third_card_waits_for_tomorrow(told: Told) -> None:
    """A channel gets two cards a day, two hours apart, in its hours."""
    for number in range(3):
        await told.do(SuggestStory(what=f"Story number {number}"), LEA)
    async with told.storage.reading(P) as at:
        waiting = await queries.waiting(at)
    for story in waiting:
        await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)
    assert len(told.chat.at(STORIES.partition("/")[2])) == 1
    await told.later(hours=2)
    assert len(told.chat.at("CSTORIES")) == 2
    await told.later(hours=12)
    assert len(told.chat.at("CSTORIES")) == 2
    await told.later(hours=12)
    assert len(told.chat.at("CSTORIES")) == 3


async def test_the_author_of_a_public_message_hears_of_the_idea_once(told: Told) -> None:
    """Named as the source, told once, and left alone when they asked for silence."""
    await told.do(SuggestStory(source=TOM, what="Lyon opens"), LEA)
    assert "Léa suggested a story" in say(told.chat.latest("UTOM").notice, "en")
    await told.do(SuggestStory(source=LEA, what="Mine"), LEA)
    await told.do(SuggestStory(source=MAX, what="A guest's"), LEA)
    assert told.chat.at("ULEA") == told.chat.at("UMAX") == []


async def test_a_story_that_ends_before_its_hour_does_not_come(told: Told) -> None:
    """No channel is told in the morning that something it never saw is over."""
    await told.later(hours=10)
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)
    live = await the_story(told)
    assert live.state is State.LIVE
    await told.do(EndStory(live.id, live.version), ANA)
    await told.later(hours=14)
    assert told.chat.at("CSTORIES") == []
