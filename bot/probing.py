"""Whether a refused credential works again: asked less and less often, believed once a card got through."""

import structlog

from bot.failing import backoff
from bot.limits import EVERYTHING, KINDS, Limits
from bot.outages import resume
from bot.ports import Chat, LockedOut, Throttled, Unknown, Unreachable
from bot.sending import Hand
from content.programmes import Workspace
from storage import directory
from storage.work import Storage

log = structlog.get_logger("herald.probing")

FIRST = 4
"""Doublings that the first wait between two probes begins with: half a minute."""
STILL = frozenset({"locked", "throttled", "retried"})
"""What became of the card that was tried, when that proves nothing."""


class Probing:
    """Asks for one workspace.

    A login may work while posting is refused (a scope, an app that was blocked): one card is tried before all
    the others go, and nobody is told a second time.
    """

    def __init__(self, storage: Storage, chat: Chat, workspace: str, limits: Limits, hand: Hand) -> None:
        """Nothing was asked yet."""
        self._storage = storage
        self._chat = chat
        self._workspace = workspace
        self._limits = limits
        self._hand = hand
        self._probes = 0

    async def probe(self) -> None:
        """Ask, if the workspace is paused and it is time; when it works again, everything goes on."""
        programme = await directory.programme_of(self._storage, self._workspace)
        if programme is None or not self._limits.open("post") or not await self._paused(programme):
            return
        if await self._enters() and await self._gets_through():
            self._probes = 0
            self._limits.pause(EVERYTHING, 0)
            await resume(self._storage, programme, self._workspace)
        else:
            self._limits.pause(EVERYTHING, backoff(self._probes + FIRST))
            self._probes += 1

    async def _paused(self, programme: str) -> bool:
        async with self._storage.reading(programme) as at:
            home = await at.get(Workspace, id=self._workspace)
        return home is not None and home.paused is not None

    async def _enters(self) -> bool:
        try:
            await self._chat.probe()
        except (LockedOut, Throttled, Unknown, Unreachable) as still:
            log.warning("workspace.locked_out", workspace=self._workspace, failure=str(still))
            return False
        return True

    async def _gets_through(self) -> bool:
        """Draw one of the cards that wait, if any does."""
        for kind in KINDS:
            posted = kind == "redraw"
            for head in await directory.to_try(self._storage, self._workspace, posted=posted):
                return await self._hand.draw(head, kind) not in STILL
        return True
