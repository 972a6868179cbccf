"""Waiting for what another process does: looking again and again, for so long and no longer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

AGAIN = 0.05
"""Seconds between two looks."""


async def eventually(look: Callable[[], Awaitable[T | None]], seconds: float = 60) -> T:
    """The first look that shows something; the last one's answer is in the failure."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while not (seen := await look()):
        assert loop.time() < until, f"not within {seconds} s: {seen!r}"
        await asyncio.sleep(AGAIN)
    return seen
