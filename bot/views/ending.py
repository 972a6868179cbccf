"""The way to end a story, wherever moderators find it."""

from bot.cards import Button, Confirm
from bot.commands.moderation import EndStory
from content.stories import Story
from content.texts import text


def end(story: Story) -> Button:
    """Asked first: a story that has ended does not come back."""
    sure = Confirm(text("end.title"), text("end.words"), text("end.yes"), text("end.no"))
    return Button(text("review.end"), EndStory(story.id, story.version), confirm=sure)
