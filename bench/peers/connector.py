"""A Bot Connector and a login that say yes to everything: `connector.py PORT LOGIN CERTIFICATE`.

`/made` counts the cards, those that came with the login's token apart, and the logins.
"""

import asyncio
import json
import ssl
import sys
from collections import Counter
from itertools import count

from aiohttp import web

from adapters.host.loop import LOOP
from adapters.teams.render import KIND
from bench.peers.listening import listen, serve

TOKEN = "token-of-the-bench"  # noqa: S105  nobody's
MADE: Counter[str] = Counter()
_NUMBERS = count(1)


async def sent(request: web.Request) -> web.Response:
    """One message in a chat; stock botbuilder posts it under the activity that it makes up for the turn."""
    activity = json.loads(await request.read())
    shown = [each["contentType"] for each in activity.get("attachments", ())]
    bearer = request.headers.get("Authorization", "")
    if shown != [KIND] or bearer not in {"", f"Bearer {TOKEN}"}:
        return web.Response(status=400)
    MADE["cards, logged in" if bearer else "cards"] += 1
    return web.json_response({"id": f"{next(_NUMBERS)}"})


async def doors(request: web.Request) -> web.Response:
    """Where one logs in."""
    here = f"https://{request.host}/adfs"
    ways = {"authorization_endpoint": here, "token_endpoint": f"{here}/token"}
    return web.json_response({"issuer": here, **ways})


async def token(request: web.Request) -> web.Response:
    """A login."""
    await request.read()
    MADE["logins"] += 1
    return web.json_response({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 86_400})


async def made(request: web.Request) -> web.Response:
    """How many of each."""
    del request
    return web.json_response(dict(MADE))


_CHAT = "/v3/conversations/{chat}/activities"
ROUTES = (web.post(_CHAT, sent), web.post(f"{_CHAT}/{{id}}", sent), web.get("/made", made))


async def both(port: int, login: int, certificate: str) -> None:
    """The connector over HTTP; the login over TLS, for MSAL speaks nothing else."""
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate)
    discovery = web.get("/adfs/.well-known/openid-configuration", doors)
    await listen(login, discovery, web.post("/adfs/token", token), ssl=secure)
    await serve(port, *ROUTES)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=LOOP) as runner:
        runner.run(both(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
