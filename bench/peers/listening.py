"""How each of these programs listens: on loopback, on Herald's loop, ready when `/readyz` says so."""

import asyncio
from ssl import SSLContext

from aiohttp import web

from adapters.host.loop import LOOP


def run(port: int, *routes: web.RouteDef) -> None:
    """Answer these routes until killed."""
    with asyncio.Runner(loop_factory=LOOP) as runner:  # the loop that Herald has
        runner.run(serve(port, *routes))


async def serve(port: int, *routes: web.RouteDef) -> None:
    """The same in a loop that runs."""
    await listen(port, *routes, web.get("/readyz", _well))
    await asyncio.Event().wait()


async def listen(port: int, *routes: web.RouteDef, ssl: SSLContext | None = None) -> None:
    """Answer these routes from now on."""
    site = web.Application()
    site.add_routes(routes)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=ssl).start()


async def _well(request: web.Request) -> web.Response:
    del request
    return web.Response(text="ok\n")
