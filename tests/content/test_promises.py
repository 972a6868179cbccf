"""An answer within two working days, as the days are where the company is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.promises import due_by
from content.stories import Origin, State, Story

ZONES = ("UTC", "Europe/Paris", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata")


def idea(created: datetime) -> Story:
    return Story("S", "P", 1, State.SUGGESTED, Origin.IDEA, created)


@pytest.mark.parametrize(
    ("zone", "came", "promised"),
    [
        ("Europe/Paris", "2026-11-23 10:00", "2026-11-25 10:00"),
        ("Europe/Paris", "2026-11-26 10:00", "2026-11-30 10:00"),
        ("Europe/Paris", "2026-11-28 10:00", "2026-12-01 10:00"),
        pytest.param("Pacific/Auckland", "2026-11-26 09:00", "2026-11-30 09:00", id="not Saturday there"),
        pytest.param("America/Los_Angeles", "2026-11-25 17:00", "2026-11-27 17:00", id="not Sunday there"),
        pytest.param("Europe/Paris", "2026-03-27 10:00", "2026-03-31 10:00", id="over a change of clocks"),
    ],
)
def test_the_second_working_day_at_the_same_hour(zone: str, came: str, promised: str) -> None:
    """Thursday morning in Auckland is Wednesday evening in UTC: its second working day is Monday."""
    here = ZoneInfo(zone)
    due = due_by(idea(datetime.fromisoformat(came).replace(tzinfo=here).astimezone(UTC)), zone)
    assert due.astimezone(here).strftime("%Y-%m-%d %H:%M") == promised


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
def test_nobody_is_promised_an_answer_at_a_weekend(came: datetime, zone: str) -> None:
    """Whatever the hour: two to four days later, and a working day there."""
    due = due_by(idea(came), zone)
    assert due.astimezone(ZoneInfo(zone)).weekday() < 5
    assert 1.9 < (due - came).total_seconds() / 86_400 < 4.1
