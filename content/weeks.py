"""Weeks as a programme lives them: Monday to Sunday in its own zone, named as ISO 8601 names them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.programmes import Programme
from content.texts import Moment


@dataclass(frozen=True, slots=True)
class Week:
    """A week: its name (`2026-W47`), its first moment, and the moment it is over."""

    name: str
    starts: datetime
    ends: datetime


def week_of(moment: datetime, zone: str) -> Week:
    """The week a moment lies in."""
    return _week(_monday(moment, zone), zone)


def week_named(name: str, zone: str) -> Week:
    """The week of an ISO name."""
    year, number = name.split("-W")
    return _week(date.fromisocalendar(int(year), int(number), 1), zone)


def due_week(programme: Programme, now: datetime) -> Week | None:
    """The week whose summary was due last: the one before the latest digest day and hour.

    A summary that was missed runs late, until the next one is due. None before the first week is over. Weeks
    never overlap, so no other day or hour in the settings makes anybody count twice.
    """
    monday = _monday(now, programme.zone)
    if _local(monday + timedelta(days=programme.digest_day), programme.digest_hour, programme.zone) > now:
        monday -= timedelta(days=7)
    week = _week(monday - timedelta(days=7), programme.zone)
    return week if programme.created < week.ends else None


def first_and_last(starts: datetime, ends: datetime, zone: str) -> tuple[Moment, Moment]:
    """A week's first and last day as people read them: the month is told once when it is the same."""
    first, last = starts.astimezone(ZoneInfo(zone)), (ends - timedelta(hours=12)).astimezone(ZoneInfo(zone))
    return Moment(starts, zone, "number" if first.month == last.month else "day"), Moment(last, zone, "day")


def _monday(moment: datetime, zone: str) -> date:
    today = moment.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=today.weekday())


def _week(monday: date, zone: str) -> Week:
    year, number, _ = monday.isocalendar()
    ends = _local(monday + timedelta(days=7), 0, zone)
    return Week(f"{year}-W{number:02}", _local(monday, 0, zone), ends)


def _local(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
