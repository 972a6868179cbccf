"""A Slack that says yes to everything, as fast as aiohttp can: `slack.py PORT`. `/made` counts by path."""

import json
import sys
from collections import Counter

from aiohttp import web

from adapters.host.loop import LOOP

ANSWERS = {
    "auth.test": {"ok": True, "team_id": "T1", "user_id": "UHERALD", "bot_id": "BHERALD"},
    "chat.postMessage": {"ok": True, "channel": "C1", "ts": "1795000000.000100"},
    "users.info": {"ok": True, "user": {"id": "U1", "team_id": "T1", "name": "u1"}},
}
OK = json.dumps({"ok": True}).encode()
MADE: Counter[str] = Counter()


async def call(request: web.Request) -> web.Response:
    """One Web API call."""
    method = request.match_info["method"]
    await request.read()
    MADE[request.path] += 1
    body = json.dumps(ANSWERS[method]).encode() if method in ANSWERS else OK
    return web.Response(body=body, content_type="application/json")


async def made(request: web.Request) -> web.Response:
    """How many calls of each method."""
    del request
    return web.json_response(dict(MADE))


async def well(request: web.Request) -> web.Response:
    """It is ready."""
    del request
    return web.Response(text="ok\n")


def main() -> None:
    """Listen on loopback."""
    app = web.Application()
    app.add_routes([web.post("/{whose}/{method}", call), web.get("/made", made), web.get("/readyz", well)])
    loop = LOOP() if LOOP else None
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None, loop=loop)


if __name__ == "__main__":
    main()
