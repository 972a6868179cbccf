"""A card on its way: claimed right before its first post, settled by whoever claimed it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from storage.leases import held
from storage.records import AuditEntry, Copy, Sending
from storage.rows import table
from storage.work import Reading, Storage, Work, new_id

POSTED = (Sending.SENDING, Sending.UNSURE, Sending.DROPPED)
"""What a copy may have become while it was being posted: others may have given up on its sender."""


async def claim(storage: Storage, copy: Copy, holder: str, epoch: int) -> Copy | None:
    """Write down that a copy is about to be posted; None when it is not ours to post any more.

    The lease is compared in the same statement: a process that slept through its end claims nothing.
    """
    rows, now = table(Copy), storage.now()
    trying: dict[str, Any] = {"state": Sending.SENDING, "epoch": epoch, "sending_at": now}
    still = (rows.c.state == Sending.IDLE, rows.c.ref.is_(None), rows.c.op_id == copy.op_id)
    ours = held(storage, copy.workspace, holder, epoch)
    claimed = update(rows).where(rows.c.id == copy.id, *still, ours).values(trying)
    async with storage.work(copy.programme, alone=False) as work:
        done = await work.connection.execute(claimed)
    return replace(copy, **trying) if done.rowcount == 1 else None


async def settle(work: Work, copy: Copy, **became: Any) -> bool:  # noqa: ANN401  columns have many types
    """Write what became of a copy; False when it is another card by now (sent again, moved, erased).

    `copy` is as it was claimed or read. Only what is named is written: `wanted` may have risen meanwhile.
    """
    rows = table(Copy)
    was = rows.c.state.in_(POSTED) if copy.state is Sending.SENDING else rows.c.state == copy.state
    same = (rows.c.id == copy.id, rows.c.op_id == copy.op_id, rows.c.epoch == copy.epoch, was)
    there = rows.c.ref.is_not_distinct_from(copy.ref)
    done = await work.connection.execute(update(rows).where(*same, there).values(became))
    return done.rowcount == 1


async def behind_again(work: Work, copy: Copy) -> None:
    """What a copy shows is not to be trusted: it wants to be drawn anew."""
    rows = table(Copy)
    raised = update(rows).where(rows.c.id == copy.id).values(wanted=rows.c.wanted + 1)
    await work.connection.execute(raised)


def as_claimed(copy: Copy, epoch: int) -> Copy:
    """A copy as a claim would have left it, when nobody knows whether the claim was written."""
    return replace(copy, state=Sending.SENDING, epoch=epoch)


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
