"""Draw what is behind: every sent card is a live view of one thing, and only this writes to it."""

from dataclasses import replace
from datetime import timedelta

import structlog
from structlog.typing import FilteringBoundLogger

from bot.cards import Card
from bot.ports import (
    Chat,
    Gone,
    LockedOut,
    Rejected,
    Surroundings,
    Throttled,
    Unknown,
    Unreachable,
)
from bot.views import VIEWS
from content.programmes import Channel, Workspace
from storage import directory
from storage.records import Copy, Sending
from storage.work import Storage

log: FilteringBoundLogger = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=15)
"""A platform that does not answer is asked again after two seconds, then after twice as long, and so on."""


async def deliver(storage: Storage, chat: Chat, workspace: str, around: Surroundings) -> None:
    """Send and redraw every copy of a workspace that is behind and due, in order, each address on its own."""
    waiting: set[str] = set()
    for due in await directory.copies_behind(storage, workspace, storage.now()):
        async with storage.reading(due.programme) as at:
            copy = await at.get(Copy, id=due.id)
            home = await at.get(Workspace, id=workspace)
            card = await VIEWS[copy.view](at, copy, around) if copy else None
        if home is None or home.paused:
            return
        if copy is None or copy.address in waiting:
            continue
        outcome = await _show(storage, chat, copy, card)
        if outcome is not None:
            waiting.add(copy.address)


async def recover(storage: Storage, workspace: str) -> None:
    """At start: what was being posted when the process died may have arrived; it is not posted again."""
    for due in await directory.copies_left_sending(storage, workspace):
        async with storage.work(due.programme) as work:
            copy = await work.get(Copy, id=due.id)
            if copy is not None:
                await work.set_copy(replace(copy, state=Sending.UNSURE))


async def shows(
    storage: Storage, programme: str, workspace: str, ref: str, around: Surroundings
) -> tuple[Card, str] | None:
    """What a copy shows by now, and in which language; nothing is marked as drawn."""
    async with storage.reading(programme) as at:
        copy = await at.get(Copy, workspace=workspace, ref=ref)
        card = await VIEWS[copy.view](at, copy, around) if copy else None
        return (card, copy.language) if copy and card else None


async def _show(storage: Storage, chat: Chat, copy: Copy, card: Card | None) -> Exception | None:
    """Draw one copy; returns what kept it from being drawn, when something did."""
    if card is None:
        await _store(storage, replace(copy, state=Sending.DROPPED, drawn=copy.wanted))
        return None
    try:
        if copy.ref is None:
            await _post(storage, chat, copy, card)
        else:
            await chat.redraw(copy.ref, card, copy.language)
            await _drawn(storage, copy, copy.ref)
    except (Throttled, Unreachable, Unknown, Gone, LockedOut, Rejected) as failure:
        await _failed(storage, copy, failure)
        return failure
    return None


async def _post(storage: Storage, chat: Chat, copy: Copy, card: Card) -> None:
    """Post for the first time: written down before it is tried, so a crash leaves a trace, never a double."""
    await _store(storage, replace(copy, state=Sending.SENDING, sending_at=storage.now()))
    address = copy.address.partition("/")[2]
    await _drawn(storage, copy, await chat.send(address, card, copy.language, copy.op_id))


async def _drawn(storage: Storage, copy: Copy, ref: str) -> None:
    """Keep what was drawn: `wanted` was read before the subject, so a change in between stays behind."""
    now = storage.now()
    sent = copy.sent_at or now
    done = replace(
        copy, ref=ref, state=Sending.IDLE, drawn=copy.wanted, sent_at=sent, counted=now, attempts=0, error=""
    )
    await _store(storage, done)


async def _failed(storage: Storage, copy: Copy, failure: Exception) -> None:
    log.warning("delivery.failed", view=copy.view, copy=copy.id, failure=type(failure).__name__)
    waited = replace(copy, attempts=copy.attempts + 1, error=str(failure)[:200], state=Sending.IDLE)
    match failure:
        case Throttled(seconds=seconds):
            await _store(storage, replace(waited, due=storage.now() + timedelta(seconds=seconds)))
        case Gone():
            await _store(storage, replace(waited, state=Sending.GONE))
            await _shut(storage, copy)
        case Rejected():
            await _store(storage, replace(waited, state=Sending.ASIDE))
        case LockedOut():
            await _store(storage, waited)
            await _pause(storage, copy, str(failure))
        case Unknown() if copy.ref is None:
            await _store(storage, replace(waited, state=Sending.UNSURE))
        case _:
            await _store(storage, replace(waited, due=storage.now() + backoff(copy.attempts)))


def backoff(attempts: int) -> timedelta:
    """How long to wait after some failed attempts."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts, 20)
    return min(doubled, LONGEST_WAIT)


async def _store(storage: Storage, copy: Copy) -> None:
    """Write what became of a copy; `wanted` is left alone, it may have risen meanwhile."""
    async with storage.work(copy.programme) as work:
        await work.set_copy(copy)


async def _shut(storage: Storage, copy: Copy) -> None:
    """A channel that is no more takes no further cards; the admins see why in the queue and in `doctor`."""
    if copy.ref is not None:
        return
    async with storage.work(copy.programme) as work:
        for use in await work.find(Channel):
            if use.id == copy.address:
                await work.put(replace(use, shut="gone"))


async def _pause(storage: Storage, copy: Copy, why: str) -> None:
    async with storage.work(copy.programme) as work:
        workspace = await work.get(Workspace, id=copy.workspace)
        if workspace is not None:
            await work.put(replace(workspace, paused=why[:80] or "locked out"))
