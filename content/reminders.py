"""The gentle reminder: who wants one, when it may come, and which story it is about.

It comes to those who asked for it, Tuesday to Thursday between ten and four where they are, at their own
pace, about a story they did not take yet, once. What goes unanswered grows rarer, then stops.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from content.people import Member
from content.stories import Kind, State, Story

WORKDAYS, OPENS, CLOSES = (1, 2, 3), 10, 16
"""Tuesday to Thursday, from ten to four o'clock in the person's own zone."""
PACE = 7
"""Days between reminders when nothing else was chosen."""
SLOWEST = 28
"""Days between reminders at the most; *Less often* doubles up to there."""
PAUSE = timedelta(days=30)
"""*Pause a month*."""
FRESH = timedelta(days=14)
"""How long a story is worth a reminder."""
PATIENCE = timedelta(days=7)
"""A reminder without a press for so long was ignored."""
HALVED, PAUSED = 2, 4
"""Ignored in a row: after two the pace halves, after four reminders stop and say so once."""
A_WEEK, A_DAY = 2, 1
"""Unasked messages a person gets at most, from all of Herald: in any seven days, and on one day."""
UNASKED = ("reminder", "reminders_over", "recalled", "sourced")
"""Views of 1:1 messages that nobody asked for just then: they share the budget, and `quiet` stops them."""


class Response(StrEnum):
    """What somebody pressed on a reminder."""

    NONE = ""
    SKIPPED = "skipped"
    TOMORROW = "tomorrow"
    LESS = "less"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One story, reminded once to a person; `responded` is when they pressed something on it."""

    member: str
    story: str
    programme: str
    sent: datetime
    response: Response = Response.NONE
    responded: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one person, over all their accounts.

    `settled` are stories they took, hid or were reminded of; `kinds` those they shared before; `reminders`
    are the moments of their reminders, `unasked` those of every unasked message; `ignored` is how many of
    the latest reminders in a row went without a press.
    """

    settled: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    reminders: tuple[datetime, ...] = ()
    unasked: tuple[datetime, ...] = ()
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """What a person gets now: a story, or the word that reminders are over."""

    story: Story | None


def wanted(member: Member, now: datetime) -> bool:
    """Whether somebody asked for reminders and nothing they chose since stands against one."""
    asked = member.reminded and not member.quiet
    here = member.outside is None and not member.left
    return asked and here and (member.paused_until is None or member.paused_until <= now)


def in_hours(now: datetime, zone: str) -> bool:
    """Whether a reminder may come now, where the person is."""
    local = now.astimezone(ZoneInfo(zone))
    return local.weekday() in WORKDAYS and OPENS <= local.hour < CLOSES


def same_hours(now: datetime, due: datetime, zone: str) -> bool:
    """Whether it is still the day and the hours a message was meant for: a missed one is not made up for."""
    local, meant = now.astimezone(ZoneInfo(zone)), due.astimezone(ZoneInfo(zone))
    return local.date() == meant.date() and OPENS <= local.hour < CLOSES


def tomorrow(now: datetime, zone: str) -> datetime:
    """Ten o'clock on the next day, where the person is."""
    here = ZoneInfo(zone)
    day = now.astimezone(here).date() + timedelta(days=1)
    return datetime.combine(day, time(OPENS), here).astimezone(UTC)


def period(now: datetime, zone: str) -> str:
    """The ISO week where the person is (`2026-W47`): one sign at most in each."""
    year, week, _ = now.astimezone(ZoneInfo(zone)).isocalendar()
    return f"{year}-W{week:02}"


def affordable(unasked: Sequence[datetime], now: datetime, zone: str) -> bool:
    """Whether one more unasked message stays within the budget of any seven days, and of the local day."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    lately = sum(at > now - timedelta(days=7) for at in unasked)
    return lately < A_WEEK and sum(at.astimezone(here).date() == today for at in unasked) < A_DAY


def pace(member: Member, ignored: int) -> int:
    """Days between reminders: what the person chose, twice as many after two ignored in a row."""
    return min(SLOWEST, member.pace * 2) if ignored >= HALVED else member.pace


def slower(days: int) -> int:
    """*Less often*."""
    return min(SLOWEST, days * 2)


def ignored(reminders: Sequence[Reminder], touched: Collection[str], now: datetime) -> int:
    """How many of the latest reminders in a row had no press in time; `touched` stories were opened since."""
    count = 0
    for one in sorted(reminders, key=lambda one: one.sent, reverse=True):
        if one.responded is not None or one.story in touched:
            break
        count += one.sent + PATIENCE <= now
    return count


def sign(member: Member, history: History, stories: Sequence[Story], now: datetime) -> Sign | None:
    """What to send somebody now; None most of the time."""
    if not (wanted(member, now) and in_hours(now, member.zone)):
        return None
    if not affordable(history.unasked, now, member.zone) or not _rested(member, history, now):
        return None
    if history.ignored >= PAUSED:
        return Sign(None)
    story = best(member, history, stories, now)
    return Sign(story) if story else None


def best(member: Member, history: History, stories: Sequence[Story], now: datetime) -> Story | None:
    """The best story for a person: of a kind they shared before, in their language, and the newest."""
    fitting = [story for story in stories if _fits(story, member, history, now)]
    return max(fitting, key=lambda story: _worth(story, member, history), default=None)


def _fits(story: Story, member: Member, history: History, now: datetime) -> bool:
    fresh = story.live_at is not None and now - FRESH < story.live_at <= now
    near = not story.channels or any(at.startswith(f"{member.workspace}/") for at in story.channels)
    return story.state is State.LIVE and fresh and near and story.id not in history.settled


def _worth(story: Story, member: Member, history: History) -> tuple[bool, bool, datetime, str]:
    spoken = story.language[:2].lower() in ("", member.language)
    return story.kind in history.kinds, spoken, story.live_at or story.created, story.id


def _rested(member: Member, history: History, now: datetime) -> bool:
    """Whether enough days went by since the last reminder, counted in days where the person is."""
    if not history.reminders:
        return True
    here = ZoneInfo(member.zone)
    since = now.astimezone(here).date() - max(history.reminders).astimezone(here).date()
    return since.days >= pace(member, history.ignored)
