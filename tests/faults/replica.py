"""One replica: `python -m tests.faults.replica PLATFORM DATABASE_URL SERVER_URL PATIENCE [STOP_AT NUMBER]`.

Herald's own clock, sender and adapters. PATIENCE is `quick`, or `real` as in docs/operations.md. `STOP_AT`
names a point where the process stops itself (SIGSTOP) when it passes there for the NUMBERth time, as if its
machine were frozen.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp

from adapters.clock import working
from adapters.slack import api as slack
from adapters.slack.api import Api as SlackApi
from adapters.slack.chat import SlackChat
from adapters.slack.who import Ours as SlackOurs
from adapters.teams import api as teams
from adapters.teams.api import Api as TeamsApi
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.places import Places
from adapters.teams.roster import Roster
from adapters.teams.tokens import NoTokens
from adapters.teams.who import Ours as TeamsOurs
from bot.bot import Bot
from bot.patience import PATIENT, Patience
from bot.ports import Chat, Surroundings
from content.programmes import Channel, Use
from storage import directory, leases, outgoing
from storage.work import Storage, Work
from tests.fakes import UNHURRIED, FakePages
from tests.faults.teams import listed
from tests.teams.server import TEAM

QUICK = Patience(lease=2.0, renewal=0.5, request=2.0, grace=1.0, claim=1.0, looks=(0.5, 1.0))
PATIENCES = {"quick": QUICK, "real": PATIENT}
POINTS: dict[str, tuple[Any, str]] = {
    "look": (directory, "heads"),
    "claim": (outgoing, "claim"),
    "post": (SlackChat, "send"),
    "settle": (outgoing, "settled"),
    "renew": (leases, "take"),
    "fire": (Work, "fire"),
}
"""Where a process may be stopped: before or after each of these."""


def on_slack(session: aiohttp.ClientSession, url: str, rooms: list[Channel]) -> SlackChat:
    """Slack's chat, as fast as it can."""
    del rooms
    chat = SlackChat(SlackApi(session, url, "xoxb-made-up"), SlackOurs("T1", "UHERALD"))
    chat.pace = UNHURRIED
    return chat


def on_teams(session: aiohttp.ClientSession, url: str, rooms: list[Channel]) -> TeamsChat:
    """Teams' chat, as fast as it can, which was told of these channels before."""
    places = Places(TeamsOurs("T1", "herald-app"), f"{url}teams/")
    for room in rooms:
        private = room.use is Use.REVIEW
        places.listed(TEAM, "Acme", [listed(room.id.partition("/")[2], private=private)])
    connector = Connector(TeamsApi(session, NoTokens()), places.ours, places.base)
    chat = TeamsChat(connector, places, Roster(connector, places))
    chat.pace = UNHURRIED
    return chat


CHATS: dict[str, Callable[[aiohttp.ClientSession, str, list[Channel]], Chat]] = {
    "slack": on_slack,
    "teams": on_teams,
}


async def main(platform: str, url: str, server: str, patience: Patience) -> None:
    """Send what is behind until told to end."""
    slack.TIMEOUT = teams.TIMEOUT = patience.request
    storage = Storage.open(url, lambda: datetime.now(UTC))
    bot = Bot(storage, FakePages(), Surroundings(patience=patience))
    async with storage.reading("P1") as at:
        rooms = await at.find(Channel)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with aiohttp.ClientSession() as session:
        bot.speak(f"{platform}:T1", CHATS[platform](session, server, rooms))
        async with working(bot):
            await stopped.wait()
    await storage.close()


def stop_at(point: str, number: int) -> None:
    """Freeze at `before-claim`, `after-settle`, … when it is passed for the numberth time."""
    when, _, name = point.partition("-")
    module, function = POINTS[name]
    original: Callable[..., Awaitable[Any]] = getattr(module, function)
    passed = iter(range(1, number + 1))

    async def stopping(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  any of them
        if when == "before":
            _stop(next(passed, 0) == number)
        done = await original(*arguments, **named)
        if when == "after":
            _stop(next(passed, 0) == number)
        return done

    setattr(module, function, stopping)


def _stop(now: bool) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGSTOP)


if __name__ == "__main__":
    platform, url, server, patience, *stop = sys.argv[1:]
    if stop:
        stop_at(stop[0], int(stop[1]))
    asyncio.run(main(platform, url, server, PATIENCES[patience]))
