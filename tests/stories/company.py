"""The company at work behind a platform's real door. It is built once and copied for each story.

What a person pressed on is there, with its message on the platform.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.answering import Later
from bot.bot import Bot
from bot.cards import Card
from bot.commands.wire import Command
from bot.ports import Answer, By, Surroundings
from storage.conversations import keep
from storage.migrating import migrate
from storage.records import Conversation
from storage.work import Storage
from tests.bot.programme import P
from tests.fakes import LEISURELY, FakePages, FrozenClock
from tests.stories.week import NOW, Where, write

Json = dict[str, Any]
Messages = dict[tuple[str, str], Json]
"""What stands on a platform, by channel or chat and the platform's own name for the message."""
AROUND = Surroundings("https://herald.example", patience=LEISURELY, secret_key="of the stories")


class Listened(Bot):
    """The bot, and the names of what it was asked."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage, FakePages(), AROUND)
        self.asked: list[str] = []

    async def press(self, command: Command, by: By) -> Answer | Later:
        self.asked.append(command.wire)
        return await super().press(command, by)

    async def form(self, command: Command, by: By) -> Answer:
        self.asked.append(command.wire)
        return await super().form(command, by)

    async def shown(self, command: Command, by: By) -> Card:
        self.asked.append(command.wire)
        return await super().shown(command, by)


@dataclass(frozen=True, slots=True)
class Made:
    """What Herald asked of a platform: a call in the platform's words, whom or what it is about, its body.

    `message` is the one that is drawn anew, by the platform's own name for it.
    """

    method: str
    to: str
    body: Json
    message: str = ""


class Side(Protocol):
    """One platform: where payloads go in, and where one sees what came of them."""

    @property
    def messages(self) -> Messages:
        """What stands there."""
        ...

    async def send(self, request: Json) -> tuple[int, Json]:
        """A recorded request, signed, at the real door; the status, and what was answered."""
        ...

    def made(self) -> list[Made]:
        """Every call so far that changes something."""
        ...

    def told(self, answer: Json) -> Json:
        """What a story tells of an answer."""
        ...

    def problems(self, shown: Json) -> list[str]:
        """What the platform would refuse of an answer, or of a call's body."""
        ...


Opened = Callable[[Bot], AbstractAsyncContextManager[Side]]
"""Connects a bot to a loopback platform on which nothing stands yet."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One of the platforms a company may be on.

    `rooms` are where it told Herald that it was added, `earlier` what somebody asked that morning.
    """

    where: Where
    opened: Opened
    rooms: tuple[Conversation, ...] = ()
    earlier: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A company as it is before somebody presses: its database, and the messages that stand."""

    platform: Platform
    database: Path
    messages: Messages

    def at(self, address: str, words: str) -> str:
        """The name of the message at an address that says this."""
        return next(
            name for (at, name), said in self.messages.items() if at == address and words in str(said)
        )


@dataclass(frozen=True, slots=True)
class Company:
    """The company at work. What stood there before anybody pressed is no news."""

    bot: Listened
    side: Side
    clock: FrozenClock


def founded(folder: Path, platform: Platform) -> Moment:
    """Build the company; called once, outside any event loop."""
    return asyncio.run(_founded(folder, platform))


async def _founded(folder: Path, platform: Platform) -> Moment:
    database = folder / "herald.db"
    await migrate(_url(database))
    storage = Storage.open(_url(database), FrozenClock(NOW).now)
    async with storage.work(P) as work:
        await write(work, platform.where)
    for room in platform.rooms:
        await keep(storage, room)
    await storage.close()
    async with _open(platform, database) as here:
        await here.bot.deliver()
        for request in platform.earlier:
            await here.side.send(request)
        return Moment(platform, database, dict(here.side.messages))


@asynccontextmanager
async def company(moment: Moment, folder: Path) -> AsyncIterator[Company]:
    """A copy of the company, at work."""
    async with _open(moment.platform, Path(shutil.copy(moment.database, folder))) as here:
        here.side.messages.update(moment.messages)
        yield here


@asynccontextmanager
async def _open(platform: Platform, database: Path) -> AsyncIterator[Company]:
    clock = FrozenClock(NOW)
    storage = Storage.open(_url(database), clock.now)
    bot = Listened(storage)
    async with platform.opened(bot) as side:
        yield Company(bot, side, clock)
        await bot.ahead.close()
        await bot.close()
    await storage.close()


def _url(database: Path) -> str:
    return f"sqlite+aiosqlite:///{database}"
