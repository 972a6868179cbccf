"""What there is: help by role, how Herald works, what waits, what is out."""

from collections.abc import Sequence
from typing import Final

from bot.authority import colleague, is_admin, is_moderator, is_outside, moderator, review_room
from bot.cards import Body, Button, Card, Facts, Heading, Role, Small, Title, about, buttons
from bot.commands.helping import ShowHelp, ShowHow, ShowRecallable
from bot.commands.moderation import RecallStory, ShowQueue, ShowStories, WriteStory
from bot.commands.suggesting import SuggestStory
from bot.homing import turned_away
from bot.opens.homing import shareable
from bot.opens.suggesting import standing
from bot.ports import Answer, By, Surroundings, Told
from bot.rooms import why_shut
from bot.signatures import Entries, Noters
from bot.views.introduction import contact
from bot.views.naming import who
from content.programmes import Channel, Workspace
from content.stories import Origin, State, Story
from content.texts import Moment, Text, Words, text
from storage import queries
from storage.records import Copy, Sending
from storage.work import Reading

EVERYBODY: Final = ("stories", "home", "week", "reminders", "my-data", "transparency", "stop")
MODERATORS: Final = ("queue", "feeds", "recall")
ADMINS: Final = ("setup",)
"""The words of each role, in the order of the help."""
MOST = 10
"""Stories listed at most: a card is read, not scrolled."""


async def show_help(at: Reading, command: ShowHelp, by: By, around: Surroundings) -> tuple[Entries, Answer]:
    """What somebody may ask, in the form that works where they are."""
    if await is_outside(at, by):
        return (), Told(await turned_away(at, by, around))
    words = list(EVERYBODY)
    if await is_moderator(at, by):
        words += MODERATORS
    if await is_admin(at, by):
        words += ADMINS
    platform = by.workspace.partition(":")[0]
    rows = tuple((_said(platform, word), text(f"help.{word}")) for word in words)
    first: tuple[tuple[Words, Words], ...] = ((text(f"help.{platform}_story"), text("help.story")),)
    roles: list[Role] = [Heading(text("help.title")), Facts((*first, *rows))]
    if command.unknown:
        roles.insert(0, Body(text("help.unknown", words=command.unknown)))
    suggest = buttons(Button(text("suggest.title"), SuggestStory()), Button(text("intro.how"), ShowHow()))
    return (), Told(Card(text("help.title"), (*roles, suggest)))


def _said(platform: str, word: str) -> Text:
    return text(f"help.{platform}_word", word=text(f"word.{word}"))


async def show_how(at: Reading, command: ShowHow, by: By, around: Surroundings) -> tuple[Entries, Answer]:
    """Herald in a few sentences, and whom to ask."""
    del command, by, around
    council = (await queries.programme(at)).council
    names = text("how.names_council" if council else "how.names")
    lines = (text("how.stories"), text("how.share"), names, text("how.stop"))
    asked = Small(text("intro.contact", contact=await contact(at)))
    suggest = buttons(Button(text("suggest.title"), SuggestStory()))
    return (), Told(Card(text("how.title"), (Heading(text("how.title")), *map(Body, lines), asked, suggest)))


async def show_queue(at: Reading, command: ShowQueue, by: By, around: Surroundings) -> tuple[Entries, Answer]:
    """What waits for a decision, oldest first, and what keeps cards from arriving."""
    del command, around
    await moderator(at, by)
    waiting = list(reversed(await queries.waiting(at)))
    none = Body(text("queue.none"))
    roles: list[Role] = [Heading(text("queue.waiting", count=len(waiting))) if waiting else none]
    names = await queries.names(at, [story.author for story in waiting])
    for story in waiting[:MOST]:
        roles += await _waits(at, story, names)
    if len(waiting) > MOST:
        roles.append(Small(text("queue.more", count=len(waiting) - MOST)))
    if waiting:
        roles.append(Small(text("queue.where", channel=await review_room(at, by))))
    return (), Told(Card(text("queue.title"), (*roles, *await _trouble(at))))


async def _waits(at: Reading, story: Story, names: dict[str, str]) -> list[Role]:
    since = Moment(story.created, (await queries.programme(at)).zone, "day_time")
    name = "Herald" if story.origin is Origin.FEED else who(names, story.author)
    return [
        Title(story.title or story.told or story.host or "…", story.link),
        Small(text(f"queue.{story.state}", name=name, since=since)),
    ]


async def _trouble(at: Reading) -> list[Role]:
    """Workspaces and channels that take no cards, and cards that did not arrive."""
    shut = {channel.id: Small(why_shut(channel)) for channel in await at.find(Channel) if channel.shut}
    stuck = [copy for copy in await at.find(Copy) if copy.state in {Sending.ASIDE, Sending.UNSURE}]
    paused = [Small(text("locked.now")) for workspace in await at.find(Workspace) if workspace.paused]
    lost = [Small(text("queue.stuck", count=len(stuck)))] if stuck else []
    return [*paused, *shut.values(), *lost]


async def show_stories(
    at: Reading, command: ShowStories, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """The stories that are out, each with the way to share it; moderators may write one."""
    del around
    await colleague(at, by)
    live = await queries.live(at, MOST)
    roles: list[Role] = [Heading(text("stories.title"))]
    for story in live:
        roles += shareable(story)
    if not live:
        roles.append(Body(text("stories.none")))
    suggest = Button(text("suggest.title"), SuggestStory())
    below = buttons(suggest, *(_theirs(live) if await is_moderator(at, by) else ()))
    return (), Told(Card(text("stories.title"), (*roles, below), again=command))


def _theirs(live: Sequence[Story]) -> tuple[Button, ...]:
    """What moderators do with stories."""
    write = Button(text("setup.content_write"), WriteStory())
    return (write, Button(text("review.recall"), ShowRecallable())) if live else (write,)


async def show_recallable(
    at: Reading, command: ShowRecallable, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """The stories that may be taken back everywhere, newest first."""
    del around
    await moderator(at, by)
    out = [*await queries.live(at, MOST), *await queries.ended(at, MOST)][:MOST]
    roles: list[Role] = [Heading(text("recallable.title")) if out else Body(text("recallable.none"))]
    zone = (await queries.programme(at)).zone
    for story in out:
        recall = Button(text("review.recall"), RecallStory(story.id, story.version))
        over = (Small(standing(story, zone)),) if story.state is State.ENDED else ()
        roles += [Title(story.title, story.link), *over, about(buttons(recall), story.title)]
    return (), Told(Card(text("recallable.title"), tuple(roles), again=command))


SHOWS: Noters = {ShowStories: show_stories, ShowRecallable: show_recallable}
NOTES: Noters = {
    **SHOWS,
    ShowHelp: show_help,
    ShowHow: show_how,
    ShowQueue: show_queue,
}
