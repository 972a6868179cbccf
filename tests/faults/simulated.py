"""Simulated time: hours pass in seconds, and no test waits for any of them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from selectors import DefaultSelector, SelectorKey
from typing import Any

import pytest
from aiosqlite import core as driver

from bot import claiming, drawing, jobs, leasing, reading, sending
from storage import statements
from storage.posting import Posting

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""When simulated time begins: a Monday morning."""
STEP = 1e-6
"""Seconds that one turn of the loop takes: else a wait too short to tell would never end."""


class Leaping(DefaultSelector):
    """Instead of waiting it moves time on, unless a thread is at work: then it waits for that."""

    passed = 0.0
    at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        self.passed += STEP
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.at_work or timeout is None:
            return super().select(None)
        self.passed += timeout
        return []


class Simulated(asyncio.SelectorEventLoop):
    """An event loop whose time passes when everybody waits for it, and only then."""

    def __init__(self) -> None:
        self.leaping = Leaping()
        super().__init__(self.leaping)

    def time(self) -> float:
        return self.leaping.passed


class Queued(SimpleQueue[tuple[asyncio.Future[Any] | None, Callable[[], Any]]]):
    """What a connection's thread is asked to do; time stands still until it is back.

    Here and not at the driver's methods: SQLAlchemy puts some of its questions into the queue itself.
    """

    def __init__(self, leaping: Leaping) -> None:
        super().__init__()
        self._leaping = leaping

    def put_nowait(self, item: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        if item[0] is not None:
            self._leaping.at_work += 1
            item[0].add_done_callback(self._back)
        super().put_nowait(item)

    def _back(self, _: asyncio.Future[Any]) -> None:
        self._leaping.at_work -= 1


@contextmanager
def simulated() -> Iterator[asyncio.Runner]:
    """A runner in simulated time, with what else reads clocks told of it. For databases in SQLite files."""
    with pytest.MonkeyPatch.context() as patched, asyncio.Runner(loop_factory=Simulated) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, Simulated)
        for module in (claiming, drawing, jobs, leasing, reading, sending):
            patched.setattr(module, "elapsed", loop.time)
        patched.setattr(statements, "wall", lambda: START + timedelta(seconds=loop.time()))
        patched.setattr(driver, "SimpleQueue", lambda: Queued(loop.leaping))
        patched.setattr(Posting, "_written", _counted(Posting._written, loop.leaping))  # noqa: SLF001
        yield runner


def _counted(way: Callable[..., Any], leaping: Leaping) -> Callable[..., Any]:
    """Another way into a thread."""

    async def counted(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  whatever the driver's are
        leaping.at_work += 1
        try:
            return await way(*arguments, **named)
        finally:
            leaping.at_work -= 1

    return counted
