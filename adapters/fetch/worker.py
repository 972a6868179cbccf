"""A process of its own for parsing: a page or feed built to hang a parser costs one process, not Herald.

400,000 nested `<div>`, two megabytes, keep lexbor busy for minutes (measured).
"""

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_LOG = logging.getLogger(__name__)
_STARTING = 30.0  # seconds for the process to import what it needs on a busy machine


class Stuck(Exception):
    """A job took too long, took its process down with it, or failed on what it was given."""


class Worker:
    """One process, started at the first job, killed and renewed when a job is not back in its time."""

    def __init__(self) -> None:
        """Nothing starts yet."""
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._process: int | None = None

    async def run(self, seconds: float, job: Callable[P, T], *args: P.args, **_named: P.kwargs) -> T:
        """The job's answer within `seconds`, one job at a time; `job` is importable. Raises `Stuck`."""
        async with self._turn:
            done = False
            try:
                pool = await self._started()
                async with asyncio.timeout(seconds):
                    answer = await asyncio.get_running_loop().run_in_executor(pool, job, *args)
                done = True
            except Exception as lost:  # the edge: strangers' bytes find every bug a parser has
                _LOG.warning("parsing was given up", exc_info=lost)
                raise Stuck from lost
            finally:
                if not done:
                    self._kill()
            return answer

    async def close(self) -> None:
        """End the process; a job that still runs is lost."""
        self._kill()

    async def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")  # a fork would inherit our sockets and locks
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=spawn, initializer=_deaf_to_interrupts)
        if self._process is None:
            async with asyncio.timeout(_STARTING):
                self._process = await asyncio.get_running_loop().run_in_executor(self._pool, os.getpid)
        return self._pool

    def _kill(self) -> None:
        process, pool = self._process, self._pool
        self._process = self._pool = None
        if process is not None:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        if pool is not None:
            pool.shutdown(wait=process is not None, cancel_futures=True)


def _deaf_to_interrupts() -> None:
    """Ctrl-C reaches the whole terminal's group; ours to end is the parent's decision."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
