"""What moderators read and press on the cards of their channel."""

from bot.cards import Button, Card
from bot.commands.moderation import ApproveStory, EndStory
from bot.commands.sharing import ReportProblem
from tests.bot.programme import ANA, LEA, REVIEW, Told, pressable
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
