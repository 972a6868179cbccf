"""Once an hour: are the channels still ours alone, and are those who decide still here?

Events say it at once; the sweep finds what they missed. What was seen is trusted for an hour. Whoever was met
before the list of domains was changed is asked about again, some at a time.
"""

from dataclasses import replace
from datetime import timedelta

import structlog

from bot.looking import Sight, Wish, see
from bot.noting import expect, keep_up, release, renew
from bot.ports import FAILURES, Chat, Unreachable
from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from storage import directory, persons
from storage.records import Admin, Moderator
from storage.work import Reading, Storage, Work

log = structlog.get_logger("herald.sweep")

TRUSTED = timedelta(hours=1)
"""How long what a platform said of a channel or a moderator holds."""
AT_ONCE = 50
"""Accounts asked about again in a minute: half of what Slack allows."""


async def sweep(storage: Storage, chat: Chat, workspace: str) -> None:
    """Ask about every channel in use and everybody who decides or runs Herald, when an hour has gone by."""
    programme = await directory.programme_of(storage, workspace)
    if programme is None:
        return
    async with storage.reading(programme) as at:
        wish = await _wish(at, workspace)
    if wish is None:
        return
    try:
        sight = await see(chat, wish)
    except FAILURES as failure:
        log.warning("sweep.failed", workspace=workspace, failure=type(failure).__name__)
        return
    async with storage.work(programme) as work:
        await _apply(work, workspace, wish, sight)


async def look_again(storage: Storage, chat: Chat, workspace: str) -> None:
    """Learn the addresses of those who were met before anybody listed their domains."""
    programme = await directory.programme_of(storage, workspace)
    if programme is None or not storage.secrets.keys:
        return
    async with storage.reading(programme) as at:
        known = await at.get(Programme, id=programme)
        since = known.domains_at if known and known.domains else None
        people = await persons.unseen_since(at, workspace, since, AT_ONCE) if since else []
    for member in people:
        if not await _again(storage, programme, chat, member):
            return


async def _again(storage: Storage, programme: str, chat: Chat, member: str) -> bool:
    """Ask about one account; False when the platform wants no more questions now."""
    try:
        sight = await see(chat, Wish(people=(member,)))
    except Unreachable:
        sight = None
    except FAILURES as failure:
        log.warning("again.failed", failure=type(failure).__name__)
        return False
    async with storage.work(programme) as work:
        if sight is not None:
            await keep_up(work, member, sight)
        known = await work.get(Member, id=member)
        if known is not None:  # who cannot be asked about stays their own until they are heard of
            await work.put(replace(known, met=work.now))
    return True


async def _wish(at: Reading, workspace: str) -> Wish | None:
    """What to look at; None while what was seen is still trusted."""
    home = await at.get(Workspace, id=workspace)
    if home is None or home.paused or (home.swept and at.now - home.swept < TRUSTED):
        return None
    here = [channel for channel in await at.find(Channel) if channel.workspace == workspace]
    deciding = {one.member for one in await at.find(Moderator)} | {one.member for one in await at.find(Admin)}
    return Wish(
        tuple(dict.fromkeys(channel.id for channel in here)),
        rooms=tuple(channel.id for channel in here if channel.use is Use.REVIEW),
        people=tuple(sorted(member for member in deciding if member.startswith(f"{workspace}/"))),
    )


async def _apply(work: Work, workspace: str, wish: Wish, sight: Sight) -> None:
    for channel in wish.channels:
        await renew(work, channel, sight)
    for member in wish.people:
        await keep_up(work, member, sight)
    for room in wish.rooms:
        if sight.rooms.get(room):
            await _members(work, workspace, room, sight)
    home = await work.get(Workspace, id=workspace)
    if home is not None:
        await work.put(replace(home, swept=work.now))


async def _members(work: Work, workspace: str, room: str, sight: Sight) -> None:
    """Who is no longer in the review channel decides nothing; who is new there waits for a confirmation.

    An empty answer is never believed: it would take everybody off the list.
    """
    for moderator in await work.find(Moderator):
        if moderator.member.startswith(f"{workspace}/") and moderator.member not in sight.rooms[room]:
            await release(work, moderator.member)
    for member in sight.full(room):
        await expect(work, member, sight.accounts[member], room)
