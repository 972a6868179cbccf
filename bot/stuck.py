"""Messages that did not arrive: what keeps them, and what the host decides about them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from content.refusals import Refusal
from content.texts import text
from storage import outgoing
from storage.records import HOST, Copy, Sending
from storage.work import Reading, Work

SETTLED = frozenset({Sending.GONE, Sending.DROPPED})


async def stuck(at: Reading) -> list[Copy]:
    """Everything that waits, is unsure or was set aside, oldest first."""
    found = [copy for copy in await at.find(Copy) if copy.state not in SETTLED]
    behind = [copy for copy in found if copy.state is not Sending.IDLE or copy.wanted > copy.drawn]
    return sorted(behind, key=lambda copy: (copy.due, copy.id))


async def retry(work: Work, id_: str) -> Copy:
    """Send it, or send it again: the next round of `serve` does."""
    copy = await _found(work, id_)
    after = await _became(work, copy, _again(copy, work.now), "retry delivery")
    if after.drawn >= copy.wanted:
        await work.refresh(copy.subject, view=copy.view, address=copy.address)
    return after


async def drop(work: Work, id_: str) -> Copy:
    """Never send it."""
    return await _became(work, await _found(work, id_), {"state": Sending.DROPPED}, "drop delivery")


def _again(copy: Copy, now: datetime) -> dict[str, Any]:
    """What stands there is drawn anew; what was deleted, or never surely arrived, is posted."""
    if copy.ref is None or copy.state is Sending.GONE:
        return outgoing.afresh(now)
    return {"state": Sending.IDLE, "attempts": 0, "error": "", "due": now}


async def _became(work: Work, copy: Copy, became: dict[str, Any], action: str) -> Copy:
    """Write it, unless `serve` is at it; whoever was asked about the card sees who settled it."""
    if copy.state is Sending.SENDING or not await outgoing.settle(work, copy, **became):
        raise Refusal(text("deliveries.under_way", id=copy.id))
    await work.audit(HOST, action, copy.id)
    await work.refresh(copy.id, view="unsure")
    return replace(copy, **became)


async def _found(work: Work, id_: str) -> Copy:
    copy = await work.get(Copy, id=id_)
    if copy is None:
        raise Refusal(text("deliveries.not_there", id=id_))
    return copy
