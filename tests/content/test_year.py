"""A whole year, in zones of every kind: digests and reminders at the right local minute, every week.

The right minute is found by walking the clock of the place, not by reckoning: the first one of the day at
which it is that late there. Clocks leap at two, at midnight, by half an hour, and stand at odd quarters.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from content.programmes import Programme
from content.reminders import CLOSES, OPENS, WORKDAYS, in_hours, period, same_hours, tomorrow
from content.weeks import due_week, week_named, week_of

ZONES = (
    "UTC", "Europe/Paris", "America/New_York", "America/St_Johns", "America/Santiago", "Africa/Cairo",
    "Africa/Casablanca", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham",
    "Pacific/Kiritimati",
)  # fmt: skip
YEAR = [date(2026, 1, 5) + timedelta(days=number) for number in range(371)]
"""Fifty-three weeks: 2026 has as many."""
STEP, MINUTE = timedelta(minutes=15), timedelta(minutes=1)
"""No clock in the world stands beside a quarter of an hour, or leaps to one."""


@cache
def first(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The first moment of a day at which it is so late there, or later when that hour is left out."""
    at = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    while not ((local := at.astimezone(zone)).date() == day and local.hour >= hour):
        at += STEP
    return at


def days(*weekdays: int) -> Iterator[date]:
    return (day for day in YEAR if day.weekday() in weekdays)


def programme(zone: str, day: int, hour: int) -> Programme:
    created = datetime(2025, 1, 1, tzinfo=UTC)
    return Programme("P1", "Acme", created, zone=zone, digest_day=day, digest_hour=hour)


def leapt_over(day: date, hour: int, zone: ZoneInfo) -> bool:
    """Whether no clock there shows that hour on that day."""
    at = first(day, hour, zone).astimezone(zone)
    return (at.hour, at.minute) != (hour, 0)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("day", "hour"), [(0, 9), (6, 2), (6, 0), (4, 0), (6, 3), (5, 23)])
def test_a_digest_is_due_at_its_minute_in_every_week(zone: str, day: int, hour: int) -> None:
    """A minute before it is still the one before: none is left out, none is told twice.

    In the night in which that hour is leapt over, it is due within the next.
    """
    ours, told, here = programme(zone, day, hour), [], ZoneInfo(zone)
    for each in days(day):
        at, late = first(each, hour, here), timedelta(hours=leapt_over(each, hour, here))
        week, before = due_week(ours, at + late), due_week(ours, at - MINUTE)
        assert week is not None
        assert before is not None
        assert (before.ends, week.name != before.name) == (week.starts, True)
        told.append(week.name)
    assert len(set(told)) == len(told) == len(YEAR) // 7


@pytest.mark.parametrize("zone", ZONES)
def test_weeks_leave_no_minute_out(zone: str) -> None:
    """Each begins where the one before ended, at the first minute of its Monday, and knows itself by name."""
    here = ZoneInfo(zone)
    for monday in days(0):
        start = first(monday, 0, here)
        week, before = week_of(start, zone), week_of(start - MINUTE, zone)
        assert (week.starts, before.ends) == (start, start)
        assert week_named(week.name, zone) == week
        assert abs(week.ends - week.starts - timedelta(days=7)) <= timedelta(hours=1)


@pytest.mark.parametrize("zone", ZONES)
def test_reminders_come_between_ten_and_four_all_year(zone: str) -> None:
    """The hours open and close at their minute, where the person is; one week has one sign."""
    here = ZoneInfo(zone)
    for day in days(*WORKDAYS):
        opens, closes = first(day, OPENS, here), first(day, CLOSES, here)
        assert [in_hours(at, zone) for at in around(opens, closes)] == [False, True, True, False]
        assert [same_hours(at, opens, zone) for at in around(opens, closes)] == [False, True, True, False]
        assert period(opens, zone) == f"{day.isocalendar().year}-W{day.isocalendar().week:02}"


def around(opens: datetime, closes: datetime) -> tuple[datetime, ...]:
    return opens - MINUTE, opens, closes - MINUTE, closes


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("pressed", [0, 15, 23])
def test_tomorrow_is_ten_on_the_next_day(zone: str, pressed: int) -> None:
    """Whenever somebody presses it, also in the night in which clocks change."""
    here = ZoneInfo(zone)
    wrong = [day for day in YEAR if tomorrow(first(day, pressed, here), zone) != ten(day, here)]
    assert wrong == []


def ten(day: date, here: ZoneInfo) -> datetime:
    return first(day + timedelta(days=1), OPENS, here)


@pytest.mark.parametrize("zone", ZONES[1:7])
def test_the_walk_meets_clocks_that_change(zone: str) -> None:
    """Else it would prove nothing."""
    here = ZoneInfo(zone)
    assert len({first(day, 12, here).astimezone(here).utcoffset() for day in YEAR}) == 2
