"""A picture that Slack holds for whoever sent it is taken over, and then seen on both platforms."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cards import Image
from bot.commands.moderation import ApproveStory
from bot.commands.suggesting import SuggestStory, WithdrawIdea
from bot.holding import Elsewhere
from bot.ports import Gone, Surroundings
from content.stories import Story
from storage import pictures
from storage.records import Picture
from tests.bot.programme import ANA, LEA, REVIEW, TOM, P, Told, programme
from tests.bot.two_platforms import REVIEW_T, Both, both
from tests.content.test_pictures import photograph

SITE, NAME = "https://herald.acme.example", "a-name-that-nobody-guesses"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Both]:
    async with both(tmp_path, Surroundings(SITE)) as found:
        await found.do(SuggestStory(what="Open day in Lyon", picture="F1", shows="Two welders"), LEA)
        yield found


async def photo() -> bytes:
    return photograph()


async def nothing() -> bytes:
    raise AssertionError("nobody asked for it")


async def story(told: Told) -> Story:
    async with told.storage.reading(P) as at:
        (found,) = await at.find(Story)
    return found


def seen(told: Told, there: Both | None = None) -> list[Image]:
    """The pictures of the newest review card, on Slack and on Teams."""
    chats = [(told.chat, REVIEW)] + ([(there.teams, REVIEW_T)] if there else [])
    cards = [chat.latest(room.partition("/")[2]) for chat, room in chats]
    return [role for card in cards for role in card.roles if isinstance(role, Image)]


async def test_both_platforms_show_it_from_here(there: Both) -> None:
    assert (await story(there.slack)).image == "slack:F1"
    await there.slack.bot.take_over(Elsewhere("F1", NAME, photo), there.by(LEA))
    await there.slack.settle()

    assert (await story(there.slack)).image == f"herald:{NAME}"
    assert seen(there.slack, there) == [Image(f"{SITE}/p/{NAME}", "Two welders")] * 2
    kept = await pictures.held(there.slack.storage, NAME)
    assert kept is not None
    assert (kept.kind, kept.member) == ("image/jpeg", None)


async def test_a_story_that_changes_meanwhile_keeps_both(there: Both) -> None:
    """Its page is read, and the moderators see it, while the picture is on its way."""

    async def slow() -> bytes:
        await there.slack.settle()
        return photograph()

    await there.slack.bot.take_over(Elsewhere("F1", NAME, slow), there.by(LEA))
    await there.slack.settle()
    assert seen(there.slack, there) == [Image(f"{SITE}/p/{NAME}", "Two welders")] * 2


async def test_what_nobody_waits_for_is_not_fetched(there: Both) -> None:
    """Somebody else's picture, another one, one whose idea is decided or taken back."""
    bot = there.slack.bot
    await bot.take_over(Elsewhere("F1", NAME, nothing), there.by(TOM))
    await bot.take_over(Elsewhere("F2", NAME, nothing), there.by(LEA))
    await there.slack.settle()
    waiting = await story(there.slack)
    await there.do(ApproveStory(waiting.id, waiting.version), ANA)
    await bot.take_over(Elsewhere("F1", NAME, nothing), there.by(LEA))
    assert (await story(there.slack)).image == "slack:F1"


async def test_one_that_was_decided_while_it_came_is_left_there(there: Both) -> None:
    async def late() -> bytes:
        await there.do(WithdrawIdea((await story(there.slack)).id), LEA)
        return photograph()

    await there.slack.bot.take_over(Elsewhere("F1", NAME, late), there.by(LEA))
    assert (await story(there.slack)).image == "slack:F1"
    assert await pictures.held(there.slack.storage, NAME) is None


async def test_what_is_no_picture_stays_where_it_is(there: Both) -> None:
    async def words() -> bytes:
        return b"MZ"

    async def gone() -> bytes:
        raise Gone("F1")

    await there.slack.bot.take_over(Elsewhere("F1", NAME, words), there.by(LEA))
    with pytest.raises(Gone):
        await there.slack.bot.take_over(Elsewhere("F1", NAME, gone), there.by(LEA))
    assert (await story(there.slack)).image == "slack:F1"


async def test_without_a_public_address_it_is_slacks_alone(tmp_path: Path) -> None:
    async with programme(tmp_path) as told:
        await told.do(SuggestStory(what="Open day in Lyon", picture="F1", shows="Two welders"), LEA)
        await told.bot.take_over(Elsewhere("F1", NAME, nothing), told.by(LEA))
        assert seen(told) == [Image("slack:F1", "Two welders")]
        async with told.storage.reading(P) as at:
            assert await at.find(Picture) == []
