"""Laws of grouped commits: durable before it is answered, each fact once, one bad entry harms nobody."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError

from content.shares import Draft, Evidence, Fact
from storage import appending
from storage.facts import record
from storage.turns import Turns
from storage.work import Busy, Storage
from tests.databases import DATABASES
from tests.storage.conftest import NOW, P, opened

sqlite = pytest.mark.skipif("config.getoption('--database') != 'sqlite'")
postgresql = pytest.mark.skipif("config.getoption('--database') != 'postgresql'")
MANY = 300

RECORDER = """
import asyncio, sys
from datetime import UTC, datetime
from content.shares import Evidence, Fact
from storage.facts import record
from storage.work import Storage

async def main():
    now = datetime.now(UTC)
    storage = Storage.open(sys.argv[1], lambda: now)
    async def one(number):
        key = f"key-{number}"
        await record(storage, Fact(key, "P1", "S1", Evidence.INTENT, now))
        print(key, flush=True)
    for start in range(0, 1_000_000, 20):
        await asyncio.gather(*(one(start + number) for number in range(20)))

asyncio.run(main())
"""


def fact(key: str) -> Fact:
    """One thing that happened."""
    return Fact(key, P, "S1", Evidence.INTENT, NOW, "slack:T1/U1")


async def keys(storage: Storage) -> list[str]:
    """What is on disk."""
    async with storage.reading(P) as at:
        return sorted(found.key for found in await at.find(Fact))


async def test_each_fact_is_news_once(storage: Storage) -> None:
    """However many state it at the same time, and however they are grouped."""
    stated = [f"k{number % 40}" for number in range(MANY)]
    new = await asyncio.gather(*(record(storage, fact(key)) for key in stated))
    assert sum(new) == 40
    assert await keys(storage) == sorted(set(stated))


ODD = ("{a,b}", 'say "so"', "back\\slash", "Zoé\n\t👩‍🚒", "NULL", "", " ", "'; --")
"""What an array, a row or a word of SQL could be taken for."""


async def test_a_group_comes_back_as_it_was_stated(storage: Storage) -> None:
    """Every kind, with and without somebody, whatever letters stand in it."""
    later = NOW + timedelta(microseconds=1)
    kinds = enumerate(product(Evidence, ODD))
    facts = [Fact(f"f{number}", P, "S1", kind, later, None, odd) for number, (kind, odd) in kinds]
    facts += [Fact(odd, P, odd, Evidence.SAID, NOW, odd, odd) for odd in ODD]
    drafts = [Draft(P, "S1", f"U{number}", odd, later) for number, odd in enumerate(ODD)]
    stated: list[Fact | Draft] = [*facts, *drafts]
    await asyncio.gather(*(record(storage, each) for each in stated))
    async with storage.reading(P) as at:
        assert {each.key: each for each in await at.find(Fact)} == {each.key: each for each in facts}
        assert {each.member: each for each in await at.find(Draft)} == {each.member: each for each in drafts}


async def test_two_replicas_state_the_same(storage: Storage, other: Storage) -> None:
    """In opposite order: nobody waits for the other for ever, each fact is news in one of them."""
    for door in (storage, other):
        door.turns = Turns(door.engine, 20)
    forth = [record(storage, fact(f"k{n}"), fact(f"k{99 - n}")) for n in range(100)]
    back = [record(other, fact(f"k{99 - n}"), fact(f"k{n}")) for n in range(100)]
    await asyncio.gather(*forth, *back)
    assert len(await keys(storage)) == 100


async def test_the_last_words_win(storage: Storage) -> None:
    """In the order in which they were stated, within one group and over several."""
    for number in range(0, MANY, 50):
        drafts = [Draft(P, "S1", "U1", f"words {number + n}", NOW) for n in range(50)]
        await asyncio.gather(*(record(storage, draft) for draft in drafts))
        async with storage.reading(P) as at:
            (draft,) = await at.find(Draft)
        assert draft.words == f"words {number + 49}"


@sqlite
async def test_nobody_is_answered_before_the_disk_is(storage: Storage, tmp_path: Path) -> None:
    """Another connection sees each fact the moment its request goes on."""

    async def one(key: str) -> bool:
        await record(storage, fact(key))
        with sqlite3.connect(tmp_path / "herald.db") as beside:
            return bool(beside.execute("SELECT 1 FROM facts WHERE key = ?", (key,)).fetchone())

    assert all(await asyncio.gather(*(one(f"k{number}") for number in range(MANY))))


@sqlite
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, url: str) -> None:
    """kill -9 in the middle of groups."""
    command = [sys.executable, "-c", RECORDER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(500)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().split()[:-1]
    with sqlite3.connect(tmp_path / "herald.db") as after:
        kept = {key for (key,) in after.execute("SELECT key FROM facts")}
    assert len(told) >= 500
    assert set(told) <= kept


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(replace(fact("bad"), at=NOW.replace(tzinfo=None)), id="a moment without a zone"),
        pytest.param(Draft(P, "S1", "U1", "half \ud83d", NOW), id="half a character"),
    ],
)
async def test_a_bad_entry_fails_alone(storage: Storage, bad: Fact | Draft) -> None:
    """Whoever stood in the same group is on disk, and told so."""
    stated = [record(storage, fact(f"k{number}")) for number in range(30)]
    found = await asyncio.gather(*stated, record(storage, bad), return_exceptions=True)
    assert found[:-1] == [True] * 30
    assert isinstance(found[-1], (StatementError, ValueError))
    assert len(await keys(storage)) == 30


@sqlite
async def test_whoever_waits_too_long_is_told_and_nothing_is_recorded(url: str) -> None:
    """Also later, when the turn comes."""
    storage = Storage.open(url, lambda: NOW, patience=0.1)
    async with storage.work(P):
        with pytest.raises(Busy):
            await record(storage, fact("late"))
    assert await record(storage, fact("in time"))
    assert await keys(storage) == ["in time"]
    await storage.close()


@sqlite
async def test_whoever_goes_away_leaves_nothing(storage: Storage) -> None:
    """Cancelled before their turn; those beside them are not."""
    async with storage.work(P):
        leaving, staying = (asyncio.create_task(record(storage, fact(key))) for key in ("left", "stayed"))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait([leaving])
    assert await staying
    assert await keys(storage) == ["stayed"]


@sqlite
async def test_a_full_line_says_so_at_once(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than letting people wait for what cannot be in time."""
    monkeypatch.setattr(appending, "MOST", 5)
    async with storage.work(P):
        waiting = [asyncio.create_task(record(storage, fact(f"k{number}"))) for number in range(6)]
        await asyncio.wait(waiting[-1:])
        with pytest.raises(Busy):
            waiting[-1].result()
    assert await asyncio.gather(*waiting[:-1]) == [True] * 5


async def test_closing_writes_what_was_stated(url: str) -> None:
    """Shutdown drains."""
    storage = opened(url)
    stated = [asyncio.create_task(record(storage, fact(f"k{number}"))) for number in range(MANY)]
    await asyncio.sleep(0)
    await storage.close()
    assert all(await asyncio.gather(*stated))
    again = opened(url)
    assert len(await keys(again)) == MANY
    await again.close()


@postgresql
async def test_a_database_that_is_away_records_nothing(storage: Storage) -> None:
    """Everybody in line is told, and the next one is written again."""
    assert DATABASES.server is not None
    DATABASES.server.stop()
    with pytest.raises(Busy):
        await record(storage, fact("away"))
    DATABASES.server.start()
    assert await record(storage, fact("back"))
    assert await keys(storage) == ["back"]
