"""A channel's own language, and the zone and hours of one where stories appear."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.settling import TuneChannel
from bot.opens.settling import EARLIEST, LATEST
from content.programmes import Channel, Use, is_zone
from content.texts import LANGUAGES, Words, text
from content.words import cleaned


def has_hours(uses: Sequence[Channel]) -> bool:
    """Whether a channel, by its uses, gets stories: whatever else is written there comes when it is due."""
    return any(use.use is Use.STORIES for use in uses)


def wrong_hours(command: TuneChannel) -> dict[str, Words]:
    """What no day has, by field."""
    wrong, (opens, closes) = wrong_zone(command.zone), _hours(command)
    if not EARLIEST <= opens < closes <= LATEST:
        wrong["closes"] = text("setup.closes_first")
    return wrong


def tuned(use: Channel, command: TuneChannel, *, hours: bool) -> Channel:
    """A channel as it is wished; without hours it keeps those it had."""
    language = command.language if command.language in LANGUAGES else use.language
    spoken = replace(use, language=language)
    if not hours:
        return spoken
    opens, closes = _hours(command)
    there = replace(spoken, zone=command.zone.strip(), weekend=bool(command.weekend))
    return replace(there, opens=opens, closes=closes)


def wrong_zone(zone: str) -> dict[str, Words]:
    """A zone that nobody lives in, at its field."""
    return {} if is_zone(zone.strip()) else {"zone": text("setup.no_zone", zone=cleaned(zone, 60) or "…")}


def number(typed: str, otherwise: int) -> int:
    """A number as a form sends it."""
    return int(typed) if typed.isascii() and typed.isdigit() else otherwise


def _hours(command: TuneChannel) -> tuple[int, int]:
    return number(command.opens, 8), number(command.closes, 18)
