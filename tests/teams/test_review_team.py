"""The channel where ideas are decided: private, a group chat, or a small team for which an admin vouches."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.teams.connect import Teams
from bot.bot import Bot
from bot.commands.settling import ChooseReview
from bot.ports import Surroundings
from content.programmes import SMALL, Channel, Programme, Use, Workspace
from storage.migrating import migrate
from storage.records import Admin, AuditEntry, Moderator
from storage.work import Storage
from tests.bot.programme import MONDAY
from tests.fakes import FakePages, FrozenClock
from tests.teams import payloads
from tests.teams.desk import Desk, desk
from tests.teams.payloads import CHANNEL, LEA
from tests.teams.server import TEAM, TENANT, ConnectorServer
from tests.teams.test_activities import card_of, pressable, wire, words_of

Json = dict[str, Any]
W, P = f"teams:{TENANT}", "P1"
PRIVATE, GROUP = "19:private@thread.tacv2", "19:group@thread.v2"
BOB = "b0b00000-0000-4000-8000-000000000002"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The real bot; Léa runs Herald."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'herald.db'}"
    await migrate(url)
    storage = Storage.open(url, FrozenClock(MONDAY).now)
    async with storage.work(P) as work:
        await work.insert(Programme(P, "Acme", MONDAY))
        await work.insert(Workspace(W, P, "teams", swept=MONDAY))
        await work.put(Admin(f"{W}/{LEA}", P, "host"))
    yield Bot(storage, FakePages(), Surroundings())
    await storage.close()


@pytest.fixture
async def at(bot: Bot, server: ConnectorServer) -> AsyncIterator[Desk]:
    server.users[BOB] = {"id": f"29:{BOB}", "aadObjectId": BOB, "name": "Bob"}
    server.channels[TEAM].append({"id": PRIVATE, "name": "comms", "type": "private"})
    for room in (CHANNEL, PRIVATE, GROUP):
        server.rosters[room] = [LEA, BOB]
    async with desk(bot, server) as opened:
        speaks(bot, opened.teams)
        await opened.send(payloads.installed(where=CHANNEL))
        await opened.send(payloads.installed(where=GROUP))
        yield opened


def speaks(bot: Bot, teams: Teams) -> None:
    for workspace, chat in teams.chats.items():
        bot.speak(workspace, chat)


async def chosen(at: Desk, room: str) -> Json:
    """Léa opens the step of set-up in her chat and takes a channel; what comes next."""
    _, opened = await at.send(payloads.fetch(wire(ChooseReview()), where=payloads.CHAT))
    submit = pressable(card_of(opened))["Enregistrer"]["data"]
    return (await at.send(payloads.submit({**submit, "channel": room}, where=payloads.CHAT)))[1]


async def reviews(bot: Bot) -> list[Channel]:
    async with bot.storage.reading(P) as reading:
        return [channel for channel in await reading.find(Channel) if channel.use is Use.REVIEW]


async def deciding(bot: Bot) -> set[str]:
    async with bot.storage.reading(P) as reading:
        return {one.member for one in await reading.find(Moderator)}


@pytest.mark.parametrize("room", [PRIVATE, GROUP])
async def test_a_private_channel_or_a_group_chat_is_taken_at_once(at: Desk, bot: Bot, room: str) -> None:
    await chosen(at, room)
    ((review,), people) = await reviews(bot), await deciding(bot)
    assert (review.id, review.shut, review.vouched) == (f"{W}/{room}", None, False)
    assert people == {f"{W}/{LEA}", f"{W}/{BOB}"}


async def test_a_small_team_is_taken_when_its_admin_says_that_it_is_private(at: Desk, bot: Bot) -> None:
    at.server.sizes[TEAM] = 7
    asked = await chosen(at, CHANNEL)
    assert await reviews(bot) == []
    words = words_of(card_of(asked))
    assert "7 personnes" in words
    assert "cadenas" in words
    (yes, *_) = pressable(card_of(asked)).values()
    await at.send(payloads.submit(yes["data"], where=payloads.CHAT))
    (review,) = await reviews(bot)
    assert (review.id, review.shut, review.vouched) == (f"{W}/{CHANNEL}", None, True)
    assert await deciding(bot) == {f"{W}/{LEA}", f"{W}/{BOB}"}
    async with bot.storage.reading(P) as reading:
        assert "vouch" in {entry.action for entry in await reading.find(AuditEntry)}


async def test_a_large_team_is_refused_and_one_of_unknown_size_too(at: Desk, bot: Bot) -> None:
    at.server.sizes[TEAM] = SMALL + 1
    assert "groupe" in words_of(card_of(await chosen(at, CHANNEL)))
    del at.server.sizes[TEAM]
    assert "stories est public" in words_of(card_of(await chosen(at, CHANNEL)))
    assert await reviews(bot) == []


async def test_nobody_vouches_for_a_team_past_the_question(at: Desk, bot: Bot) -> None:
    """Whatever a button carries: the size is looked at again, and only those who run Herald may say so."""
    at.server.sizes[TEAM] = SMALL + 1
    await at.send(payloads.submit(wire(ChooseReview(vouched=CHANNEL)), where=payloads.CHAT))
    at.server.sizes[TEAM] = 3
    await at.send(payloads.submit(wire(ChooseReview(vouched=CHANNEL)), where=f"a:{BOB}", user=BOB))
    assert await reviews(bot) == []


async def test_a_team_that_has_grown_is_shut_within_the_hour(at: Desk, bot: Bot) -> None:
    at.server.sizes[TEAM] = SMALL
    (yes, *_) = pressable(card_of(await chosen(at, CHANNEL))).values()
    await at.send(payloads.submit(yes["data"], where=payloads.CHAT))
    at.server.sizes[TEAM] = SMALL + 1
    async with bot.storage.work(P) as work:
        await work.put(Workspace(W, P, "teams"))
    await bot.rounds.sweep()
    (review,) = await reviews(bot)
    assert (review.shut, review.vouched) == ("public", True)
