"""Cards on their way: the claims of many, and what became of many, are one commit of a SQLite file."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from storage.opened import Opened
from storage.posts import Claim, Step, write
from storage.turns import Busy, Turns, Uncertain, telling_busy

MOMENT = 0.002
"""Seconds for which whoever is about to ask is waited for: a commit that eight share costs as much as one."""
BAD = (sqlite3.Error, ValueError)
"""How the driver refuses a step; half a character is a ValueError."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Steps that belong together, and who waits for them: true when a claim among them was taken.

    `beside` is how many more may be asked for in a moment.
    """

    steps: Sequence[Step]
    beside: int
    done: asyncio.Future[bool]


class Posting:
    """Writes in its turn what everybody asked for by then; nobody is answered before it is on disk.

    On PostgreSQL each card has transactions of its own, which the server commits together: rows that are
    locked together would be waited for together.
    """

    def __init__(self, turns: Callable[[], Turns], file: Path, patience: float) -> None:
        """Nothing is opened yet."""
        self._turns = turns
        self._file = Opened(file, patience)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="posting")
        self._waiting: list[Asked] = []
        self._turned_up = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    async def write(self, steps: Sequence[Step], beside: int = 0) -> bool:
        """Return once these are on disk, together; `Busy` when nothing of them is.

        `beside` is how many others are likely to ask in a moment: they are waited for, a moment.
        """
        loop = asyncio.get_running_loop()
        mine = Asked(steps, beside, loop.create_future())
        self._waiting.append(mine)
        if self._complete():
            self._turned_up.set()
        if self._writer is None or self._writer.done():
            self._writer = loop.create_task(self._write())
        return await mine.done

    async def close(self) -> None:
        """Wait until everything that was asked for is on disk, or was refused."""
        while self._writer is not None and not self._writer.done():
            await asyncio.wait((self._writer,))
        self._thread.shutdown()
        self._file.close()

    async def _write(self) -> None:
        while self._waiting:
            group: list[Asked] = []
            await self._gathered()
            try:
                await self._together(group)
            except BAD:
                for each in group:
                    await self._alone(each)
            except Busy as busy:
                _fail(group or self._everybody(), busy)
            finally:
                _fail(group, Uncertain())

    async def _gathered(self) -> None:
        """While others are about to ask, or each turn of the loop brings more, a commit comes too soon."""
        if not self._complete():
            self._turned_up = asyncio.Event()
            latest = asyncio.get_running_loop().call_later(MOMENT, self._turned_up.set)
            await self._turned_up.wait()
            latest.cancel()
            return
        before = 0
        while before < len(self._waiting):
            before = len(self._waiting)
            await asyncio.sleep(0)

    def _complete(self) -> bool:
        """Whether everybody asked who was about to."""
        return len(self._waiting) > max(each.beside for each in self._waiting)

    async def _together(self, group: list[Asked]) -> None:
        """Whoever was cancelled before leaves nothing behind."""
        async with self._turns().in_line(None):
            group += (each for each in self._everybody() if not each.done.done())
            _tell(group, await self._written(group))

    async def _alone(self, asked: Asked) -> None:
        """One that is refused harms nobody else."""
        try:
            async with self._turns().in_line(None):
                _tell([asked], await self._written([asked]))
        except (*BAD, Busy) as failed:
            _fail([asked], failed)

    async def _written(self, group: Sequence[Asked]) -> set[str]:
        steps = [step for each in group for step in each.steps]
        turns, loop = self._turns(), asyncio.get_running_loop()
        with turns.noting_trouble(), telling_busy():
            return await loop.run_in_executor(self._thread, self._on_disk, steps)

    def _on_disk(self, steps: Sequence[Step]) -> set[str]:
        with self._file.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            taken = write(cursor, steps)
            cursor.execute("COMMIT")
        return taken

    def _everybody(self) -> list[Asked]:
        found, self._waiting = self._waiting, []
        return found


def _tell(group: Iterable[Asked], taken: set[str]) -> None:
    """A claim that two ask for is the first one's."""
    for each in group:
        mine = {step.key for step in each.steps if isinstance(step, Claim)} & taken
        taken -= mine
        if not each.done.done():
            each.done.set_result(bool(mine))


def _fail(group: Iterable[Asked], failed: Exception) -> None:
    for each in group:
        if not each.done.done():
            each.done.set_exception(failed)
