"""aiohttp with nothing behind it: `bare.py PORT`."""

import sys

from aiohttp import web

from bench.peers.listening import run

TARGET = "https://www.acme.example/zoe?utm_source=linkedin"


async def redirect(request: web.Request) -> web.Response:
    """302, nothing recorded."""
    del request
    return web.Response(status=302, headers={"Location": TARGET, "Cache-Control": "no-store"})


if __name__ == "__main__":
    run(int(sys.argv[1]), web.get("/s/{token}", redirect))
