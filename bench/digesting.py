"""A week's summary, and a board of all times, over ten million events, beside DuckDB."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure
from bench.peers.duck import Duck
from bench.stage import Plan
from bench.years import BEGAN, EVENTS, LENGTH, PEOPLE, PROGRAMME, STORIES, fill
from bot import digesting
from bot.ports import Surroundings
from content.digests import Totals
from content.people import Member
from content.programmes import Programme, Workspace
from content.stories import Origin, State, Story
from content.weeks import Week, week_of
from storage import alltime
from storage.migrating import migrate
from storage.work import Storage

NOW = BEGAN + LENGTH
AROUND = Surroundings("https://herald.example")
LIMIT = 1.0
"""Seconds that the board of all times may take."""


def digest(plan: Plan) -> list[Figure]:
    """Last week's summary as Monday's job makes it; the same numbers from DuckDB, in memory."""
    return asyncio.run(_digest(plan))


def digest_all_time(plan: Plan) -> list[Figure]:
    """How often every story was read since the beginning, in seconds."""
    return asyncio.run(_digest_all_time(plan))


async def _digest(plan: Plan) -> list[Figure]:
    week, ours, theirs = week_of(NOW - timedelta(days=7), "UTC"), [], []
    with TemporaryDirectory(prefix="herald-bench-") as folder:
        storage, duck = await company(Path(folder)), Duck(EVENTS, STORIES, PEOPLE, BEGAN, LENGTH)
        for _ in range(plan.rounds):
            began = time.perf_counter()
            totals = await _summed(storage, week)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            found = duck.week(week.starts, week.ends)
            theirs.append(time.perf_counter() - began)
            if found != said(totals):
                raise AssertionError(f"{found} != {said(totals)}")
        await storage.close()
    return [Figure.of("digest", "<=12", ours, theirs, f"seconds over {EVENTS:,} events")]


async def _digest_all_time(plan: Plan) -> list[Figure]:
    ours: list[float] = []
    found: dict[str, int] = {}
    with TemporaryDirectory(prefix="herald-bench-") as folder:
        storage, duck = await company(Path(folder)), Duck(EVENTS, STORIES, PEOPLE, BEGAN, LENGTH)
        began = time.perf_counter()
        await alltime.count_up(storage)
        counted = time.perf_counter() - began
        for _ in range(plan.rounds):
            began = time.perf_counter()
            async with storage.reading(PROGRAMME) as at:
                found = await alltime.read(at)
            ours.append(time.perf_counter() - began)
        if found != duck.readers():
            raise AssertionError("DuckDB counts other readers")
        await storage.close()
    note = f"seconds over {EVENTS:,} events, of 1; counted up once in {counted:.1f} s"
    return [Figure.of("digest_all_time", "<=1", ours, [LIMIT] * len(ours), note)]


async def _summed(storage: Storage, week: Week) -> Totals:
    async with storage.reading(PROGRAMME) as at:
        return (await digesting.summed(at, week, AROUND)).totals


def said(totals: Totals) -> tuple[int, int, int, list[int]]:
    """Takers, posters, readers, and the takers of the most taken stories."""
    return totals.takers, totals.posters, totals.visits or 0, sorted(line.takers for line in totals.lines)


async def company(folder: Path) -> Storage:
    """A year of a company with many colleagues."""
    file = folder / "herald.db"
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    fill(file)
    storage = Storage.open(url, lambda: NOW, patience=60)
    async with storage.work(PROGRAMME) as work:
        await work.insert(Programme(PROGRAMME, "Acme", BEGAN, zone="UTC"))
        await work.insert(Workspace("slack:T1", PROGRAMME, "slack"))
        for start in range(0, PEOPLE, 1000):
            await work.insert_all([member(number) for number in range(start, start + 1000)])
        await work.insert_all([story(number) for number in range(STORIES)])
    return storage


def member(number: int) -> Member:
    """A colleague."""
    return Member(f"slack:T1/U{number:08}", PROGRAMME, "slack:T1", f"Colleague {number}", met=BEGAN)


def story(number: int) -> Story:
    """A story that came out in its turn."""
    out = BEGAN + LENGTH * number / STORIES
    return Story(
        f"S{number:04}", PROGRAMME, 1, State.LIVE, Origin.MODERATOR, out, title=f"Story {number}", live_at=out
    )
