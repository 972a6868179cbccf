"""Nobody approves their own story, unless nobody else can; one's own second account is nobody else."""

from bot.ports import By
from content.refusals import Refusal
from content.stories import Story
from content.texts import text
from storage import persons, queries
from storage.work import Reading


async def fair(at: Reading, story: Story, by: By, *, own: bool = False) -> None:
    """Refuse one's own story; with `own` the only moderator confirmed it, which is noted."""
    if not await is_own(at, story, by):
        return
    alone = await is_alone(at, by)
    if not (alone and own):
        raise Refusal(text("refused.own_story" if not alone else "refused.own_story_alone"))


async def is_own(at: Reading, story: Story, by: By) -> bool:
    """Whether somebody's own account handed a story in, the one they use now or another."""
    return story.author in await persons.of_one_human(at, by.member)


async def is_alone(at: Reading, by: By) -> bool:
    """Whether nobody else decides."""
    return set(await queries.moderators(at)) <= await persons.of_one_human(at, by.member)
