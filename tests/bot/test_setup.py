"""Set-up: who may begin, each step, what is refused kindly, and that it can be left and taken up again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.ahead import LOOKINGS
from bot.bot import Bot
from bot.cards import Body, Card, Small, flat
from bot.commands import OPENS
from bot.commands.settling import (
    ChooseDigest,
    ChoosePeople,
    ChooseReview,
    ChooseStoryChannels,
    DescribeCompany,
    NoteBotAdded,
    PreviewIntroduction,
    SendIntroduction,
    ShowSetup,
    SkipIntroduction,
    TuneChannel,
)
from bot.commands.wire import Command
from bot.forms import FIELDS, Places
from bot.founding import appoint
from bot.ports import Account, Answer, Asked, By, Done, Place, Surroundings, Unreachable, Wrong
from bot.ports import Told as Words
from content.programmes import Channel, Programme, Use
from content.texts import Text, say
from storage import directory, queries
from storage.migrating import migrate
from storage.records import Admin, AuditEntry, Moderator
from storage.work import Storage
from tests.bot.programme import MONDAY, pressable, said
from tests.fakes import LEISURELY, FakeChat, FakePages, FrozenClock

W = "slack:T1"
OWNER, ANA, LEA, TOM = (f"{W}/U{name}" for name in ("OWNER", "ANA", "LEA", "TOM"))
CHAT = {
    "UOWNER": Account("UOWNER", "Ida", "T1", "fr", "Europe/Paris", owner=True),
    "UANA": Account("UANA", "Ana", "T1"),
    "ULEA": Account("ULEA", "Léa", "T1"),
    "UTOM": Account("UTOM", "Tom", "T1"),
    "UMAX": Account("UMAX", "Max", "T1", guest=True, owner=True),
    "UFAR": Account("UFAR", "Far", "T2", owner=True),
    "UBOT": Account("UBOT", "Robot", "T1", bot=True, owner=True),
    "UGONE": Account("UGONE", "Gone", "T1", gone=True, owner=True),
}
PLACES = {
    place.channel: place
    for place in (
        Place("CREVIEW", "comms-review", private=True),
        Place("CNEWS", "news", joined=False),
        Place("CLYON", "lyon", private=True, joined=False),
        Place("CPUBLIC", "town-square"),
        Place("CCONNECT", "with-partners", shared=True),
        Place("CSECRET", "with-lawyers", private=True, shared=True),
        Place("COLD", "old-news", archived=True),
    )
}


@dataclass
class Fresh:
    """Herald as it was just installed."""

    bot: Bot
    storage: Storage
    chat: FakeChat
    clock: FrozenClock
    presses: "count[int]" = field(default_factory=count)

    def by(self, member: str, **more: str) -> By:
        return By(member, W, f"{W}:{next(self.presses)}", home="T1", **more)

    async def do(self, command: Command, member: str = OWNER) -> Answer:
        answer = await self.bot.do(command, self.by(member))
        await self.bot.tick()
        return answer

    async def programme(self) -> Programme:
        [only] = await directory.programmes(self.storage)
        async with self.storage.reading(only) as at:
            return await queries.programme(at)

    async def find(self, kind: type[Admin | Moderator | Channel], use: Use | None = None) -> list[str]:
        """The ids of what there is of a kind."""
        async with self.storage.reading((await self.programme()).id) as at:
            found: list[Any] = await at.find(kind)
        if kind is Channel:
            return sorted(one.id for one in found if use in {None, one.use})
        return sorted(one.member for one in found)

    async def channel(self, id_: str) -> Channel:
        async with self.storage.reading((await self.programme()).id) as at:
            return next(channel for channel in await at.find(Channel) if channel.id == id_)


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncIterator[Fresh]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'herald.db'}"
    await migrate(url)
    clock = FrozenClock(MONDAY)
    storage, chat = Storage.open(url, clock.now), FakeChat("slack", clock.now)
    chat.accounts |= CHAT
    chat.places |= PLACES
    chat.people["CREVIEW"] = ("UANA", "UTOM", "UMAX", "UBOT", "UFAR")
    bot = Bot(storage, FakePages(), Surroundings(admins=(f"{W}/UANA",), patience=LEISURELY))
    bot.speak(W, chat)
    yield Fresh(bot, storage, chat, clock)
    await storage.close()


def lines(answer: object) -> list[str]:
    """What the checklist, or any only-you answer, says."""
    assert isinstance(answer, Words), answer
    if not isinstance(answer.words, Card):
        return [say(answer.words, "en")]
    return [say(role.words, "en") for role in flat(answer.words.roles) if isinstance(role, Body | Small)]


def labels(answer: object) -> list[str]:
    """What one can press there."""
    assert isinstance(answer, Words)
    assert isinstance(answer.words, Card)
    return [said(button) for button in pressable(answer.words)]


def at_field(answer: object) -> dict[str, str]:
    """What is wrong, field by field."""
    assert isinstance(answer, Wrong), answer
    return {name: say(words, "en") for name, words in answer.fields.items()}


async def settled(fresh: Fresh) -> None:
    """Every step but the introduction."""
    await fresh.do(ShowSetup())
    await fresh.do(DescribeCompany(employer="Acme", language="en", zone="Europe/Paris"))
    await fresh.do(ChooseReview(channel="CREVIEW"))
    await fresh.do(ChooseStoryChannels(channels=("CNEWS",)))


# ------------------------------------------------------------------------------------------- who may begin


async def test_an_owner_begins_and_sees_what_is_to_do(fresh: Fresh) -> None:
    answer = await fresh.do(ShowSetup())
    assert lines(answer)[0] == "1 of 8 done. You can stop here and come back with /herald setup."
    assert any("private channel where ideas are decided" in line for line in lines(answer))
    assert {"Company…", "Review channel…", "Story channels…", "Weekly summary…", "People…"} <= set(
        labels(answer)
    )
    programme = await fresh.programme()
    assert (programme.language, programme.zone) == ("fr", "Europe/Paris")
    assert await fresh.find(Admin) == [OWNER]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus"])
async def test_a_programme_begins_where_the_platform_knows_no_time_zone(fresh: Fresh, zone: str) -> None:
    """Teams tells none of somebody who never wrote to Herald: hours are UTC's until somebody says."""
    fresh.chat.accounts["UOWNER"] = replace(CHAT["UOWNER"], zone=zone)
    await fresh.do(ShowSetup())
    await fresh.bot.tick()
    assert (await fresh.programme()).zone == "UTC"


@pytest.mark.parametrize("who", ["ULEA", "UMAX", "UFAR", "UBOT", "UGONE", "UNOBODY"])
async def test_nobody_else_begins(fresh: Fresh, who: str) -> None:
    """Not an employee, and no guest, bot, stranger or leaver, whatever flags their account has."""
    answer = await fresh.do(ShowSetup(), f"{W}/{who}")
    assert isinstance(answer, Words)
    assert await directory.programmes(fresh.storage) == []


async def test_whom_the_host_names_begins_too(fresh: Fresh) -> None:
    await fresh.do(ShowSetup(), ANA)
    assert await fresh.find(Admin) == [ANA]


async def test_on_teams_only_the_host_names_who_begins(fresh: Fresh) -> None:
    """A team's owner does not own the tenant."""
    there = FakeChat("teams", fresh.clock.now, accounts={"b": Account("b", "Boss", "tenant", owner=True)})
    fresh.bot.speak("teams:tenant", there)
    await fresh.bot.do(ShowSetup(), By("teams:tenant/b", "teams:tenant", "k", home="tenant"))
    assert await directory.programmes(fresh.storage) == []


async def test_a_second_workspace_stays_inert(fresh: Fresh) -> None:
    """An owner over there cannot make a programme on somebody's Herald."""
    await fresh.do(ShowSetup())
    there = FakeChat("slack", fresh.clock.now, accounts={"UBOSS": Account("UBOSS", "Boss", "T9", owner=True)})
    fresh.bot.speak("slack:T9", there)
    answer = await fresh.bot.do(ShowSetup(), By("slack:T9/UBOSS", "slack:T9", "k", home="T9"))
    assert "another workspace" in lines(answer)[0]
    assert len(await directory.programmes(fresh.storage)) == 1
    assert await fresh.bot.programme("slack:T9") is None


async def test_two_owners_at_once_begin_one_programme(fresh: Fresh) -> None:
    fresh.chat.accounts["UTOM"] = replace(CHAT["UTOM"], owner=True)
    await asyncio.gather(*(fresh.bot.do(ShowSetup(), fresh.by(who)) for who in (OWNER, TOM)))
    assert await fresh.bot.programme(W) is not None
    async with fresh.storage.reading(await fresh.bot.programme(W) or "") as at:
        assert len(await at.find(Admin)) == 1


STEPS = [
    ShowSetup(),
    DescribeCompany(employer="Evil", language="en", zone="UTC"),
    ChooseReview(channel="CREVIEW"),
    ChooseStoryChannels(channels=("CNEWS",)),
    ChooseDigest(channels=("CNEWS",), day="0", hour="9"),
    ChoosePeople(admins=("ULEA",)),
    TuneChannel(f"{W}/CNEWS", "fr", "UTC", "8", "18"),
    PreviewIntroduction(),
    SendIntroduction(),
    SkipIntroduction(),
]


@dataclass
class Meanwhile(FakeChat):
    """Something happens while Herald looks at a channel or an account."""

    happens: Callable[[], Awaitable[None]] | None = None

    async def place(self, channel: str) -> Place:
        await self._meanwhile()
        return await super().place(channel)

    async def account(self, user: str) -> Account:
        await self._meanwhile()
        return await super().account(user)

    async def _meanwhile(self) -> None:
        if self.happens:
            happens, self.happens = self.happens, None
            await happens()


@pytest.mark.parametrize(
    "step", [step for step in STEPS if type(step) in LOOKINGS], ids=lambda step: step.wire
)
async def test_who_runs_herald_is_read_when_it_is_decided(fresh: Fresh, step: Command) -> None:
    """Not before the platform was looked at, which may take a while: somebody else may have decided that."""
    await settled(fresh)
    programme = await fresh.programme()

    async def dismissed() -> None:
        async with fresh.storage.work(programme.id) as work:
            await work.remove(Admin, member=OWNER)

    slow = Meanwhile("slack", fresh.clock.now, accounts=CHAT, places=PLACES, happens=dismissed)
    fresh.bot.speak(W, slow)
    answer = await fresh.bot.do(step, fresh.by(OWNER))
    assert slow.happens is None
    assert lines(answer) == ["Only the people who run Herald can do that."]
    assert await fresh.programme() == programme


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.wire)
async def test_every_step_is_for_those_who_run_herald(fresh: Fresh, step: Command) -> None:
    await settled(fresh)
    before = await fresh.programme(), await fresh.find(Admin), await fresh.find(Channel)
    answer = await fresh.do(step, LEA)
    assert lines(answer) == ["Only the people who run Herald can do that: ask Ida."]
    if type(step) in OPENS:
        assert lines(await fresh.bot.form(step, fresh.by(LEA))) == lines(answer)
    assert (await fresh.programme(), await fresh.find(Admin), await fresh.find(Channel)) == before
    assert fresh.chat.sent == []


# --------------------------------------------------------------------------------------------- the steps


async def test_the_review_channels_full_members_decide(fresh: Fresh) -> None:
    """Not its guests, bots and people of other organisations."""
    await fresh.do(ShowSetup())
    answer = await fresh.do(ChooseReview(channel="CREVIEW"))
    assert "☑ Review: #comms-review" in lines(answer)
    assert await fresh.find(Moderator) == [ANA, TOM]


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("CPUBLIC", "#town-square is public."),
        ("CSECRET", "shared with another organisation"),
        ("CNOWHERE", "/invite @Herald"),
        ("", "Choose a channel."),
    ],
)
async def test_a_review_channel_that_will_not_do_is_refused_at_its_field(
    fresh: Fresh, channel: str, why: str
) -> None:
    await fresh.do(ShowSetup())
    assert why in at_field(await fresh.do(ChooseReview(channel=channel)))["channel"]
    assert await fresh.find(Channel) == []
    assert await fresh.find(Moderator) == []


async def test_another_review_channel_has_its_own_moderators(fresh: Fresh) -> None:
    await settled(fresh)
    fresh.chat.places["CNEW"] = Place("CNEW", "new-review", private=True)
    fresh.chat.people["CNEW"] = ("UTOM", "ULEA")
    await fresh.do(ChooseReview(channel="CNEW"))
    assert await fresh.find(Moderator) == [LEA, TOM]
    assert await fresh.find(Channel, Use.REVIEW) == [f"{W}/CNEW"]


async def test_public_story_channels_are_joined(fresh: Fresh) -> None:
    await fresh.do(ShowSetup())
    answer = await fresh.do(ChooseStoryChannels(channels=("CNEWS", "CPUBLIC")))
    assert "☑ Stories appear in #news and #town-square" in lines(answer)
    assert fresh.chat.places["CNEWS"].joined


async def test_a_private_channel_waits_for_its_invitation(fresh: Fresh) -> None:
    """It says how, offers to look again, and opens by itself when Herald is invited."""
    await fresh.do(ShowSetup())
    answer = await fresh.do(ChooseStoryChannels(channels=("CLYON",)))
    assert "Herald is not in #lyon yet. Type /invite @Herald there." in lines(answer)
    assert "Check again" in labels(answer)
    assert "Check again" in labels(await fresh.do(ShowSetup()))
    fresh.chat.places["CLYON"] = replace(PLACES["CLYON"], joined=True)
    assert await fresh.do(NoteBotAdded(f"{W}/CLYON"), f"{W}/UHERALD") == Done()
    assert (await fresh.channel(f"{W}/CLYON")).shut is None
    assert "Check again" not in labels(await fresh.do(ShowSetup()))


@pytest.mark.parametrize(
    ("channel", "why"), [("CCONNECT", "shared with another organisation"), ("COLD", "archived")]
)
async def test_a_story_channel_that_will_not_do_is_refused_kindly(
    fresh: Fresh, channel: str, why: str
) -> None:
    """One bad channel keeps the good ones out too: nothing half done."""
    await fresh.do(ShowSetup())
    assert why in at_field(await fresh.do(ChooseStoryChannels(channels=("CNEWS", channel))))["channels"]
    assert await fresh.find(Channel) == []


async def test_the_company_is_described(fresh: Fresh) -> None:
    await fresh.do(ShowSetup())
    wrong = at_field(await fresh.do(DescribeCompany(employer=" ", language="en", zone="Europe/Pariss")))
    assert set(wrong) == {"employer", "zone"}
    await fresh.do(DescribeCompany(employer="Acme", language="en", zone="Europe/Madrid"))
    programme = await fresh.programme()
    assert (programme.employer, programme.language, programme.zone) == ("Acme", "en", "Europe/Madrid")


async def test_the_review_channel_goes_over_to_the_language_that_the_company_chooses_later(
    fresh: Fresh,
) -> None:
    """Who chose channels first is not left with a review that speaks another language for good."""
    await settled(fresh)
    await fresh.do(ChooseStoryChannels(channels=("CNEWS", "CPUBLIC")))
    await fresh.do(TuneChannel(f"{W}/CPUBLIC", "fr", "Europe/Paris", "8", "18"))
    await fresh.do(DescribeCompany(employer="Acme", language="fr", zone="Europe/Paris"))
    assert {(await fresh.channel(f"{W}/{one}")).language for one in ("CREVIEW", "CNEWS")} == {"fr"}
    await fresh.do(TuneChannel(f"{W}/CPUBLIC", "en", "Europe/Paris", "8", "18"))
    await fresh.do(DescribeCompany(employer="Acme & Co", language="fr", zone="Europe/Paris"))
    assert (await fresh.channel(f"{W}/CPUBLIC")).language == "en"


async def test_a_channel_has_its_language_zone_and_hours(fresh: Fresh) -> None:
    await settled(fresh)
    tune = TuneChannel(f"{W}/CNEWS", "fr", "America/New_York", "9", "17", ("yes",))
    assert isinstance(await fresh.do(tune), Words)
    channel = await fresh.channel(f"{W}/CNEWS")
    assert (channel.language, channel.zone, channel.opens, channel.closes) == (
        "fr",
        "America/New_York",
        9,
        17,
    )
    assert channel.weekend
    wrong = at_field(await fresh.do(replace(tune, zone="nowhere", opens="17", closes="9")))
    assert set(wrong) == {"zone", "closes"}


async def test_review_and_summary_have_their_language_too(fresh: Fresh) -> None:
    """Only stories have hours: there the form asks for nothing else, and what stood there stays."""
    await settled(fresh)
    shown = await fresh.do(ChooseDigest(channels=("CPUBLIC",), day="4", hour="16"))
    assert {"#comms-review: language…", "#town-square: language…"} <= set(labels(shown))
    tune = TuneChannel(f"{W}/CREVIEW")
    asked = await fresh.bot.form(tune, fresh.by(OWNER))
    assert isinstance(asked, Asked)
    assert [part.name for part in asked.form.parts if isinstance(part, FIELDS)] == ["language"]
    before = await fresh.channel(tune.id)
    assert isinstance(await fresh.do(replace(tune, language="fr")), Words)
    assert await fresh.channel(tune.id) == replace(before, language="fr")


async def test_a_summary_where_stories_appear_is_tuned_there(fresh: Fresh) -> None:
    """One channel, one language: it is not asked for twice."""
    await settled(fresh)
    shown = labels(await fresh.do(ChooseDigest(channels=("CNEWS",), day="4", hour="16")))
    assert [label for label in shown if label.startswith("#news:")] == ["#news: language, hours…"]


async def test_the_summary_has_a_day_an_hour_and_a_place(fresh: Fresh) -> None:
    await settled(fresh)
    answer = await fresh.do(ChooseDigest(channels=("CPUBLIC",), day="4", hour="16"))
    assert "☑ Weekly summary: Friday at 16:00 in #town-square" in lines(answer)
    programme = await fresh.programme()
    assert (programme.digest_day, programme.digest_hour) == (4, 16)


async def test_those_who_run_it_are_colleagues(fresh: Fresh) -> None:
    await settled(fresh)
    for nobody in ((), ("UMAX",), ("UFAR", "UANA"), ("UNOBODY",)):
        assert "admins" in at_field(await fresh.do(ChoosePeople(admins=nobody)))
    await fresh.do(ChoosePeople(admins=("UANA", "UTOM"), contact="Ana in #comms"))
    assert await fresh.find(Admin) == [ANA, TOM]
    assert (await fresh.programme()).contact == "Ana in #comms"
    refusal = "Only the people who run Herald can do that: ask Ana and Tom."
    assert lines(await fresh.do(ShowSetup())) == [refusal]


async def test_forms_open_with_what_stands(fresh: Fresh) -> None:
    await settled(fresh)
    opened = await fresh.bot.form(ChooseStoryChannels(), fresh.by(OWNER))
    assert isinstance(opened, Asked)
    assert [part.values for part in opened.form.parts if isinstance(part, Places)] == [("CNEWS",)]
    for step in STEPS:
        if type(step) in OPENS:
            assert isinstance(await fresh.bot.form(step, fresh.by(OWNER)), Asked), step


async def test_what_leaves_a_channel_unused_is_not_sent_there(fresh: Fresh) -> None:
    """A card that waits for its hour does not go to a channel that was taken off the list."""
    await settled(fresh)
    async with fresh.storage.work((await fresh.programme()).id) as work:
        await work.send("story", "S1", f"{W}/CNEWS", "en", due=work.now + timedelta(hours=1))
    await fresh.do(ChooseStoryChannels(channels=("CPUBLIC",)))
    fresh.clock.shift(timedelta(hours=2))
    await fresh.bot.tick()
    assert fresh.chat.at("CNEWS") == []


@pytest.mark.parametrize(("opens", "closes"), [("24", "30"), ("18", "8"), ("9", "9"), ("0", "99")])
async def test_hours_that_no_day_has_are_told_at_their_field(fresh: Fresh, opens: str, closes: str) -> None:
    """The form offers none, and anybody can send one: a card would go out in the past, or never."""
    await settled(fresh)
    before = await fresh.channel(f"{W}/CNEWS")
    answer = await fresh.do(TuneChannel(f"{W}/CNEWS", "en", "Europe/Paris", opens, closes))
    assert list(at_field(answer)) == ["closes"]
    assert await fresh.channel(f"{W}/CNEWS") == before


# ---------------------------------------------------------------------------------------- the introduction


async def test_the_introduction_is_seen_first_then_sent_once(fresh: Fresh) -> None:
    await settled(fresh)
    preview = await fresh.do(PreviewIntroduction())
    assert "Only you see this" in lines(preview)[0]
    assert "Sharing is your choice. Nothing is posted for you, and nobody sees who did not share." in lines(
        preview
    )
    assert labels(preview) == ["Send the introduction", "Skip the introduction"]
    assert fresh.chat.sent == []
    await fresh.do(SendIntroduction())
    await fresh.do(SendIntroduction())
    [sent] = fresh.chat.at("CNEWS")
    assert [said(button) for button in pressable(sent.card)] == ["Suggest a story", "How it works"]
    assert "Run by Ana and Tom." in [
        say(role.words, "en") for role in sent.card.roles if isinstance(role, Body)
    ]


async def test_a_channel_that_comes_later_gets_its_own(fresh: Fresh) -> None:
    await settled(fresh)
    await fresh.do(SendIntroduction())
    answer = await fresh.do(ChooseStoryChannels(channels=("CNEWS", "CPUBLIC")))
    assert "Preview the introduction" in labels(answer)
    await fresh.do(SendIntroduction())
    assert (len(fresh.chat.at("CNEWS")), len(fresh.chat.at("CPUBLIC"))) == (1, 1)


async def test_the_introduction_may_be_skipped(fresh: Fresh) -> None:
    await settled(fresh)
    assert "☑ The story channels know Herald" in lines(await fresh.do(SkipIntroduction()))
    assert fresh.chat.sent == []


async def test_the_list_stands_in_home_until_it_is_done(fresh: Fresh) -> None:
    await settled(fresh)

    async def shown(member: str) -> bool:
        card, _ = await fresh.bot.home(fresh.by(member))
        said_there = [say(role.words, "en") for role in flat(card.roles) if isinstance(role, Body)]
        return any("Stories appear in #news" in line for line in said_there)

    assert await shown(OWNER)
    assert not await shown(LEA)
    assert not await shown(ANA)
    await fresh.do(SkipIntroduction())
    assert not await shown(OWNER)


async def test_steps_are_written_down(fresh: Fresh) -> None:
    await settled(fresh)
    async with fresh.storage.reading((await fresh.programme()).id) as at:
        written = [(entry.actor, entry.action) for entry in await at.find(AuditEntry)]
    assert written.count((OWNER, "set up")) == 4


# --------------------------------------------------------------------------------- a platform that is slow


async def test_an_answer_that_takes_long_follows(fresh: Fresh) -> None:
    """Slack waits three seconds; the answer then comes as an only-you message."""
    fresh.bot.ahead.patience = 0
    answer = await fresh.bot.do(ShowSetup(), fresh.by(OWNER, channel=f"{W}/CNEWS"))
    assert "the answer follows" in lines(answer)[0]
    await fresh.bot.ahead.close()
    [(user, channel, words)] = fresh.chat.whispers
    assert (user, channel) == ("UOWNER", "CNEWS")
    assert isinstance(words, Card)


async def test_a_refusal_that_takes_long_follows_too(fresh: Fresh) -> None:
    await settled(fresh)
    fresh.bot.ahead.patience = 0
    await fresh.bot.do(ChooseReview(channel="CPUBLIC"), fresh.by(OWNER))
    await fresh.bot.ahead.close()
    [(_, _, words)] = fresh.chat.whispers
    assert isinstance(words, Text)
    assert words.key == "room.public"


async def test_a_platform_that_does_not_answer_changes_nothing(fresh: Fresh) -> None:
    await settled(fresh)
    before = await fresh.find(Channel)
    fresh.chat.failing = [Unreachable("down")]
    answer = await fresh.bot.do(ChooseStoryChannels(channels=("CPUBLIC",)), fresh.by(OWNER))
    assert "Nothing was changed" in lines(answer)[0]
    assert await fresh.find(Channel) == before


# --------------------------------------------------------------------------------- whom the settings name


async def test_the_hosts_settings_name_and_unname_admins(fresh: Fresh) -> None:
    """Those named in chat stay; strangers of other workspaces get no row here."""
    await settled(fresh)
    await appoint(fresh.storage, [ANA, "slack:T9/UBOSS"])
    assert await fresh.find(Admin) == [ANA, OWNER]
    await appoint(fresh.storage, [TOM])
    assert await fresh.find(Admin) == [OWNER, TOM]
