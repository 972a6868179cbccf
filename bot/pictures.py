"""Pictures that people send where no form takes them: kept for a day, with the ways to use them."""

import asyncio
from dataclasses import dataclass

from bot.authority import colleague, is_moderator
from bot.cards import Body, Button, Card, Heading, Small, buttons
from bot.commands.moderation import WriteStory
from bot.commands.suggesting import EditIdea, SuggestStory
from bot.forms import Picture as Field
from bot.ports import Answer, By, Done, Surroundings, Told
from content.pictures import HELD, Prepared, prepared
from content.refusals import Refusal
from content.stories import OPEN, Story
from content.texts import text
from storage import pictures, queries
from storage.records import Picture
from storage.work import Reading, Storage, Work

MOST = 10
"""Pictures of one person that may wait for a story."""
IDEAS, NAME = 3, 14
"""Ideas that a picture may be put into, and the characters of their titles that a button has room for."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture as it came. `id` is the name it will have, 128 random bits; `words` came along.

    A `message` is one, however often it is delivered; a form that is opened twice needs a picture each time.
    """

    id: str
    raw: bytes = b""
    words: str = ""
    message: bool = False


async def keep(storage: Storage, programme: str, sent: Sent, by: By, around: Surroundings) -> Answer:
    """Keep a picture for whoever sent it, and offer what can be done with it; raises `Refusal`."""
    if not around.public_url:
        raise Refusal(text("picture.no_address"))
    found = await asyncio.to_thread(prepared, sent.raw)
    async with storage.work(programme) as work:
        await colleague(work, by)
        if sent.message and not await work.once(f"{by.key}/picture"):
            return Done()
        if await pictures.unused(work, by.member) >= MOST:
            raise Refusal(text("picture.many"))
        await work.claim(_of(work, sent, found, by))
        return Told(await _offer(work, sent, by))


async def used(work: Work, picture: str, by: By) -> None:
    """A story takes a picture; one that Herald holds must be this person's own. Raises `Refusal`."""
    if holds(by.member) and not await pictures.use(work, picture, by.member):
        raise Refusal(text("picture.missing"), "picture")


def holds(member: str) -> bool:
    """Whether Herald holds the pictures of somebody's platform: Slack holds its own, Teams holds none."""
    return not member.startswith("slack:")


def named(picture: str, member: str) -> str | None:
    """A picture from somebody's device, as stories name it: who holds it, and its name there."""
    return f"{HELD if holds(member) else 'slack:'}{picture}" if picture else None


def seen_at(image: str, around: Surroundings) -> str:
    """Where a story's picture is seen: one that Herald holds, at its own address."""
    if image.startswith(HELD) and around.public_url:
        return f"{around.public_url}/p/{image.removeprefix(HELD)}"
    return image


async def pictured(at: Reading, picture: str, by: By, around: Surroundings) -> Field:
    """The field for a picture, with the one that was sent before; it may still be on its way."""
    there = picture and await pictures.there(at, picture)
    address = seen_at(named(picture, by.member) or "", around) if there else ""
    return Field("picture", text("suggest.picture"), picture, address)


def _of(work: Work, sent: Sent, found: Prepared, by: By) -> Picture:
    return Picture(sent.id, work.programme, by.member, found.kind, found.data, work.now)


async def _offer(work: Work, sent: Sent, by: By) -> Card:
    """What one can do with it: for everybody an idea, for moderators a story of their own."""
    suggest = Button(text("suggest.title"), SuggestStory(what=sent.words, picture=sent.id), primary=True)
    deciding = await is_moderator(work, by)
    write = Button(text("setup.content_write"), WriteStory(picture=sent.id)) if deciding else None
    said = (Heading(text("picture.title")), Body(text("picture.what")), Small(text("picture.kept")))
    return Card(text("picture.title"), (*said, buttons(suggest, write, *await _ideas(work, sent, by))))


async def _ideas(at: Reading, sent: Sent, by: By) -> list[Button]:
    """Or their own ideas that still wait, newest first."""
    waiting = [story for story in await queries.ideas_of(at, by.member) if story.state in OPEN]
    return [_into(story, sent) for story in waiting[:IDEAS]]


def _into(story: Story, sent: Sent) -> Button:
    title = story.title or story.told or story.host or "…"
    short = title if len(title) <= NAME else f"{title[:NAME].rstrip()}…"
    into = EditIdea(story.id, picture=sent.id)
    return Button(text("picture.into", title=short), into, spoken=text("picture.into", title=title))
