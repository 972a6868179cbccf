"""A card on its way: claimed right before its first post, settled by whoever claimed it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from storage.posts import Claim, Settled, Step, settling, taken
from storage.records import AuditEntry, Copy, Sending
from storage.rows import table
from storage.work import Reading, Storage, Work, new_id


async def claim(storage: Storage, claim: Claim) -> bool:
    """Write down that a copy is about to be posted; False when it is not ours to post any more.

    The lease is compared in the same statement: a process that slept through its end claims nothing.
    """
    return await _written(storage, claim)


async def settled(storage: Storage, became: Settled, following: Claim | None = None, beside: int = 0) -> bool:
    """Write what became of a copy and, in the same commit, a claim of the next: whether that was taken.

    `beside` is how many others are on their way, of which the same is to be written in a moment.
    """
    return await _written(storage, became, *((following,) if following else ()), beside=beside)


async def _written(storage: Storage, *steps: Step, beside: int = 0) -> bool:
    if storage.posting is not None:
        return await storage.posting.write(steps, beside)
    async with storage.turns.writing(None) as connection:
        return bool(await taken(connection, steps))


async def settle(work: Work, copy: Copy, **became: Any) -> bool:  # noqa: ANN401  columns have many types
    """The same within a work; False when it is another card by now (sent again, moved, erased).

    `copy` is as it was claimed or read. Only what is named is written: `wanted` may have risen meanwhile.
    """
    done = await work.connection.execute(settling(Settled(copy, became)))
    return done.rowcount == 1


async def behind_again(work: Work, copy: Copy) -> None:
    """What a copy shows is not to be trusted: it wants to be drawn anew."""
    rows = table(Copy)
    raised = update(rows).where(rows.c.id == copy.id).values(wanted=rows.c.wanted + 1)
    await work.connection.execute(raised)


def as_claimed(claim: Claim) -> Copy:
    """A copy as its claim leaves it."""
    return replace(claim.copy, state=Sending.SENDING, epoch=claim.epoch, sending_at=claim.at)


async def copies(at: Reading, ids: Collection[str]) -> list[Copy]:
    """Those of some copies that show less than is wanted and are not on their way."""
    return [copy for copy in await at.among(Copy, ids) if behind(copy)]


def behind(copy: Copy) -> bool:
    """Whether there is something to draw and nobody is posting it."""
    return copy.state is Sending.IDLE and copy.wanted > copy.drawn


def afresh(now: datetime) -> dict[str, Any]:
    """The same card, to be posted as if for the first time; an answer to an earlier try counts no more."""
    return {
        "state": Sending.IDLE, "op_id": new_id(), "ref": None, "drawn": 0, "attempts": 0, "sending_at": None,
        "error": "", "due": now,
    }  # fmt: skip


async def decided_about(at: Reading, copy: Copy) -> AuditEntry | None:
    """The latest decision of a person about a copy."""
    decisions = await at.find(AuditEntry, table(AuditEntry).c.subject == copy.id, latest="number", most=1)
    return decisions[0] if decisions else None
