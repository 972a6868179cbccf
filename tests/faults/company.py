"""Many cards for many channels, the processes that send them, and the audit of what arrived."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from content.programmes import Channel, Programme, Use, Workspace
from content.stories import Origin, State, Story
from storage.migrating import migrate
from storage.records import AuditEntry, Copy, Sending
from storage.work import Storage
from tests.databases import DATABASES
from tests.faults.slack import FaultySlack, faulty_slack
from tests.faults.teams import FaultyTeams, faulty_teams

ROOT = Path(__file__).parents[2]
P = "P1"
ROOMS = {"slack": "C{}", "teams": "19:{}@thread.tacv2"}
"""How each platform names a channel."""
SERVERS: dict[str, Callable[[], AbstractAsyncContextManager[FaultySlack | FaultyTeams]]] = {
    "slack": faulty_slack,
    "teams": faulty_teams,
}
DONE, SOAKED = 90.0, 3600.0
"""Seconds within which everything must be settled, on a machine that does much else; in a soak."""


@dataclass
class Company:
    """What there is to send, where it is kept, and who sends it."""

    url: str
    storage: Storage
    platform: str
    server: FaultySlack | FaultyTeams
    log: Path
    done: float = DONE
    patience: str = "quick"
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def workspace(self) -> str:
        """Our id of it."""
        return f"{self.platform}:T1"

    @property
    def review(self) -> str:
        """The platform's id of the channel where doubts are asked about."""
        return ROOMS[self.platform].format("review")

    def room(self, number: int) -> str:
        """The platform's id of a channel."""
        return ROOMS[self.platform].format(f"{number:03}")

    def start(self, *stop_at: str) -> "subprocess.Popen[bytes]":
        """One more replica."""
        where = [self.platform, self.url, self.server.url, self.patience]
        command = [sys.executable, "-m", "tests.faults.replica", *where, *stop_at]
        with self.log.open("ab") as log:
            started = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        self.running.append(started)
        return started

    def kill(self, replica: "subprocess.Popen[bytes]") -> None:
        """The machine loses power, as far as the process can tell."""
        replica.kill()
        replica.wait()
        self.running.remove(replica)

    def end(self) -> None:
        """Nothing is left behind."""
        for replica in tuple(self.running):
            self.kill(replica)

    async def queue(self, stories: int, channels: int) -> int:
        """Cards of stories that are out, for each channel; how many."""
        rooms = [self.room(number) for number in range(channels)]
        async with self.storage.work(P) as work:
            for room in rooms:
                self.server.opens(room)
                await work.insert(Channel(self.at(room), P, self.workspace, Use.STORIES, room))
            for story in [f"S{number}" for number in range(stories)]:
                await work.insert(out(story, work.now))
                for room in rooms:
                    await work.send("story", story, self.at(room), "en")
        return stories * channels

    async def more(self, story: str) -> None:
        """One more card, for the first channel."""
        async with self.storage.work(P) as work:
            await work.insert(out(story, work.now))
            await work.send("story", story, self.at(self.room(0)), "en")

    def at(self, room: str) -> str:
        """Our id of a channel."""
        return f"{self.workspace}/{room}"

    def cards(self) -> Counter[tuple[str, str]]:
        """How often each card stands in each channel, the questions to the moderators aside."""
        there = self.server.places()
        return Counter({place: times for place, times in there.items() if place[0] != self.review})

    async def copies(self, view: str = "story") -> list[Copy]:
        """Every card."""
        async with self.storage.reading(P) as at:
            return [copy for copy in await at.find(Copy) if copy.view == view]

    async def until_settled(self, *states: Sending) -> list[Copy]:
        """Wait until every card is drawn, or in one of these states."""
        until, copies = time.monotonic() + self.done, await self.copies()
        while time.monotonic() < until:
            copies = await self.copies()
            if all(copy.state in states or (copy.ref and copy.drawn >= copy.wanted) for copy in copies):
                return copies
            await asyncio.sleep(0.2)
        left = Counter((copy.state, copy.error) for copy in copies if copy.drawn < copy.wanted)
        raise TimeoutError(f"{left}\n{self.log.read_text()[-4000:]}")

    async def until_drawn(self, view: str, number: int) -> None:
        """Wait until so many cards of a view stand as they should."""
        until = time.monotonic() + self.done
        while (
            len([copy for copy in await self.copies(view) if copy.ref and copy.drawn >= copy.wanted]) < number
        ):
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text()[-4000:])
            await asyncio.sleep(0.2)

    async def until_asked(self, unsure: set[str]) -> None:
        """Wait until the moderators were asked about every one of these."""
        until = time.monotonic() + self.done
        while not unsure <= {copy.subject for copy in await self.copies("unsure") if copy.ref}:
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text()[-4000:])
            await asyncio.sleep(0.2)

    async def until_audited(self, action: str, subjects: int) -> Counter[str]:
        """Wait until something was done to so many subjects; how often to each."""
        until = time.monotonic() + self.done
        while len(done := await self._audited(action)) < subjects:
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text()[-4000:])
            await asyncio.sleep(0.2)
        return done

    async def _audited(self, action: str) -> Counter[str]:
        async with self.storage.reading(P) as at:
            return Counter(entry.subject for entry in await at.find(AuditEntry) if entry.action == action)


def out(story: str, now: datetime) -> Story:
    """A story that is live."""
    return Story(story, P, 1, State.LIVE, Origin.MODERATOR, now, title=f"Story {story}", live_at=now)


async def stopped(replica: "subprocess.Popen[bytes]") -> None:
    """Wait until a process has stopped itself."""
    until = time.monotonic() + DONE
    while _state(replica) != "T":
        if time.monotonic() > until or replica.poll() is not None:
            raise TimeoutError
        await asyncio.sleep(0.05)


def _state(replica: "subprocess.Popen[bytes]") -> str:
    """One letter, as in proc(5)."""
    return Path(f"/proc/{replica.pid}/stat").read_text().rpartition(")")[2].split()[0]


def resume(replica: "subprocess.Popen[bytes]") -> None:
    """Let a stopped process go on."""
    os.kill(replica.pid, signal.SIGCONT)


@asynccontextmanager
async def company(folder: Path, platform: str, done: float = DONE) -> AsyncIterator[Company]:
    """A workspace on a database of its own."""
    url = DATABASES.url(folder)
    await migrate(url)
    storage = Storage.open(url, lambda: datetime.now(UTC), patience=20)
    async with SERVERS[platform]() as server:
        many = Company(url, storage, platform, server, folder / "replicas.log", done)
        async with storage.work(P) as work:
            await work.insert(Programme(P, "Acme", work.now))
            await work.insert(Workspace(many.workspace, P, platform))
            await work.insert(Channel(many.at(many.review), P, many.workspace, Use.REVIEW, "review"))
        server.opens(many.review, private=True)
        try:
            yield many
        finally:
            many.end()
            await storage.close()
