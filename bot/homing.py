"""Home: what waits for this person, what they may share, their ideas, their choices, what is kept about them.

It is drawn when opened and after the person's own commands, never sent to anybody.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.authority import is_moderator, is_outside
from bot.cards import Body, Button, Card, Heading, Part, Role, Small, about, buttons
from bot.commands.homing import (
    AskForLinks,
    ChangeChoices,
    ChangeLanguage,
    GiveLinksBack,
    ShowHome,
    ShowMoreStories,
)
from bot.commands.moderation import ShowQueue
from bot.commands.nudging import ShowReminders
from bot.commands.privacy import ShowMyData, ShowTransparency
from bot.commands.sharing import DenyPosted, SayPosted
from bot.commands.suggesting import ShowMyIdeas, SuggestStory
from bot.opens.choosing import thanked
from bot.opens.homing import shareable
from bot.opens.privacy import delete
from bot.opens.suggesting import named
from bot.ports import Answer, By, Surroundings, Told
from bot.signatures import Entries, Noters
from bot.views.linking import same_person
from bot.views.settling import still_to_do
from content.people import Member
from content.programmes import Programme
from content.shares import DRAFT_KEPT, Evidence
from content.texts import Text, text
from storage import persons, queries, sharing
from storage.work import Reading

Section = Callable[[Reading, By, Surroundings], Awaitable[list[Role]]]

NEWEST = 3
"""Stories and ideas shown at once; the rest is one press away."""


async def home(at: Reading, by: By, around: Surroundings) -> Card:
    """This person's Home."""
    if await is_outside(at, by):
        return await turned_away(at, by, around)
    parts = [role for section in SECTIONS for role in await section(at, by, around)]
    return Card(text("home.title"), tuple(parts), again=ShowHome())


async def turned_away(at: Reading, by: By, around: Surroundings) -> Card:
    """What guests get: for whom Herald is, and what it keeps of them nevertheless."""
    return Card(text("refused.outside"), (Body(text("refused.outside")), *await what_is_kept(at, by, around)))


async def show_home(at: Reading, command: ShowHome, by: By, around: Surroundings) -> tuple[Entries, Answer]:
    """Home as a card, where there is no tab for it."""
    del command
    return (), Told(await home(at, by, around))


async def to_decide(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """For moderators: how many stories wait, and how long the oldest does."""
    del around
    if not await is_moderator(at, by):
        return []
    waiting = await queries.waiting(at)
    if not waiting:
        return [Small(text("home.nothing_waits"))]
    days = (at.now - min(story.created for story in waiting)).days
    age = text("home.oldest_days", count=days) if days else text("home.oldest_today")
    said = text("home.waiting", count=len(waiting), oldest=age)
    return [Heading(said), buttons(Button(text("home.open_queue"), ShowQueue(), primary=True))]


async def did_you_post(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """One question about the network that was opened last; no other is asked at the same time."""
    del around
    asked = await sharing.unanswered(at, await persons.own_accounts(at, by.member), at.now - DRAFT_KEPT)
    if asked is None:
        return []
    story, network = asked
    answers = buttons(
        Button(text("home.posted"), SayPosted(story.id, network), primary=True),
        Button(text("home.not_posted"), DenyPosted(story.id)),
    )
    asks = text("home.did_you_post", title=story.title)
    return [Body(asks), about(answers, asks)]


async def stories_to_share(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """The three newest one has not shared, then *More*."""
    del around
    found = await sharing.to_share(at, await persons.own_accounts(at, by.member), NEWEST + 1)
    more = buttons(Button(text("home.more"), ShowMoreStories()))
    parts: list[Role] = [Heading(text("home.stories"))]
    for story in found[:NEWEST]:
        parts += shareable(story)
    if not found:
        parts.append(Small(text("home.nothing_new")))
    return [Part(text("home.stories"), (*parts, *((more,) if len(found) > NEWEST else ())))]


async def my_ideas(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """One's own ideas: title, where they stand in words, since when."""
    del around
    zone = (await queries.programme(at)).zone
    found = await queries.ideas_of(at, by.member, NEWEST)
    parts: list[Role] = [Heading(text("suggest.my_ideas"))]
    for story in found:
        parts += named(story, zone)
    if not found:
        parts.append(Small(text("home.no_ideas")))
    all_of_them = Button(text("home.all_ideas"), ShowMyIdeas()) if found else None
    suggest = Button(text("suggest.title"), SuggestStory())
    return [Part(text("suggest.my_ideas"), (*parts, buttons(suggest, all_of_them)))]


async def my_choices(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """What one chose, each with the way to change it."""
    member = await queries.member(at, by.member)
    if member is None:
        return []
    programme = await queries.programme(at)
    change = Button(text("home.change"), ChangeChoices())
    turn_on = Button(text("home.turn_on"), ChangeChoices())
    calmer = Button(text("home.change"), ShowReminders())
    by_name = _choice(thanked(member, programme), change) if not programme.council else []
    reminders = _choice(_reminded(member), calmer if member.reminded else turn_on)
    language = _choice(_language(member, by), Button(text("home.change"), ChangeLanguage()))
    links = await _links(at, member, programme, around)
    same = await same_person(at, member)
    return [Heading(text("home.choices")), *by_name, *reminders, *links, *language, *same]


async def mine(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """What one chose and what is kept: two parts of a card, or one where they find no room."""
    chosen, kept = await my_choices(at, by, around), await what_is_kept(at, by, around)
    return [Part(text("home.mine"), (*chosen, Part(text("home.kept"), tuple(kept))))]


def _choice(how: Text, change: Button) -> list[Role]:
    """How something stands and the way to change it, which says aloud what it changes."""
    return [Body(how), about(buttons(change), how)]


async def what_is_kept(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """See and delete what is kept; read what holds for everybody."""
    del around
    erase = delete(linked=len(await persons.own_accounts(at, by.member)) > 1)
    rules = Button(text("home.rules"), ShowTransparency())
    return [Heading(text("home.kept")), buttons(Button(text("home.see"), ShowMyData()), erase, rules)]


async def _links(at: Reading, member: Member, programme: Programme, around: Surroundings) -> list[Role]:
    """Links of one's own, where links are measured at all and persons may be seen."""
    if programme.council or not around.public_url:
        return []
    if not member.links:
        return _choice(text("home.links_shared"), Button(text("home.turn_on"), AskForLinks()))
    mine = await persons.own_accounts(at, member.id)
    visits = len(await sharing.facts_of(at, mine, Evidence.OBSERVED))
    return _choice(text("home.links_own", count=visits), Button(text("home.turn_off"), GiveLinksBack()))


def _reminded(member: Member) -> Text:
    if member.quiet:
        return text("mydata.quiet")
    return text("home.reminders_on" if member.reminded else "home.reminders_off")


def _language(member: Member, by: By) -> Text:
    language = text(f"language.{member.spoken(by.language)}")
    if member.chosen_language:
        return text("home.language_chosen", language=language)
    platform = text(f"platform.{by.workspace.partition(':')[0]}")
    return text("home.language_platform", language=language, platform=platform)


SECTIONS: Final[tuple[Section, ...]] = (
    still_to_do, to_decide, did_you_post, stories_to_share, my_ideas, mine,
)  # fmt: skip
"""Home from top to bottom, what is urgent first. A section with nothing for this person gives nothing."""

NOTES: Noters = {ShowHome: show_home}
