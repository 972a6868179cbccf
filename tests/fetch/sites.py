"""Real servers on loopback that play other people's sites, well-behaved and hostile."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from adapters.fetch.allowed import Allowed

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """A site whose paths a test decides; `hits` are the requests that reached it."""

    port: int = 0
    answers: dict[str, Handler | web.Response] = field(default_factory=dict)
    hits: list[web.Request] = field(default_factory=list)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def allowed(self, prefix: str | None = "/") -> Allowed:
        return Allowed("127.0.0.1", self.port, prefix)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.hits.append(request)
        given = self.answers.get(request.path, web.Response(status=404))
        return await given(request) if callable(given) else copied(given)


def copied(given: web.Response) -> web.Response:
    """A response object answers once only; a path answers as often as it is asked."""
    return web.Response(status=given.status, body=given.body, headers=given.headers)


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """A site on a free port of 127.0.0.1."""
    here = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", here.answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.port = runner.addresses[0][1]
    try:
        yield here
    finally:
        await runner.cleanup()


def html(words: str, **headers: str) -> web.Response:
    return web.Response(body=words.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})


def feed(body: bytes, kind: str = "application/rss+xml", **headers: str) -> web.Response:
    return web.Response(body=body, headers={"Content-Type": kind, **headers})


def leads_to(address: str, status: int = 302) -> web.Response:
    return web.Response(status=status, headers={"Location": address})
