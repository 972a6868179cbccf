"""First posts that are on their way: from the claim until what became of it is on disk."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.drawing import Drawn
from bot.leasing import Lease
from bot.patience import elapsed
from storage import outgoing
from storage.posts import Claim, Settled
from storage.records import Copy
from storage.work import Busy, Uncertain

DOUBTFUL = float("-inf")
"""When a claim was begun of which nobody knows whether it was written: it is given back, never acted upon."""


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """Whoever waits for one of the first posts that may be on their way."""

    drawn: Drawn
    told: asyncio.Future[float | None]


class Claims:
    """Those of one workspace: no more than some at the same time, one where nobody can look afterwards.

    Whoever is ready waits, and is claimed in the commit that says what became of another (decision 0019): no
    moment knows of more, and a card costs one commit.
    """

    def __init__(
        self, lease: Lease, *, most: Callable[[], int], open_: Callable[[], bool], gone: Callable[[], object]
    ) -> None:
        """`most` may be on their way; `open_` says whether anything may be posted at all.

        `gone` is called when one goes on its way: the next may be made ready.
        """
        self.lease = lease
        self._most = most
        self._open = open_
        self._gone = gone
        self._held: dict[str, Claim] = {}
        self._line: deque[Waiting] = deque()

    @property
    def on_the_way(self) -> int:
        """How many are."""
        return len(self._held)

    async def claim(self, drawn: Drawn) -> float | None:
        """Make a card ours to post, now or in its turn; None when it is to be looked at again.

        Returns when the claim was begun, `DOUBTFUL` when nobody knows whether it was written.
        """
        if len(self._held) >= self._most():
            waiting = Waiting(drawn, asyncio.get_running_loop().create_future())
            self._line.append(waiting)
            return await waiting.told
        claim, began = self._begin(drawn.copy)
        try:
            taken = await outgoing.claim(self.lease.storage, claim)
        except Uncertain:
            return DOUBTFUL
        return began if taken else None

    def present(self, copy: Copy) -> Copy:
        """A copy as it is on disk once its claim is."""
        claim = self._held.get(copy.id)
        return copy if claim is None else outgoing.as_claimed(claim)

    async def settle(self, copy: Copy, values: Mapping[str, Any], *, well: bool) -> None:
        """Write what became of a copy. When it went well, the next in line is claimed with it."""
        mine = self._held.get(copy.id)
        following = self._next() if well and mine else None
        became = Settled(copy, values, mine)
        if mine is None or following is None:
            await outgoing.settled(self.lease.storage, became, beside=len(self._held) - 1)
            return
        del self._held[copy.id]
        claim, began = self._begin(following.drawn.copy)
        claimed: float | None = None
        try:
            if await outgoing.settled(self.lease.storage, became, claim, len(self._held) - 1):
                claimed = began
        except (Busy, Uncertain) as failed:
            self._held[copy.id] = mine
            claimed = DOUBTFUL if isinstance(failed, Uncertain) else None
            raise
        finally:
            self._tell(following, claimed)

    def let_go(self, copy: Copy) -> None:
        """A card is on its way no more; whoever still waits looks again."""
        self._held.pop(copy.id, None)
        while self._line and len(self._held) < self._most():
            self._tell(self._line.popleft(), None)

    def _begin(self, copy: Copy) -> tuple[Claim, float]:
        lease = self.lease
        claim = self._held[copy.id] = Claim(copy, lease.holder, lease.epoch, lease.storage.now())
        self._gone()
        return claim, elapsed()

    def _next(self) -> Waiting | None:
        """Who waits, unless what they would post may have changed by now."""
        while self._line and len(self._held) <= self._most():
            waiting = self._line.popleft()
            if not waiting.told.done() and waiting.drawn.fresh and self._open():
                return waiting
            self._tell(waiting, None)
        return None

    def _tell(self, waiting: Waiting, claimed: float | None) -> None:
        """Who was cancelled meanwhile holds nothing; their claim is found like that of a dead process."""
        if claimed is None or waiting.told.done():
            self._held.pop(waiting.drawn.copy.id, None)
        if not waiting.told.done():
            waiting.told.set_result(claimed)
