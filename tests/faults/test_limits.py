"""2,000 channels at the pace Slack allows: nearly no time is lost, and one slow channel slows nobody else."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.slack.chat import PACE
from bot.bot import Bot
from bot.cards import Card
from bot.ports import Pace, Surroundings, Throttled
from content.programmes import Channel, Programme, Use, Workspace
from content.stories import Origin, State, Story
from storage import directory
from storage.migrating import migrate
from storage.work import Storage
from tests.fakes import FakeChat, FakePages
from tests.faults.conftest import Tell
from tests.faults.simulated import START, simulated

P, W = "P1", "slack:T1"
RATE, BURST = PACE.post.calls / PACE.post.seconds, PACE.post.calls
MINUTE, ASKED = 60.0, 30.0
"""A minute, and the Retry-After of a channel that always says it."""
NEVER = f"C{7:04}"


@dataclass
class Limited(FakeChat):
    """Slack's limits: answers after `takes` seconds, refuses what comes faster than PACE's numbers allow.

    `slow` are channels that always answer 429; `refused` counts refusals by channel.
    """

    pace: Pace = PACE
    takes: float = 0.15
    slow: tuple[str, ...] = ()
    refused: Counter[str] = field(default_factory=Counter)
    lately: deque[float] = field(default_factory=deque)
    ended: float = 0.0

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        now = asyncio.get_running_loop().time()
        while self.lately and self.lately[0] <= now - MINUTE:
            self.lately.popleft()
        self.lately.append(now)
        await asyncio.sleep(self.takes)
        if address in self.slow or len(self.lately) > RATE * MINUTE + BURST:
            self.refused[address] += 1
            raise Throttled(ASKED, "address")
        self.ended = asyncio.get_running_loop().time()
        return await super().send(address, card, language, operation)


@pytest.fixture
def channels(request: pytest.FixtureRequest) -> int:
    """A few hundred here, DESIGN's number in `make soak`."""
    return 2000 if request.config.getoption("--soak") else 100


async def queue(storage: Storage, channels: int) -> None:
    """One story for every channel."""
    async with storage.work(P) as work:
        await work.insert(Programme(P, "Acme", work.now))
        await work.insert(Workspace(W, P, "slack"))
        await work.insert(
            Story("S1", P, 1, State.LIVE, Origin.MODERATOR, work.now, title="S1", live_at=work.now)
        )
        for number in range(channels):
            await work.insert(Channel(f"{W}/C{number:04}", P, W, Use.STORIES, f"c{number}"))
            await work.send("story", "S1", f"{W}/C{number:04}", "en")


async def delivered(url: str, chat: Limited, channels: int) -> None:
    """Herald at its own pace until every card that can be out is."""
    loop = asyncio.get_running_loop()
    storage = Storage.open(url, lambda: START + timedelta(seconds=loop.time()), patience=60)
    chat.now = storage.now
    bot = Bot(storage, FakePages(), Surroundings())
    bot.speak(W, chat)
    await queue(storage, channels)
    while (await directory.waiting(storage))[0] > len(chat.slow):
        await bot.deliver()
        await asyncio.sleep(1)
    await bot.close()
    await storage.close()


def took(folder: Path, chat: Limited, channels: int) -> float:
    """Simulated seconds until the last card stood."""
    url = f"sqlite+aiosqlite:///{folder / 'herald.db'}"
    asyncio.run(migrate(url))
    with simulated() as runner:
        runner.run(delivered(url, chat, channels))
    assert len({sent.address for sent in chat.sent}) == len(chat.sent) == channels - len(chat.slow)
    return chat.ended


@pytest.mark.parametrize("history", [True, False], ids=["together", "one at a time"])
def test_the_limits_are_used_up_and_kept(tmp_path: Path, channels: int, tell: Tell, history: bool) -> None:
    """Not one refusal, and at most a tenth more time than the limits themselves take."""
    chat = Limited("slack", datetime.now, history=history)
    seconds = took(tmp_path, chat, channels)
    allowed = (channels - BURST) / RATE
    tell(f"{channels} channels in {seconds:.0f} s, the limits allow {allowed:.0f} s")
    assert chat.refused == {}
    assert allowed <= seconds <= 1.1 * allowed


@pytest.mark.parametrize("history", [True, False], ids=["together", "one at a time"])
def test_a_channel_that_says_slower_slows_nobody_else(
    tmp_path: Path, channels: int, tell: Tell, history: bool
) -> None:
    """It is asked again when it said so, and costs the others those calls and nothing else."""
    chat = Limited("slack", datetime.now, history=history, slow=(NEVER,))
    seconds = took(tmp_path, chat, channels)
    allowed = (channels - BURST) / RATE
    tell(f"{channels} channels, one refused {chat.refused[NEVER]} times: {seconds:.0f} s of {allowed:.0f} s")
    assert set(chat.refused) == {NEVER}
    assert 1 <= chat.refused[NEVER] <= 1 + seconds / ASKED
    assert seconds <= 1.1 * allowed
