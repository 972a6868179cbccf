"""One copy at a time: drawn from what is stored, posted once or redrawn, and written down."""

import asyncio
from functools import partial

import structlog

from bot.cards import Card
from bot.claiming import Claims
from bot.drawing import Drawings, Drawn
from bot.failing import Failing, Verdict
from bot.limits import Kind
from bot.patience import AT_LAST, elapsed
from bot.ports import FAILURES, Chat, Surroundings
from bot.tally import Tally
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
        self, chat: Chat, claims: Claims, failing: Failing, around: Surroundings, tally: Tally
    ) -> None:
        """Send through `chat`, under the lease of `claims`; `failing` says what a failure means."""
        self._chat = chat
        self._lease = claims.lease
        self._storage = claims.lease.storage
        self._failing = failing
        self._claims = claims
        self.drawings = Drawings(self._storage, around)
        self._around = around
        self._tally = tally
        self.under_way: set[str] = set()

    async def draw(self, head: Head, kind: Kind) -> str:
        """Bring one copy up to date, if it still is behind; raises `Busy` before anything was sent.

        Returns what became of it, in one word; none when nothing was to be done.
        """
        drawn = await self.drawings.of(head)
        if drawn is None:
            return ""
        if drawn.card is None:
            dropped = {"state": Sending.DROPPED, "drawn": drawn.copy.wanted}
            await self._keep(drawn.copy, Verdict(dropped))
        elif drawn.copy.ref is not None:
            return await self._redraw(drawn, drawn.card)
        elif kind == "post":
            return await self._post(drawn, drawn.card)
        return ""

    async def _post(self, drawn: Drawn, card: Card) -> str:
        """Post for the first time: written down before it is tried, so a crash leaves a trace, no double."""
        self.under_way.add(drawn.copy.id)
        try:
            began = await self._claims.claim(drawn)
            if began is None or await self._too_late(drawn.copy, began):
                return ""
            AT_LAST.set(partial(self._in_time, began))
            return await self._show(drawn.copy, card, drawn.counted)
        finally:
            self.under_way.discard(drawn.copy.id)
            self._claims.let_go(drawn.copy)

    async def _too_late(self, copy: Copy, began: float) -> bool:
        """A claim that took long is given back, never acted upon."""
        if not self._late(began):
            return False
        self._tally.count("deliveries", "late")
        await self._keep(copy, Verdict({"state": Sending.IDLE}))
        return True

    async def _redraw(self, drawn: Drawn, card: Card) -> str:
        """Draw in place; a process that lost its lease meanwhile may have drawn over a newer look."""
        if self._late(drawn.began):
            return ""
        became = await self._show(drawn.copy, card, drawn.counted)
        if not self._lease.held:
            async with self._storage.work(drawn.copy.programme, alone=False) as work:
                await outgoing.behind_again(work, drawn.copy)
        return became

    async def _show(self, copy: Copy, card: Card, counted: int | None) -> str:
        kind: Kind = "redraw" if copy.ref else "post"
        try:
            ref = await self._speak(copy, card)
        except FAILURES as failure:
            verdict = self._failing.judge(copy, failure, kind)
            log.warning("delivery.failed", copy=copy.id, outcome=verdict.outcome, cause=str(failure)[:200])
        else:
            self._tally.succeeded(copy.workspace, self._storage.now())
            verdict = self._drawn(copy, ref, counted)
        self._tally.count("deliveries", verdict.outcome)
        await self._keep(copy, verdict)
        return verdict.outcome

    async def _speak(self, copy: Copy, card: Card) -> str:
        if copy.ref is not None:
            await self._chat.redraw(copy.ref, card, copy.language)
            return copy.ref
        return await self._chat.send(copy.address.partition("/")[2], card, copy.language, copy.op_id)

    def _drawn(self, copy: Copy, ref: str, counted: int | None) -> Verdict:
        """What was drawn: `wanted` was read before the subject, so a change in between stays behind."""
        now = self._storage.now()
        if copy.ref is None:
            self._tally.lag(max(0.0, (now - copy.due).total_seconds()))
        return Verdict(
            {
                "ref": ref, "state": Sending.IDLE, "drawn": copy.wanted, "sent_at": copy.sent_at or now,
                "counted": counted, "attempts": 0, "error": "",
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
                await self._write(copy, verdict)
            except (Busy, Uncertain) as away:
                log.warning("delivery.not_written", copy=copy.id, failure=type(away).__name__)
                await asyncio.sleep(wait)
            else:
                return
        log.error("delivery.lost_track", copy=copy.id, outcome=verdict.outcome)

    async def _write(self, copy: Copy, verdict: Verdict) -> None:
        if verdict.then is None:
            await self._claims.settle(copy, verdict.values, well=verdict.outcome == "posted")
            return
        async with self._storage.work(copy.programme) as work:
            if await outgoing.settle(work, self._claims.present(copy), **verdict.values):
                await verdict.then(work)
