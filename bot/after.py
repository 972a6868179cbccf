"""What follows an answer: tasks that are kept until they end, and awaited at shutdown."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.ports import FAILURES


class Afterwards:
    """A set of running tasks (asyncio itself keeps only weak references to them)."""

    def __init__(self, platform: str) -> None:
        """Start with nothing to do; `platform` names whose answers these follow, in the log."""
        self._event = f"{platform}.after"
        self._log = structlog.get_logger(f"herald.{platform}")
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this without anybody waiting; how it ends is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Wait until everything that was started has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        failed = None if task.cancelled() else task.exception()
        if isinstance(failed, FAILURES):
            self._log.warning(self._event, family=type(failed).__name__, words=str(failed))
        elif failed is not None:
            self._log.error(self._event, exc_info=failed)
