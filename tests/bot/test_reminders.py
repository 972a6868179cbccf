"""The gentle reminder, 1:1: why it came, and every way to have fewer of them in one press."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards import Card
from bot.commands.nudging import (
    PauseReminders,
    RemindLess,
    RemindTomorrow,
    ShowReminders,
    SkipReminder,
    StartAll,
    StopAll,
    StopReminders,
    TurnOnReminders,
)
from bot.commands.sharing import DoNotCountMe, SaveThanks, SayPosted
from bot.commands.suggesting import SuggestStory
from bot.nudging import remind
from bot.plain import plain
from bot.ports import Account, Redrawn
from bot.ports import Told as Words
from content.people import Member
from content.reminders import History, Reminder
from content.shares import Evidence, of_person
from content.stories import Kind, Origin, State, Story
from content.texts import Text, say
from storage import nudges
from storage.facts import record
from storage.work import Storage, new_id
from tests.bot.programme import LEA, MAX, TOM, P, Told, W, pressable, said

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""Eleven o'clock in Paris."""


async def out(told: Told, title: str = "Lyon opens", **more: object) -> Story:
    """A story that is live since yesterday."""
    since = told.clock.now() - timedelta(hours=20)
    story = Story(new_id(), P, 3, State.LIVE, Origin.MODERATOR, since, title=title, live_at=since)
    story = replace(story, **more)  # type: ignore[arg-type]
    async with told.storage.work(P) as work:
        await work.insert(story)
    return story


async def wants(told: Told, member: str = LEA, **more: object) -> None:
    """Somebody asked for reminders."""
    async with told.storage.work(P) as work:
        known = await work.get(Member, id=member)
        assert known is not None
        await work.put(replace(known, reminded=True, **more))  # type: ignore[arg-type]


async def who(told: Told, member: str = LEA) -> Member:
    async with told.storage.reading(P) as at:
        known = await at.get(Member, id=member)
    assert known is not None
    return known


async def history(told: Told) -> History:
    """What reminders know of Léa."""
    async with told.storage.reading(P) as at:
        return (await nudges.histories(at, [await who(told)]))[LEA]


async def until(told: Told, moment: datetime) -> None:
    """The clock shows a moment, and everything due happens."""
    told.clock.shift(moment - told.clock.now())
    await told.settle()


async def reminded(told: Told, **more: object) -> Story:
    """Léa has a reminder in front of her."""
    await until(told, TUESDAY - timedelta(hours=5))
    story = await out(told, **more)  # type: ignore[arg-type]
    await wants(told)
    await until(told, TUESDAY)
    return story


def signs(told: Told, user: str = "ULEA") -> list[str]:
    """What somebody reads 1:1."""
    return [plain(sent.card, "en") for sent in told.chat.at(user)]


def labels(told: Told, user: str = "ULEA") -> list[tuple[str, bool]]:
    """The buttons of the latest message: what they say, and whether they stand behind "more"."""
    return [(said(button), button.rare) for button in pressable(told.chat.latest(user))]


def words(answer: object) -> str:
    """What one person is told."""
    assert isinstance(answer, Words)
    if isinstance(answer.words, Card):
        return plain(answer.words, "en")
    assert isinstance(answer.words, Text | str)
    return say(answer.words, "en")


# ---------------------------------------------------------------------------------------------- it comes


async def test_word_of_an_idea_from_ones_own_message_is_one_of_the_days_messages(told: Told) -> None:
    """Nobody asked for it just then: the reminder waits for another day."""
    await until(told, TUESDAY - timedelta(hours=2))
    await out(told)
    await wants(told)
    await told.do(SuggestStory(what="Zoé welds", source=LEA), TOM)
    await until(told, TUESDAY)
    assert len(signs(told)) == 1
    await until(told, TUESDAY + timedelta(days=1))
    assert len(signs(told)) == 2


async def test_the_card_says_why_it_came_and_how_to_stop(told: Told) -> None:
    """One story, in words of a friend, at a good hour."""
    await reminded(told)
    assert signs(told) == ["A story you may like\nLyon opens\nYou asked for a sign, at most once a week."]
    assert labels(told) == [
        ("Share on LinkedIn", False), ("Not this one", False), ("Tomorrow at 10", True),
        ("Less often", True), ("Pause a month", True), ("Stop reminders", True),
    ]  # fmt: skip
    card = told.chat.latest("ULEA")
    assert say(card.notice, "en") == "A story you may like: Lyon opens"
    french = plain(card, "fr")
    assert "Vous avez demandé un signe, une fois par semaine au plus." in french


@pytest.mark.parametrize(
    ("moment", "comes"),
    [
        (datetime(2026, 11, 23, 12, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 26, 14, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 26, 15, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 27, 12, tzinfo=UTC), False),
    ],
    ids=["Monday", "before ten", "ten", "before four", "four", "Friday"],
)
async def test_tuesday_to_thursday_ten_to_four_where_the_person_is(
    told: Told, moment: datetime, comes: bool
) -> None:
    """Paris is an hour ahead."""
    told.clock.shift(moment - told.clock.now())
    await out(told)
    await wants(told)
    await told.settle()
    assert bool(signs(told)) is comes


async def test_nobody_gets_one_who_did_not_ask(told: Told) -> None:
    """Nor a guest, nor somebody who left."""
    await until(told, TUESDAY - timedelta(hours=5))
    await out(told)
    await wants(told, MAX)
    await wants(told, TOM, left=True)
    await until(told, TUESDAY)
    assert told.chat.sent == []


async def test_one_a_week_and_a_story_once(told: Told) -> None:
    """However many there are, however often the clock looks; two replicas send one."""
    first = await reminded(told)
    other = Storage(told.storage.engine, told.clock.now)
    await remind(other)
    for day in range(1, 4):
        await out(told, f"Story {day}")
        await told.later(days=1)
    assert len(signs(told)) == 1
    await told.do(SkipReminder(first.id), LEA)
    await until(told, TUESDAY + timedelta(days=7))
    assert [sign.splitlines()[1] for sign in signs(told)] == ["Lyon opens", "Story 3"]
    await until(told, TUESDAY + timedelta(days=14))
    assert len({sign.splitlines()[1] for sign in signs(told)}) == len(signs(told)) == 3


async def test_never_a_story_they_took(told: Told) -> None:
    """Nor one they do not want to be counted in."""
    await until(told, TUESDAY - timedelta(hours=5))
    for kind in (Evidence.INTENT, Evidence.SAID, Evidence.UNCOUNTED, Evidence.DENIED):
        story = await out(told, kind)
        await record(told.storage, of_person(kind, story, LEA, told.clock.now()))
    await wants(told)
    await until(told, TUESDAY)
    assert signs(told) == []


async def test_a_kind_they_shared_before_comes_first(told: Told) -> None:
    """Even when something else is newer."""
    await until(told, TUESDAY - timedelta(days=3))
    before = await out(told, "A job", kind=Kind.JOB)
    await record(told.storage, of_person(Evidence.SAID, before, LEA, told.clock.now()))
    await out(told, "Another job", kind=Kind.JOB)
    told.clock.shift(timedelta(days=2))
    await out(told, "Newer", kind=Kind.FINANCE)
    await wants(told)
    await until(told, TUESDAY)
    assert "Another job" in signs(told)[0]


async def test_what_two_accounts_of_one_person_did_counts_for_both(told: Told) -> None:
    """One reminder a week for the person; what one account took the other is not reminded of."""
    await until(told, TUESDAY - timedelta(hours=5))
    async with told.storage.work(P) as work:
        known = await work.get(Member, id=LEA)
        assert known is not None
        await work.put(replace(known, person="Léa", reminded=True))
        await work.put(replace(known, id=f"{W}/ULEA2", person="Léa", reminded=True))
    first, second = await out(told, "One"), await out(told, "Two")
    await record(told.storage, of_person(Evidence.SAID, first, f"{W}/ULEA2", told.clock.now()))
    await until(told, TUESDAY)
    both = [*signs(told), *signs(told, "ULEA2")]
    assert len(both) == 1
    assert second.title in both[0]


async def test_a_missed_hour_is_not_made_up_for(told: Told) -> None:
    """Queued on Thursday, the platform down until the evening: it is dropped, and never sent at night."""
    thursday = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
    told.clock.shift(thursday - told.clock.now())
    await out(told)
    await wants(told)
    await remind(told.storage)
    await until(told, thursday + timedelta(hours=1))
    await until(told, thursday + timedelta(days=8))
    assert signs(told) == []
    assert (await history(told)).ignored == 0


async def test_the_budget_counts_every_unasked_message(told: Told) -> None:
    """Two recalls this week leave no room for a reminder."""
    await until(told, TUESDAY - timedelta(days=1))
    async with told.storage.work(P) as work:
        for number in range(2):
            await work.send("recalled", f"gone{number}", LEA, "en")
    async with told.storage.work(P) as work:
        for number in range(2):
            await work.insert(
                Story(f"gone{number}", P, 1, State.RECALLED, Origin.FEED, told.clock.now(), title="Gone")
            )
    await told.settle()
    await out(told)
    await wants(told)
    await until(told, TUESDAY)
    assert len(signs(told)) == 2
    assert not any("may like" in sign for sign in signs(told))


# ------------------------------------------------------------------------------------------ it is answered


async def test_stop_answers_in_place_and_start_again_brings_it_back(told: Told) -> None:
    """One press each; nothing comes in between."""
    story = await reminded(told)
    assert await told.do(StopReminders(story.id), LEA) == Redrawn()
    assert signs(told) == ["A story you may like\nLyon opens\nStopped."]
    assert labels(told) == [("Start again", False)]
    await out(told, "Another")
    await until(told, TUESDAY + timedelta(days=7))
    assert len(signs(told)) == 1
    await told.do(TurnOnReminders(story.id), LEA)
    assert ("Stop reminders", True) in labels(told)
    assert (await who(told)).reminded


async def test_not_this_one(told: Told) -> None:
    """The next week brings another."""
    story = await reminded(told)
    await told.do(SkipReminder(story.id), LEA)
    assert "Fine, not this one." in signs(told)[0]
    await until(told, TUESDAY + timedelta(days=7))
    assert len(signs(told)) == 1


async def test_tomorrow_at_ten_is_asked_for(told: Told) -> None:
    """The same story once more, at ten in Paris; no second press of it, no second message."""
    story = await reminded(told)
    for _ in range(2):
        await told.do(RemindTomorrow(story.id), LEA)
    assert "tomorrow at 10" in signs(told)[0]
    await until(told, datetime(2026, 11, 25, 8, 59, tzinfo=UTC))
    assert len(signs(told)) == 1
    await until(told, datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    assert signs(told)[1] == "A story you may like\nLyon opens\nYou asked to see this again today."
    assert labels(told) == [("Share on LinkedIn", False)]
    async with told.storage.reading(P) as at:
        assert len(await at.find(Reminder)) == 1
    assert (await history(told)).unasked == (TUESDAY,)


@pytest.mark.parametrize("event", ["stop", "stop all", "share", "hide", "pause", "end", "uncount", "leave"])
async def test_nothing_comes_tomorrow_after_a_change_of_mind(told: Told, event: str) -> None:
    """Asked for yesterday, taken back today."""
    story = await reminded(told)
    await told.do(RemindTomorrow(story.id), LEA)
    match event:
        case "stop":
            await told.do(StopReminders(), LEA)
        case "stop all":
            await told.do(StopAll(), LEA)
        case "share":
            await record(told.storage, of_person(Evidence.SAID, story, LEA, told.clock.now()))
        case "hide":
            await told.do(SkipReminder(story.id), LEA)
        case "pause":
            await told.do(PauseReminders(), LEA)
        case "end":
            async with told.storage.work(P) as work:
                await work.change(story, replace(story, state=State.ENDED, version=9))
        case "uncount":
            await told.do(DoNotCountMe(story.id), LEA)
        case _:
            await wants(told, left=True)
    await until(told, datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    assert len(signs(told)) == 1


async def test_less_often_doubles_up_to_four_weeks(told: Told) -> None:
    """Seven, fourteen, twenty-eight; then there is no such button."""
    story = await reminded(told)
    await told.do(RemindLess(story.id), LEA)
    assert "at most once in 2 weeks" in signs(told)[0]
    await told.do(RemindLess(), LEA)
    await told.do(RemindLess(), LEA)
    assert (await who(told)).pace == 28
    answer = await told.do(ShowReminders(), LEA)
    assert "one in 4 weeks" in words(answer)
    assert isinstance(answer, Words)
    assert isinstance(answer.words, Card)
    assert "Less often" not in [said(button) for button in pressable(answer.words)]


async def test_pause_a_month(told: Told) -> None:
    """None until then; then they come again by themselves."""
    story = await reminded(told)
    await told.do(PauseReminders(story.id), LEA)
    assert "No reminders until 24 December." in signs(told)[0]
    await until(told, TUESDAY + timedelta(days=27))
    await out(told, "In the pause")
    await until(told, TUESDAY + timedelta(days=28))
    assert len(signs(told)) == 1
    await until(told, TUESDAY + timedelta(days=35))
    assert "In the pause" in signs(told)[1]


async def test_a_story_that_ends_or_is_recalled_changes_the_reminder(told: Told) -> None:
    """Nothing withdrawn stays visible, 1:1 neither."""
    story = await reminded(told)
    async with told.storage.work(P) as work:
        await work.change(story, replace(story, state=State.RECALLED, version=4))
        await work.refresh(story.id)
    await told.settle()
    assert "Lyon opens" not in signs(told)[0]
    assert labels(told) == []


async def test_a_press_redraws_one_persons_message_only(told: Told) -> None:
    """The same story was reminded to Tom."""
    await until(told, TUESDAY - timedelta(hours=5))
    story = await out(told)
    await wants(told)
    await wants(told, TOM)
    await until(told, TUESDAY)
    await told.do(SkipReminder(story.id), LEA)
    assert "Fine" in signs(told)[0]
    assert [len(sent.looks) for sent in told.chat.at("UTOM")] == [1]


async def test_a_story_one_posted_is_done(told: Told) -> None:
    """Wherever it was shared from: what is left on the reminder is how often others come."""
    story = await reminded(told)
    await told.do(SayPosted(story.id), LEA)
    assert "You posted it. Thank you." in signs(told)[0]
    assert labels(told) == [("Less often", True), ("Pause a month", True), ("Stop reminders", True)]
    await told.do(RemindLess(story.id), LEA)
    assert "From now on at most once in 2 weeks." in signs(told)[0]
    assert "Share on LinkedIn" not in [label for label, _ in labels(told)]
    await told.do(StopReminders(story.id), LEA)
    assert labels(told) == [("Start again", False)]


async def test_what_was_asked_for_again_is_done_too(told: Told) -> None:
    """Both messages about a story know that it was posted."""
    story = await reminded(told)
    await told.do(RemindTomorrow(story.id), LEA)
    await until(told, datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    await told.do(SayPosted(story.id), LEA)
    assert ["You posted it." in sign for sign in signs(told)] == [True, True]
    assert not any("comes back" in sign for sign in signs(told))


# ------------------------------------------------------------------------------------------ it is ignored


async def weeks_ignored(told: Told, many: int) -> list[datetime]:
    """Weeks go by with a fresh story each, and nobody presses anything; when signs came."""
    await wants(told)
    for week in range(many):
        await until(told, TUESDAY + timedelta(days=7 * week) - timedelta(hours=5))
        await out(told, f"Story {week}")
        await told.later(hours=5)
    async with told.storage.reading(P) as at:
        return sorted(one.sent for one in await at.find(Reminder))


async def test_two_ignored_halve_the_pace_and_four_end_it_with_one_word(told: Told) -> None:
    """Weeks 0 and 1, then every other week, then one message with the way back."""
    sent = await weeks_ignored(told, 8)
    assert [(one - TUESDAY).days // 7 for one in sent] == [0, 1, 3, 5]
    assert signs(told)[-1] == "4 reminders in a row went without a press, so Herald stops sending them."
    assert len(signs(told)) == 5
    assert labels(told) == [("Start again", False)]
    assert not (await who(told)).reminded
    await told.do(TurnOnReminders(), LEA)
    assert "Reminders are on again." in signs(told)[-1]
    await until(told, TUESDAY + timedelta(days=56))
    assert "A story you may like" in signs(told)[-1]


async def test_a_press_keeps_the_pace(told: Told) -> None:
    """Opening the story's sheet is one, wherever it was opened."""
    await wants(told)
    for week in range(4):
        await until(told, TUESDAY + timedelta(days=7 * week) - timedelta(hours=5))
        story = await out(told, f"Story {week}")
        await told.later(hours=5)
        await record(told.storage, of_person(Evidence.OPENED, story, LEA, told.clock.now()))
    assert len(signs(told)) == 4


# --------------------------------------------------------------------------------------------- on request


async def test_stop_stops_every_unasked_message(told: Told) -> None:
    """Whoever types it, reminders or not; *Start again* undoes it."""
    await until(told, TUESDAY - timedelta(hours=5))
    story = await out(told)
    await wants(told)
    answer = await told.do(StopAll(), LEA)
    assert "sends you nothing any more that you did not ask for" in words(answer)
    async with told.storage.work(P) as work:
        await work.send("recalled", story.id, LEA, "en")
    await until(told, TUESDAY)
    assert signs(told) == []
    again = words(await told.do(StartAll(), LEA))
    assert again.startswith("The stop is lifted.")
    assert "Reminders are on" in again
    assert len(signs(told)) == 1


async def test_reminders_shows_how_they_stand_and_turns_them_on(told: Told) -> None:
    """Turning on joins, under the charter that is seen there."""
    assert "Reminders are off." in words(await told.do(ShowReminders(), LEA))
    assert "Reminders are on: at most one a week" in words(await told.do(TurnOnReminders(), LEA))
    assert (await who(told)).joined == 1
    assert "Reminders are off." in words(await told.do(StopReminders(), LEA))
    assert (await who(told)).joined is None


async def test_the_box_after_i_posted_it_turns_them_on(told: Told) -> None:
    """Asked once, there."""
    await told.do(SaveThanks(choices=("reminded",)), LEA)
    assert "Reminders are on" in words(await told.do(ShowReminders(), LEA))


async def test_a_week_that_fired_already_fires_no_more(told: Told) -> None:
    """Here or in another replica: the firing is one person's, one week's."""
    await until(told, TUESDAY - timedelta(hours=5))
    await out(told)
    await wants(told)
    async with told.storage.work(P) as work:
        assert await work.fire("remind", LEA, "2026-W48")
    await until(told, TUESDAY)
    assert signs(told) == []


async def test_a_zone_nobody_knows_stops_nobodys_reminders(told: Told) -> None:
    """What a platform calls a zone is believed when it is one; hours stay those known before."""
    told.chat.knows(Account("ULEA", "Léa", "T1", zone="Romance Standard Time"))
    await told.bot.meet(told.by(LEA))
    assert (await who(told)).zone == "Europe/Paris"
    await reminded(told)
    assert len(signs(told)) == 1
