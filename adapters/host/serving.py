"""A process that serves until it is told to stop, and then finishes what it has acknowledged."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

CLOSING = 5.0
"""Seconds that open requests get at the end; Slack waits three for an answer."""


@asynccontextmanager
async def listening(site: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Answer on an address; at the end, accept nothing new and let what is under way finish."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def told_to_stop() -> asyncio.Event:
    """Set when the process gets SIGTERM or Ctrl-C."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: loop.call_soon_threadsafe(told.set))
    return told
