"""What does not work any more, told once to those who run Herald: a channel, a workspace's credential."""

from dataclasses import replace

from content.programmes import Channel, Use, Workspace
from storage import queries
from storage.records import Admin, Copy
from storage.work import Storage, Work

SPOKEN = 80
"""Characters of a platform's own words that are kept."""


async def shut(work: Work, copy: Copy) -> None:
    """A channel that is no more takes no further cards; the admins are told, once each time it happens."""
    uses = [channel for channel in await work.find(Channel) if channel.id == copy.address]
    for use in uses:
        await work.put(replace(use, shut="gone"))
    if any(use.shut is None for use in uses):
        await _tell_admins(work, "shut", copy.address, besides=copy.address)


async def removed(work: Work, copy: Copy) -> None:
    """Somebody deleted a card: it is forgotten, and the admins hear of it, once a day for a channel.

    A review card that pointed to it is the one to press on again.
    """
    await work.refresh(copy.subject, view="review", address=copy.address)
    if any(channel.id == copy.address for channel in await work.find(Channel)):
        await _tell_admins(work, "removed", copy.address, besides="", every="%Y-%m-%d")


async def pause(work: Work, copy: Copy, why: str) -> None:
    """A credential is refused: nothing is sent there and nothing forgotten until it works again."""
    workspace = await work.get(Workspace, id=copy.workspace)
    if workspace is not None and not workspace.paused:
        await work.put(replace(workspace, paused=why[:SPOKEN] or "locked out"))
        await _tell_admins(work, "locked", copy.workspace, besides="")


async def resume(storage: Storage, programme: str, workspace: str) -> None:
    """The credential works again: what was paused goes on."""
    async with storage.work(programme) as work:
        there = await work.get(Workspace, id=workspace)
        if there is not None and there.paused:
            await work.put(replace(there, paused=None))


async def _tell_admins(work: Work, view: str, subject: str, besides: str, every: str = "%Y-%m-%d %H") -> None:
    """1:1 to every admin; without any, one line in a review channel that is not the trouble itself."""
    round_ = work.now.strftime(every)
    admins = await work.find(Admin)
    for admin in admins:
        language = await queries.language_of(work, admin.member)
        await work.send(view, subject, admin.member, language, round_=round_)
    rooms = [room for room in await queries.channels(work, Use.REVIEW) if room.id != besides]
    for room in rooms[:1] if not admins else ():
        await work.send(view, subject, room.id, room.language, round_=round_)
