"""One replica as a program: `python -m tests.faults.replica DATABASE_URL SLACK_URL [STOP_AT NUMBER]`.

Herald's own clock, sender and Slack adapter, with short patience. `STOP_AT` names a point where the process
stops itself (SIGSTOP) when it passes there for the NUMBERth time, as if its machine were frozen.
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
from adapters.slack import api
from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.who import Ours
from bot.bot import Bot
from bot.patience import Patience
from bot.ports import UNHURRIED, Surroundings
from storage import leases, outgoing
from storage.work import Storage
from tests.fakes import FakePages

QUICK = Patience(lease=2.0, renewal=0.5, request=2.0, grace=1.0, claim=1.0, looks=(0.5, 1.0))
POINTS = {"claim": (outgoing, "claim"), "settle": (outgoing, "settle"), "renew": (leases, "take")}
"""Where a process may be stopped: before or after each of these."""


async def main(url: str, slack: str) -> None:
    """Send what is behind until told to end."""
    api.TIMEOUT = QUICK.request
    storage = Storage.open(url, lambda: datetime.now(UTC))
    bot = Bot(storage, FakePages(), Surroundings(patience=QUICK))
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with aiohttp.ClientSession() as session:
        chat = SlackChat(Api(session, slack, "xoxb-made-up"), Ours("T1", "UHERALD"))
        chat.pace = UNHURRIED
        bot.speak("slack:T1", chat)
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
    if len(sys.argv) > 3:
        stop_at(sys.argv[3], int(sys.argv[4]))
    asyncio.run(main(sys.argv[1], sys.argv[2]))
