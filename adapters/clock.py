"""The clock: the domain's now, and one interval per job of the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.bot import Bot
from bot.jobs import Job
from bot.patience import elapsed
from storage.work import Busy, Uncertain

log = structlog.get_logger("herald.clock")

SLACK = 60.0
"""Seconds that a clock may be corrected by without anybody noticing."""
BELIEVED = 300.0
"""Seconds after which a clock that went back and stayed there is the right one."""
DRAIN = 20.0
"""Seconds that jobs may take to end at shutdown; a call to Slack takes fifteen at most."""


def real() -> datetime:
    """What the machine calls the time."""
    return datetime.now(UTC)


class Clock:
    """The present moment; the local workspace moves it, everybody else lives in real time.

    `wall` is the machine's clock, which somebody may set; `steady` counts seconds and never jumps.
    """

    def __init__(self, wall: Callable[[], datetime] = real, steady: Callable[[], float] = elapsed) -> None:
        """Start at real time."""
        self._wall = wall
        self._steady = steady
        self._ahead = timedelta()
        self._believed, self._at = wall(), steady()
        self._since: float | None = None

    def now(self) -> datetime:
        """The moment it shows, aware, in UTC."""
        return self._wall() + self._ahead

    def back(self) -> float:
        """How many seconds the machine's clock has gone back; 0 while it can be believed.

        One that stays back was set right, and is believed after a while.
        """
        wall, steady = self._wall(), self._steady()
        lost = (self._believed - wall).total_seconds() + steady - self._at
        if lost > SLACK:
            self._since = steady if self._since is None else self._since
            if steady - self._since < BELIEVED:
                return lost
            log.warning("clock.believed_again", lost=round(lost))
        self._believed, self._at, self._since = wall, steady, None
        return 0.0

    def shift(self, by: timedelta) -> None:
        """Move it."""
        self._ahead += by

    def reset(self) -> None:
        """Back to real time."""
        self._ahead = timedelta()


class Clockwork:
    """Runs each job at its interval, and all at once when the bot is stirred.

    A job that fails is logged and tried again at its next turn; the others go on. `beats` says when each
    last ended well, in real time.
    """

    def __init__(self, jobs: tuple[Job, ...], stirred: asyncio.Event) -> None:
        """Nothing runs before `start`."""
        self.beats: dict[str, datetime] = {}
        self._jobs = jobs
        self._stirred = stirred
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._listening: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; every job runs once at once."""
        for job in self._jobs:
            self._scheduler.add_job(
                self._begin, "interval", (job,), seconds=job.seconds, id=job.name,
                coalesce=True, misfire_grace_time=None, next_run_time=datetime.now(UTC),
            )  # fmt: skip
        self._scheduler.start()
        self._listening = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Begin nothing more and wait for what runs."""
        self._scheduler.shutdown(wait=False)
        if self._listening:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        if self._running:
            await asyncio.wait(self._running, timeout=DRAIN)

    async def _listen(self) -> None:
        while await self._stirred.wait():
            self._stirred.clear()
            for job in self._jobs:
                await self._begin(job)

    async def _begin(self, job: Job) -> None:
        """Run a job in a task of our own: at its end the scheduler would cancel its own halfway through."""
        if job.name in {task.get_name() for task in self._running}:
            return
        task = asyncio.create_task(self._once(job), name=job.name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _once(self, job: Job) -> None:
        try:
            await job.run()
        except (Busy, Uncertain) as away:
            log.warning("clock.job_waits", job=job.name, cause=str(away.__cause__)[:200])
        except Exception:
            log.exception("clock.job_failed", job=job.name)
        else:
            self.beats[job.name] = datetime.now(UTC)


@asynccontextmanager
async def working(bot: Bot) -> AsyncIterator[None]:
    """The bot does by itself what is due; at the end everything that was begun is finished."""
    clockwork = Clockwork(bot.rounds.jobs, bot.stirred)
    clockwork.start()
    try:
        yield
    finally:
        await clockwork.stop()
        await bot.close()
        await bot.ahead.close()
        await bot.doors.visits.flush()
