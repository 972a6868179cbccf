"""A Slack that says yes to everything, as fast as aiohttp can: `slack.py PORT`. `/made` counts by path."""

import json
import sys
from collections import Counter

from aiohttp import web

from bench.peers.listening import run

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


if __name__ == "__main__":
    run(int(sys.argv[1]), web.post("/{whose}/{method}", call), web.get("/made", made))
