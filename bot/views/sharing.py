"""What sharing sends: one's words to oneself, and a problem to the moderators."""

from bot.cards import Body, Button, Card, Quote, Role, Small, Status, Title, Tone, about, buttons
from bot.commands.moderation import EditStory, RecallStory
from bot.ports import Surroundings
from bot.roads import network_of, roads
from bot.views.ending import end
from content.stories import State, Story
from content.texts import text
from storage import queries
from storage.records import Copy, Slip
from storage.work import Reading


async def words_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """The words and the link and nothing else, to be copied; once sent it stays as it was."""
    slip = await at.get(Slip, id=copy.subject)
    story = await queries.story(at, slip.story) if slip and copy.ref is None else None
    if slip is None or story is None:
        return None
    member = await queries.member(at, slip.member)
    link = (await roads(at, story, member, around))[network_of(slip.network).key].link
    parts = (slip.words, link if link and link not in slip.words else None)
    return Card("\n\n".join(part for part in parts if part), plain=True)


async def problem_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """Something is wrong with a story that is out: whose words, and what the moderators can do about it."""
    del around
    story = await queries.story(at, copy.subject)
    if story is None:
        return None
    slip = await at.get(Slip, id=copy.round)
    if slip is None:
        taken_back = text("problem.taken_back", title=story.title)
        return Card(taken_back, (Small(taken_back),))
    names = await queries.names(at, [slip.member])
    said = text("problem.notice", name=names.get(slip.member, "…"), title=story.title)
    return Card(said, (Body(said), Quote(slip.words), Title(story.title, story.link), *_answers(story)))


def _answers(story: Story) -> tuple[Role, ...]:
    recall = Button(text("review.recall"), RecallStory(story.id, story.version))
    if story.state is State.LIVE:
        edit = Button(text("review.edit"), EditStory(story.id, story.version))
        return (about(buttons(edit, end(story), recall), story.title),)
    said = text(f"now.{story.state}", title=story.title)
    if story.state is State.ENDED:
        return Status(said, Tone.GOOD), about(buttons(recall), story.title)
    return (Status(said, Tone.STOPPED),)
