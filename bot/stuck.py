"""Messages that did not arrive: what keeps them, and what the host decides about them."""

from dataclasses import replace

from content.refusals import Refusal
from content.texts import text
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
    after = replace(copy, state=Sending.IDLE, due=work.now, attempts=0, error="")
    await work.set_copy(after)
    if copy.drawn >= copy.wanted:
        await work.refresh(copy.subject, view=copy.view)
    await work.audit(HOST, "retry delivery", copy.id)
    return after


async def drop(work: Work, id_: str) -> Copy:
    """Never send it."""
    after = replace(await _found(work, id_), state=Sending.DROPPED)
    await work.set_copy(after)
    await work.audit(HOST, "drop delivery", id_)
    return after


async def _found(work: Work, id_: str) -> Copy:
    copy = await work.get(Copy, id=id_)
    if copy is None:
        raise Refusal(text("deliveries.not_there", id=id_))
    return copy
