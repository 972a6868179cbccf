"""What was read since the beginning: visits of readers, who are no colleagues, so that all may see them."""

from bot.cards import Body, Heading, Role
from bot.ports import Surroundings
from content.texts import text
from storage import alltime, weeks
from storage.work import Reading

MOST = 3
"""Stories with a line of their own."""


async def since_the_beginning(at: Reading, around: Surroundings) -> list[Role]:
    """How many readers came in all, and the stories that were read most; nothing where nobody counts them."""
    found = await alltime.read(at) if around.public_url else {}
    if not found:
        return []
    there = await weeks.titles(at, found)
    most = sorted(there, key=lambda story: (-found[story], there[story].title))[:MOST]
    lines = [Body(text("digest.ever_story", title=there[story].title, count=found[story])) for story in most]
    total = text("digest.visits", count=sum(found.values()))
    return [Heading(text("digest.ever")), Body(total), *lines]
