"""Glances: the same as a reading, at once, and never staler than a decision of this process."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from content.people import Member
from content.programmes import Programme
from content.shares import Evidence
from content.stories import Origin, State, Story
from storage import queries
from storage.near import FRESH, Lately
from storage.records import Copy
from storage.sharing import facts_of
from storage.work import Storage
from tests.storage.conftest import NOW, P, W

STORY = Story(
    "S1", P, 1, State.LIVE, Origin.IDEA, NOW, title="Zoé", angles=("Why?",),
    out_at=NOW + timedelta(minutes=1), channels=(f"{W}/C1",),
)  # fmt: skip
LEA = Member(f"{W}/ULEA", P, W, "Léa", named=True, named_since=NOW, met=NOW)


async def test_a_glance_finds_what_a_reading_finds(storage: Storage) -> None:
    """Enumerations, tuples, moments, yes and no, and nothing."""
    async with storage.work(P) as work:
        await work.insert(STORY)
        await work.insert(LEA)
    async with storage.glance(P) as at:
        assert await queries.story(at, "S1") == STORY
        assert await queries.member(at, LEA.id) == LEA
        assert await queries.programme(at) == Programme(P, "Acme", NOW)
        assert await queries.story(at, "S2") is None
        assert await at.find(Story) == [STORY]


async def test_a_decision_of_this_process_is_seen_at_once(storage: Storage) -> None:
    """Whatever was looked up before; also when somebody still looks while it is made."""
    async with storage.work(P) as work:
        await work.insert(STORY)
    async with storage.glance(P) as before:
        assert await queries.story(before, "S1") == STORY
        async with storage.work(P) as work:
            await work.change(STORY, replace(STORY, version=2, state=State.RECALLED))
        assert await queries.programme(before) is not None
    async with storage.glance(P) as after:
        found = await queries.story(after, "S1")
    assert found is not None
    assert found.state is State.RECALLED


async def test_another_programme_is_not_glanced_at(storage: Storage) -> None:
    """Scoping is in the door."""
    async with storage.work(P) as work:
        await work.insert(Programme("P2", "Other", NOW))
        await work.insert(replace(STORY, programme="P2"))
    async with storage.glance("P2") as at:
        assert await queries.story(at, "S1") is not None
    async with storage.glance(P) as at:
        assert await queries.story(at, "S1") is None


async def test_copies_are_the_same_whoever_reads_them(storage: Storage) -> None:
    """Those asked for, of this programme, as they are on disk."""
    async with storage.work(P) as work:
        for number in range(5):
            await work.send("story", "S1", f"{W}/C{number}", "en")
    async with storage.reading(P) as at:
        there = await at.find(Copy)
        ids = [copy.id for copy in there[:3]]
        assert {copy.id for copy in await at.among(Copy, ids)} == set(ids)
    async with storage.glance(P) as at:
        found = await at.among(Copy, [*ids, "nobody's"])
        assert sorted(found, key=lambda copy: copy.id) == sorted(there[:3], key=lambda copy: copy.id)
        assert await at.among(Copy, []) == []
    async with storage.glance("P2") as at:
        assert await at.among(Copy, ids) == []


def test_what_others_may_have_changed_is_soon_looked_up_again() -> None:
    """And people, facts and drafts always."""
    time = [100.0]
    lately = Lately(lambda: time[0])
    lately.since_now().keep("story", Story, [STORY])
    lately.since_now().keep("member", Member, [LEA])
    assert lately.since_now().get("story") == [STORY]
    assert lately.since_now().get("member") is None
    time[0] += FRESH
    assert lately.since_now().get("story") is None


def test_what_is_found_after_a_decision_began_earlier_is_kept_for_nobody() -> None:
    """A snapshot older than the decision must not bring the past back."""
    lately = Lately(lambda: 100.0)
    old = lately.since_now()
    lately.forget()
    old.keep("story", Story, [STORY])
    assert lately.since_now().get("story") is None


@pytest.mark.skipif("config.getoption('--database') != 'sqlite'")
async def test_what_one_person_did_is_found_among_everybody_s(storage: Storage) -> None:
    """By the index on people: SQLite would rather walk through all facts of the programme since a moment."""
    asked: list[tuple[str, Any]] = []
    event.listen(storage.engine.sync_engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    async with storage.reading(P) as at:
        await facts_of(at, [LEA.id], Evidence.SAID, Evidence.POSTED, since=NOW - timedelta(days=7))
        statement, values = asked[-1]
        plan = (await at.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all()
    assert "ix_facts_member_at" in str(plan)
