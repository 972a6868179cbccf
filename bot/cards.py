"""A card by meaning, not by layout: each platform draws each role by its own best means.

A role enters here only when two platforms can honour it; what one alone can do goes into that adapter's
`native.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from bot.commands.wire import Command
from content.texts import Text, Words, text

Item = TypeVar("Item")


class Tone(StrEnum):
    """How a status feels; the words always say it too, colour and emoji never carry it alone."""

    GOOD = "good"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Title:
    """What the card is about, linked when it has an address."""

    words: Words
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part of a longer card (digest, Home)."""

    words: Words


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, shown as theirs."""

    words: str


@dataclass(frozen=True, slots=True)
class Small:
    """A quiet line: where something comes from, why a message came."""

    words: Words


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: an https address, or a file that Slack holds (`slack:F…`); `alt` says what it shows."""

    source: str
    alt: Words


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by the name colleagues know."""

    name: str
    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what is known."""

    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Where things stand, in words and tone."""

    words: Words
    tone: Tone


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their numbers; every platform also writes the same numbers as text."""

    title: Words
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """One question before something that cannot be taken back."""

    title: Words
    words: Words
    yes: Words
    no: Words


@dataclass(frozen=True, slots=True)
class Button:
    """A command waiting for its person, or an address to open.

    With both, `command` notes that the address was opened.
    """

    label: Words
    command: Command | None = None
    address: str | None = None
    primary: bool = False
    rare: bool = False
    confirm: Confirm | None = None
    spoken: Words | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    """What one can do here; rare ones go behind the platform's "more"."""

    items: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a longer card. Where a card takes few buttons, one of this name opens it by itself."""

    name: Text
    roles: "tuple[Role, ...]"


Plain = Title | Heading | Body | Quote | Small | Image | Person | Facts | Status | Chart | Buttons
Role = Plain | Part


@dataclass(frozen=True, slots=True)
class Card:
    """One message or page. `notice` is the sentence for notifications and screen readers, object included.

    A `plain` card is the notice alone, sent as text to be copied: no blocks, no link previews. `again` shows
    the same as it is by then, where a card is too long to be shown at once.
    """

    notice: Words
    roles: tuple[Role, ...] = ()
    plain: bool = False
    again: Command | None = None


def buttons(*items: Button | None) -> Buttons:
    """The buttons that apply, in order."""
    return Buttons(tuple(item for item in items if item is not None))


def about(shown: Buttons, title: Words) -> Buttons:
    """The same buttons, each saying what it is about to those who hear it alone."""
    return Buttons(
        tuple(replace(one, spoken=text("button.about", label=one.label, title=title)) for one in shown.items)
    )


def flat(roles: Iterable[Role | Item]) -> Iterator[Plain | Item]:
    """Everything in order, parts opened where they stand."""
    for role in roles:
        if isinstance(role, Part):
            yield from flat(role.roles)
        else:
            yield role
