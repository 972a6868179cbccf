"""Monday's summary: told once, late when missed, with names that come and go as people choose."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards import Body, Card, Chart, Heading, Small
from bot.commands.digesting import AboutNumbers, AddMyName, ShowWeek, TakeBackName
from bot.commands.moderation import RecallStory
from bot.commands.sharing import SaveThanks
from bot.digesting import fire_digests, preview
from bot.plain import plain
from bot.ports import Surroundings
from bot.ports import Told as Words
from content.digests import Digest
from content.people import Member
from content.programmes import Channel, Programme, Use
from content.shares import Evidence, Fact, of_person
from content.stories import Origin, State, Story
from content.texts import Text, say
from storage import weeks
from storage.facts import record
from storage.work import Storage, new_id
from tests.bot.programme import ANA, DIGEST, LEA, MAX, MONDAY, TOM, P, Told, W, pressable, said

SUNDAY = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
NEXT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
"""Monday, nine o'clock in Paris."""
WEEK = "2026-W48"


def colleague(number: int) -> str:
    """A sample colleague's id."""
    return f"{W}/U{number:02}"


async def company(told: Told, many: int = 20) -> None:
    """Some colleagues, all met."""
    async with told.storage.work(P) as work:
        for number in range(many):
            await work.insert(Member(colleague(number), P, W, f"Colleague {number:02}", met=MONDAY))


async def out(told: Told, title: str, at: datetime = MONDAY + timedelta(hours=1)) -> Story:
    """A story that is live."""
    story = Story(new_id(), P, 3, State.LIVE, Origin.MODERATOR, MONDAY, title=title, live_at=at)
    async with told.storage.work(P) as work:
        await work.insert(story)
    return story


async def took(
    told: Told, story: Story, *members: str, kind: Evidence = Evidence.INTENT, at: datetime | None = None
) -> None:
    """Some people took a story to their network."""
    when = at or MONDAY + timedelta(days=1)
    await record(told.storage, *(of_person(kind, story, one, when, "linkedin") for one in members))


async def named(told: Told, *members: str, since: datetime = MONDAY) -> None:
    """Some people ticked *Thank me by name*."""
    async with told.storage.work(P) as work:
        for id_ in members:
            member = await work.get(Member, id=id_)
            assert member is not None
            await work.put(replace(member, named=True, named_since=since))


async def until(told: Told, moment: datetime) -> None:
    """The clock shows a moment, and everything due happens."""
    told.clock.shift(moment - told.clock.now())
    await told.settle()


def lines(told: Told, language: str = "en", channel: str = "CDIGEST") -> str:
    """What the latest card of the digest channel says."""
    return plain(told.chat.latest(channel), language)


def answered(answer: object) -> str:
    """What one person is told."""
    assert isinstance(answer, Words)
    if isinstance(answer.words, Card):
        return plain(answer.words, "en")
    assert isinstance(answer.words, Text | str)
    return say(answer.words, "en")


async def the_week(told: Told) -> tuple[Story, Story]:
    """Nine took one story, two of them named; seven took another, nobody named; eight said so."""
    await company(told)
    zoe, lyon = await out(told, "Zoé, welder and coach"), await out(told, "Lyon opens")
    await took(told, zoe, *(colleague(one) for one in range(9)))
    await took(told, zoe, *(colleague(one) for one in range(8)), kind=Evidence.SAID)
    await took(told, lyon, *(colleague(one) for one in range(9, 16)))
    await named(told, colleague(0), colleague(1))
    return zoe, lyon


async def test_the_card_says_what_everybody_may_know(told: Told) -> None:
    """In the channel's language, with the numbers as a chart and as words."""
    await the_week(told)
    await until(told, SUNDAY)
    assert told.chat.at("CDIGEST") == []
    await until(told, NEXT)
    assert lines(told) == (
        "Week of 23–29 November\n"
        "16 colleagues took a story to their network; 8 told us they posted it.\n"
        "Visits are not measured here.\n"
        "2 stories came out.\n"
        "Colleagues per story\n"
        "  Zoé, welder and coach: 9\n"
        "  Lyon opens: 7\n"
        "Who amplified what\n"
        "“Zoé, welder and coach”: Colleague 00, Colleague 01 and 7 others\n"
        "“Lyon opens”: 7 colleagues"
    )
    french = lines(told, "fr")
    assert french.startswith(
        "Semaine du 23 au 29 novembre\n16 collègues ont emporté une actu vers leur réseau\xa0; "
        "8 nous ont dit l'avoir publiée.\nLes visites ne sont pas mesurées ici.\n2 actus parues.\n"
    )
    assert (
        "Qui a relayé quoi\n«\xa0Zoé, welder and coach\xa0»\xa0: Colleague 00, Colleague 01 et 7 autres"
        in french
    )
    assert told.chat.at("CDIGEST")[0].language == "fr"
    labels = [(said(button), button.rare) for button in pressable(told.chat.latest("CDIGEST"))]
    assert labels == [("Add my name", False), ("See the stories", False), ("About these numbers", True)]


async def test_each_digest_channel_has_its_own_language(told: Told) -> None:
    """One summary, as many cards as channels; a shut channel gets none."""
    await the_week(told)
    async with told.storage.work(P) as work:
        await work.insert(Channel(f"{W}/CLYON", P, W, Use.DIGEST, "lyon", "en"))
        await work.insert(Channel(f"{W}/COLD", P, W, Use.DIGEST, "old", "en", shut="gone"))
    told.chat.places["CLYON"] = replace(told.chat.places["CDIGEST"], channel="CLYON", name="lyon")
    await until(told, NEXT)
    assert {(sent.address, sent.language) for sent in told.chat.sent} == {("CDIGEST", "fr"), ("CLYON", "en")}
    assert len(told.chat.sent) == 2


async def test_a_week_is_told_once(told: Told) -> None:
    """Not again the next minute, not when the hour or the day is changed afterwards."""
    await the_week(told)
    await until(told, NEXT)
    for day, hour in ((0, 15), (3, 15), (0, 6)):
        async with told.storage.work(P) as work:
            programme = await work.get(Programme, id=P)
            assert programme is not None
            await work.put(replace(programme, digest_day=day, digest_hour=hour))
        await told.later(hours=1)
    assert len(told.chat.at("CDIGEST")) == 1


async def test_two_replicas_tell_a_week_once(told: Told) -> None:
    """The firing and its cards are one transaction."""
    await the_week(told)
    told.clock.shift(NEXT - told.clock.now())
    other = Storage(told.storage.engine, told.clock.now)
    await asyncio.gather(*(fire_digests(each, Surroundings()) for each in (told.storage, other)))
    await told.settle()
    assert len(told.chat.at("CDIGEST")) == 1


async def test_a_summary_missed_while_down_comes_late(told: Told) -> None:
    """Two days later it is still the week's; a week later the next one is due."""
    await the_week(told)
    await until(told, NEXT + timedelta(days=2))
    assert "Week of 23–29 November" in lines(told)


@pytest.mark.parametrize(
    ("before", "at"),
    [
        (datetime(2026, 3, 23, 9, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (datetime(2026, 10, 19, 9, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),
    ],
    ids=["spring", "autumn"],
)
async def test_nine_o_clock_is_nine_o_clock_over_both_changes_of_the_clock(
    told: Told, before: datetime, at: datetime
) -> None:
    """Paris goes from UTC+1 to UTC+2 and back; the Sunday before counts whole."""
    told.clock.shift(before - told.clock.now())
    async with told.storage.work(P) as work:
        programme = await work.get(Programme, id=P)
        assert programme is not None
        await work.put(replace(programme, created=before))
    await company(told)
    story = await out(told, "Lyon opens", before)
    sunday = at.replace(hour=0) - timedelta(hours=2, minutes=30)
    await took(told, story, *(colleague(one) for one in range(6)), at=sunday)
    await until(told, at - timedelta(minutes=1))
    assert told.chat.at("CDIGEST") == []
    await until(told, at)
    assert "6 colleagues took a story" in lines(told)


async def test_an_empty_week_is_one_line_to_the_moderators(told: Told) -> None:
    """The channel hears nothing."""
    await until(told, NEXT)
    await told.later(minutes=5)
    assert told.chat.at("CDIGEST") == []
    review = told.chat.at("CREVIEW")
    assert [plain(sent.card, "en") for sent in review] == [
        "Nothing came out and nobody shared in the week of 23–29 November, so the channels got no summary."
    ]


async def test_ideas_are_counted_where_their_promise_was_kept_or_broken(told: Told) -> None:
    """Answered within two working days by a question, a yes or a no; their authors are thanked."""
    await company(told)
    await out(told, "Lyon opens")
    async with told.storage.work(P) as work:
        for number, (author, days) in enumerate(((LEA, 0), (colleague(1), 1), (colleague(2), 2))):
            at = MONDAY + timedelta(days=days)
            idea = Story(f"I{number}", P, 1, State.SUGGESTED, Origin.IDEA, at, title="Idea", author=author)
            await work.insert(idea)
    told.clock.shift(timedelta(hours=5))
    async with told.storage.work(P) as work:
        await work.audit(ANA, "ask", "I0")
    told.clock.shift(timedelta(days=3, hours=20))
    async with told.storage.work(P) as work:
        await work.audit(ANA, "approve", "I1")
    await named(told, LEA)
    await until(told, NEXT)
    assert "1 story came out; 1 of 3 ideas were answered within two working days." in lines(told)
    assert "Thanks for ideas: Léa and a few others" in lines(told)


async def test_visits_are_a_number_only_where_they_are_measured(told: Told) -> None:
    """Nothing measured is never a zero; a measured zero says so."""
    zoe, _ = await the_week(told)
    told.bot.around = Surroundings(public_url="https://herald.example")
    observed = [
        Fact(f"o{number}", P, zoe.id, Evidence.OBSERVED, MONDAY + timedelta(hours=number))
        for number in range(3)
    ]
    told.clock.shift(NEXT - told.clock.now())
    measured = Surroundings(public_url="https://herald.example")
    assert "No visit came through shared links." in await _told_with(told, measured)
    await record(told.storage, *observed)
    assert "3 visits came through shared links." in await _told_with(told, measured)


async def _told_with(told: Told, around: Surroundings) -> str:
    told.clock.shift(-timedelta(days=1))
    text = await preview(told.storage, P, around, "en")
    told.clock.shift(timedelta(days=1))
    return text


async def test_guests_bots_the_unmet_and_the_uncounted_are_in_no_number(told: Told) -> None:
    """Five took it, of whom one is a guest, one unmet, and one asked not to be counted."""
    await company(told, 5)
    story = await out(told, "Lyon opens")
    await took(told, story, *(colleague(one) for one in range(5)), MAX, f"{W}/USTRANGER", LEA)
    await took(told, story, LEA, kind=Evidence.UNCOUNTED)
    await until(told, NEXT)
    assert "5 colleagues took a story" in lines(told)


async def test_one_person_with_two_accounts_counts_once(told: Told) -> None:
    """Six accounts, five people."""
    await company(told, 6)
    async with told.storage.work(P) as work:
        for one in (0, 1):
            member = await work.get(Member, id=colleague(one))
            assert member is not None
            await work.put(replace(member, person="the same"))
    story = await out(told, "Lyon opens")
    await took(told, story, *(colleague(one) for one in range(6)))
    await until(told, NEXT)
    assert "5 colleagues took a story" in lines(told)


async def test_below_five_nothing_is_counted(told: Told) -> None:
    """A few colleagues, and no chart."""
    await company(told, 4)
    story = await out(told, "Lyon opens")
    await took(told, story, *(colleague(one) for one in range(4)))
    await until(told, NEXT)
    assert "A few colleagues shared this week." in lines(told)
    assert "“Lyon opens”: a few colleagues" in lines(told)
    assert not [role for role in told.chat.latest("CDIGEST").roles if isinstance(role, Chart)]


# ------------------------------------------------------------------------------------------------ names


async def test_add_my_name_redraws_the_card_and_says_so_to_that_person(told: Told) -> None:
    """Totals stay as they were; the one number that falls is that of the unnamed."""
    await the_week(told)
    await until(told, NEXT)
    press = told.button(DIGEST, "Add my name")
    answer = await told.do(press, colleague(5))
    assert "From now on you are thanked by name where you shared." in answered(answer)
    assert isinstance(answer, Words)
    assert isinstance(answer.words, Card)
    assert [said(button) for button in pressable(answer.words)] == ["Undo"]
    assert "Colleague 00, Colleague 01, Colleague 05 and 6 others" in lines(told)
    assert "16 colleagues took a story" in lines(told)
    async with told.storage.reading(P) as at:
        member = await at.get(Member, id=colleague(5))
    assert member is not None
    assert member.named
    assert member.joined == 1


async def test_undo_takes_the_name_away_again(told: Told) -> None:
    """In one press, from every summary of twelve weeks."""
    await the_week(told)
    await until(told, NEXT)
    await told.do(AddMyName(WEEK), colleague(5))
    assert "gone from the summaries" in answered(await told.do(TakeBackName(), colleague(5)))
    assert "Colleague 05" not in lines(told)
    assert "Colleague 00, Colleague 01 and 7 others" in lines(told)


async def test_a_name_taken_back_leaves_the_last_twelve_weeks(told: Told) -> None:
    """Older cards are left alone; younger ones are drawn anew."""
    await the_week(told)
    await until(told, NEXT)
    await told.later(weeks=6)
    await told.do(TakeBackName(), colleague(0))
    assert "Colleague 00" not in lines(told)
    assert "Colleague 01" in lines(told)


async def test_a_name_added_again_later_does_not_return_to_old_summaries(told: Told) -> None:
    """Each summary names who chose it before, or on it."""
    await the_week(told)
    await until(told, NEXT)
    await told.do(AddMyName(WEEK), colleague(5))
    await told.do(SaveThanks(), colleague(5))
    await told.later(days=1)
    await told.do(SaveThanks(choices=("named",)), colleague(5))
    assert "Colleague 05" not in lines(told)
    await told.do(AddMyName(WEEK), colleague(5))
    assert "Colleague 05" in lines(told)
    await told.do(TakeBackName(), colleague(5))
    async with told.storage.reading(P) as at:
        assert await weeks.additions(at, WEEK) == {}


async def test_a_name_waits_where_it_would_tell_of_four(told: Told) -> None:
    """Seven took it, two are named: five others. One more waits, until those others come along."""
    await company(told)
    story = await out(told, "Lyon opens")
    everybody = [colleague(one) for one in range(7)]
    await took(told, story, *everybody)
    await named(told, *everybody[:2])
    await until(told, NEXT)
    assert "Colleague 00, Colleague 01 and 5 others" in lines(told)
    for one in everybody[2:6]:
        assert "so few others" in answered(await told.do(AddMyName(WEEK), one))
        assert "Colleague 00, Colleague 01 and 5 others" in lines(told)
    assert "where you shared" in answered(await told.do(AddMyName(WEEK), everybody[6]))
    assert "Colleague 05 and Colleague 06" in lines(told)


async def test_who_has_nothing_in_the_week_hears_when_the_name_will_appear(told: Told) -> None:
    """Nothing is redrawn for them."""
    await the_week(told)
    await until(told, NEXT)
    looks = len(told.chat.at("CDIGEST")[0].looks)
    assert "your name will appear next time" in answered(await told.do(AddMyName(WEEK), TOM))
    assert len(told.chat.at("CDIGEST")[0].looks) == looks


async def test_a_name_chosen_after_the_week_was_told_is_not_put_on_it(told: Told) -> None:
    """Only a press on that summary does that."""
    await the_week(told)
    await until(told, NEXT)
    await named(told, colleague(3), since=NEXT + timedelta(hours=1))
    await told.do(AddMyName(WEEK), colleague(5))
    assert "Colleague 03" not in lines(told)
    assert "Colleague 05" in lines(told)


async def test_a_recalled_story_is_gone_from_the_card(told: Told) -> None:
    """Nothing withdrawn stays visible; totals stay as they were told."""
    zoe, _ = await the_week(told)
    await until(told, NEXT)
    await told.do(RecallStory(zoe.id, zoe.version), ANA)
    assert "Zoé" not in lines(told)
    assert "16 colleagues took a story" in lines(told)
    assert "Lyon opens" in lines(told)


# ---------------------------------------------------------------------------------------- works council


async def test_where_the_works_council_decides_nobody_is_named(told: Told) -> None:
    """No name, no button, no way through an old card; counts stay."""
    await the_week(told)
    async with told.storage.work(P) as work:
        programme = await work.get(Programme, id=P)
        assert programme is not None
        await work.put(replace(programme, council=True))
    await until(told, NEXT)
    card = told.chat.latest("CDIGEST")
    assert "Add my name" not in [said(button) for button in pressable(card)]
    refused = answered(await told.do(AddMyName(WEEK), colleague(5)))
    assert "No names are shown here" in refused
    shown = plain(card, "en") + plain(card, "fr")
    assert "16 colleagues took a story" in shown
    async with told.storage.reading(P) as at:
        people = await at.find(Member)
        assert await weeks.additions(at, WEEK) == {}
    for member in people:
        assert member.name not in shown
        assert member.id not in str(card)


async def test_names_vanish_when_the_works_council_decides_later(told: Told) -> None:
    """The next drawing has none, and no number that would tell of a few."""
    await the_week(told)
    await until(told, NEXT)
    async with told.storage.work(P) as work:
        programme = await work.get(Programme, id=P)
        assert programme is not None
        await work.put(replace(programme, council=True))
        await work.refresh(WEEK, view="digest")
    await told.settle()
    assert "“Zoé, welder and coach”: 9 colleagues" in lines(told)


# -------------------------------------------------------------------------------------------- on request


async def test_moderators_see_the_running_week_and_others_the_last_summary(told: Told) -> None:
    """Under the same rules, for their eyes only."""
    await the_week(told)
    told.clock.shift(timedelta(days=3))
    assert "So far this week (23–29 November)" in answered(await told.do(ShowWeek(), ANA))
    assert "16 colleagues" in answered(await told.do(ShowWeek(), TOM))
    assert "no weekly summary yet" in answered(await told.do(ShowWeek(), LEA))
    await until(told, NEXT)
    assert "Week of 23–29 November" in answered(await told.do(ShowWeek(), LEA))
    assert "Nothing came out this week so far" in answered(await told.do(ShowWeek(), ANA))
    assert "staff" in answered(await told.do(ShowWeek(), MAX))


async def test_a_week_that_is_asked_for_ends_with_all_times(told: Told) -> None:
    """What was read most, counted up or not; the channel's own summary speaks of its week alone."""
    pump, boat = await out(told, "A pump"), await out(told, "A boat")
    for number, story in enumerate((pump, boat, boat)):
        await record(told.storage, Fact(f"r{number}", P, story.id, Evidence.OBSERVED, MONDAY))
    assert "Since the beginning" not in answered(await told.do(ShowWeek(), ANA))
    told.bot.around = replace(told.bot.around, public_url="https://herald.example")
    shown = answered(await told.do(ShowWeek(), ANA))
    assert (
        "Since the beginning\n3 visits came through shared links.\nA boat: 2 visits\nA pump: 1 visit" in shown
    )
    await until(told, NEXT)
    assert "A boat: 2 visits" in answered(await told.do(ShowWeek(), ANA))
    assert "Since the beginning" not in lines(told)


async def test_about_these_numbers(told: Told) -> None:
    """Where they come from, and the rule of five."""
    words = answered(await told.do(AboutNumbers(), LEA))
    assert "No number of people below five" in words
    assert "Visits are not measured here" in words


async def test_the_host_sees_the_same_text(told: Told) -> None:
    """`python app.py digest` asks this."""
    await the_week(told)
    told.clock.shift(timedelta(days=2))
    words = await preview(told.storage, P, Surroundings(), "fr")
    assert words.startswith("La semaine en cours (du 23 au 29 novembre)\n16 collègues")
    async with told.storage.reading(P) as at:
        assert await at.find(Digest) == []


def test_every_role_of_the_card_has_words_for_a_terminal() -> None:
    """Nothing but buttons and pictures is left out."""
    card = Card("n", (Heading("h"), Body("b"), Small("s"), Chart("c", (("x", 5),))))
    assert plain(card, "en") == "h\nb\ns\nc\n  x: 5"
