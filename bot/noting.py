"""What the platform reports by itself: who joined or left, what became of a channel. Nobody is answered."""

from dataclasses import replace
from typing import Final

from bot import rooms
from bot.authority import colleague, is_admin, moderator
from bot.commands.settling import (
    ConfirmModerator,
    NoteBotAdded,
    NoteChannelChanged,
    NoteJoined,
    NoteLeft,
    NoteMemberChanged,
    NoteUninstalled,
)
from bot.looking import Looking, Lookings, Sight, Wish
from bot.meeting import dismiss, introduce
from bot.ports import Account, Answer, By, Done, Redrawn
from bot.signatures import Handlers
from content.programmes import Channel, Use, Workspace
from content.refusals import Refusal
from content.texts import text
from storage import moving, queries
from storage.installations import forget
from storage.records import Moderator
from storage.work import Reading, Work


async def look_at_newcomer(at: Reading, command: NoteJoined, by: By) -> Wish:
    """Only who joins the review channel matters."""
    del by
    return Wish(people=(command.member,)) if await is_review(at, command.channel) else Wish()


async def note_joined(work: Work, command: NoteJoined, by: By, sight: Sight) -> Answer:
    """Somebody entered the review channel: they decide once a moderator confirms it."""
    del by
    account = sight.accounts.get(command.member)
    if account is not None and sight.colleague(command.member):
        await expect(work, command.member, account, command.channel)
    return Done()


async def expect(work: Work, member: str, account: Account, channel: str) -> None:
    """Keep a later joiner as unconfirmed and say so in the review channel, once a day at most."""
    if await work.get(Moderator, member=member):
        return
    await introduce(work, member, account)
    await work.put(Moderator(member, work.programme))
    room = await work.get(Channel, id=channel, use=Use.REVIEW)
    language = room.language if room else await rooms.spoken(work)
    await work.send("newcomer", member, channel, language, round_=f"{work.now:%Y-%m-%d}")


async def confirm_moderator(work: Work, command: ConfirmModerator, by: By) -> Answer:
    """A moderator, or somebody who runs Herald, lets a later joiner decide."""
    await colleague(work, by)
    if not await is_admin(work, by):
        await moderator(work, by)
    found = await work.get(Moderator, member=command.member)
    if found is None:
        raise Refusal(text("newcomer.gone"))
    if found.confirmed is None:
        await work.put(replace(found, confirmed=work.now))
        await work.audit(by.member, "confirm moderator", command.member)
        await work.refresh(command.member)
    return Redrawn()


async def note_left(work: Work, command: NoteLeft, by: By) -> Answer:
    """Somebody left the review channel: they decide nothing any more, at once."""
    del by
    if await is_review(work, command.channel):
        await release(work, command.member)
    return Done()


async def release(work: Work, member: str) -> None:
    """Take somebody off the moderators."""
    if await work.get(Moderator, member=member):
        await work.remove(Moderator, member=member)
        await work.audit("herald", "remove moderator", member)
        await work.refresh(member)


async def look_at_channel(at: Reading, command: NoteChannelChanged | NoteBotAdded, by: By) -> Wish:
    """Only channels in use matter."""
    del by
    known = any(channel.id == command.channel for channel in await at.find(Channel))
    became = command.became if isinstance(command, NoteChannelChanged) else ""
    return Wish((became or command.channel,)) if known else Wish()


async def note_channel_changed(work: Work, command: NoteChannelChanged, by: By, sight: Sight) -> Answer:
    """A channel has another name, another id, or may not be used any more."""
    del by
    if command.became:
        await moving.channel_became(work, command.channel, command.became)
    await renew(work, command.became or command.channel, sight)
    return Done()


async def note_bot_added(work: Work, command: NoteBotAdded, by: By, sight: Sight) -> Answer:
    """Herald was invited: a channel that waited for it opens."""
    del by
    await renew(work, command.channel, sight)
    return Done()


async def renew(work: Work, id_: str, sight: Sight) -> None:
    """Bring every use of a channel in step with what the platform says."""
    for channel in await work.find(Channel):
        if channel.id == id_:
            after = rooms.now_is(channel, sight.places.get(id_), work)
            await work.put(after)
            if after.shut != channel.shut:
                await work.audit("herald", f"channel {after.shut or 'open'}", id_)


async def look_at_member(at: Reading, command: NoteMemberChanged, by: By) -> Wish:
    """Only people Herald has met matter."""
    del by
    return Wish(people=(command.member,)) if await queries.member(at, command.member) else Wish()


async def note_member_changed(work: Work, command: NoteMemberChanged, by: By, sight: Sight) -> Answer:
    """Somebody has another name or language, left, or became a guest."""
    del by
    known = await queries.member(work, command.member)
    if known is not None:
        await keep_up(work, command.member, sight)
    return Done()


async def keep_up(work: Work, member: str, sight: Sight) -> None:
    """Somebody Herald knows, as the platform says they are now; whom it no longer knows has left."""
    account, before = sight.accounts.get(member), await queries.member(work, member)
    if account is not None:
        await introduce(work, member, account)
    elif before is not None and not before.left:
        await work.put(replace(before, left=True))
        await dismiss(work, member)
    await work.refresh(member)


async def note_uninstalled(work: Work, command: NoteUninstalled, by: By) -> Answer:
    """Herald was taken out: nothing is sent until it is back, and nothing is forgotten."""
    del command
    there = await work.get(Workspace, id=by.workspace)
    if there is not None:
        await work.put(replace(there, paused="uninstalled"))
        await forget(work, by.workspace)
        await work.audit("herald", "uninstalled", by.workspace)
    return Done()


async def is_review(at: Reading, channel: str) -> bool:
    """Whether ideas are decided in a channel."""
    return await at.get(Channel, id=channel, use=Use.REVIEW) is not None


HANDLERS: Handlers = {
    ConfirmModerator: confirm_moderator,
    NoteLeft: note_left,
    NoteUninstalled: note_uninstalled,
}

LOOKINGS: Lookings = {
    NoteJoined: Looking(look_at_newcomer, note_joined, silent=True),
    NoteChannelChanged: Looking(look_at_channel, note_channel_changed, silent=True),
    NoteBotAdded: Looking(look_at_channel, note_bot_added, silent=True),
    NoteMemberChanged: Looking(look_at_member, note_member_changed, silent=True),
}

UNHEARD: Final = frozenset({NoteLeft, NoteUninstalled, *LOOKINGS})
"""What nobody pressed: the platform reports it, and sends it again when it was not taken."""
