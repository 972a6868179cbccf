"""Simulated time: hours pass in seconds, and no test waits for any of them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from selectors import DefaultSelector, SelectorKey
from typing import Any

import pytest
from aiosqlite import Connection

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


@contextmanager
def simulated() -> Iterator[asyncio.Runner]:
    """A runner in simulated time, with what else reads clocks told of it. For databases in SQLite files."""
    with pytest.MonkeyPatch.context() as patched, asyncio.Runner(loop_factory=Simulated) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, Simulated)
        for module in (claiming, drawing, jobs, leasing, reading, sending):
            patched.setattr(module, "elapsed", loop.time)
        patched.setattr(statements, "wall", lambda: START + timedelta(seconds=loop.time()))
        for way in ("_connect", "_execute", "close"):
            patched.setattr(Connection, way, _counted(getattr(Connection, way), loop.leaping))
        patched.setattr(Posting, "_written", _counted(Posting._written, loop.leaping))  # noqa: SLF001
        yield runner


def _counted(way: Callable[..., Any], leaping: Leaping) -> Callable[..., Any]:
    """One of the ways into another thread; time stands still until it is back."""

    async def counted(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  whatever the driver's are
        leaping.at_work += 1
        try:
            return await way(*arguments, **named)
        finally:
            leaping.at_work -= 1

    return counted
