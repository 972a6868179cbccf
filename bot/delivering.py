"""Draw what is behind: every sent card is a live view of one thing, and only this writes to it."""

import asyncio
import time
from functools import partial

import structlog

from bot.cards import Card
from bot.failing import Failing, backoff
from bot.leasing import Lease
from bot.limits import EVERYTHING, KINDS, Kind, Limits
from bot.outages import resume
from bot.ports import Chat, LockedOut, Surroundings, Throttled, Unknown, Unreachable
from bot.resolving import Resolving
from bot.sending import Hand
from bot.tally import Tally
from bot.views import VIEWS
from content.programmes import Workspace
from storage import directory
from storage.directory import Head
from storage.records import Copy
from storage.work import Busy, Storage

log = structlog.get_logger("herald.delivering")

AT_ONCE = 8
"""Addresses spoken to at the same time, for each kind of call."""
ROUND, GLANCE = 10.0, 0.25
"""Seconds that one round follows what it began, and after which it looks for more meanwhile."""
BROKEN = 60.0
"""Seconds an address rests when drawing its card fails for a reason nobody foresaw."""


class Sender:
    """Everything Herald says of itself in one workspace: under a lease, in order per address, all at once."""

    def __init__(
        self, storage: Storage, chat: Chat, workspace: str, around: Surroundings, tally: Tally
    ) -> None:
        """Nothing is sent before the first round."""
        self.workspace = workspace
        self.lease = Lease(storage, workspace, around.patience)
        self._storage = storage
        self._chat = chat
        self._limits = Limits(chat.pace, storage.now)
        failing = Failing(storage, self._limits, around.patience)
        self._hand = Hand(chat, self.lease, failing, around, tally)
        self._resolving = Resolving(storage, chat, workspace, around.patience, tally)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._kinds: dict[str, Kind] = {}
        self._probes = 0

    async def deliver(self) -> None:
        """Draw what is behind and due until nothing is left; the slow are left to go on by themselves."""
        ends = time.monotonic() + ROUND
        while time.monotonic() < ends and await self.lease.take():
            under_way, begun = len(self._running), await self._begin()
            running = tuple(self._running.values())
            if running:
                await asyncio.wait(running, timeout=GLANCE, return_when=asyncio.FIRST_COMPLETED)
            elif not under_way + begun:  # else a card was done meanwhile, and its address is free again
                return

    async def resolve(self) -> None:
        """Find out what nobody knows: cards whose post was never answered, a credential that was refused."""
        if await self.lease.take():
            await self._resolving.resolve(self._hand.under_way)
            await self._probe()

    async def close(self) -> None:
        """Finish what is under way and let another process send."""
        if self._running:
            await asyncio.wait(tuple(self._running.values()))
        await self.lease.give_back()

    async def _begin(self) -> int:
        """Begin what can be begun now; how many cards that was."""
        begun = 0
        for kind in KINDS:
            room = AT_ONCE - list(self._kinds.values()).count(kind)
            if room > 0 and self._limits.open(kind):
                besides = {*self._running, *self._limits.closed()}
                posted = kind == "redraw"
                for head in await directory.heads(
                    self._storage, self.workspace, posted=posted, besides=besides, most=room
                ):
                    self._start(head, kind)
                    begun += 1
        return begun

    def _start(self, head: Head, kind: Kind) -> None:
        self._kinds[head.address] = kind
        self._running[head.address] = task = asyncio.create_task(self._draw(head, kind))
        task.add_done_callback(partial(self._ended, head.address))

    async def _draw(self, head: Head, kind: Kind) -> None:
        await self._limits.turn(kind, head.address)
        if self._limits.open(kind) and self.lease.held:
            await self._hand.draw(head, kind)

    def _ended(self, address: str, task: asyncio.Task[None]) -> None:
        """The next card of an address may go; one that could not be drawn holds up only its own address."""
        del self._running[address], self._kinds[address]
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Busy):
            log.warning("delivery.busy", address=address)
            self._limits.pause(address, backoff(0))
        elif failure is not None:
            log.error("delivery.broken", address=address, exc_info=failure)
            self._limits.pause(address, BROKEN)

    async def _probe(self) -> None:
        """Ask, less and less often, whether a refused credential works again; then everything goes on."""
        programme = await directory.programme_of(self._storage, self.workspace)
        if programme is None or not self._limits.open("post"):
            return
        async with self._storage.reading(programme) as at:
            home = await at.get(Workspace, id=self.workspace)
        if home is None or not home.paused:
            return
        self._probes += 1
        self._limits.pause(EVERYTHING, backoff(self._probes + 3))
        try:
            await self._chat.probe()
        except (LockedOut, Throttled, Unknown, Unreachable) as still:
            log.warning("workspace.locked_out", workspace=self.workspace, failure=str(still))
            return
        self._probes = 0
        self._limits.pause(EVERYTHING, 0)
        await resume(self._storage, programme, self.workspace)


async def shows(
    storage: Storage, programme: str, workspace: str, ref: str, around: Surroundings
) -> tuple[Card, str] | None:
    """What a copy shows by now, and in which language; nothing is marked as drawn."""
    async with storage.reading(programme) as at:
        copy = await at.get(Copy, workspace=workspace, ref=ref)
        card = await VIEWS[copy.view](at, copy, around) if copy else None
        return (card, copy.language) if copy and card else None
