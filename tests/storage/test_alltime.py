"""What was read since the beginning: counted up by and by, and always what the facts say."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from content.shares import Evidence, Fact
from storage import alltime, mine
from storage.facts import record
from storage.work import Storage, new_id
from tests.laws import tries
from tests.storage.conftest import NOW, P

OLD = NOW - timedelta(days=400)


async def visited(
    storage: Storage, story: str, times: int, *, ago: timedelta, member: str | None = None
) -> None:
    """Readers of a story, some time ago; and somebody who opened its sheet, who is no reader."""
    when = NOW - ago
    kinds = [Evidence.OBSERVED] * times + [Evidence.OPENED, Evidence.INTENT]
    await record(storage, *(Fact(new_id(), P, story, kind, when, member) for kind in kinds))


async def read(storage: Storage) -> dict[str, int]:
    async with storage.reading(P) as at:
        return await alltime.read(at)


async def test_old_and_new_readers_are_counted_once(storage: Storage) -> None:
    await visited(storage, "S1", 3, ago=timedelta(days=400))
    await visited(storage, "S2", 2, ago=timedelta(days=31))
    await visited(storage, "S1", 4, ago=timedelta(minutes=1))
    assert await read(storage) == {"S1": 7, "S2": 2}
    for _ in range(2):
        await alltime.count_up(storage)
        assert await read(storage) == {"S1": 7, "S2": 2}
    await visited(storage, "S2", 1, ago=timedelta(0))
    assert await read(storage) == {"S1": 7, "S2": 3}


async def test_nothing_is_nothing(storage: Storage) -> None:
    await alltime.count_up(storage)
    assert await read(storage) == {}
    await visited(storage, "S1", 1, ago=timedelta(seconds=1))
    assert await read(storage) == {"S1": 1}


async def test_two_processes_count_the_same_once(storage: Storage, other: Storage) -> None:
    await visited(storage, "S1", 3, ago=timedelta(days=2))
    await alltime.count_up(storage)
    await alltime.count_up(other)
    assert await read(other) == {"S1": 3}


async def test_a_process_that_counted_at_the_same_time_adds_nothing(storage: Storage) -> None:
    await visited(storage, "S1", 3, ago=timedelta(days=2))
    async with storage.work(P) as work:
        assert await alltime.moved_on(work, None, NOW)
        assert not await alltime.moved_on(work, None, NOW)
        assert not await alltime.moved_on(work, OLD, NOW)
        assert await alltime.moved_on(work, NOW, NOW)


async def test_after_an_erasure_it_is_what_the_facts_say(storage: Storage) -> None:
    member = "slack:T1/UANA"
    await visited(storage, "S1", 3, ago=timedelta(days=2), member=member)
    await visited(storage, "S2", 2, ago=timedelta(days=2))
    await alltime.count_up(storage)
    before = await read(storage)
    async with storage.work(P) as work:
        await work.connection.exec_driver_sql("UPDATE reads SET readers = 99")
        await mine.erase(work, member)
    assert await read(storage) == before | {"S2": 99}
    async with storage.work(P) as work:
        await work.connection.exec_driver_sql("DELETE FROM facts")
        await alltime.recount(work, {"S1", "S2"})
    assert await read(storage) == {}


@pytest.mark.parametrize("programme", ["P2"])
async def test_each_programme_counts_its_own(storage: Storage, programme: str) -> None:
    await record(storage, Fact(new_id(), programme, "X", Evidence.OBSERVED, NOW - timedelta(days=2)))
    await alltime.count_up(storage)
    assert await read(storage) == {}


@tries(15, HealthCheck.function_scoped_fixture)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 100_000)), max_size=8), st.integers(0, 8))
async def test_it_is_always_the_sum_of_the_facts(
    storage: Storage, found: list[tuple[str, int]], when: int
) -> None:
    before = Counter(await read(storage))
    for number, (story, minutes) in enumerate(sorted(found, key=lambda each: -each[1])):
        await record(
            storage, Fact(new_id(), P, story, Evidence.OBSERVED, NOW - timedelta(minutes=minutes % 9))
        )
        if number == when:
            await alltime.count_up(storage)
    assert await read(storage) == before + Counter(story for story, _ in found)
