"""Laws of claims and results in groups: a claim is taken once, by whoever holds the lease, or not at all."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import StatementError

from storage import leases, outgoing, posting
from storage.posting import Asked, Posting
from storage.posts import Claim, Settled
from storage.records import Copy, Sending
from storage.rows import table
from storage.work import Busy, Storage
from tests.storage.conftest import NOW, P, W

ME = "me"
MANY, AT_ONCE = 30, 8

sqlite = pytest.mark.skipif("config.getoption('--database') != 'sqlite'")


async def queued(storage: Storage, many: int = MANY) -> list[Copy]:
    """Cards that wait, each for a channel of its own, and the lease to send them."""
    assert await leases.take(storage, W, ME, 60) == 1
    async with storage.work(P) as work:
        for number in range(many):
            await work.send("story", "S1", f"{W}/C{number:03}", "en")
    return await copies(storage)


async def copies(storage: Storage) -> list[Copy]:
    """Every card, by channel."""
    async with storage.reading(P) as at:
        return sorted(await at.find(Copy), key=lambda copy: copy.address)


async def changed(storage: Storage, copy: Copy, **values: Any) -> None:  # noqa: ANN401  any column
    """Somebody else does something to a card."""
    rows = table(Copy)
    async with storage.work(P) as work:
        await work.connection.execute(update(rows).where(rows.c.id == copy.id).values(values))


def claim(copy: Copy, *, holder: str = ME, epoch: int = 1) -> Claim:
    """About to be posted."""
    return Claim(copy, holder, epoch, NOW)


async def claimed(storage: Storage, *claims: Claim) -> list[bool]:
    """All at the same time."""
    return await together(storage, *(outgoing.claim(storage, each) for each in claims))


async def together(storage: Storage, *asked: Awaitable[bool]) -> list[bool]:
    """In one group; over a server's connections as many at once as Herald posts, for those are few."""
    room = asyncio.Semaphore(AT_ONCE if storage.turns.replicated else len(asked))

    async def one(each: Awaitable[bool]) -> bool:
        async with room:
            return await each

    return await asyncio.gather(*map(one, asked))


async def test_each_card_is_claimed_once(storage: Storage) -> None:
    """However many try, and however they are grouped."""
    waiting = await queued(storage)
    taken = await claimed(storage, *(claim(copy) for copy in waiting for _ in range(3)))
    assert sum(taken) == MANY
    assert [any(taken[3 * number : 3 * number + 3]) for number in range(MANY)] == [True] * MANY
    assert await copies(storage) == [outgoing.as_claimed(claim(copy)) for copy in waiting]
    assert not any(await claimed(storage, *(claim(copy) for copy in waiting)))


@pytest.mark.parametrize(
    "since",
    [
        {"wanted": 2},
        {"state": Sending.DROPPED},
        {"state": Sending.SENDING},
        {"ref": "C1:1"},
        {"op_id": "another"},
    ],
    ids=str,
)
async def test_what_changed_since_it_was_read_is_not_claimed(
    storage: Storage, since: dict[str, object]
) -> None:
    """And holds up none of those that come with it."""
    waiting = await queued(storage)
    await changed(storage, waiting[7], **since)
    there = (await copies(storage))[7]
    taken = await claimed(storage, *(claim(copy) for copy in waiting))
    assert [number for number, done in enumerate(taken) if not done] == [7]
    assert (await copies(storage))[7] == there


@pytest.mark.parametrize("wrong", [{"holder": "another"}, {"epoch": 2}], ids=["holder", "epoch"])
async def test_who_has_no_lease_claims_nothing(storage: Storage, wrong: dict[str, Any]) -> None:
    """Whoever else is in the group."""
    waiting = await queued(storage)
    claims = [claim(copy, **wrong) if number % 2 else claim(copy) for number, copy in enumerate(waiting)]
    assert await claimed(storage, *claims) == [number % 2 == 0 for number in range(MANY)]


async def test_a_lease_that_ran_out_claims_nothing(storage: Storage) -> None:
    """Compared in the transaction that would claim."""
    (waiting,) = await queued(storage, 1)
    await leases.give_back(storage, W, ME)
    assert await claimed(storage, claim(waiting)) == [False]


def posted(copy: Copy) -> dict[str, Any]:
    """What is written about a card that stands."""
    return {"ref": f"{copy.address}:1", "state": Sending.IDLE, "drawn": copy.wanted, "sent_at": NOW}


async def test_what_became_of_many_is_written_as_of_one(storage: Storage) -> None:
    """Different things of different cards, in one group."""
    waiting = await queued(storage)
    assert all(await claimed(storage, *(claim(copy) for copy in waiting)))
    ours = [outgoing.as_claimed(claim(copy)) for copy in waiting]
    became: list[dict[str, Any]] = [
        posted(copy) if number % 3 else {"state": Sending.UNSURE, "due": NOW + timedelta(seconds=30)}
        for number, copy in enumerate(ours)
    ]
    pairs = zip(ours, became, strict=True)
    await together(storage, *(outgoing.settled(storage, Settled(copy, values)) for copy, values in pairs))
    assert await copies(storage) == [
        replace(copy, **values) for copy, values in zip(ours, became, strict=True)
    ]


OTHERWISE: list[dict[str, Any]] = [
    {"state": Sending.IDLE},
    {"epoch": 2},
    {"op_id": "another"},
    {"ref": "C1:9"},
    {"state": Sending.GONE},
]
STILL: list[dict[str, Any]] = [
    {"attempts": 3},
    {"state": Sending.UNSURE},
    {"state": Sending.DROPPED},
    {"wanted": 5},
]


@pytest.mark.parametrize("since", OTHERWISE + STILL, ids=str)
async def test_an_answer_counts_only_for_the_card_it_is_about(
    storage: Storage, since: dict[str, Any]
) -> None:
    """In a group as within a work: not once it was sent again, moved or erased; `wanted` stays as it is."""
    first, second = await queued(storage, 2)
    await claimed(storage, claim(first), claim(second))
    for copy in (first, second):
        await changed(storage, copy, **since)
    before = await copies(storage)
    await outgoing.settled(storage, Settled(first, posted(first), claim(first)))
    async with storage.work(P) as work:
        written = await outgoing.settle(work, outgoing.as_claimed(claim(second)), **posted(second))
    after = await copies(storage)
    assert written is (since in STILL)
    for copy, was, now in zip((first, second), before, after, strict=True):
        assert now == (replace(was, **posted(copy)) if since in STILL else was)


async def test_the_next_is_claimed_with_what_became_of_the_last(storage: Storage) -> None:
    """And only if it is ours to claim."""
    first, second, third = await queued(storage, 3)
    await claimed(storage, claim(first))
    assert await outgoing.settled(storage, Settled(first, posted(first), claim(first)), claim(second))
    await changed(storage, third, wanted=2)
    became = Settled(second, posted(second), claim(second))
    assert not await outgoing.settled(storage, became, claim(third))
    assert [copy.state for copy in await copies(storage)] == [Sending.IDLE] * 3
    assert [copy.ref is not None for copy in await copies(storage)] == [True, True, False]


async def test_a_result_that_cannot_be_kept_harms_nobody_else(storage: Storage) -> None:
    """Half a character is nothing for a database."""
    waiting = await queued(storage, 3)
    await claimed(storage, *(claim(copy) for copy in waiting))
    ours = [outgoing.as_claimed(claim(copy)) for copy in waiting]
    values = [posted(copy) | ({"error": "\ud83d"} if copy is ours[1] else {"error": ""}) for copy in ours]
    told = await asyncio.gather(
        *(outgoing.settled(storage, Settled(*each)) for each in zip(ours, values, strict=True)),
        return_exceptions=True,
    )
    assert isinstance(told[1], (ValueError, StatementError))
    assert [isinstance(each, Exception) for each in told] == [False, True, False]
    assert [copy.ref is not None for copy in await copies(storage)] == [True, False, True]


@sqlite
async def test_who_is_about_to_ask_is_waited_for(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One commit for both; nobody is waited for longer than a moment."""
    first, second, third = await queued(storage, 3)
    assert storage.posting is not None
    groups, written = [], Posting._written  # noqa: SLF001

    async def counted(self: Posting, group: Sequence[Asked]) -> set[str]:
        groups.append(len(group))
        return await written(self, group)

    monkeypatch.setattr(Posting, "_written", counted)
    with monkeypatch.context() as patient:
        patient.setattr(posting, "MOMENT", 3600)
        early = asyncio.create_task(storage.posting.write([claim(first)], beside=1))
        await copies(storage)  # many turns of the loop
        assert await storage.posting.write([claim(second)], beside=1)
        assert await early
    assert await storage.posting.write([claim(third)], beside=1)
    assert groups == [2, 1]


@sqlite
async def test_while_somebody_else_writes_nothing_is_claimed(storage: Storage, other: Storage) -> None:
    """Everybody who waits is told, and may ask again."""
    waiting = await queued(storage, 3)
    async with other.work(P):
        told = await asyncio.gather(
            *(outgoing.claim(storage, claim(copy)) for copy in waiting), return_exceptions=True
        )
    assert {type(each) for each in told} == {Busy}
    assert all(await claimed(storage, *(claim(copy) for copy in waiting)))


async def test_who_does_not_wait_any_more_claims_nothing(storage: Storage) -> None:
    """A claim whose process gave it up before its turn leaves no trace."""
    first, second = await queued(storage, 2)
    async with storage.work(P):
        given_up = asyncio.create_task(outgoing.claim(storage, claim(first)))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait((given_up,))
    assert await claimed(storage, claim(second)) == [True]
    assert [copy.state for copy in await copies(storage)] == [Sending.IDLE, Sending.SENDING]
