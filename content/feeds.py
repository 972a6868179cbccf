"""Feeds: where stories come from by themselves, how politely they are asked, what their entries are to us."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from content.links import NotAnAddress, canonical
from content.pages import TITLE, Unreadable, short_language
from content.words import cleaned

EVERY = timedelta(hours=1)
"""How often a feed that says nothing about it is read."""
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
MOST = 200
"""Entries of one reading we look at, the newest: more is an archive, not news."""
SUMMARY = 300
PATIENCE = 3
"""Failures in a row before people are told, and sightings of a new address before we believe it."""

_IDENTITY = 32  # hexadecimal digits of a SHA-256: two entries of a feed never collide by accident
_WEB = 1990  # the first year a web page can be from; before it a date is a generator's zero


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise its own answer, kept and sent back to the letter."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed says about how long its answer is good, in seconds."""

    max_age: float | None = None
    ttl: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry of a feed says, whatever the format; any part may be missing or wrong.

    Whoever reads a format gives `title` and `summary` as clean words within `TITLE` and `SUMMARY`.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry we could make a story of. `identity` is ours and unique in its feed; `published` is theirs."""

    identity: str
    title: str
    address: str | None
    summary: str
    published: datetime | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole feed as read from its bytes; `ttl` in seconds."""

    title: str
    language: str | None
    items: tuple[Item, ...]
    ttl: float | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking a feed brought. `unchanged`: nothing new, and the items are not told again.

    `moved` is where the site says the feed now lives for good.
    """

    items: tuple[Item, ...] = ()
    title: str = ""
    language: str | None = None
    validators: Validators = Validators()
    hints: Hints = Hints()
    moved: str | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A source of stories, and what makes the next poll polite.

    `problem` is the `Unreadable.reason` of the last failure, `failures` how many there were in a row,
    `reported` whether people were told; `off` stops asking. `moved_to` was seen `moved_times` times in a row.
    """

    id: str
    programme: str
    address: str
    due: datetime
    title: str = ""
    language: str = ""
    etag: str | None = None
    modified: str | None = None
    polled: datetime | None = None
    failures: int = 0
    problem: str | None = None
    reported: bool = False
    moved_to: str | None = None
    moved_times: int = 0
    off: bool = False

    @property
    def seen(self) -> Validators:
        """What to send with the next request."""
        return Validators(self.etag, self.modified)


def polled(feed: Feed, found: Fetched, now: datetime, *, chance: float) -> Feed:
    """The feed after an answer; an unchanged one keeps what we knew of it."""
    calm = replace(feed, polled=now, failures=0, problem=None, reported=False, etag=found.validators.etag)
    return replace(
        _moved(calm, found.moved),
        modified=found.validators.modified,
        title=found.title or feed.title,
        language=found.language or feed.language,
        due=next_poll(now, found.hints, chance=chance),
    )


def failed(feed: Feed, why: Unreadable, now: datetime, *, chance: float) -> Feed:
    """The feed after a failure: asked less and less often; what is gone for good is not asked again."""
    failures = feed.failures + 1
    return replace(
        feed,
        failures=failures,
        problem=why.reason,
        off=why.reason == "gone",
        due=next_poll(now, Hints(), failures=failures, retry_after=why.retry_after, chance=chance),
    )


def to_report(feed: Feed) -> bool:
    """Whether somebody should now be told, once, why the feed brings nothing."""
    return not feed.reported and feed.problem is not None and (feed.off or feed.failures >= PATIENCE)


def next_poll(
    now: datetime,
    hints: Hints,
    *,
    chance: float,
    failures: int = 0,
    retry_after: float | None = None,
) -> datetime:
    """When to ask again: as the feed's own hints say, later after failures, never before `retry_after`.

    Between 15 minutes and 24 hours from `now`. `chance` (0 to 1, the caller's dice) spreads feeds over time.
    """
    if failures:
        wait = SHORTEST * (2.0 ** min(failures, 8) * (0.5 + chance / 2))
    else:
        said = [seconds for seconds in (hints.max_age, hints.ttl) if seconds]
        wait = min(timedelta(seconds=max(said)) if said else EVERY, LONGEST) * (0.9 + chance / 5)
    floor = max(SHORTEST, timedelta(seconds=min(retry_after or 0, LONGEST.total_seconds())))
    return now + min(max(wait, floor), LONGEST)


def itemised(entries: Iterable[Entry]) -> tuple[Item, ...]:
    """The newest entries worth a card, newest first, each with the identity we know it by and none twice."""
    newest = list(islice(_newest_first(list(entries)), MOST))
    shared = _shared_guids(newest)
    items = (_item(entry, trusted=entry.guid not in shared) for entry in newest)
    return tuple({item.identity: item for item in reversed([each for each in items if each])}.values())[::-1]


def _newest_first(entries: list[Entry]) -> Iterator[Entry]:
    """By date; an entry without one stays after the entry it follows in the document."""
    dates: list[float] = []
    for entry in entries:
        before = dates[-1] if dates else float("inf")
        dates.append(entry.published.timestamp() if entry.published else before)
    order = sorted(range(len(entries)), key=lambda place: -dates[place])
    return (entries[place] for place in order)


def _shared_guids(entries: list[Entry]) -> frozenset[str]:
    """Guids that several different pages claim: some generators write the same one everywhere."""
    pages = {(entry.guid, entry.link) for entry in entries if entry.guid}
    return frozenset(guid for guid, times in Counter(guid for guid, _ in pages).items() if times > 1)


def _item(entry: Entry, *, trusted: bool) -> Item | None:
    address, title = _address(entry.link), entry.title or cleaned(entry.summary, TITLE // 2)
    if not title:
        return None
    published = entry.published if entry.published and entry.published.year >= _WEB else None
    identity = _identity(entry.guid if trusted else "", address, title, published)
    return Item(identity, title, address, entry.summary, published, short_language(entry.language))


def _address(link: str) -> str | None:
    try:
        return canonical(link) if link else None
    except NotAnAddress:
        return None


def _identity(guid: str, address: str | None, title: str, published: datetime | None) -> str:
    """Its own id, else its address, else its title and day: what stays when an entry is corrected."""
    if guid:
        said = f"id {guid}"
    elif address:
        said = f"at {address}"
    else:
        day = published.date().isoformat() if published else ""
        said = f"on {day} {title.casefold()}"
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:_IDENTITY]


def _moved(feed: Feed, address: str | None) -> Feed:
    """Believe a new address after three sightings: a wrong redirect for an hour must not lose a feed."""
    times = feed.moved_times + 1 if address and address == feed.moved_to else 1
    if address and times >= PATIENCE:
        return replace(feed, address=address, moved_to=None, moved_times=0)
    return replace(feed, moved_to=address, moved_times=times if address else 0)
