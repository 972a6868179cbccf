"""Feeds: followed, read politely, and brought to the moderators as one tray per feed and day."""

import random
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.authority import moderator
from bot.commands.feeding import AddFeed, PrepareItem, RemoveFeed, SkipItem
from bot.opens.moderation import sent_to_review
from bot.ports import Answer, Asked, By, Pages, Redrawn, Told, Wrong
from bot.signatures import Handlers
from bot.suggesting import show_moderators
from bot.writing import captions_of, written
from content import feeds, trays
from content.feeds import Feed, Fetched
from content.links import canonical
from content.pages import Unreadable
from content.programmes import Use
from content.refusals import Refusal
from content.stories import Origin, State
from content.texts import text
from content.trays import TrayItem
from content.words import blank
from storage import directory, queries, sources
from storage.claims import take_feed
from storage.directory import Due
from storage.work import Storage, Work, new_id

_DICE = random.SystemRandom()


async def add_feed(work: Work, command: AddFeed, by: By) -> Answer:
    """Follow a feed; what it brings, or why it cannot be read, appears in the review channel."""
    await moderator(work, by)
    address = _address(command.address)
    if await sources.feed_at(work, address):
        return Wrong({"address": text("feeds.already")})
    await follow(work, address, by.member)
    return Told(text("feeds.added", address=address))


async def follow(work: Work, address: str, by: str) -> Feed:
    """Follow a feed that nobody follows yet; `by` is a member, or the host."""
    feed = Feed(new_id(), work.programme, address, work.now)
    await work.insert(feed)
    await work.audit(by, "add feed", address)
    return feed


async def unfollow(work: Work, feed: Feed, by: str) -> None:
    """Forget a feed and what waits on its trays, which then say so; the stories made from it stay."""
    days = {item.day for item in await work.find(TrayItem) if item.feed == feed.id}
    for subject in (feed.id, *(sources.tray_subject(feed.id, day) for day in sorted(days))):
        await work.refresh(subject)
    await work.remove(TrayItem, feed=feed.id)
    await work.remove(Feed, id=feed.id)
    await work.audit(by, "remove feed", feed.address)


async def remove_feed(work: Work, command: RemoveFeed, by: By) -> Answer:
    """Follow a feed no longer."""
    await moderator(work, by)
    feed = await work.get(Feed, id=command.id)
    if feed is None:
        raise Refusal(text("feeds.not_there"))
    await unfollow(work, feed, by.member)
    return Told(text("feeds.removed", title=feed.title or feed.address))


async def prepare_item(work: Work, command: PrepareItem, by: By) -> Answer:
    """Make a story of an item; moderators decide about it like about any other."""
    await moderator(work, by)
    item = await _item(work, command.id)
    if blank(command.title):
        return Wrong({"title": text("write.no_title")})
    story = replace(written(work, command, None), origin=Origin.FEED, language=item.language or "")
    await work.insert(story)
    for caption in captions_of(story.id, work.programme, command):
        await work.put(caption)
    await work.put(trays.prepared(item, story.id))
    await work.audit(by.member, "prepare", story.id)
    await work.refresh(sources.tray_subject(item.feed, item.day))
    if story.state is State.SUGGESTED:
        await show_moderators(work, story)
    return Asked(await sent_to_review(work, story, by))


async def skip_item(work: Work, command: SkipItem, by: By) -> Answer:
    """Not this one; it leaves the tray."""
    await moderator(work, by)
    item = await _item(work, command.id)
    await work.put(trays.skipped(item))
    await work.refresh(sources.tray_subject(item.feed, item.day))
    return Redrawn()


async def poll(storage: Storage, pages: Pages) -> None:
    """Read every feed that is due; the network is asked outside any transaction.

    Each is taken before it is asked, so that two replicas never ask the same site at once.
    """
    before = storage.now()
    while due := await take_feed(storage, before):
        await _poll(storage, pages, due)


async def lapse(storage: Storage) -> None:
    """Items nobody used for fourteen days go silently."""
    for due in await directory.items_unused(storage, storage.now() - trays.UNUSED):
        async with storage.work(due.programme) as work:
            item = await work.get(TrayItem, id=due.id)
            if item is not None and trays.lapses(item, work.now):
                await work.put(replace(item, state=trays.ItemState.LAPSED))
                await work.refresh(sources.tray_subject(item.feed, item.day))


async def _poll(storage: Storage, pages: Pages, due: Due) -> None:
    async with storage.reading(due.programme) as at:
        feed = await at.get(Feed, id=due.id)
    if feed is None:
        return
    try:
        found = await pages.feed(feed.address, feed.seen)
    except Unreadable as unreadable:
        async with storage.work(due.programme) as work:
            await _trouble(work, feed, unreadable)
        return
    async with storage.work(due.programme) as work:
        await _brought(work, feed, found)


async def _brought(work: Work, feed: Feed, found: Fetched) -> None:
    programme = await queries.programme(work)
    here = work.now.astimezone(ZoneInfo(programme.zone))
    known = await sources.identities(work, feed.id)
    new = trays.arriving(feed, found.items, known, now=here, new_id=new_id)
    await work.insert_all(new)
    await _replace(work, feeds.polled(feed, found, work.now, chance=_DICE.random()))
    if feed.problem:
        await work.refresh(feed.id)
    if any(item.state == trays.ItemState.NEW for item in new):
        await _show(work, "tray", sources.tray_subject(feed.id, here.date().isoformat()))


async def _trouble(work: Work, feed: Feed, why: Unreadable) -> None:
    """A failure; people are told once, and at once when the feed was never read."""
    after = feeds.failed(feed, why, work.now, chance=_DICE.random())
    tell = feeds.to_report(after) or (feed.polled is None and not feed.reported)
    await _replace(work, replace(after, reported=after.reported or tell))
    if tell:
        await _show(work, "feed", feed.id, round_=f"{work.now:%Y-%m-%dT%H:%M}")


async def _replace(work: Work, feed: Feed) -> None:
    """Write a feed back unless somebody removed it meanwhile; it never moves onto another feed's address."""
    known = await work.get(Feed, id=feed.id)
    if known is None:
        return
    taken = feed.address != known.address and await sources.feed_at(work, feed.address)
    await work.put(replace(feed, address=known.address) if taken else feed)


async def _show(work: Work, view: str, subject: str, *, round_: str = "1") -> None:
    for channel in await queries.channels(work, Use.REVIEW):
        await work.send(view, subject, channel.id, channel.language, round_=round_)
    await work.refresh(subject)


async def _item(work: Work, id_: str) -> TrayItem:
    item = await work.get(TrayItem, id=id_)
    if item is None:
        raise Refusal(text("feeds.no_item"))
    return item


def _address(written_address: str) -> str:
    try:
        return canonical(written_address.strip())
    except Refusal as broken:
        raise Refusal(broken.words, "address") from broken


HANDLERS: Handlers = {
    AddFeed: add_feed,
    RemoveFeed: remove_feed,
    PrepareItem: prepare_item,
    SkipItem: skip_item,
}
