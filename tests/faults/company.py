"""Many cards for many channels, the processes that send them, and the audit of what arrived."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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

ROOT = Path(__file__).parents[2]
P, W, REVIEW = "P1", "slack:T1", "slack:T1/CREVIEW"
DONE = 90.0
"""Seconds within which everything must be settled, on a machine that does much else."""


@dataclass
class Company:
    """What there is to send, where it is kept, and who sends it."""

    url: str
    storage: Storage
    slack: FaultySlack
    log: Path
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *stop_at: str) -> "subprocess.Popen[bytes]":
        """One more replica."""
        command = [sys.executable, "-m", "tests.faults.replica", self.url, self.slack.url, *stop_at]
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
        async with self.storage.work(P) as work:
            for number in range(channels):
                id_ = f"{W}/C{number:03}"
                self.slack.channels[id_.partition("/")[2]] = {"id": id_.partition("/")[2]}
                await work.insert(Channel(id_, P, W, Use.STORIES, f"c{number:03}"))
            for story in [f"S{number}" for number in range(stories)]:
                await work.insert(
                    Story(
                        story,
                        P,
                        1,
                        State.LIVE,
                        Origin.MODERATOR,
                        work.now,
                        title=f"Story {story}",
                        live_at=work.now,
                    )
                )
                for number in range(channels):
                    await work.send("story", story, f"{W}/C{number:03}", "en")
        return stories * channels

    async def copies(self, view: str = "story") -> list[Copy]:
        """Every card."""
        async with self.storage.reading(P) as at:
            return [copy for copy in await at.find(Copy) if copy.view == view]

    async def until_settled(self, *states: Sending) -> list[Copy]:
        """Wait until every card is drawn, or in one of these states."""
        until, copies = time.monotonic() + DONE, await self.copies()
        while time.monotonic() < until:
            copies = await self.copies()
            if all(copy.state in states or (copy.ref and copy.drawn >= copy.wanted) for copy in copies):
                return copies
            await asyncio.sleep(0.2)
        left = Counter((copy.state, copy.error) for copy in copies if copy.drawn < copy.wanted)
        raise TimeoutError(f"{left}\n{self.log.read_text()[-4000:]}")

    async def until_asked(self, unsure: set[str]) -> None:
        """Wait until the moderators were asked about every one of these."""
        until = time.monotonic() + DONE
        while not unsure <= {copy.subject for copy in await self.copies("unsure") if copy.ref}:
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text()[-4000:])
            await asyncio.sleep(0.2)

    async def until_audited(self, action: str, subjects: int) -> Counter[str]:
        """Wait until something was done to so many subjects; how often to each."""
        until = time.monotonic() + DONE
        while len(done := await self._audited(action)) < subjects:
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text()[-4000:])
            await asyncio.sleep(0.2)
        return done

    async def _audited(self, action: str) -> Counter[str]:
        async with self.storage.reading(P) as at:
            return Counter(entry.subject for entry in await at.find(AuditEntry) if entry.action == action)


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
async def company(folder: Path) -> AsyncIterator[Company]:
    """A workspace on a database of its own."""
    url = DATABASES.url(folder)
    await migrate(url)
    storage = Storage.open(url, lambda: datetime.now(UTC), patience=20)
    async with storage.work(P) as work:
        await work.insert(Programme(P, "Acme", work.now))
        await work.insert(Workspace(W, P, "slack"))
        await work.insert(Channel(REVIEW, P, W, Use.REVIEW, "review"))
    async with faulty_slack() as slack:
        slack.channels["CREVIEW"] = {"id": "CREVIEW", "is_private": True}
        many = Company(url, storage, slack, folder / "replicas.log")
        try:
            yield many
        finally:
            many.end()
            await storage.close()
