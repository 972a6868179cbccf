"""When a reminder may come: hours over changed clocks, the budget, the pace, and nothing after a stop."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.people import Member
from content.reminders import (
    A_WEEK,
    FRESH,
    PATIENCE,
    History,
    Reminder,
    Response,
    affordable,
    best,
    ignored,
    in_hours,
    pace,
    same_hours,
    sign,
    slower,
    tomorrow,
    wanted,
)
from content.stories import Kind, Origin, State, Story

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LEA = Member("slack:T1/ULEA", "P1", "slack:T1", "Léa", met=TUESDAY, reminded=True)


def story(id_: str, live_at: datetime, **more: object) -> Story:
    """A story that is out."""
    plain = Story(id_, "P1", 1, State.LIVE, Origin.FEED, live_at, title=id_, live_at=live_at)
    return replace(plain, **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- hours


@given(MOMENTS, ZONES)
def test_hours_are_those_of_the_person_wherever_clocks_change(moment: datetime, zone: str) -> None:
    """Tuesday to Thursday, ten to four, as the clock on their wall shows it."""
    wall = moment.astimezone(ZoneInfo(zone))
    assert in_hours(moment, zone) == (wall.strftime("%a") in {"Tue", "Wed", "Thu"} and 10 <= wall.hour <= 15)


@given(MOMENTS, ZONES)
def test_tomorrow_at_ten_is_ten_o_clock_on_a_later_day(moment: datetime, zone: str) -> None:
    """Also over a change of clocks in between."""
    wall = tomorrow(moment, zone).astimezone(ZoneInfo(zone))
    assert (wall.hour, wall.minute) == (10, 0)
    assert (wall.date() - moment.astimezone(ZoneInfo(zone)).date()).days == 1


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)), ZONES)
def test_a_missed_hour_is_not_made_up_for(due: datetime, late: timedelta, zone: str) -> None:
    """Not at night, not on the next day."""
    now = due + late
    wall, meant = now.astimezone(ZoneInfo(zone)), due.astimezone(ZoneInfo(zone))
    if same_hours(now, due, zone):
        assert wall.date() == meant.date()
        assert 10 <= wall.hour <= 15


# ------------------------------------------------------------------------------------------ a life of signs


@dataclass
class Life:
    """Somebody's reminders, played hour after hour by the same rules as the bot's."""

    member: Member
    now: datetime
    stories: list[Story] = field(default_factory=list)
    signs: list[Reminder] = field(default_factory=list)
    others: list[datetime] = field(default_factory=list)
    took: set[str] = field(default_factory=set)

    @property
    def unasked(self) -> tuple[datetime, ...]:
        return (*self.others, *(one.sent for one in self.signs))

    def day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.member.zone)).date()

    def history(self) -> History:
        return History(
            frozenset({*self.took, *(one.story for one in self.signs)}),
            frozenset(),
            tuple(one.sent for one in self.signs),
            self.unasked,
            ignored(self.signs, self.took, self.now),
        )

    def hour(self) -> Story | None:
        due = sign(self.member, self.history(), self.stories, self.now)
        if due is None or due.story is None:
            return None
        self.signs.append(Reminder(self.member.id, due.story.id, "P1", self.now))
        return due.story

    def press(self, event: str) -> None:
        match event:
            case "story":
                self.stories.append(story(f"S{len(self.stories)}", self.now))
            case "share" if self.stories:
                self.took.add(self.stories[-1].id)
            case "stop" | "on":
                self.member = replace(self.member, reminded=event == "on")
            case "quiet" | "loud":
                self.member = replace(self.member, quiet=event == "quiet")
            case "pause":
                self.member = replace(self.member, paused_until=self.now + timedelta(days=30))
            case "less":
                self.member = replace(self.member, pace=slower(self.member.pace))
            case "answer" if self.signs:
                self.signs[-1] = replace(self.signs[-1], response=Response.SKIPPED, responded=self.now)
            case "other":
                self.others.append(self.now)
            case _:
                pass


EVENTS = st.sampled_from(
    (
        *["story"] * 6,
        *["share"] * 2,
        *["answer"] * 3,
        *["other"] * 3,
        "stop",
        "on",
        "on",
        "quiet",
        "loud",
        "loud",
        "pause",
        "less",
    )
)
STEPS = st.sampled_from((3, 24, 48, 96, 168))
"""Hours until the next thing happens."""


@given(ZONES, MOMENTS, st.lists(st.tuples(STEPS, EVENTS), min_size=10, max_size=40))
def test_whatever_happens_the_budget_holds_and_a_stop_is_a_stop(
    zone: str, start: datetime, events: list[tuple[int, str]]
) -> None:
    """No sign beside two others in seven days or one that day; none after a stop, a pause or a share."""
    life = Life(replace(LEA, zone=zone), start, [story("first", start)])
    for hours, event in events:
        for _ in range(0, hours, 3):
            life.now += timedelta(hours=3)
            before, unasked = life.history(), life.unasked
            sent = life.hour()
            if sent is None:
                continue
            assert wanted(life.member, life.now)
            assert sent.id not in before.settled
            assert in_hours(life.now, zone)
            assert life.now - (sent.live_at or start) < FRESH
            assert sum(one > life.now - timedelta(days=7) for one in unasked) < A_WEEK
            assert life.day(life.now) not in {life.day(one) for one in unasked}
            rest = pace(life.member, before.ignored)
            assert all((life.day(life.now) - life.day(one)).days >= rest for one in before.reminders)
        life.press(event)


def test_a_person_with_fresh_stories_gets_one_a_week() -> None:
    """The law above would hold for a bot that never writes; this one does."""
    life = Life(LEA, TUESDAY - timedelta(days=1))
    for day in range(28):
        life.stories.append(story(f"S{day}", life.now))
        for _ in range(24):
            life.now += timedelta(hours=1)
            life.hour()
        life.took.update(one.story for one in life.signs)
    assert [one.sent.strftime("%a %H") for one in life.signs] == ["Tue 10"] * 4


@pytest.mark.parametrize(
    ("ago", "room"),
    [((), True), ((20,), True), ((4,), False), ((20, 100), False), ((20, 168), True)],
    ids=["none", "yesterday", "this morning", "two in seven days", "one of them a week ago"],
)
def test_the_budget_is_two_in_seven_days_and_one_a_day(ago: tuple[int, ...], room: bool) -> None:
    """Counted over every unasked message, in hours before ten on Tuesday."""
    unasked = [TUESDAY - timedelta(hours=hours) for hours in ago]
    assert affordable(unasked, TUESDAY, "UTC") is room


# -------------------------------------------------------------------------------------------------- pace


def signs(*ages: int) -> list[Reminder]:
    """Reminders that came so many days ago."""
    return [Reminder(LEA.id, f"S{age}", "P1", TUESDAY - timedelta(days=age)) for age in ages]


def test_two_ignored_halve_the_pace_and_a_press_brings_it_back() -> None:
    """Ignored is seven days without a press; opening the story is a press."""
    assert ignored(signs(3, 10), (), TUESDAY) == 1
    assert ignored(signs(8, 15), (), TUESDAY) == 2
    assert ignored(signs(8, 15), {"S15"}, TUESDAY) == 1
    answered = [replace(signs(8)[0], responded=TUESDAY), *signs(15, 22, 29)]
    assert ignored(answered, (), TUESDAY) == 0
    assert (pace(LEA, 1), pace(LEA, 2), pace(replace(LEA, pace=28), 2)) == (7, 14, 28)


def test_a_sign_is_ignored_after_seven_days_and_not_before() -> None:
    """To the second."""
    one = signs(0)
    assert ignored(one, (), TUESDAY + PATIENCE - timedelta(seconds=1)) == 0
    assert ignored(one, (), TUESDAY + PATIENCE) == 1


def test_four_ignored_end_it_with_one_word() -> None:
    """Whatever there is to share."""
    fresh = [story("new", TUESDAY - timedelta(days=1))]
    over = sign(LEA, History(ignored=4), fresh, TUESDAY)
    assert over is not None
    assert over.story is None
    going = sign(LEA, History(ignored=3), fresh, TUESDAY)
    assert going is not None
    assert going.story == fresh[0]


def test_less_often_stops_at_four_weeks() -> None:
    """Seven, fourteen, twenty-eight."""
    assert (slower(7), slower(14), slower(28)) == (14, 28, 28)


# -------------------------------------------------------------------------------------------- which story


@pytest.mark.parametrize(
    ("stories", "expected"),
    [
        ([story("old", TUESDAY - timedelta(days=15))], None),
        ([story("over", TUESDAY, state=State.ENDED)], None),
        ([story("elsewhere", TUESDAY, channels=("slack:T2/C1",))], None),
        ([story("one", TUESDAY - timedelta(days=2)), story("two", TUESDAY - timedelta(days=1))], "two"),
        ([story("job", TUESDAY - timedelta(days=9), kind=Kind.JOB), story("new", TUESDAY)], "job"),
        ([story("ours", TUESDAY - timedelta(days=9), language="en-GB"),
          story("theirs", TUESDAY, language="fr")], "ours"),
        ([story("theirs", TUESDAY, language="fr")], "theirs"),
    ],
    ids=["two weeks", "over", "another workspace", "newest", "kind", "language", "better than none"],
)  # fmt: skip
def test_the_best_story(stories: list[Story], expected: str | None) -> None:
    """Of a kind they shared before, in their language, and the newest."""
    found = best(LEA, History(kinds=frozenset({Kind.JOB})), stories, TUESDAY)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"reminded": False},
        {"quiet": True},
        {"left": True},
        {"outside": "guest"},
        {"paused_until": TUESDAY + timedelta(hours=1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_who_does_not_want_it_gets_nothing(change: dict[str, object]) -> None:
    """One choice is enough."""
    fresh = [story("new", TUESDAY)]
    assert sign(LEA, History(), fresh, TUESDAY) is not None
    assert sign(replace(LEA, **change), History(), fresh, TUESDAY) is None  # type: ignore[arg-type]
