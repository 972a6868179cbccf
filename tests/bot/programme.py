"""A small programme to tell stories in: Léa has ideas, Ana and Tom decide, Max is a guest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.bot import Bot
from bot.cards import Button, Buttons, Card, flat
from bot.commands.wire import Command
from bot.ports import Account, Answer, By, Place, Surroundings
from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from content.texts import say
from storage.migrating import migrate
from storage.records import Moderator
from storage.work import Storage
from tests.databases import DATABASES
from tests.fakes import LEISURELY, FakeChat, FakePages, FrozenClock

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
P, W = "P1", "slack:T1"
LEA, ANA, TOM, MAX = (f"{W}/U{name}" for name in ("LEA", "ANA", "TOM", "MAX"))
STORIES, REVIEW, DIGEST = (f"{W}/C{name}" for name in ("STORIES", "REVIEW", "DIGEST"))


@dataclass
class Told:
    """A programme at work: its bot, clock, chat and pages."""

    bot: Bot
    storage: Storage
    chat: FakeChat
    pages: FakePages
    clock: FrozenClock
    presses: "count[int]" = field(default_factory=count)

    def by(self, member: str, **more: str) -> By:
        """A press by somebody."""
        return By(member, W, f"{W}:{next(self.presses)}", home="T1", **more)

    async def do(self, command: Command, member: str) -> Answer:
        """Somebody presses, and what follows happens."""
        answer = await self.bot.do(command, self.by(member))
        await self.settle()
        return answer

    async def later(self, **time: float) -> None:
        """Time goes by."""
        self.clock.shift(timedelta(**time))
        await self.settle()

    async def settle(self) -> None:
        """Everything that is due happens."""
        await self.bot.fetch()
        await self.bot.tick()

    def button(self, channel: str, label: str) -> Command:
        """The command on a button of the latest card of a channel."""
        card = self.chat.latest(channel.partition("/")[2])
        return next(button.command for button in pressable(card) if said(button) == label and button.command)


def pressable(card: Card) -> list[Button]:
    """Every button of a card."""
    return [button for role in flat(card.roles) if isinstance(role, Buttons) for button in role.items]


def said(button: Button) -> str:
    """A button's label in English."""
    return say(button.label, "en")


@asynccontextmanager
async def programme(folder: Path, around: Surroundings | None = None) -> AsyncIterator[Told]:
    """A programme on a database file of its own."""
    url = DATABASES.url(folder)
    await migrate(url)
    clock = FrozenClock(MONDAY)
    storage = Storage.open(url, clock.now)
    pages, chat = FakePages(), FakeChat("slack", clock.now)
    bot = Bot(storage, pages, replace(around or Surroundings(), patience=LEISURELY))
    bot.speak(W, chat)
    await _set_up(storage, chat)
    try:
        yield Told(bot, storage, chat, pages, clock)
    finally:
        await storage.close()


async def _set_up(storage: Storage, chat: FakeChat) -> None:
    async with storage.work(P) as work:
        await work.insert(Programme(P, "Acme", MONDAY, zone="Europe/Paris", digest_hour=9))
        await work.insert(Workspace(W, P, "slack", "Acme", swept=MONDAY))
        for id_, use, language in (
            (STORIES, Use.STORIES, "en"),
            (REVIEW, Use.REVIEW, "en"),
            (DIGEST, Use.DIGEST, "fr"),
        ):
            name = id_.rpartition("/C")[2].lower()
            chat.places[f"C{name.upper()}"] = Place(f"C{name.upper()}", name, private=use is Use.REVIEW)
            await work.insert(Channel(id_, P, W, use, name, language))
        chat.people["CREVIEW"] = ("UANA", "UTOM")
        for id_, name in ((LEA, "Léa"), (ANA, "Ana"), (TOM, "Tom")):
            chat.knows(Account(id_.partition("/")[2], name, "T1"))
            await work.insert(Member(id_, P, W, name, zone="Europe/Paris", met=MONDAY))
        chat.knows(Account("UMAX", "Max", "T1", guest=True))
        await work.insert(Member(MAX, P, W, "Max", outside="guest", met=MONDAY))
        for id_ in (ANA, TOM):
            await work.insert(Moderator(id_, P, MONDAY))
