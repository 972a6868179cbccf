"""`python app.py serve` as people run it: over a company of any size, beside a Slack of ours."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from content.shares import links_for
from content.stories import Origin, State, Story
from storage.migrating import migrate
from storage.records import Moderator
from storage.work import Storage
from tests.bot.programme import ANA, LEA, REVIEW, TOM, P, W
from tests.databases import free_port
from tests.faults.presses import SECRET, SHARED, idea, person
from tests.slack.server import TOKEN, SlackServer

ROOT = Path(__file__).parents[2]
PATIENT = 90.0
"""Seconds for a start or an end, on a machine that does much else."""


@dataclass
class Serving:
    """One process."""

    process: asyncio.subprocess.Process
    port: int
    log: Path

    async def says(self, path: str = "/readyz") -> tuple[int, dict[str, Any]]:
        """What it answers."""
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status, await answer.json()

    async def until(self, status: int) -> dict[str, Any]:
        """Wait until it is ready, or is not; what it says then."""
        async with asyncio.timeout(PATIENT):
            while True:
                if self.process.returncode is not None:
                    raise RuntimeError(self.log.read_text()[-4000:])
                try:
                    found, said = await self.says()
                except aiohttp.ClientError:
                    found, said = 0, {}
                if found == status:
                    return said
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """The machine loses power, as far as the process can tell."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """SIGTERM; the code it ends with."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), PATIENT)


@dataclass
class Host:
    """A machine: its database, its Slack, and what runs there."""

    url: str
    slack: SlackServer
    folder: Path
    running: list[Serving] = field(default_factory=list)

    async def start(self, *before: str, port: int | None = None) -> Serving:
        """One more process, not waited for; `before` are words in front of the command."""
        at = port or free_port()
        log = self.folder / f"serve-{at}.log"
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
            "DATABASE_URL": self.url, "PORT": str(at), "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": self.slack.url,
        }  # fmt: skip
        with log.open("ab") as out:
            process = await asyncio.create_subprocess_exec(
                *before, sys.executable, str(ROOT / "app.py"), "serve",
                cwd=self.folder, env=environment, stdout=out, stderr=out,
            )  # fmt: skip
        self.running.append(Serving(process, at, log))
        return self.running[-1]

    async def ready(self) -> Serving:
        """One more process, ready."""
        serving = await self.start()
        await serving.until(200)
        return serving

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[Storage]:
        """The database, looked at from outside."""
        storage = Storage.open(self.url, lambda: datetime.now(UTC), patience=20)
        try:
            yield storage
        finally:
            await storage.close()


@asynccontextmanager
async def host(url: str, slack: SlackServer, folder: Path) -> AsyncIterator[Host]:
    """Nothing outlives its test."""
    made = Host(url, slack, folder)
    try:
        yield made
    finally:
        for serving in made.running:
            if serving.process.returncode is None:
                await serving.kill()


async def company(url: str, people: int, ideas: int) -> None:
    """Colleagues, a story that is out, ideas of Léa's for Ana to decide."""
    await migrate(url)
    storage = Storage.open(url, lambda: datetime.now(UTC), patience=20)
    async with storage.work(P) as work:
        now = work.now
        await work.insert(Programme(P, "Acme", now))
        await work.insert(Workspace(W, P, "slack", "Acme", swept=now))
        await work.insert(Channel(REVIEW, P, W, Use.REVIEW, "review", checked=now))
        await work.insert_all([Moderator(one, P, now) for one in (ANA, TOM)])
        known = [*((person(number), f"P{number}") for number in range(people)), (ANA, "Ana"), (TOM, "Tom")]
        await work.insert_all([Member(id_, P, W, name, met=now) for id_, name in [*known, (LEA, "Léa")]])
        out = Story(SHARED, P, 1, State.LIVE, Origin.MODERATOR, now, title="Zoé", live_at=now)
        await work.insert(out)
        await work.insert_all(links_for(out))
        await work.insert_all(waiting(range(ideas), now))
    await storage.close()


def waiting(numbers: Sequence[int], now: datetime) -> list[Story]:
    """Ideas that nobody has decided about."""
    return [
        Story(idea(number), P, 1, State.SUGGESTED, Origin.IDEA, now, title=f"Idea {number}", author=LEA)
        for number in numbers
    ]
