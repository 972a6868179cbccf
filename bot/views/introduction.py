"""What Herald says of itself in a story channel, once, and whom colleagues may ask."""

from bot.cards import Body, Button, Buttons, Card, Heading, Small, buttons
from bot.commands.helping import ShowHow
from bot.commands.settling import SendIntroduction, SkipIntroduction
from bot.commands.suggesting import SuggestStory
from bot.ports import Surroundings
from bot.rooms import uses
from content.programmes import Channel, Use
from content.texts import Listing, Words, text
from storage import persons, queries
from storage.records import Copy, Firing
from storage.work import Reading

INTRODUCED = "introduction"
"""The firing that says a channel was introduced, or was to be left alone."""


async def to_introduce(at: Reading) -> list[Channel]:
    """The open story channels that nobody introduced yet, nor decided to leave alone."""
    known = {firing.subject for firing in await at.find(Firing) if firing.job == INTRODUCED}
    found = await uses(at, Use.STORIES)
    return [channel for channel in found if channel.shut is None and channel.id not in known]


async def preview(at: Reading) -> Card:
    """The introduction as the channels would see it, with *Send* and *Skip*."""
    card = await introduction(at)
    names = Listing(tuple(channel.called for channel in await to_introduce(at)))
    decide = buttons(
        Button(text("setup.send"), SendIntroduction(), primary=True),
        Button(text("setup.skip"), SkipIntroduction()),
    )
    said = tuple(role for role in card.roles if not isinstance(role, Buttons))
    return Card(card.notice, (Small(text("setup.would_say", channels=names)), *said, decide))


async def introduction_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """What Herald says in a story channel once."""
    del copy, around
    return await introduction(at)


async def introduction(at: Reading) -> Card:
    """Herald introduces itself."""
    asked = buttons(
        Button(text("suggest.title"), SuggestStory(), primary=True), Button(text("intro.how"), ShowHow())
    )
    lines = (text("intro.what"), text("intro.free"), text("intro.contact", contact=await contact(at)))
    return Card(text("intro.notice"), (Heading(text("intro.title")), *map(Body, lines), asked))


async def contact(at: Reading) -> Words:
    """Whom colleagues may ask: the one who is named, else the first moderators."""
    programme = await queries.programme(at)
    if programme.contact:
        return programme.contact
    names = (await persons.once_each(at, await queries.moderators(at)))[:2]
    if not names:
        return programme.employer or "…"
    return text("people.named", names=Listing(tuple(sorted(names))))
