"""What a feed brought: one message per feed and day; and the one report when it cannot be read."""

from collections.abc import Iterable
from datetime import datetime

from bot.cards import Body, Button, Card, Heading, Role, Small, Status, Title, Tone, buttons
from bot.commands.feeding import PrepareItem, RemoveFeed, SkipItem
from bot.ports import Surroundings
from content.feeds import Feed
from content.links import host
from content.texts import on_day, text
from content.trays import ItemState, TrayItem
from storage import queries, sources
from storage.records import Copy
from storage.work import Reading


async def tray_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """One day's items of one feed, each to prepare or to skip."""
    del around
    tray = await sources.tray(at, copy.subject)
    feed = await at.get(Feed, id=tray.feed)
    if feed is None:
        return Card(text("tray.feed_removed"), (Body(text("tray.feed_removed")),))
    zone = (await queries.programme(at)).zone
    name = named(feed, await sources.feeds(at))
    notice = text("tray.new", count=tray.waiting, feed=name) if tray.waiting else text("tray.none", feed=name)
    rows = [role for item in tray.shown for role in _item(item, zone, at.now)]
    return Card(notice, (Heading(notice), *rows))


async def feed_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """Why a feed brings nothing, said once, and what to do."""
    del around
    feed = await at.get(Feed, id=copy.subject)
    if feed is None:
        return Card(text("tray.feed_removed"), (Body(text("tray.feed_removed")),))
    name = named(feed, await sources.feeds(at))
    if feed.problem is None:
        words = text("feeds.well_again", feed=name)
        return Card(words, (Status(words, Tone.GOOD),))
    words = text("feeds.trouble", feed=name)
    next_step = Small(text(_next_step(feed)))
    remove = buttons(Button(text("feeds.remove"), RemoveFeed(feed.id)))
    return Card(
        words, (Status(words, Tone.STOPPED), Body(text(f"unreadable.{feed.problem}")), next_step, remove)
    )


def _next_step(feed: Feed) -> str:
    if feed.off:
        return "feeds.off"
    return "feeds.to_allow" if feed.problem == "not_allowed" else "feeds.tries_on"


def named(feed: Feed, others: Iterable[Feed]) -> str:
    """What people call a feed: one without a title like its site, with the path where two are of one site."""
    if feed.title:
        return feed.title
    site = host(feed.address)
    untitled = (one for one in others if one.id != feed.id and not one.title)
    if any(host(one.address) == site for one in untitled):
        return feed.address.partition("://")[2].removeprefix("www.")
    return site or feed.address


def _item(item: TrayItem, zone: str, now: datetime) -> tuple[Role, ...]:
    date = Small(text("tray.published", at=on_day(item.published or item.found, zone, now)))
    if item.state is ItemState.PREPARED:
        return (Title(item.title, item.address), Status(text("tray.prepared"), Tone.GOOD))
    prepare = Button(
        text("tray.prepare"), PrepareItem(item.id), spoken=text("tray.prepare_spoken", title=item.title)
    )
    skip = Button(text("tray.skip"), SkipItem(item.id), spoken=text("tray.skip_spoken", title=item.title))
    return (Title(item.title, item.address), date, buttons(prepare, skip))
