"""A day's tray: what a feed brought that day, waiting for a moderator to prepare or skip it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from content.feeds import Feed, Item
from content.refusals import Refusal
from content.texts import text

FIRST = 5
"""Items a feed may bring at its first poll; the rest of its archive is remembered, not shown."""
UNUSED = timedelta(days=14)
"""After this an item nobody used goes silently."""
SHOWN = 10
"""Items one tray shows; a message of a chat has an end."""


class ItemState(StrEnum):
    """Where an item of a feed is in its short life."""

    NEW = "new"
    PREPARED = "prepared"
    SKIPPED = "skipped"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class TrayItem:
    """An item of a feed as we keep it: on the tray of `day` (ISO date), with the story made of it, if any."""

    id: str
    programme: str
    feed: str
    identity: str
    title: str
    address: str | None
    summary: str
    published: datetime | None
    language: str
    day: str
    found: datetime
    state: ItemState = ItemState.NEW
    story: str | None = None


class Handled(Refusal):
    """Somebody was faster, or the item has lapsed."""

    def __init__(self, state: ItemState) -> None:
        """Say what became of it."""
        super().__init__(_BECAME[state])


_BECAME = {
    ItemState.PREPARED: text("tray.prepared_already"),
    ItemState.SKIPPED: text("tray.skipped_already"),
    ItemState.LAPSED: text("tray.lapsed_already"),
}


@dataclass(frozen=True, slots=True)
class Tray:
    """One message per feed and day; `items` as they arrived, newest first."""

    feed: str
    day: str
    items: tuple[TrayItem, ...]

    @property
    def shown(self) -> tuple[TrayItem, ...]:
        """Those on the card: what still waits first, then what was prepared."""
        order = (ItemState.NEW, ItemState.PREPARED)
        return tuple(item for state in order for item in self.items if item.state == state)[:SHOWN]

    @property
    def waiting(self) -> int:
        """How many nobody has decided about."""
        return sum(item.state == ItemState.NEW for item in self.items)


def arriving(
    feed: Feed,
    items: Sequence[Item],
    known: Collection[str],
    *,
    now: datetime,
    new_id: Callable[[], str],
) -> tuple[TrayItem, ...]:
    """What a reading adds, newest first; `known` are the identities this feed already brought.

    The first reading shows the newest five. What is old when it arrives is remembered as skipped: a site that
    renumbers its archive must not fill the tray. Dates in the future become `now`, as do missing ones. `now`
    is in the programme's zone: its date names the tray.
    """
    fresh = [item for item in items if item.identity not in known]
    first = feed.polled is None
    return tuple(
        replace(
            _kept(feed, item, now, new_id()),
            state=_state(shown=place < FIRST if first else _recent(item, now)),
        )
        for place, item in enumerate(fresh)
    )


def prepared(item: TrayItem, story: str) -> TrayItem:
    """A story was made of it; also of one that was skipped. Raises `Handled`."""
    if item.state not in {ItemState.NEW, ItemState.SKIPPED}:
        raise Handled(item.state)
    return replace(item, state=ItemState.PREPARED, story=story)


def skipped(item: TrayItem) -> TrayItem:
    """Not this one. Raises `Handled`."""
    if item.state != ItemState.NEW:
        raise Handled(item.state)
    return replace(item, state=ItemState.SKIPPED)


def lapses(item: TrayItem, now: datetime) -> bool:
    """Whether nobody wanted it for fourteen days."""
    return item.state == ItemState.NEW and now - item.found >= UNUSED


def _state(*, shown: bool) -> ItemState:
    return ItemState.NEW if shown else ItemState.SKIPPED


def _recent(item: Item, now: datetime) -> bool:
    return item.published is None or now - item.published < UNUSED


def _kept(feed: Feed, item: Item, now: datetime, new_id: str) -> TrayItem:
    return TrayItem(
        id=new_id,
        programme=feed.programme,
        feed=feed.id,
        identity=item.identity,
        title=item.title,
        address=item.address,
        summary=item.summary,
        published=min(item.published or now, now),
        language=item.language or feed.language,
        day=now.date().isoformat(),
        found=now,
    )
