"""The story card in a channel, and the note to those who shared a story that was recalled."""

from bot.cards import Body, Button, Buttons, Card, Image, Role, Small, Status, Title, Tone, buttons
from bot.commands.sharing import ChooseNetwork, ExplainCard, ReportProblem, ShareStory
from bot.pictures import seen_at
from bot.ports import Surroundings
from content.stories import State, Story
from content.texts import text
from storage import queries
from storage.records import Copy
from storage.work import Reading


async def story_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """A story in a channel, the same for everybody; one that ended before its hour does not come at all."""
    story = await queries.story(at, copy.subject)
    if story is None or (copy.ref is None and story.state is not State.LIVE):
        return None
    return drawn(story, copy.counted or 0, around)


def drawn(story: Story, count: int, around: Surroundings) -> Card:
    """A story as a channel sees it; `count` is 0 when it may not be shown."""
    if story.state is State.RECALLED:
        return _over(story, "story.recalled", Tone.STOPPED)
    if story.state is State.ENDED:
        return _over(story, "story.ended", Tone.GOOD)
    return Card(
        text("story.notice", title=story.title), (*preview(story, around), *_count(count), _share(story))
    )


def preview(story: Story, around: Surroundings) -> tuple[Role, ...]:
    """What people will see of a story, before anything one can press."""
    shown: list[Role] = []
    if story.image:
        shown.append(
            Image(seen_at(story.image, around), story.image_alt or text("story.picture", title=story.title))
        )
    shown.append(Title(story.title, story.link))
    if story.why or rest(story):
        shown.append(Body(story.why or rest(story)))
    if story.host and story.host != story.title:
        shown.append(Small(story.host))
    return tuple(shown)


def rest(story: Story) -> str:
    """What was told beside the title: a title taken from the first line is not said twice."""
    return story.told.removeprefix(story.title).strip()


async def recalled_note(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """What somebody reads who shared a story that was taken back, with the moderators' words."""
    del around
    story, reader = await queries.story(at, copy.subject), await queries.member(at, copy.address)
    stopped = copy.ref is None and reader is not None and reader.quiet
    if story is None or stopped:
        return None
    words = (Body(story.reason_words),) if story.reason_words else ()
    return Card(
        text("recalled.notice", title=story.title),
        (
            Title(story.title, story.link),
            Status(text("recalled.what"), Tone.STOPPED),
            *words,
            Small(text("recalled.do")),
        ),
    )


def _over(story: Story, key: str, tone: Tone) -> Card:
    if story.state is State.RECALLED:
        return Card(text(key), (Status(text(key), tone),))
    return Card(
        text("now.ended", title=story.title), (Title(story.title, story.link), Status(text(key), tone))
    )


def _count(count: int) -> tuple[Role, ...]:
    return (Small(text("story.count", count=count)),) if count else ()


def _share(story: Story) -> Buttons:
    share = text("story.share", network=text("network.linkedin"))
    return buttons(
        Button(
            share, ShareStory(story.id), primary=True, spoken=text("story.share_spoken", title=story.title)
        ),
        Button(text("story.networks"), ChooseNetwork(story.id), rare=True),
        Button(text("story.problem"), ReportProblem(story.id), rare=True),
        Button(text("story.why_here"), ExplainCard(story.id), rare=True),
    )
