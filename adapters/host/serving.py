"""A process that serves until it is told to stop, and then finishes what it has acknowledged."""

import asyncio
import ipaddress
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from adapters.host.logs import Handler, numbered
from adapters.host.loop import settled

CLOSING = 5.0
"""Seconds that open requests get at the end; Slack waits three for an answer."""

Ahead = Callable[[web.BaseRequest], Awaitable[web.StreamResponse] | None]
"""Answers some requests before their route is looked for; None leaves one to the routes."""


@asynccontextmanager
async def listening(
    routes: Iterable[web.AbstractRouteDef], host: str, port: int, ahead: Ahead = lambda _: None
) -> AsyncIterator[None]:
    """The one web application, on an address; at the end nothing new is accepted and what runs may finish."""
    site = web.Application()
    site.add_routes(routes)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        lead(runner, ahead)
        await web.TCPSite(runner, host, port).start()
        settled()
        yield
    finally:
        await runner.cleanup()


def lead(runner: web.BaseRunner, ahead: Ahead) -> None:
    """Put `ahead` before the application: its own way to a handler costs a third of a bare answer."""
    server = runner.server
    if server is None:
        raise RuntimeError("the application is not set up")
    server.request_handler = numbered(_first(ahead, server.request_handler))


def _first(ahead: Ahead, usual: Handler) -> Handler:
    def handle(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        early = ahead(request)
        return usual(request) if early is None else early

    return handle


def told_to_stop() -> asyncio.Event:
    """Set when the process gets SIGTERM or Ctrl-C."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: loop.call_soon_threadsafe(told.set))
    return told


async def alive(host: str, port: int) -> bool:
    """Whether a Herald answers on this machine; one that listens everywhere is asked at home."""
    asked = "127.0.0.1" if host in {"", "0.0.0.0", "::"} else host  # noqa: S104  not bound, only compared
    limit = ClientTimeout(total=CLOSING)
    try:
        async with (
            ClientSession(timeout=limit) as session,
            session.get(f"http://{asked}:{port}/healthz") as answer,
        ):
            return answer.ok
    except (ClientError, TimeoutError):
        return False


def loopback(host: str) -> bool:
    """Whether an address is of this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"", "localhost"}
