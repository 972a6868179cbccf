"""A company in the middle of its week: one thing of each kind, under names that a recorded payload can know.

It is built once and copied for each story: what a person pressed on is there, with its message on Slack.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.bot import Bot
from bot.commands.wire import Command
from bot.ports import UNHURRIED, Answer, By, Surroundings
from content.digests import Digest, Line, Totals
from content.feeds import Feed
from content.people import Member
from content.reminders import Reminder
from content.shares import Evidence, links_for, of_person
from content.stories import Origin, State, Story
from content.trays import TrayItem
from content.weeks import week_named
from storage.facts import state
from storage.records import Admin, Caption, Copy, Moderator, Sending
from storage.sources import tray_subject
from storage.work import Storage, Work
from tests.bot.programme import ANA, LEA, MONDAY, REVIEW, STORIES, TOM, P, W, programme
from tests.fakes import LEISURELY, FakePages, FrozenClock
from tests.slack.desk import Desk, desk
from tests.slack.server import SlackServer, slack_server

Json = dict[str, Any]
ZOE, DIGEST = f"{W}/UZOE", f"{W}/CDIGEST"
NOW = MONDAY + timedelta(days=1)
"""A Tuesday at ten in Paris: reminders may come."""
WEEK, FEED, ITEM = "2026-W47", "news", "item"
WAITS, ASKED, HELD, OUT, OWN = "waits", "asked", "held", "out", "own"
"""The ids of the stories: Léa's idea, one that was asked about, one on hold, one that is out, Ana's own."""
LOST = "LOST"
"""A card whose post was never answered."""
AROUND = Surroundings(public_url="https://herald.example", patience=LEISURELY)
LINK = "https://www.acme.example/zoe"


class Listened(Bot):
    """The bot, and the names of what it was asked."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage, FakePages(), AROUND)
        self.asked: list[str] = []

    async def do(self, command: Command, by: By) -> Answer:
        self.asked.append(command.wire)
        return await super().do(command, by)

    async def form(self, command: Command, by: By) -> Answer:
        self.asked.append(command.wire)
        return await super().form(command, by)


@dataclass(frozen=True, slots=True)
class Moment:
    """A company as it is before somebody presses: its database, and the messages that stand on Slack."""

    database: Path
    messages: dict[tuple[str, str], Json]

    def at(self, address: str, words: str) -> str:
        """The timestamp of the message at an address that says this."""
        return next(ts for (at, ts), said in self.messages.items() if at == address and words in str(said))


@dataclass
class Company:
    """The company at work behind the real door."""

    bot: Listened
    desk: Desk
    server: SlackServer
    clock: FrozenClock
    calls_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.calls_before = len(self.server.calls)


def founded(folder: Path) -> Moment:
    """Build the company; called once, outside any event loop."""
    return asyncio.run(_founded(folder))


async def _founded(folder: Path) -> Moment:
    async with programme(folder) as told, slack_server() as server:
        people(server)
        told.clock.shift(NOW - MONDAY)
        async with told.storage.work(P) as work:
            await _write(work)
        bot = Listened(told.storage)
        async with desk(bot, server) as there:
            there.slack.chat.pace = UNHURRIED
            bot.speak(W, there.slack.chat)
            await bot.deliver()
            await bot.close()
        return Moment(folder / "herald.db", dict(server.messages))


@asynccontextmanager
async def company(moment: Moment, folder: Path) -> AsyncIterator[Company]:
    """A copy of the company, at work."""
    clock = FrozenClock(NOW)
    storage = Storage.open(f"sqlite+aiosqlite:///{shutil.copy(moment.database, folder)}", clock.now)
    bot = Listened(storage)
    async with slack_server() as server:
        people(server)
        server.messages.update(moment.messages)
        async with desk(bot, server) as there:
            there.slack.chat.pace = UNHURRIED
            bot.speak(W, there.slack.chat)
            yield Company(bot, there, server, clock)
            await bot.ahead.close()
            await bot.close()
    await storage.close()


def people(server: SlackServer) -> None:
    """Everybody's account, and the channels, as Slack tells them."""
    names = {"ULEA": "Léa", "UANA": "Ana", "UTOM": "Tom", "UZOE": "Zoé", "UMAX": "Max"}
    for user, name in names.items():
        profile = {"display_name": name, "email": f"{name.lower()}@acme.example"}
        locale = "fr-FR" if user == "UZOE" else "en-GB"
        server.users[user] = {
            "id": user, "team_id": "T1", "tz": "Europe/Paris", "locale": locale, "profile": profile,
            "is_restricted": user == "UMAX",
        }  # fmt: skip
    for channel in ("CSTORIES", "CREVIEW", "CDIGEST"):
        private = channel == "CREVIEW"
        server.channels[channel] = {
            "id": channel, "name": channel[1:].lower(), "is_private": private, "is_member": True,
        }  # fmt: skip
    server.members["CREVIEW"] = ["UANA", "UTOM", "UZOE", "UHERALD"]


async def _write(work: Work) -> None:
    await _people(work)
    for story in _stories():
        await work.insert(story)
        await work.send("review", story.id, REVIEW, "en")
    live = _stories()[3]
    await work.insert_all(links_for(live))
    await work.insert(Caption(OUT, "en", 0, P, "Zoé welds, and teaches it."))
    await work.insert(Caption(OUT, "en", 1, P, "Ten apprentices, one welder."))
    await state(work, of_person(Evidence.INTENT, live, LEA, NOW - timedelta(days=3), "linkedin"))
    await work.send("story", OUT, STORIES, "en")
    await work.send("question", ASKED, LEA, "en")
    await _week(work)
    await _news(work)
    await work.insert(Reminder(TOM, OUT, P, NOW))
    await work.send("reminder", OUT, TOM, "en")


async def _people(work: Work) -> None:
    french = {"language": "fr", "platform_language": "fr"}
    await work.insert(Member(ZOE, P, W, "Zoé", zone="Europe/Paris", met=NOW, **french))  # type: ignore[arg-type]
    await work.insert(Moderator(ZOE, P))
    await work.insert(Admin(ANA, P))
    await work.put(
        Member(TOM, P, W, "Tom", zone="Europe/Paris", met=MONDAY, reminded=True, joined=1, joined_at=MONDAY)
    )
    await work.send("newcomer", ZOE, REVIEW, "en")
    await work.insert(
        Copy(
            LOST, P, W, STORIES, "story", OUT, "en", "lost", created=NOW, due=NOW, op_id="OPLOST",
            state=Sending.UNSURE,
        )
    )  # fmt: skip
    await work.send("unsure", LOST, REVIEW, "en")


def _stories() -> tuple[Story, ...]:
    idea = Story(
        WAITS, P, 2, State.SUGGESTED, Origin.IDEA, NOW - timedelta(hours=3),
        title="Zoé, welder and coach", why="She trained ten of us", link=LINK, canonical=LINK,
        host="www.acme.example", author=LEA,
    )  # fmt: skip
    asked = replace(idea, id=ASKED, title="Lyon opens", state=State.ASKED, question="When?", asked_by=ANA)
    approved = {"decided_by": ANA, "decided_at": NOW, "out_at": NOW + timedelta(minutes=1)}
    held = replace(idea, id=HELD, title="A prize for Tom", state=State.APPROVED, **approved)  # type: ignore[arg-type]
    out = replace(
        held, id=OUT, title="Our new workshop", version=4, state=State.LIVE, angles=("What did you learn?",),
        live_at=NOW - timedelta(days=4),
    )  # fmt: skip
    return idea, asked, held, out, replace(idea, id=OWN, title="Ana's own idea", author=ANA)


async def _week(work: Work) -> None:
    week = week_named(WEEK, "Europe/Paris")
    totals = Totals(takers=1, visits=3, out=1, lines=(Line(OUT, "Our new workshop", 1),))
    await work.insert(Digest(P, WEEK, week.starts, week.ends, NOW, totals))
    await work.send("digest", WEEK, DIGEST, "en")


async def _news(work: Work) -> None:
    day = NOW.date().isoformat()
    feed = Feed(FEED, P, "https://www.acme.example/feed", NOW + timedelta(days=1), "Newsroom", polled=NOW)
    await work.insert(feed)
    item = TrayItem(
        ITEM, P, FEED, "1", "A bridge of glass", "https://www.acme.example/bridge", "How it was built.",
        NOW, "en", day, NOW,
    )  # fmt: skip
    await work.insert(item)
    await work.send("tray", tray_subject(FEED, day), REVIEW, "en")
