"""First posts where nobody can look afterwards: no moment knows of two, the next is claimed with the last."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from bot.cards import Card
from bot.claiming import DOUBTFUL, Claims
from bot.drawing import Drawn
from bot.leasing import Lease
from bot.patience import elapsed
from content.texts import text
from storage import outgoing
from storage.posts import Claim, Settled
from storage.records import Copy, Sending
from storage.work import Busy, Storage, Uncertain
from tests.bot.programme import P, Told, W
from tests.fakes import LEISURELY

CARD = Card(text("intro.notice"))
STANDS = {"ref": "C:1", "state": Sending.IDLE, "drawn": 1}


@dataclass
class Two:
    """Two cards: the first is on its way, the second waits for that."""

    storage: Storage
    claims: Claims
    first: Copy
    second: "asyncio.Task[object]"
    open: bool = True

    async def states(self) -> list[Sending]:
        """Of both, as everybody sees them."""
        async with self.storage.reading(P) as at:
            return [copy.state for copy in sorted(await at.find(Copy), key=lambda copy: copy.address)]


def drawn(copy: Copy, began: float) -> Drawn:
    return Drawn(copy, CARD, None, began)


@pytest.fixture
async def two(told: Told) -> AsyncIterator[Two]:
    """One card is claimed; another asked to be."""
    lease = Lease(told.storage, W, LEISURELY)
    await lease.take()
    async with told.storage.work(P) as work:
        for number in range(2):
            await work.send("introduction", "x", f"{W}/C{number}", "en")
    async with told.storage.reading(P) as at:
        first, second = sorted(await at.find(Copy), key=lambda copy: copy.address)
    claims = Claims(lease, most=lambda: 1, open_=lambda: there.open, gone=lambda: None)
    claimed = await claims.claim(drawn(first, elapsed()))
    assert claimed
    waiting = asyncio.create_task(claims.claim(drawn(second, elapsed() + 60)))
    there = Two(told.storage, claims, first, waiting)
    await asyncio.sleep(0)
    yield there
    waiting.cancel()


async def test_one_waits_for_the_other(two: Two) -> None:
    """Whatever comes in between."""
    assert await two.states() == [Sending.SENDING, Sending.IDLE]
    assert not two.second.done()


async def test_the_next_goes_with_the_last(two: Two) -> None:
    """One commit: the first stands, the second is on its way."""
    await two.claims.settle(two.first, STANDS, well=True)
    assert await two.states() == [Sending.IDLE, Sending.SENDING]
    assert await two.second


async def test_after_a_failure_the_next_is_looked_at_again(two: Two) -> None:
    """What failed may have paused its address, its kind, or everything."""
    await two.claims.settle(two.first, {"state": Sending.IDLE}, well=False)
    assert not two.second.done()
    two.claims.let_go(two.first)
    assert await two.second is None
    assert await two.states() == [Sending.IDLE, Sending.IDLE]


async def test_nothing_follows_while_posts_are_paused(two: Two) -> None:
    """The platform asked for it meanwhile."""
    two.open = False
    await two.claims.settle(two.first, STANDS, well=True)
    assert await two.second is None
    assert await two.states() == [Sending.IDLE, Sending.IDLE]


async def test_what_was_drawn_long_ago_is_looked_at_again(two: Two) -> None:
    """It waited for a post that hung."""
    two.second.cancel()
    await asyncio.wait((two.second,))
    third = asyncio.create_task(two.claims.claim(drawn(replace(two.first, id="3"), elapsed() - 60)))
    await asyncio.sleep(0)
    await two.claims.settle(two.first, STANDS, well=True)
    assert await third is None


async def test_who_was_cancelled_meanwhile_holds_nothing_up(two: Two) -> None:
    """The next may be claimed, whatever becomes of the one that nobody posts."""
    settling = asyncio.create_task(two.claims.settle(two.first, STANDS, well=True))
    await asyncio.sleep(0)
    two.second.cancel()
    await settling
    two.claims.let_go(two.first)
    assert two.claims.on_the_way == 0


@pytest.mark.parametrize("failure", [Busy, Uncertain])
async def test_a_commit_that_fails_lets_nobody_post(
    two: Two, failure: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recorded: the second is looked at again. Nobody knows: it is given back before any post."""

    async def failing(
        storage: Storage, became: Settled, following: Claim | None = None, beside: int = 0
    ) -> bool:
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr(outgoing, "settled", failing)
        with pytest.raises(failure):
            await two.claims.settle(two.first, STANDS, well=True)
    claimed = await two.second
    assert claimed == (None if failure is Busy else DOUBTFUL)
    await two.claims.settle(two.first, STANDS, well=True)
    assert await two.states() == [Sending.IDLE, Sending.IDLE]
