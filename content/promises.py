"""What is promised to whoever hands an idea in: an answer within two working days."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from content.stories import Story

WORKING_DAYS = 2
"""Saturdays and Sundays, where the programme is, do not count."""


def due_by(story: Story, zone: str) -> datetime:
    """When an answer is promised: at the same hour of the second working day in `zone`."""
    due, days = story.created.astimezone(ZoneInfo(zone)), 0
    while days < WORKING_DAYS:
        due += timedelta(days=1)
        days += due.weekday() < 5  # noqa: PLR2004  Monday to Friday
    return due.astimezone(UTC)
