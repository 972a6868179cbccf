"""Whether a feed is an ordinary one: RSS 2 or Atom 1 as nearly every site writes it, and nothing beside.

Every parser reads an ordinary feed alike, so the shortest way is good enough. Whatever is odd, big or broken
is feedparser's (docs/decisions/0016).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from adapters.fetch.elements import NONE, Attributes, Elements, Odd, elements

MOST: Final = 200
"""Entries of an ordinary feed."""

_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s(?P<said>[^<>?]*)\?>\s*)?(?:<\?xml-stylesheet\s[^<>?]*\?>\s*)*"
    rb"<(?P<root>rss|feed)[\s>]"
)
_MARKED_UP = re.compile(rb"<title\b[^<>]*>[^<]*<(?!/)")
"""A title of the whole feed with elements of its own."""
_UTF8 = re.compile(rb"encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)
_OTHER_CHARSET = re.compile(r"charset\s*=(?!\s*\"?utf-?8\b)", re.IGNORECASE)
_FEEDS_OWN = frozenset({
    "title", "link", "guid", "id", "summary", "description", "abstract", "language", "source",
    "origlink",
})  # fmt: skip
"""What some parsers take for the feed's own, in whatever vocabulary it stands."""
_DATE = re.compile(r"date|published|issued|updated|modified|created", re.IGNORECASE)
_KNOWN = frozenset({("site", "xmlns"), ("post-id", "xmlns"), ("content", "xml:base")})
"""WordPress's two numbers, and the base of an article's own addresses."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How RSS or Atom calls an entry, and what stands in one: each of `once` once, others of its `own`.

    `unusual` finds elements with nothing in them, or with markup, where words are expected.
    """

    entry: str
    once: tuple[str, ...]
    identity: str
    date: str
    told: str | None
    own: frozenset[str]
    unusual: re.Pattern[bytes]
    namespace: str | None = None


RSS: Final = Kind(
    entry="item",
    once=("title", "link"),
    identity="guid",
    date="pubDate",
    told="description",
    own=frozenset({
        "item", "title", "link", "guid", "description", "pubDate", "author", "category", "comments",
        "enclosure", "post-id",
    }),
    unusual=re.compile(rb"<(?:title|link|guid|description|pubDate)\b[^<>]*(?:/>|>\s*</|>[^<]*<(?!/))"),
)  # fmt: skip
FEED: Final = Kind(
    entry="entry",
    once=("title", "id", "updated"),
    identity="id",
    date="updated",
    told=None,
    own=frozenset({
        "entry", "title", "link", "id", "summary", "content", "published", "updated", "author", "name",
        "email", "uri", "category", "rights", "contributor",
    }),
    unusual=re.compile(
        rb"<(?:title|id|summary|content|published|updated)\b[^<>]*(?:/>|>\s*</|>[^<]*<(?!/))"
    ),
    namespace="http://www.w3.org/2005/Atom",
)  # fmt: skip
_KINDS = {b"rss": RSS, b"feed": FEED}


@dataclass(frozen=True, slots=True)
class Outline:
    """An ordinary feed. `entries` are the places of its entries, and behind the last.

    `doubtful`: it has bytes without which no letter is a control, or encoded twice.
    """

    kind: Kind
    all: Elements
    entries: Sequence[int]
    doubtful: bool

    def parts(self) -> Iterator["Part"]:
        """Its entries."""
        names = self.all.names
        for start, end in pairwise(self.entries):
            yield Part(
                self.all, start, end, dict(zip(names[start - 1 : end - 1], range(start, end), strict=True))
            )

    def column(self, name: str) -> list[int]:
        """The places of all elements of a name in its entries."""
        first = self.entries[0]
        return [place for place, each in enumerate(self.all.names[first:], first + 1) if each == name]

    def words(self) -> Iterator[str]:
        """Everything that stands in its elements."""
        return iter(self.all.texts.values())

    def texts(self, name: str) -> list[str]:
        """What all elements of a name say in its entries; nothing for each when there are none."""
        texts, places = self.all.texts, self.column(name)
        return [texts[place].strip() for place in places] or [""] * (len(self.entries) - 1)

    @property
    def content(self) -> str:
        """The name of RSS's element for whole articles in this feed, if it has one."""
        return next((name for name in self.all.names if name.endswith(":encoded")), "")

    @property
    def head(self) -> "Part":
        """What stands before its entries: the first element of each name."""
        end = self.entries[0]
        names = self.all.names[: end - 1]
        return Part(self.all, 1, end, dict(zip(reversed(names), range(end - 1, 0, -1), strict=True)))


@dataclass(frozen=True, slots=True)
class Part:
    """The head of a feed or one entry: where it starts, and where its elements stand."""

    all: Elements
    start: int
    end: int
    places: Mapping[str, int]

    def text(self, name: str) -> str:
        """What an element says; nothing when there is none."""
        place = self.places.get(name)
        return self.all.texts.get(place, "").strip() if place else ""

    def every(self, name: str) -> list[Attributes]:
        """The attributes of each element of a name."""
        names, given = self.all.names, self.all.given
        return [given.get(place, NONE) for place in range(self.start, self.end) if names[place - 1] == name]

    def given(self, name: str) -> Attributes:
        """An element's attributes."""
        return self.all.given.get(self.places.get(name, 0), NONE)


def outline(body: bytes, content_type: str, room: int) -> Outline:
    """What an ordinary feed of at most `room` bytes consists of; raises `Odd` for every other document."""
    kind = _kind(body, content_type, room)
    found = elements(body)
    entries = [place for place, name in enumerate(found.names, start=1) if name == kind.entry]
    if not 0 < len(entries) <= MOST:
        raise Odd
    inside = found.names[entries[0] - 1 :]
    _look_at_names(kind, found.names[: entries[0] - 1], inside, len(entries))
    _look_at_attributes(kind, found, entries[0])
    first = found.bare.index(f"<{kind.entry}".encode())
    if _MARKED_UP.search(found.bare, 0, first) or kind.unusual.search(found.bare, first):
        raise Odd
    doubtful = b"\xc2" in body or b"&#" in found.bare
    return Outline(kind, found, [*entries, len(found.names) + 1], doubtful)


def _kind(body: bytes, content_type: str, room: int) -> Kind:
    """RSS or Atom in UTF-8, said so that nobody guesses otherwise."""
    opened = _OPENING.match(body)
    if opened is None or len(body) > room or _OTHER_CHARSET.search(content_type):
        raise Odd
    said = opened["said"] or b""
    if not _UTF8.search(said) and (
        b"encoding" in said or not content_type.lower().startswith("application/")
    ):
        raise Odd
    return _KINDS[opened["root"]]


def _look_at_names(kind: Kind, head: Sequence[str], inside: Sequence[str], entries: int) -> None:
    """Raise `Odd` where parsers understand elements differently, or entries say them in another order."""
    names = set(inside)
    if not all(map(_harmless, names - kind.own)) or any(name.endswith(":language") for name in head):
        raise Odd
    wanted = {kind.entry, kind.identity, kind.date, kind.told, *kind.once} & names
    said = [name for name in inside if name in wanted]
    pattern = said[: len(wanted)]
    if {*pattern} != wanted or not wanted.issuperset(kind.once) or said != pattern * entries:
        raise Odd
    if kind.date not in wanted and any(_DATE.search(name) for name in names):
        raise Odd


def _look_at_attributes(kind: Kind, found: Elements, first: int) -> None:
    """Raise `Odd` for attributes that change what an element, or what is in it, means."""
    if found.given.get(1, NONE).get("xmlns") != kind.namespace:
        raise Odd
    for place, attributes in found.given.items():
        element = found.names[place - 1]
        if place > 1 and not all(_usual(element, name, inside=place >= first) for name in attributes):
            raise Odd
        if kind is RSS and element == "link" and place > first:
            raise Odd


@lru_cache(512)
def _harmless(name: str) -> bool:
    """Whether an element of another vocabulary is nothing that a parser takes for the feed's own."""
    prefix, _, own = name.lower().partition(":")
    return bool(prefix and own) and own not in _FEEDS_OWN


@lru_cache(512)
def _usual(element: str, attribute: str, *, inside: bool) -> bool:
    """Whether an attribute changes nothing about how a feed is read."""
    if (element, attribute) in _KNOWN:
        return True
    meaning = ("xmlns", "xml:") if inside else ("xml:",)
    return not attribute.startswith(meaning) and attribute not in {"xmlns", "lang", "base", "mode"}
