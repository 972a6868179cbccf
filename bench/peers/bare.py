"""aiohttp with nothing behind it: `bare.py PORT`."""

import sys

from aiohttp import web

from adapters.host.loop import LOOP

TARGET = "https://www.acme.example/zoe?utm_source=linkedin"


async def redirect(request: web.Request) -> web.Response:
    """302, nothing recorded."""
    del request
    return web.Response(status=302, headers={"Location": TARGET, "Cache-Control": "no-store"})


async def well(request: web.Request) -> web.Response:
    """It is ready."""
    del request
    return web.Response(text="ok\n")


def main() -> None:
    """Listen on loopback."""
    app = web.Application()
    app.add_routes([web.get("/readyz", well), web.get("/s/{token}", redirect)])
    loop = LOOP() if LOOP else None  # the one that Herald has
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None, loop=loop)


if __name__ == "__main__":
    main()
