"""The jumps of the shifted clock that the page offers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.local.people import ZONE

MONDAY, TUESDAY = 0, 1
STEPS = ("minute", "hour", "tuesday", "monday")


def jump(step: str, now: datetime) -> timedelta:
    """How far a jump goes: `minute`, `hour`, `tuesday` (next, 10:00), `monday` (next, 9:00); ValueError."""
    match step:
        case "minute":
            return timedelta(minutes=1)
        case "hour":
            return timedelta(hours=1)
        case "tuesday":
            return next_at(now, TUESDAY, 10) - now
        case "monday":
            return next_at(now, MONDAY, 9) - now
        case _:
            raise ValueError(step)


def next_at(now: datetime, weekday: int, hour: int) -> datetime:
    """The next such weekday and hour in the workspace's zone, also across a change of clocks."""
    here = now.astimezone(ZoneInfo(ZONE))
    day = here.date() + timedelta(days=(weekday - here.weekday()) % 7)
    found = datetime(day.year, day.month, day.day, hour, tzinfo=here.tzinfo)
    if found <= here:
        day += timedelta(days=7)
        found = datetime(day.year, day.month, day.day, hour, tzinfo=here.tzinfo)
    return found.astimezone(now.tzinfo)
