"""What Herald says of its own deliveries: a card that may be missing, a channel or credential that fails."""

from bot.cards import Body, Button, Card, Small, Status, Tone, buttons
from bot.commands.delivering import ConfirmSent, SendAgain
from bot.ports import Surroundings
from content.programmes import Channel, Workspace
from content.texts import Text, text
from storage import outgoing, queries
from storage.records import HOST, Copy, Sending
from storage.work import Reading


async def unsure_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """Did this card reach the channel? The answer, once somebody gave it."""
    del around
    lost = await at.get(Copy, id=copy.subject)
    if lost is None:
        return None
    story = await queries.story(at, lost.subject)
    asks = text("unsure.asks", channel=await _room(at, lost.address), title=story.title if story else "…")
    if lost.state is Sending.UNSURE:
        there = Button(text("unsure.there"), ConfirmSent(lost.id))
        again = Button(text("unsure.again"), SendAgain(lost.id))
        return Card(asks, (Body(asks), Small(text("unsure.why")), buttons(there, again)))
    return Card(asks, (Body(asks), Status(await _answer(at, lost), Tone.GOOD)))


async def shut_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """A channel takes no more cards."""
    del around
    said = text("shut.says", channel=await _room(at, copy.subject))
    return Card(said, (Status(said, Tone.STOPPED), Small(text("shut.next"))))


async def removed_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """Somebody deleted a card."""
    del around
    said = text("removed.says", channel=await _room(at, copy.subject))
    return Card(said, (Status(said, Tone.STOPPED), Small(text("removed.next"))))


async def locked_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """Read when it is over: nothing can be said while the credential is refused."""
    del around
    workspace = await at.get(Workspace, id=copy.subject)
    paused = workspace is not None and workspace.paused is not None
    said = text("locked.now" if paused else "locked.over")
    return Card(said, (Status(said, Tone.STOPPED if paused else Tone.GOOD),))


async def _answer(at: Reading, lost: Copy) -> Text:
    decision = await outgoing.decided_about(at, lost)
    if decision is None:
        return text("unsure.settled")
    if decision.actor == HOST:
        return text("unsure.host")
    names = await queries.names(at, [decision.actor])
    key = "unsure.was_there" if lost.state is Sending.DROPPED else "unsure.was_sent"
    return text(key, name=names.get(decision.actor, "…"))


async def _room(at: Reading, address: str) -> str:
    found = [channel for channel in await at.find(Channel) if channel.id == address]
    return found[0].called if found else "…"
