"""What links bring, on its way to disk: many clicks in one commit, and no reader waits for it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from content.shares import Evidence, Fact
from storage.work import Busy, Storage

log = structlog.get_logger()

MOST = 10_000
"""Clicks that may wait in memory while the database cannot be written; older ones give way."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """A fact, until when it is in time, and who waits for it. Not frozen: that takes a microsecond."""

    fact: Fact
    deadline: float
    written: asyncio.Future[bool]


class Visits:
    """Facts from links. `patience` is in seconds, `clock` is monotonic."""

    def __init__(
        self, storage: Storage, patience: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Write to this storage."""
        self._storage = storage
        self._patience = patience
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._readers: deque[_Waiting] = deque()
        self._watch: asyncio.TimerHandle | None = None
        self._writing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def note(self, fact: Fact) -> "asyncio.Future[bool]":
        """Write a fact down; True when it is on disk in time, a quarter of a second by default.

        Later a click is only known to have been missed: it is counted as uncounted, never lost, never twice.
        """
        loop = asyncio.get_running_loop()
        mine = _Waiting(fact, self._clock() + self._patience, loop.create_future())
        self._waiting.append(mine)
        self._readers.append(mine)
        if self._watch is None:
            self._watch = loop.call_later(self._patience, self._let_go, loop)
        if self._task is None or self._task.done():
            self._task = loop.create_task(self.flush())
            self._task.add_done_callback(_ended)
        return mine.written

    async def flush(self) -> None:
        """Write everything that waits; what cannot be written now waits for the next time."""
        async with self._writing:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                if not await self._write(batch):
                    break

    def _let_go(self, loop: asyncio.AbstractEventLoop) -> None:
        """Whoever waited long enough goes on. One timer for all: they wait in the order they came in."""
        now = self._clock()
        while self._readers and (self._readers[0].written.done() or self._readers[0].deadline <= now):
            _tell(self._readers.popleft().written, written=False)
        left = self._readers[0].deadline - now if self._readers else None
        self._watch = None if left is None else loop.call_later(left, self._let_go, loop)

    async def _write(self, batch: list[_Waiting]) -> bool:
        done = False
        try:
            await self._storage.pen.put(lambda: self._in_time(batch))
            done = True
        except Busy:
            log.info("visits.waiting", count=len(batch))
        finally:
            if not done:
                self._waiting = [*batch, *self._waiting][-MOST:]
        for each in batch if done else ():
            _tell(each.written, written=True)
        return done

    def _in_time(self, batch: list[_Waiting]) -> list[Fact]:
        """The facts; that a visit was missed, when it came too late. Its key is written once either way."""
        now = self._clock()
        return [_missed(each.fact) if now > each.deadline else each.fact for each in batch]


def _missed(fact: Fact) -> Fact:
    """What a person did counts however late it is written down."""
    return replace(fact, kind=Evidence.MISSED) if fact.kind is Evidence.OBSERVED else fact


def _tell(reader: "asyncio.Future[bool]", *, written: bool) -> None:
    if not reader.done():
        reader.set_result(written)


def _ended(task: "asyncio.Task[None]") -> None:
    """A failure of the disk is nobody's press: it is told in the log."""
    failed = None if task.cancelled() else task.exception()
    if failed is not None:
        log.error("visits.not_written", exc_info=failed)
