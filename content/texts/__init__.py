"""Every sentence a person reads, in every language Herald speaks.

A `Text` is ours: a key, values and perhaps a count, translated last, in the reader's language.
A `str` is somebody's words: it passes through unchanged, and the renderer of each platform escapes it.
"""

import gettext
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("en", "fr")
"""The languages with a complete catalogue; the first is the default."""

MANNERS = ("slack", "teams")
"""Whose way to speak to Herald fills `{/word}` and `{=phrase}`; the first is the default."""

_HERE = Path(__file__).parent
_NAMED = re.compile(r"{([/=]?)([\w-]+)}")

MomentStyle = Literal["number", "day", "date", "time", "day_time", "weekday_time"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as the reader sees it: `at` (aware) drawn in `zone` (IANA name)."""

    at: datetime
    zone: str = "UTC"
    style: MomentStyle = "weekday_time"


def on_day(at: datetime, zone: str, now: datetime) -> Moment:
    """A day as people say it: with its year when that is not the present one."""
    here = ZoneInfo(zone)
    this_year = at.astimezone(here).year == now.astimezone(here).year
    return Moment(at, zone, "day" if this_year else "date")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of ours: its key in the catalogues, its values and, for plurals, its count."""

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    count: int | None = None

    def __hash__(self) -> int:
        """The same for the same sentence; its values, which no hash takes, are compared."""
        return hash((self.key, self.count))


@dataclass(frozen=True, slots=True)
class Listing:
    """Several words in a row, joined as the reader's language joins them ("Ana, Bilal and Léa")."""

    items: tuple["Words", ...]


Words = Text | str
Value = Text | str | int | Moment | Listing


class UnknownText(KeyError):
    """A key that a catalogue does not have: a bug, never shown to a person."""


def text(key: str, /, *, count: int | None = None, **values: Value) -> Text:
    """Name a sentence of ours; `count` picks the plural and fills `{count}`."""
    return Text(key, values, count)


def supported(language: str | None) -> str:
    """The catalogue for a locale such as `fr-FR`; English when we do not speak it."""
    short = (language or "").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def say(words: Words, language: str, manner: str = MANNERS[0]) -> str:
    """The words as plain text in the reader's language; raises `UnknownText` for a key nobody wrote.

    In a catalogue `{/setup}` is what one types there for `setup`, `{=invite}` that platform's own phrase
    (`slack.invite`, `teams.invite`): whoever writes a text about a command writes it once.
    """
    if isinstance(words, str):
        return words
    template = _template(words, language)
    values = {name: _said(value, language, manner) for name, value in words.values.items()}
    if words.count is not None:
        values["count"] = format_decimal(words.count, locale=language)
    return _NAMED.sub(lambda found: _filled(found[1], found[2], values, language, manner), template)


def _filled(mark: str, name: str, values: Mapping[str, str], language: str, manner: str) -> str:
    if mark == "/":
        return say(text(f"help.{manner}_word", word=name), language, manner)
    return say(text(f"{manner}.{name}"), language, manner) if mark else values[name]


def _template(words: Text, language: str) -> str:
    catalogue = _catalogue(language)
    if words.count is None:
        return _known(words.key, catalogue.gettext(words.key))
    return _known(words.key, catalogue.ngettext(words.key, f"{words.key}#", words.count))


def _known(key: str, found: str) -> str:
    if found in (key, f"{key}#"):
        raise UnknownText(key)
    return found


def _said(value: Value, language: str, manner: str) -> str:
    match value:
        case Moment():
            return _moment(value, language)
        case Listing(items):
            return _joined([say(item, language, manner) for item in items], language)
        case int():
            return format_decimal(value, locale=language)
        case _:
            return say(value, language, manner)


def _joined(items: list[str], language: str) -> str:
    if len(items) <= 1:
        return "".join(items)
    pair = str(Locale.parse(language).list_patterns["standard"]["2"])
    return pair.replace("{0}", ", ".join(items[:-1])).replace("{1}", items[-1])


def _moment(moment: Moment, language: str) -> str:
    zone = ZoneInfo(moment.zone)
    local = moment.at.astimezone(zone)
    if moment.style == "number":
        return _first(format_date(local.date(), format="d", locale=language), language)
    shape = "d MMMM y" if moment.style == "date" else "d MMMM"
    day = _first(format_date(local.date(), format=shape, locale=language), language)
    hour = format_time(local.timetz(), format="H:mm", locale=language)
    if moment.style in {"day", "date"}:
        return day
    if moment.style == "time":
        return hour
    if moment.style == "weekday_time":
        return f"{format_skeleton('E', local, locale=language)} {hour}"
    return f"{day}, {hour}"


def _first(day: str, language: str) -> str:
    """French counts the first day of a month ("1er décembre"), and only that one."""
    return re.sub(r"^1\b", "1er", day) if language == "fr" else day


@cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    """Read the .po and compile it in memory: no build step, no .mo to forget (about 30 ms, once)."""
    with (_HERE / f"{supported(language)}.po").open("rb") as source:
        catalogue = read_po(source, locale=supported(language), abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
