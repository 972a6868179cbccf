"""What handlers and views ask about feeds and their items."""

from sqlalchemy import select
from sqlmodel import col

from content.feeds import Feed
from content.trays import Tray, TrayItem
from storage import tables
from storage.work import Reading

_I = tables.Items


def tray_subject(feed: str, day: str) -> str:
    """The name of a tray: its feed and its day (ISO date)."""
    return f"{feed}@{day}"


async def feeds(at: Reading) -> list[Feed]:
    """Every feed of the programme, by title."""
    return sorted(await at.find(Feed), key=lambda feed: (feed.title or feed.address).casefold())


async def feed_at(at: Reading, address: str) -> Feed | None:
    """The feed followed at an address."""
    return await at.get(Feed, address=address)


async def identities(at: Reading, feed: str) -> set[str]:
    """The identities of everything a feed already brought."""
    query = select(col(_I.identity)).where(col(_I.programme) == at.programme, col(_I.feed) == feed)
    return set((await at.connection.execute(query)).scalars())


async def tray(at: Reading, subject: str) -> Tray:
    """One day's items of one feed, in the order they arrived."""
    feed, _, day = subject.partition("@")
    items = await at.find(TrayItem, col(_I.feed) == feed, col(_I.day) == day)
    return Tray(feed, day, tuple(sorted(items, key=lambda item: item.id)))
