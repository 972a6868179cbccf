"""What platforms report, and what the hourly sweep finds: who decides, and where cards may go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards import Body, Status
from bot.commands import WIRES
from bot.commands.moderation import ApproveStory
from bot.commands.settling import (
    ConfirmModerator,
    NoteChannelChanged,
    NoteJoined,
    NoteLeft,
    NoteMemberChanged,
    NoteUninstalled,
)
from bot.commands.wire import Command
from bot.ports import Account, By, Done, Place, Redrawn, Unreachable
from content.people import Member
from content.programmes import Channel, Workspace
from content.stories import Story
from content.texts import say
from storage import queries
from storage.installations import installations, keep
from storage.records import Installation, Moderator
from tests.bot.programme import ANA, LEA, MAX, REVIEW, STORIES, TOM, P, Told, W, pressable, said
from tests.bot.test_moderation import suggested, words

ZOE = f"{W}/UZOE"
HERALD = f"{W}/UHERALD"
PLAIN = Account("UZOE", "Zoé", "T1")


async def reported(told: Told, command: Command) -> None:
    """The platform says something by itself; nobody is answered."""
    assert await told.bot.do(command, By(HERALD, W, f"{W}:{next(told.presses)}")) == Done()
    await told.bot.tick()


async def deciding(told: Told) -> list[str]:
    async with told.storage.reading(P) as at:
        return await queries.moderators(at)


async def channel(told: Told, id_: str = STORIES) -> Channel:
    async with told.storage.reading(P) as at:
        return next(one for one in await at.find(Channel) if one.id == id_)


def joins(told: Told, account: Account = PLAIN) -> None:
    """Zoé enters the review channel, by the platform's account of it."""
    told.chat.knows(account)
    told.chat.people["CREVIEW"] = ("UANA", "UTOM", "UZOE")


def test_what_platforms_report_travels_on_no_button() -> None:
    reports = (NoteJoined, NoteLeft, NoteMemberChanged, NoteChannelChanged, NoteUninstalled)
    assert not {report.wire for report in reports} & set(WIRES)


# ------------------------------------------------------------------------------------- who joins later


async def test_a_later_joiner_decides_once_a_moderator_says_so(told: Told) -> None:
    joins(told)
    await reported(told, NoteJoined(REVIEW, ZOE))
    story = await suggested(told)
    press = ApproveStory(story.id, story.version)
    assert "ask Ana" in words(await told.do(press, ZOE))
    [line] = [sent for sent in told.chat.at("CREVIEW") if "Zoé joined" in say(sent.card.notice, "en")]
    [confirm] = [button.command for button in pressable(line.card) if said(button) == "Confirm as moderator"]
    assert confirm == ConfirmModerator(ZOE)
    assert await told.do(confirm, ANA) == Redrawn()
    assert [said(button) for button in pressable(line.card)] == []
    assert await told.do(press, ZOE) == Redrawn()


@pytest.mark.parametrize("who", [LEA, MAX, ZOE])
async def test_only_who_decides_confirms(told: Told, who: str) -> None:
    """Nobody lets themselves in."""
    joins(told)
    await reported(told, NoteJoined(REVIEW, ZOE))
    await told.do(ConfirmModerator(ZOE), who)
    assert ZOE not in await deciding(told)


@pytest.mark.parametrize(
    "account",
    [
        replace(PLAIN, guest=True),
        replace(PLAIN, bot=True),
        replace(PLAIN, gone=True),
        replace(PLAIN, home="T2"),
    ],
)
async def test_guests_bots_and_strangers_never_decide(told: Told, account: Account) -> None:
    joins(told, account)
    await reported(told, NoteJoined(REVIEW, ZOE))
    assert told.chat.at("CREVIEW") == []
    await told.do(ConfirmModerator(ZOE), ANA)
    assert ZOE not in await deciding(told)


async def test_joining_a_story_channel_means_nothing(told: Told) -> None:
    joins(told)
    await reported(told, NoteJoined(STORIES, ZOE))
    async with told.storage.reading(P) as at:
        assert await at.get(Moderator, member=ZOE) is None
        assert await queries.member(at, ZOE) is None


async def test_an_event_that_comes_twice_says_it_once(told: Told) -> None:
    joins(told)
    await reported(told, NoteJoined(REVIEW, ZOE))
    await reported(told, NoteJoined(REVIEW, ZOE))
    assert len(told.chat.at("CREVIEW")) == 1


# ----------------------------------------------------------------------------------------- who is gone


async def test_who_leaves_the_review_channel_decides_nothing_at_once(told: Told) -> None:
    story = await suggested(told)
    await reported(told, NoteLeft(REVIEW, ANA))
    assert "ask Tom" in words(await told.do(ApproveStory(story.id, story.version), ANA))


async def test_leaving_another_channel_changes_nothing(told: Told) -> None:
    await reported(told, NoteLeft(STORIES, ANA))
    assert await deciding(told) == [ANA, TOM]


@pytest.mark.parametrize(
    "account", [Account("UANA", "Ana", "T1", gone=True), Account("UANA", "Ana", "T1", guest=True)]
)
async def test_who_is_deactivated_or_made_a_guest_decides_nothing(told: Told, account: Account) -> None:
    told.chat.knows(account)
    await reported(told, NoteMemberChanged(ANA))
    assert await deciding(told) == [TOM]


async def test_a_new_name_is_learnt_and_strangers_are_not(told: Told) -> None:
    """Only of people Herald has met already does it keep anything."""
    told.chat.knows(Account("UANA", "Anna", "T1", "fr"))
    told.chat.knows(Account("UZOE", "Zoé", "T1"))
    await reported(told, NoteMemberChanged(ANA))
    await reported(told, NoteMemberChanged(ZOE))
    async with told.storage.reading(P) as at:
        known = await queries.member(at, ANA)
        assert known is not None
        assert (known.name, known.language) == ("Anna", "fr")
        assert await at.get(Member, id=ZOE) is None


# ------------------------------------------------------------------------------------ what channels become


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (Place("CSTORIES", "stories", shared=True), "shared"),
        (Place("CSTORIES", "stories", archived=True), "archived"),
        (Place("CSTORIES", "stories", joined=False), "not_in"),
        (None, "gone"),
    ],
)
async def test_a_channel_that_may_not_be_used_is_shut_with_its_reason(
    told: Told, now: Place | None, reason: str
) -> None:
    if now is None:
        told.chat.places.pop("CSTORIES")
    else:
        told.chat.places["CSTORIES"] = now
    await reported(told, NoteChannelChanged(STORIES))
    assert (await channel(told)).shut == reason
    told.chat.places["CSTORIES"] = Place("CSTORIES", "news")
    await reported(told, NoteChannelChanged(STORIES))
    found = await channel(told)
    assert (found.shut, found.name) == (None, "news")


async def test_a_review_channel_that_turns_public_is_shut(told: Told) -> None:
    told.chat.places["CREVIEW"] = Place("CREVIEW", "review")
    await reported(told, NoteChannelChanged(REVIEW))
    assert (await channel(told, REVIEW)).shut == "public"


async def test_a_card_waits_while_its_channel_is_shut(told: Told) -> None:
    """Shared with another company in the night before its hour: nothing leaves the company."""
    await told.later(hours=10)
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)
    told.chat.places["CSTORIES"] = Place("CSTORIES", "stories", shared=True)
    await reported(told, NoteChannelChanged(STORIES))
    await told.later(hours=14)
    assert told.chat.at("CSTORIES") == []
    told.chat.places["CSTORIES"] = Place("CSTORIES", "stories")
    await reported(told, NoteChannelChanged(STORIES))
    assert len(told.chat.at("CSTORIES")) == 1


async def test_a_channel_nobody_could_look_at_gets_no_new_card(told: Told) -> None:
    """What the platform said is believed for an hour; then it has to be asked again first."""
    async with told.storage.work(P) as work:
        for one in await work.find(Channel):
            await work.put(replace(one, checked=work.now))
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    told.clock.shift(timedelta(minutes=70))
    told.chat.failing = [Unreachable("down")]
    await told.bot.tick()
    assert told.chat.at("CSTORIES") == []
    await told.later(minutes=1)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_cards_follow_a_channel_to_its_new_id(told: Told) -> None:
    """Slack gives a channel another id when it moves between workspaces of an organisation."""
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(seconds=61)
    [sent] = told.chat.at("CSTORIES")
    told.chat.places["CNEW"] = Place("CNEW", "stories")
    await reported(told, NoteChannelChanged(STORIES, became=f"{W}/CNEW"))
    sent.ref = sent.ref.replace("CSTORIES:", "CNEW:")
    looks = len(sent.looks)
    async with told.storage.work(P) as work:
        await work.refresh(story.id)
    await told.later(seconds=5)
    assert len(sent.looks) > looks
    assert (await channel(told, f"{W}/CNEW")).shut is None


async def test_a_story_meant_for_a_channel_follows_it_too(told: Told) -> None:
    story = await suggested(told)
    async with told.storage.work(P) as work:
        await work.put(replace(story, channels=(STORIES,)))
    told.chat.places["CNEW"] = Place("CNEW", "stories")
    await reported(told, NoteChannelChanged(STORIES, became=f"{W}/CNEW"))
    async with told.storage.reading(P) as at:
        found = await at.get(Story, id=story.id)
    assert found is not None
    assert found.channels == (f"{W}/CNEW",)


async def test_taken_out_nothing_is_sent_and_nothing_forgotten(told: Told) -> None:
    story = await suggested(told)
    told.chat.locked = True
    await keep(told.storage, Installation(W, "Acme", "sealed"))
    await reported(told, NoteUninstalled())
    assert await installations(told.storage) == []
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=5)
    assert told.chat.at("CSTORIES") == []
    told.chat.locked = False
    await told.later(hours=1)
    assert len(told.chat.at("CSTORIES")) == 1


# ------------------------------------------------------------------------------------------- the sweep


async def test_the_sweep_finds_what_no_event_said(told: Told) -> None:
    """Ana left the channel, Zoé came, Tom's account ended, and #stories was shared with another company."""
    joins(told)
    told.chat.people["CREVIEW"] = ("UTOM", "UZOE")
    told.chat.knows(Account("UTOM", "Tom", "T1", gone=True))
    told.chat.places["CSTORIES"] = Place("CSTORIES", "stories", shared=True)
    await told.later(minutes=59)
    assert await deciding(told) == [ANA, TOM]
    await told.later(minutes=1)
    assert await deciding(told) == []
    assert (await channel(told)).shut == "shared"
    assert "Zoé joined" in say(told.chat.latest("CREVIEW").notice, "en")


async def test_what_was_seen_is_trusted_for_an_hour(told: Told) -> None:
    await told.later(hours=1)
    told.chat.places["CSTORIES"] = Place("CSTORIES", "stories", shared=True)
    await told.later(minutes=59)
    assert (await channel(told)).shut is None
    await told.later(minutes=1)
    assert (await channel(told)).shut == "shared"


async def test_an_empty_list_of_members_is_not_believed(told: Told) -> None:
    """A platform that stumbles must not take everybody off the list."""
    told.chat.people["CREVIEW"] = ()
    await told.later(hours=1)
    assert await deciding(told) == [ANA, TOM]


async def test_a_sweep_that_fails_is_made_again(told: Told) -> None:
    told.chat.people["CREVIEW"] = ("UTOM",)
    told.chat.failing = [Unreachable("down")]
    await told.later(hours=1)
    assert await deciding(told) == [ANA, TOM]
    await told.later(minutes=1)
    assert await deciding(told) == [TOM]


async def test_a_paused_workspace_is_not_asked(told: Told) -> None:
    async with told.storage.work(P) as work:
        home = await work.get(Workspace, id=W)
        assert home is not None
        await work.put(replace(home, paused="token_revoked"))
    told.chat.people["CREVIEW"] = ("UTOM",)
    await told.later(hours=2)
    assert await deciding(told) == [ANA, TOM]


async def test_the_line_about_a_joiner_tells_how_it_ended(told: Told) -> None:
    joins(told)
    await reported(told, NoteJoined(REVIEW, ZOE))
    await reported(told, NoteLeft(REVIEW, ZOE))
    roles = told.chat.latest("CREVIEW").roles
    assert [say(role.words, "en") for role in roles if isinstance(role, Body | Status)] == [
        "Zoé joined this channel.",
        "Zoé is no longer here.",
    ]


async def test_coming_back_another_day_is_said_again(told: Told) -> None:
    joins(told)
    await reported(told, NoteJoined(REVIEW, ZOE))
    await reported(told, NoteLeft(REVIEW, ZOE))
    told.clock.shift(timedelta(days=1))
    await reported(told, NoteJoined(REVIEW, ZOE))
    assert len(told.chat.at("CREVIEW")) == 2
