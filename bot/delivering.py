"""Draw what is behind: every sent card is a live view of one thing, and only this writes to it."""

import asyncio
from contextlib import suppress
from functools import partial

import structlog

from bot.cards import Card
from bot.claiming import Claims
from bot.failing import Failing, backoff
from bot.leasing import Lease
from bot.limits import KINDS, Kind, Limits
from bot.ports import Chat, Surroundings
from bot.probing import Probing
from bot.reading import Ahead
from bot.resolving import Resolving
from bot.sending import Hand
from bot.tally import Tally
from bot.views import look
from storage.directory import Head
from storage.records import Copy
from storage.work import Busy, Storage

log = structlog.get_logger("herald.delivering")

AT_ONCE = 8
"""Addresses spoken to at the same time, for each kind of call. First posts go one at a time where nobody can
look afterwards: what is on its way when a process dies is what people must be asked about (decision 0014)."""
ROUND, GLANCE = 10.0, 0.25
"""Seconds that a caller waits for what is going out, and after which it looks for more meanwhile."""
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
        self._woken = asyncio.Event()
        self._claims = Claims(
            self.lease,
            most=self._at_once,
            open_=lambda: self._limits.open("post"),
            gone=lambda: self._fill("post"),
        )
        self._hand = Hand(chat, self._claims, failing, around, tally)
        self._ahead = Ahead(storage, workspace, self._limits, self._hand.drawings)
        self._resolving = Resolving(storage, chat, workspace, around.patience, tally)
        self._probing = Probing(storage, chat, workspace, self._limits, self._hand)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._kinds: dict[str, Kind] = {}
        self._going: asyncio.Task[None] | None = None
        self._again = False
        self._closing = False

    async def deliver(self) -> None:
        """Draw what is behind and due until nothing is left; what takes longer goes on by itself."""
        self._ahead.forget()
        self._again = True
        self._over()
        if self._going is None:
            self._going = asyncio.create_task(self._go())
        await asyncio.wait([self._going], timeout=ROUND)
        self._over()

    def _over(self) -> None:
        """Let go of a round that ended; raises what ended it."""
        if self._going is not None and self._going.done():
            ended, self._going = self._going, None
            ended.result()

    async def _go(self) -> None:
        while not self._closing and await self.lease.take():
            self._woken.clear()
            self._again = False  # whoever calls from now on may know of more
            under_way, begun = len(self._running), await self._begin()
            if self._running:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), GLANCE)
            elif not (under_way or begun or self._again):  # else an address may be free again by now
                return

    async def resolve(self) -> None:
        """Find out what nobody knows: cards whose post was never answered, a credential that was refused."""
        if await self.lease.take():
            await self._resolving.resolve(self._hand.under_way)
            await self._probing.probe()

    async def close(self) -> None:
        """Finish what is under way and let another process send."""
        self._closing = True
        if self._going is not None:
            await asyncio.wait([self._going])
        if self._running:
            await asyncio.wait(tuple(self._running.values()))
        await self.lease.give_back()

    async def _begin(self) -> int:
        """Begin what can be begun now; how many cards that was."""
        begun = 0
        for kind in KINDS:
            begun += self._fill(kind)
            if self._room(kind) and self._ahead.used_up(kind, self._running):
                await self._ahead.ask(kind, self._running)
                begun += self._fill(kind)
        return begun

    def _fill(self, kind: Kind) -> int:
        """Begin what was read ahead, as far as there is room for it."""
        room = self._room(kind)
        heads = self._ahead.ready(kind, room, self._running) if room else []
        for head in heads:
            self._start(head, kind)
        return len(heads)

    def _room(self, kind: Kind) -> int:
        """How many more of a kind may be under way."""
        room = self._most(kind) - list(self._kinds.values()).count(kind)
        if room <= 0 or self._closing or not (self.lease.held and self._limits.open(kind)):
            return 0
        return room

    def _most(self, kind: Kind) -> int:
        """First posts are made ready while others are on their way or written down, and go after those.

        Where one goes at a time they go in their order, so only one is made ready before.
        """
        ready = 2 * AT_ONCE if self._chat.can_look else 1
        return ready + self._claims.on_the_way if kind == "post" else AT_ONCE

    def _at_once(self) -> int:
        return AT_ONCE if self._chat.can_look else 1

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
        del self._running[address]
        kind = self._kinds.pop(address)
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Busy):
            log.warning("delivery.busy", address=address)
            self._limits.pause(address, backoff(0))
        elif failure is not None:
            log.error("delivery.broken", address=address, exc_info=failure)
            self._limits.pause(address, BROKEN)
        if not self._fill(kind):
            self._woken.set()


async def shows(
    storage: Storage, programme: str, workspace: str, ref: str, around: Surroundings
) -> tuple[Card, str] | None:
    """What a copy shows by now, and in which language; nothing is marked as drawn."""
    async with storage.glance(programme) as near:
        copy = await near.get(Copy, workspace=workspace, ref=ref)
    if copy is None:
        return None
    async with storage.reading(programme) as at:
        _, card = await look(at, copy, around)
    return (card, copy.language) if card else None
