"""What must be true after a soak: each promise that was broken, in words. Empty when Herald kept them all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from content.shares import Fact
from storage.audit import broken
from storage.records import AuditEntry, Copy, Firing, Sending
from storage.work import Storage
from tests.bot.programme import P

DECISIONS = frozenset({"approve", "decline"})


@dataclass
class Found:
    """The database, and what the platform was left with."""

    facts: set[str]
    entries: list[AuditEntry]
    copies: list[Copy]
    firings: list[Firing]
    places: Counter[tuple[str, str]]
    operations: Counter[str]


@dataclass
class Told:
    """What people were told: rows of shares, ideas they decided about, and links that led nowhere."""

    shared: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)
    lost_visits: int = 0


async def found(storage: Storage, places: Counter[tuple[str, str]], operations: Counter[str]) -> Found:
    """Look at everything."""
    async with storage.reading(P) as at:
        return Found(
            {fact.key for fact in await at.find(Fact)}, await at.find(AuditEntry), await at.find(Copy),
            await at.find(Firing), places, operations,
        )  # fmt: skip


def wrong(was: Found, told: Told, now: datetime) -> list[str]:
    """Every promise that was broken."""
    return [*_in(was, told), *_out(was, now)]


def _in(was: Found, told: Told) -> Iterable[str]:
    decided = Counter(entry.subject for entry in was.entries if entry.action in DECISIONS)
    if told.shared - was.facts:
        yield f"{len(told.shared - was.facts)} shares were answered and are not there"
    if told.decided - set(decided):
        yield f"{len(told.decided - set(decided))} decisions were answered and are not there"
    if decided and max(decided.values()) > 1:
        yield f"decided twice: {[idea for idea, times in decided.items() if times > 1]}"
    if told.lost_visits:
        yield f"{told.lost_visits} links led nowhere"
    if broken(sorted(was.entries, key=lambda entry: entry.number)) is not None:
        yield "the record of decisions is broken"


def _out(was: Found, now: datetime) -> Iterable[str]:
    twice = [place for place, times in was.places.items() if times > 1]
    if twice:
        yield f"cards that stand twice: {twice}"
    if [name for name, times in was.operations.items() if times > 1]:
        yield "an operation was posted twice"
    posted = {copy.op_id for copy in was.copies if copy.ref}
    if posted - set(was.operations):
        yield f"{len(posted - set(was.operations))} cards are thought to stand and do not"
    left = [copy for copy in was.copies if behind(copy, now)]
    if left:
        yield f"left behind: {Counter((copy.view, copy.state, copy.error) for copy in left)}"


def behind(copy: Copy, now: datetime) -> bool:
    """Due and not as it should be."""
    settled = copy.state in (Sending.DROPPED, Sending.GONE)
    return not settled and copy.due <= now and (copy.wanted > copy.drawn or copy.state is not Sending.IDLE)
