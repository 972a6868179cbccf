"""What a form asks, by meaning: a Slack modal, a Teams dialog. A share sheet is a form too."""

from dataclasses import dataclass
from datetime import datetime

from bot.cards import Role
from bot.commands.wire import Command
from content.texts import Words


@dataclass(frozen=True, slots=True)
class Writing:
    """A text field; `long` has several lines, `limit` counts characters (Slack's own limit is 3,000).

    `about` names the field that it is about: where that cannot be filled in, this one says nothing.
    """

    name: str
    label: Words
    value: str = ""
    hint: Words | None = None
    placeholder: Words | None = None
    long: bool = False
    optional: bool = False
    limit: int = 3000
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its stable value and the words people see."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few."""

    name: str
    label: Words
    options: tuple[Option, ...]
    value: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Any of a few boxes; the value is the tuple of the ticked ones."""

    name: str
    label: Words
    options: tuple[Option, ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hour:
    """A day and an hour; the value arrives as seconds since 1970, UTC."""

    name: str
    label: Words
    value: datetime | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Some people of the workspace; values are the platform's own ids."""

    name: str
    label: Words
    values: tuple[str, ...] = ()
    optional: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """Channels of the workspace; values are the platform's own ids. `private` allows private ones."""

    name: str
    label: Words
    values: tuple[str, ...] = ()
    many: bool = True
    private: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from the person's device; the value is the platform's file id.

    Where no form takes files, `value` names a picture that was sent before, and `shown` where it is seen.
    """

    name: str
    label: Words
    value: str = ""
    shown: str = ""


Field = Writing | Choice | Ticks | Hour | People | Places | Picture
FIELDS = (Writing, Choice, Ticks, Hour, People, Places, Picture)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields and roles in order.

    `command` is what the submit asks; without one the form only tells (a receipt). `closed` is what closing
    without submitting asks, with what was typed until then, where the platform tells (words are not lost).

    Titles, submit and close stay within 24 characters in every language (Slack's limit for views).
    """

    title: Words
    parts: tuple[Field | Role, ...]
    close: Words
    command: Command | None = None
    submit: Words | None = None
    closed: Command | None = None


def values_of(form: Form) -> frozenset[str]:
    """The names of the fields a form asks for."""
    return frozenset(part.name for part in form.parts if isinstance(part, FIELDS))
