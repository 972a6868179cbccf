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
from xml.etree.ElementTree import Element

from adapters.fetch.elements import Odd, elements, words

MOST: Final = 200
"""Entries of an ordinary feed."""

_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s(?P<said>[^<>?]*)\?>\s*)?(?:<\?xml-stylesheet\s[^<>?]*\?>\s*)*"
    rb"<(?P<root>rss|feed)[\s>]"
)
_UTF8 = re.compile(rb"encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)
_OTHER_CHARSET = re.compile(r"charset\s*=(?!\s*\"?utf-?8\b)", re.IGNORECASE)
_FEEDS_OWN = frozenset({
    "title", "link", "guid", "id", "summary", "description", "abstract", "encoded", "language", "source",
    "origlink",
})  # fmt: skip
"""What some parsers take for the feed's own, in whatever vocabulary it stands."""
_HEADS_OWN = re.compile(r".*:(?i:title|language)|(?!title|language|ttl)(?i:title|language|ttl)")
"""The same before the entries, in whatever letters."""
_DATE = re.compile(r"date|published|issued|updated|modified|created", re.IGNORECASE)
_KNOWN = frozenset({("site", "xmlns"), ("post-id", "xmlns"), ("content", "xml:base")})
"""WordPress's two numbers, and the base of an article's own addresses."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How RSS or Atom calls an entry, and what stands in one: each of `once` once, others of its `own`.

    It stands inside of the elements `around`; the first of `told` that is there tells it.
    """

    around: tuple[str, ...]
    entry: str
    once: tuple[str, ...]
    identity: str
    date: str
    told: tuple[str, ...]
    own: frozenset[str]
    namespace: str | None = None


RSS: Final = Kind(
    around=("rss", "channel"),
    entry="item",
    once=("title", "link"),
    identity="guid",
    date="pubDate",
    told=("description", "content:encoded"),
    own=frozenset({
        "item", "title", "link", "guid", "description", "pubDate", "author", "category", "comments",
        "enclosure", "post-id", "content:encoded",
    }),
)  # fmt: skip
FEED: Final = Kind(
    around=("feed",),
    entry="entry",
    once=("title", "id", "updated"),
    identity="id",
    date="updated",
    told=(),
    own=frozenset({
        "entry", "title", "link", "id", "summary", "content", "published", "updated", "author", "name",
        "email", "uri", "category", "rights", "contributor",
    }),
    namespace="http://www.w3.org/2005/Atom",
)  # fmt: skip
_KINDS = {b"rss": RSS, b"feed": FEED}


@dataclass(frozen=True, slots=True)
class Outline:
    """An ordinary feed: the elements before its entries, and theirs; `once` are those that each has once.

    `doubtful`: it has bytes without which no letter is a control, or encoded twice.
    """

    kind: Kind
    head: Sequence[Element]
    inside: Sequence[Element]
    once: Mapping[str, Sequence[Element]]
    doubtful: bool

    @property
    def root(self) -> Element:
        """The element around everything."""
        return self.head[0]

    @property
    def feed(self) -> Element:
        """The element of the feed itself."""
        return self.head[len(self.kind.around) - 1]

    def head_says(self, name: str) -> str:
        """What the feed says of itself, and last; nothing when it does not."""
        return next((each.text or "" for each in reversed(self.head) if each.tag == name), "").strip()

    def said(self, element: Element | None) -> str:
        """What an element says; nothing when there is none."""
        return "" if element is None else words([element], doubtful=self.doubtful)[0]

    def column(self, *names: str) -> list[str]:
        """What the first of these elements says in each entry; nothing for each when they have none."""
        found = next((self.once[name] for name in names if name in self.once), None)
        return words(found, doubtful=self.doubtful) if found else [""] * len(self.once[self.kind.entry])

    def parts(self) -> Iterator["Part"]:
        """Its entries."""
        starts = [place for place, each in enumerate(self.inside) if each.tag == self.kind.entry]
        return (Part(self.inside[start:end]) for start, end in pairwise([*starts, len(self.inside)]))


@dataclass(frozen=True, slots=True)
class Part:
    """One entry, element by element."""

    elements: Sequence[Element]

    def every(self, name: str) -> list[Element]:
        """All elements of a name."""
        return [each for each in self.elements if each.tag == name]

    def only(self, name: str) -> Element | None:
        """The element of a name, if there is one; raises `Odd` for several."""
        found = self.every(name)
        if len(found) > 1:
            raise Odd
        return found[0] if found else None


def outline(body: bytes, content_type: str, room: int) -> Outline:
    """What an ordinary feed of at most `room` bytes consists of; raises `Odd` for every other document."""
    kind = _kind(body, content_type, room)
    found = elements(body)
    names = [each.tag for each in found]
    if not 0 < names.count(kind.entry) <= MOST or (*names[: len(kind.around)],) != kind.around:
        raise Odd
    first = names.index(kind.entry)
    head, inside = found[:first], found[first:]
    _look_at_attributes(kind, head, inside)
    wanted = _look_at_names(kind, {*names[:first]}, {*names[first:]})
    doubtful = b"\xc2" in body or b"#" in body
    return Outline(kind, head, inside, _columns(kind, inside, wanted), doubtful)


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


def _look_at_names(kind: Kind, head: set[str], inside: set[str]) -> set[str]:
    """What each entry has to say once; raises `Odd` where parsers understand elements differently."""
    if not all(map(_harmless, inside - kind.own)) or any(map(_HEADS_OWN.fullmatch, head)):
        raise Odd
    if kind.date not in inside and any(map(_DATE.search, inside)):
        raise Odd
    told = next((name for name in kind.told if name in inside), kind.entry)
    return {kind.entry, told, *kind.once, *inside.intersection((kind.identity, kind.date))}


def _columns(kind: Kind, inside: Sequence[Element], wanted: set[str]) -> dict[str, Sequence[Element]]:
    """The elements of each of these names; raises `Odd` unless all entries have one of each, in one order."""
    found = [each for each in inside if each.tag in wanted]
    order = [each.tag for each in found]
    one = order[: len(wanted)]
    if {*one} != wanted or order != one * order.count(kind.entry):
        raise Odd
    return {name: found[place :: len(one)] for place, name in enumerate(one)}


def _look_at_attributes(kind: Kind, head: Sequence[Element], inside: Sequence[Element]) -> None:
    """Raise `Odd` for attributes that change what an element, or what is in it, means."""
    if head[0].get("xmlns") != kind.namespace:
        raise Odd
    for part, within in ((head[1:], False), (inside, True)):
        for each in filter(Element.keys, part):
            if not all(_usual(each.tag, name, inside=within) for name in each.attrib):
                raise Odd
            if within and kind is RSS and each.tag == "link":
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
