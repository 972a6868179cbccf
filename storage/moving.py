"""Addresses that change or end: a channel that gets another id, a channel that is no longer in use."""

from dataclasses import replace

from sqlalchemy import update
from sqlmodel import col

from content.programmes import Channel
from content.stories import Story
from storage import tables
from storage.records import Copy, Firing, Sending
from storage.rows import table
from storage.work import Work

_M = tables.Messages


async def channel_became(work: Work, old: str, new: str) -> None:
    """Follow a channel to its new id: its uses, its cards, and the stories meant for it."""
    for channel in await work.find(Channel):
        if channel.id == old:
            await work.remove(Channel, id=old, use=channel.use)
            await work.put(replace(channel, id=new))
    for copy in await work.find(Copy, col(_M.address) == old):
        await _send_there(work, copy, old, new)
    for story in await work.find(Story):
        if old in story.channels:
            channels = tuple(new if channel == old else channel for channel in story.channels)
            await work.put(replace(story, channels=channels))
    for firing in await work.find(Firing, col(tables.Firings.subject) == old):
        await work.claim(replace(firing, subject=new))


async def drop_unsent(work: Work, address: str, views: tuple[str, ...]) -> None:
    """Let go of the cards of some kinds that were still to be posted at an address."""
    rows = table(Copy)
    where = (rows.c.programme == work.programme, rows.c.address == address, rows.c.view.in_(views))
    unsent = update(rows).where(*where, rows.c.ref.is_(None)).values(state=Sending.DROPPED)
    await work.connection.execute(unsent)


async def _send_there(work: Work, copy: Copy, old: str, new: str) -> None:
    """A copy's `ref` begins with the platform's id of its channel."""
    before, after = old.partition("/")[2], new.partition("/")[2]
    ref = copy.ref.replace(f"{before}:", f"{after}:", 1) if copy.ref else None
    subject = new if copy.subject == old else copy.subject
    await work.set_copy(replace(copy, address=new, ref=ref, subject=subject))
