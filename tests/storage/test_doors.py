"""Laws of the doors: nothing is lost, nothing half done, one decision, no writer in a reader's way."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from content.programmes import Programme
from content.shares import Draft, Evidence, Fact
from content.stories import Origin, State, Story
from storage import directory, queries
from storage.audit import broken
from storage.facts import record
from storage.migrating import differences, migrate
from storage.records import AuditEntry, Copy
from storage.turns import Turns
from storage.work import Overtaken, Storage
from tests.databases import DATABASES
from tests.storage.conftest import NOW, P, W

ROOM = f"{W}/C1"


def a_story(id_: str = "S1", programme: str = P) -> Story:
    """A story that waits."""
    return Story(id_, programme, 1, State.SUGGESTED, Origin.IDEA, NOW, title="Zoé", angles=("Why?",))


async def test_the_migration_makes_exactly_the_tables(tmp_path: Path) -> None:
    """What the tables say and what a database has are the same; replicas may migrate at the same time."""
    url = DATABASES.empty(tmp_path)
    if DATABASES.server:
        await asyncio.gather(*(migrate(url) for _ in range(3)))
    await migrate(url)
    assert await differences(url) == []


async def test_things_come_back_as_they_went(storage: Storage) -> None:
    """Enumerations, tuples, moments and nothing: the same on both sides."""
    story = replace(a_story(), out_at=NOW + timedelta(minutes=1), channels=(ROOM,))
    async with storage.work(P) as work:
        await work.insert(story)
    async with storage.reading(P) as at:
        assert await queries.story(at, "S1") == story


async def test_no_update_is_lost(storage: Storage) -> None:
    """Sixty at once, each reading what it changes: sixty changes."""
    storage.turns = Turns(storage.engine, 60)
    async with storage.work(P) as work:
        await work.insert(replace(a_story(), version=0))

    async def raise_version() -> None:
        async with storage.work(P) as work:
            story = await queries.story(work, "S1")
            assert story is not None
            await work.change(story, replace(story, version=story.version + 1))

    await asyncio.gather(*(raise_version() for _ in range(60)))
    async with storage.reading(P) as at:
        story = await queries.story(at, "S1")
    assert story is not None
    assert story.version == 60


async def test_who_comes_second_is_told(storage: Storage) -> None:
    """Compare and set: what was read is no longer so."""
    async with storage.work(P) as work:
        await work.insert(a_story())
        await work.change(a_story(), replace(a_story(), version=2))
        with pytest.raises(Overtaken):
            await work.change(a_story(), replace(a_story(), version=2))


async def test_a_refusal_takes_everything_back(storage: Storage) -> None:
    """The claimed key too: the person may press again."""

    async def refused() -> None:
        async with storage.work(P) as work:
            assert await work.once("press")
            await work.insert(a_story())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await refused()
    async with storage.work(P) as work:
        assert await queries.story(work, "S1") is None
        assert await work.once("press")
        assert not await work.once("press")


async def test_a_reader_never_waits_for_a_writer(storage: Storage) -> None:
    """A snapshot is what was true when it was taken."""
    async with storage.work(P) as work, storage.reading(P) as at:
        await work.insert(a_story())
        assert await queries.story(at, "S1") is None


async def test_another_programme_is_not_seen(storage: Storage) -> None:
    """Scoping is in the door, not in the handler."""
    async with storage.work(P) as work:
        await work.insert(Programme("P2", "Other", NOW))
        await work.insert(a_story("S2", "P2"))
    async with storage.reading(P) as at:
        assert await queries.story(at, "S2") is None


async def test_a_row_without_its_programme_is_refused(storage: Storage) -> None:
    """Foreign keys are on."""
    with pytest.raises(IntegrityError):
        async with storage.work(P) as work:
            await work.insert(a_story("S3", "nowhere"))


async def test_a_naive_moment_is_a_bug(storage: Storage) -> None:
    """Nothing without a zone is stored."""
    with pytest.raises(StatementError):
        async with storage.work(P) as work:
            await work.insert(replace(a_story(), created=NOW.replace(tzinfo=None)))


async def test_a_fact_is_a_fact_once(storage: Storage) -> None:
    """The same key again is not news; a draft's last words win."""
    fact = Fact("intent:S1:U1", P, "S1", Evidence.INTENT, NOW, "slack:T1/U1")
    assert await record(storage, fact, Draft(P, "S1", "U1", "first", NOW))
    assert not await record(storage, fact, Draft(P, "S1", "U1", "second", NOW))
    async with storage.reading(P) as at:
        assert len(await at.find(Fact)) == 1
        draft = await queries.draft(at, "S1", "U1")
    assert draft is not None
    assert draft.words == "second"


async def test_send_once_and_refresh_only_adds_staleness(storage: Storage) -> None:
    """One copy per view, subject, address and round; `wanted` only rises, whatever a delivery writes."""
    async with storage.work(P) as work:
        await work.send("story", "S1", ROOM, "en")
        await work.send("story", "S1", ROOM, "en")
        (copy,) = await work.find(Copy)
        await work.refresh("S1")
        await work.set_copy(replace(copy, drawn=1, ref="C1:1"))
        (after,) = await work.find(Copy)
    assert (copy.wanted, after.wanted, after.drawn) == (1, 2, 1)
    assert [head.id for head in await directory.heads(storage, W, posted=True)] == [copy.id]


async def test_the_audit_is_a_chain(storage: Storage) -> None:
    """A change in the past shows where it is."""
    async with storage.work(P) as work:
        for action in ("suggest", "approve", "release"):
            await work.audit("slack:T1/U1", action, "S1")
        entries = sorted(await work.find(AuditEntry), key=lambda entry: entry.number)
    assert broken(entries) is None
    assert broken([entries[0], replace(entries[1], action="decline"), entries[2]]) == 2
    assert broken(entries[1:]) == 1


async def test_a_firing_fires_once(storage: Storage) -> None:
    """Also when two clocks look at the same hour."""
    async with storage.work(P) as work:
        assert await work.fire("digest", P, "2026-W48")
    async with storage.work(P) as work:
        assert not await work.fire("digest", P, "2026-W48")
