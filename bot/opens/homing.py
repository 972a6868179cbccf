"""What Home opens: more stories to share."""

from bot.authority import colleague
from bot.cards import Button, Role, Small, Title, buttons
from bot.commands.homing import ShowMoreStories
from bot.commands.sharing import ShareStory
from bot.forms import Form
from bot.ports import By, Surroundings
from bot.signatures import Openings
from content.stories import Story
from content.texts import text
from storage import persons, sharing
from storage.work import Reading

MOST = 20
"""Stories in one list: more than a month of them."""


async def more_stories(at: Reading, command: ShowMoreStories, by: By, around: Surroundings) -> Form:
    """Everything that is out and that one has not shared, newest first."""
    del command, around
    await colleague(at, by)
    found = await sharing.to_share(at, await persons.own_accounts(at, by.member), MOST)
    parts = [role for story in found for role in shareable(story)]
    nothing: list[Role] = [Small(text("home.nothing_new"))]
    return Form(text("home.stories"), tuple(parts or nothing), close=text("form.close"))


def shareable(story: Story) -> list[Role]:
    """A story in a list, with the way to its sheet."""
    share = text("story.share", network=text("network.linkedin"))
    spoken = text("story.share_spoken", title=story.title)
    where: list[Role] = [Small(story.host)] if story.host else []
    pressed = buttons(Button(share, ShareStory(story.id), spoken=spoken))
    return [Title(story.title, story.link), *where, pressed]


FORMS: Openings = {ShowMoreStories: more_stories}
