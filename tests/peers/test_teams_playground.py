"""Herald on Microsoft's Agents Playground: installed, an idea, two moderators at once, shared, summed up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.teams.connect import MESSAGES, Teams, connect
from adapters.teams.settings import TeamsSettings
from bot.bot import Bot
from bot.founding import Plan, set_up
from bot.ports import Surroundings
from content.pages import Page
from storage.migrating import migrate
from storage.work import Storage
from tests.fakes import FakePages, FrozenClock
from tests.peers.playground import ADELE, ALEX, MEGAN, NEWS, OBJECTS, TEAM, TENANT, Playground, playground
from tests.teams.test_activities import card_of, pressable, words_of

Json = dict[str, Any]
W = f"teams:{TENANT}"
LINK = "https://acme.example/zoe"
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Company:
    """Herald at work on the Playground."""

    bot: Bot
    teams: Teams
    clock: FrozenClock
    screen: Playground

    async def settle(self) -> None:
        """What was pressed is shown, and everything that is due happens."""
        await self.teams.settled()
        await self.bot.fetch()
        await self.bot.tick()

    async def later(self, **time: float) -> None:
        """Time goes by."""
        self.clock.shift(timedelta(**time))
        await self.settle()


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    async with herald(tmp_path) as (bot, teams, clock, door), playground(tmp_path, door) as screen:
        at = Company(bot, teams, clock, screen)
        for place in (screen.personal, TEAM, NEWS, screen.group):
            await screen.installs(place)
        await screen.card("Hello, this is Herald", screen.group)
        plan = Plan(
            W, f"{W}/{screen.group}", (f"{W}/{NEWS}",), (f"{W}/{NEWS}",), (f"{W}/{OBJECTS[ALEX]}",),
            (f"{W}/{OBJECTS[MEGAN]}", f"{W}/{OBJECTS[ADELE]}"),
            zone="Europe/Paris", name="Acme", all_day=True,
        )  # fmt: skip
        await set_up(bot.storage, teams.chats[W], plan)
        yield at


@asynccontextmanager
async def herald(folder: Path) -> AsyncIterator[tuple[Bot, Teams, FrozenClock, str]]:
    """The real bot behind the real door, without credentials."""
    url = f"sqlite+aiosqlite:///{folder / 'herald.db'}"
    await migrate(url)
    clock = FrozenClock(FRIDAY)
    storage = Storage.open(url, clock.now)
    page = Page(LINK, "Zoé, welder and coach", "She trained ten apprentices.", None, "en", "Acme")
    bot = Bot(storage, FakePages({LINK: page}), Surroundings())
    teams = await connect(bot, TeamsSettings(anonymous=True))
    for workspace, chat in teams.chats.items():
        bot.speak(workspace, chat)
    app = web.Application()
    app.add_routes(teams.routes())
    try:
        async with TestServer(app, host="127.0.0.1") as server:
            yield bot, teams, clock, str(server.make_url(MESSAGES))
    finally:
        await teams.close()
        await storage.close()


async def suggested(at: Company) -> None:
    """Alex hands an idea in by the message extension."""
    screen = at.screen
    value = {"commandId": "suggest", "commandContext": "compose", "context": {"theme": "default"}}
    opened = await screen.invokes("composeExtension/fetchTask", value, NEWS, ALEX)
    data = pressable(card_of(opened))["Send to comms"]["data"] | {"what": LINK, "why": "A colleague's story"}
    sent = value | {"data": data}
    received = await screen.invokes("composeExtension/submitAction", sent, NEWS, ALEX)
    assert "Thank you" in words_of(card_of(received))
    await at.settle()


async def test_the_whole_loop_on_microsofts_own_playground(company: Company) -> None:
    at, screen = company, company.screen

    await screen.types("story", screen.personal)
    _, opener = await screen.card("Suggest a story", screen.personal)
    assert pressable(opener)["Open"]["data"]["msteams"] == {"type": "task/fetch"}

    await suggested(at)
    message, review = await screen.card("Zoé, welder and coach", screen.group)
    approve = pressable(review)["Approve"]
    answers = await asyncio.gather(
        *(screen.presses(approve, screen.group, user, message) for user in (MEGAN, ADELE))
    )
    assert "Approved by" in "".join(words_of(answer["value"]) for answer in answers)
    await at.settle()
    _, decided = await screen.card("Approved by", screen.group)
    assert "Undo" in pressable(decided)
    refused = await screen.presses(approve, screen.group, ALEX, message)
    assert refused["type"] == "application/vnd.microsoft.activity.message"

    await at.later(minutes=2)
    _, story = await screen.card("Zoé, welder and coach", NEWS)
    share = pressable(story)["Share on LinkedIn"]
    assert share["data"]["msteams"] == {"type": "task/fetch"}
    sheet = card_of(await screen.dialogs("task/fetch", share["data"], NEWS, ALEX))
    posted = pressable(sheet)["I posted it"]["data"] | {"words": "Proud of Zoé"}
    thanks = await screen.dialogs("task/submit", posted, NEWS, ALEX)
    assert thanks["task"]["type"] == "continue"
    assert await screen.dialogs("task/submit", posted, NEWS, ALEX) == {}

    await at.later(days=3)
    _, digest = await screen.card("Week of", NEWS)
    assert "Who amplified what" in words_of(digest)
