"""Facts on their way to disk: what many requests state at once is one transaction, and one wait.

Nobody is answered before what they stated is durable. A group that fails is written again entry by entry, so
that one bad entry harms nobody else.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from content.shares import Fact
from storage.pens import Entry, Pen
from storage.turns import Busy, Uncertain

MOST = 2_000
"""Requests that may wait for the disk; one more is told at once that nothing was recorded."""
GROUP = 500
"""Requests in one transaction: a command that waits its turn behind it waits for some milliseconds."""

BAD = (SQLAlchemyError, sqlite3.Error, ValueError)
"""How a database refuses an entry; half a character is refused by the driver, as a ValueError."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What one request states, and who waits for it: true when at least one fact of it is new.

    Its turn to be written must have come `until` then, on the loop's clock.
    """

    entries: Sequence[Entry]
    done: asyncio.Future[bool]
    until: float


class Appending:
    """The one writer of facts of a process; `wait` is how many seconds a request waits for its turn.

    It runs while there is something to write, in one line with every command.
    """

    def __init__(self, pen: Pen, wait: float) -> None:
        """Nothing waits yet."""
        self._pen = pen
        self._wait = wait
        self._waiting: deque[Stated] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._watch: asyncio.TimerHandle | None = None

    async def append(self, entries: Sequence[Entry]) -> bool:
        """Return once these are on disk; `Busy` when nothing of them is, `Uncertain` when nobody knows.

        Whoever is cancelled before their turn leaves nothing behind.
        """
        if len(self._waiting) >= MOST:
            raise Busy
        loop = asyncio.get_running_loop()
        mine = Stated(entries, loop.create_future(), loop.time() + self._wait)
        self._waiting.append(mine)
        self._start(loop)
        try:
            return await mine.done
        finally:
            if mine.done.cancelled():
                self._leave(mine)

    async def close(self) -> None:
        """Wait until everything that was stated is on disk, or was refused."""
        while self._writer is not None and not self._writer.done():
            await asyncio.wait((self._writer,))
        if self._watch is not None:
            self._watch.cancel()
        self._pen.close()

    def _leave(self, mine: Stated) -> None:
        """Take a request out of the line, unless it is being written."""
        with suppress(ValueError):
            self._waiting.remove(mine)

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._writer is None or self._writer.done():
            self._writer = loop.create_task(self._write())
        if self._watch is None:
            self._watch = loop.call_later(self._wait, self._overdue, loop)

    def _overdue(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tell whoever waited too long. One timer for all: they wait in the order in which they came."""
        while self._waiting and self._waiting[0].until <= loop.time():
            _fail([self._waiting.popleft()], Busy())
        left = self._waiting[0].until if self._waiting else None
        self._watch = None if left is None else loop.call_at(left, self._overdue, loop)

    async def _write(self) -> None:
        while self._waiting:
            group: list[Stated] = []
            try:
                await self._together(group)
            except BAD:
                for each in group:
                    await self._alone(each)
            except (Busy, Uncertain) as failed:
                _fail(group or self._everybody(), failed)
            finally:
                _fail(group, Uncertain())

    async def _together(self, group: list[Stated]) -> None:
        """Write whoever waits when it is our turn; the longer that takes, the more they are."""

        def pick() -> Iterable[Entry]:
            while self._waiting and len(group) < GROUP:
                group.append(self._waiting.popleft())
            return [entry for each in group for entry in each.entries]

        new = await self._pen.write(pick)
        for each in group:
            _tell(each, _any_new(each.entries, new))

    async def _alone(self, stated: Stated) -> None:
        try:
            new = await self._pen.write(lambda: stated.entries)
        except (*BAD, Busy, Uncertain) as failed:
            _fail([stated], failed)
        else:
            _tell(stated, _any_new(stated.entries, new))

    def _everybody(self) -> list[Stated]:
        found = list(self._waiting)
        self._waiting.clear()
        return found


def _any_new(entries: Sequence[Entry], new: set[str]) -> bool:
    """Whether one of these facts is new; a key that two requests bring is news of the first only."""
    mine = {entry.key for entry in entries if isinstance(entry, Fact)} & new
    new -= mine
    return bool(mine)


def _tell(stated: Stated, new: bool) -> None:  # noqa: FBT001  it is what the future holds
    if not stated.done.done():
        stated.done.set_result(new)


def _fail(group: Iterable[Stated], failed: Exception) -> None:
    for each in group:
        if not each.done.done():
            each.done.set_exception(failed)
