"""One copy at a time: drawn from what is stored, posted once or redrawn, and written down."""

import asyncio
from dataclasses import replace
from functools import partial

import structlog

from bot.cards import Card
from bot.failing import Failing, Verdict
from bot.leasing import Lease
from bot.limits import Kind
from bot.patience import AT_LAST, elapsed
from bot.ports import FAILURES, Chat, Surroundings
from bot.tally import Tally
from bot.views import VIEWS
from bot.views.counting import counted
from storage import outgoing
from storage.directory import Head
from storage.records import Copy, Sending
from storage.work import Busy, Uncertain

log = structlog.get_logger("herald.sending")

WAITS = (0.1, 0.3, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries to write down what became of a card; forgetting it would make it unsure."""


class Hand:
    """Draws single copies of one workspace. `under_way` are the ids of those it is posting."""

    def __init__(
        self, chat: Chat, lease: Lease, failing: Failing, around: Surroundings, tally: Tally
    ) -> None:
        """Send through `chat`, under `lease`; `failing` says what a failure means."""
        self._storage = lease.storage
        self._chat = chat
        self._lease = lease
        self._failing = failing
        self._around = around
        self._tally = tally
        self.under_way: set[str] = set()

    async def draw(self, head: Head, kind: Kind) -> str:
        """Bring one copy up to date, if it still is behind; raises `Busy` before anything was sent.

        Returns what became of it, in one word; none when nothing was to be done.
        """
        began = elapsed()
        async with self._storage.reading(head.programme) as at:
            copy = await at.get(Copy, id=head.id)
            if copy is None or copy.state is not Sending.IDLE or copy.wanted <= copy.drawn:
                return ""
            card = await VIEWS[copy.view](at, copy, self._around)
            copy = replace(copy, counted=await counted(at, copy))
        if card is None:
            await self._keep(copy, Verdict({"state": Sending.DROPPED, "drawn": copy.wanted}))
        elif copy.ref is not None:
            return await self._redraw(copy, card, began)
        elif kind == "post":
            return await self._post(copy, card)
        return ""

    async def _post(self, copy: Copy, card: Card) -> str:
        """Post for the first time: written down before it is tried, so a crash leaves a trace, no double."""
        self.under_way.add(copy.id)
        try:
            claimed = await self._claim(copy)
            if claimed is None:
                return ""
            AT_LAST.set(partial(self._in_time, elapsed()))
            return await self._show(claimed, card)
        finally:
            self.under_way.discard(copy.id)

    async def _claim(self, copy: Copy) -> Copy | None:
        """Make it ours, or know that it is not; a claim that took long is given back, never acted upon."""
        began = elapsed()
        try:
            claimed = await outgoing.claim(self._storage, copy, self._lease.holder, self._lease.epoch)
        except Uncertain:
            claimed, began = outgoing.as_claimed(copy, self._lease.epoch), float("-inf")
        if claimed is not None and self._late(began):
            self._tally.count("deliveries", "late")
            await self._keep(claimed, Verdict({"state": Sending.IDLE}))
            return None
        return claimed

    async def _redraw(self, copy: Copy, card: Card, began: float) -> str:
        """Draw in place; a process that lost its lease meanwhile may have drawn over a newer look."""
        if self._late(began):
            return ""
        became = await self._show(copy, card)
        if not self._lease.held:
            async with self._storage.work(copy.programme, alone=False) as work:
                await outgoing.behind_again(work, copy)
        return became

    async def _show(self, copy: Copy, card: Card) -> str:
        kind: Kind = "redraw" if copy.ref else "post"
        try:
            ref = await self._speak(copy, card)
        except FAILURES as failure:
            verdict = self._failing.judge(copy, failure, kind)
            log.warning("delivery.failed", copy=copy.id, outcome=verdict.outcome, cause=str(failure)[:200])
        else:
            self._tally.succeeded(copy.workspace, self._storage.now())
            verdict = self._drawn(copy, ref)
        self._tally.count("deliveries", verdict.outcome)
        await self._keep(copy, verdict)
        return verdict.outcome

    async def _speak(self, copy: Copy, card: Card) -> str:
        if copy.ref is not None:
            await self._chat.redraw(copy.ref, card, copy.language)
            return copy.ref
        return await self._chat.send(copy.address.partition("/")[2], card, copy.language, copy.op_id)

    def _drawn(self, copy: Copy, ref: str) -> Verdict:
        """What was drawn: `wanted` was read before the subject, so a change in between stays behind."""
        now = self._storage.now()
        if copy.ref is None:
            self._tally.lag(max(0.0, (now - copy.due).total_seconds()))
        return Verdict(
            {
                "ref": ref, "state": Sending.IDLE, "drawn": copy.wanted, "sent_at": copy.sent_at or now,
                "counted": copy.counted, "attempts": 0, "error": "",
            },
            outcome="redrawn" if copy.ref else "posted",
        )  # fmt: skip

    def _in_time(self, began: float) -> bool:
        return not self._late(began)

    def _late(self, began: float) -> bool:
        return not self._lease.held or elapsed() - began > self._around.patience.claim

    async def _keep(self, copy: Copy, verdict: Verdict) -> None:
        """Write it down, however long the database is away."""
        for wait in WAITS:
            try:
                async with self._storage.work(copy.programme, alone=verdict.then is not None) as work:
                    if await outgoing.settle(work, copy, **verdict.values) and verdict.then:
                        await verdict.then(work)
            except (Busy, Uncertain) as away:
                log.warning("delivery.not_written", copy=copy.id, failure=type(away).__name__)
                await asyncio.sleep(wait)
            else:
                return
        log.error("delivery.lost_track", copy=copy.id, outcome=verdict.outcome)
