"""A Slack that answers on loopback and fails when told to: what Herald calls, calls kept, faults in order."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = dict[str, Any]
TEAM, BOT = "T1", "UHERALD"
TOKEN = "xoxb-made-up"


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call fails: an answer, a connection that ends before or after Slack acted, or silence.

    `drop` "acted" gives the answer after Slack did what it was asked.
    """

    status: int = 200
    body: Json | str | None = None
    headers: Json = field(default_factory=dict)
    drop: str = ""
    method: str = ""
    kind: str = "application/json"
    to: str = ""


def error(word: str, **headers: str) -> Fault:
    """Slack saying no."""
    return Fault(200, {"ok": False, "error": word}, headers)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came."""

    method: str
    body: Json
    kind: str


@dataclass
class SlackServer:
    """One workspace. `faults` are met in order by the calls they are about: a method, a channel, or any."""

    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    messages: dict[tuple[str, str], Json] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    url: str = ""
    link: str = ""
    team: str = TEAM
    given: str = "xoxb-given"
    tokens: list[str] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    heard: Callable[[Call], None] = lambda call: None
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def made(self, method: str) -> list[Json]:
        """The bodies of the calls of one method, oldest first."""
        return [call.body for call in self.calls if call.method == method]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        call = Call(request.match_info["method"], await _body(request), request.content_type)
        fault = self._fault(call)
        if fault and fault.drop == "before":
            return _dropped(request)
        if fault and fault.drop == "never":
            await self.released.wait()
        self.calls.append(call)
        self.tokens.append(request.headers.get("Authorization", ""))
        self.heard(call)
        done = self._does(call) if not fault or fault.drop in ("after", "acted") else {}
        if fault and fault.drop == "after":
            return _dropped(request)
        return _refused(fault) if fault else web.json_response(done)

    def _fault(self, call: Call) -> Fault | None:
        to = call.body.get("channel")
        meant = (fault for fault in self.faults if fault.method in ("", call.method) and fault.to in ("", to))
        found = next(meant, None)
        if found:
            self.faults.remove(found)
        return found

    def _does(self, call: Call) -> Json:
        does = getattr(self, "_" + call.method.replace(".", "_"), None)
        return does(call.body) if does else {"ok": True}

    def _auth_test(self, body: Json) -> Json:
        return {"ok": True, "team_id": self.team, "user_id": BOT, "bot_id": "BHERALD", "url": self.url}

    def _oauth_v2_access(self, body: Json) -> Json:
        team = {"id": self.team, "name": "Acme <b>"} if self.team else None
        whole = {"team": team, "is_enterprise_install": team is None, "enterprise": None}
        return {"ok": True, "access_token": self.given, "bot_user_id": BOT, "scope": "commands", **whole}

    def _apps_connections_open(self, body: Json) -> Json:
        return {"ok": True, "url": self.link}

    def _chat_postMessage(self, body: Json) -> Json:  # noqa: N802  Slack's name
        address = body["channel"]
        if address not in self.channels and address not in self.users:
            return {"ok": False, "error": "channel_not_found"}
        channel = address if address in self.channels else f"D{address[1:]}"
        ts = f"1700000000.{next(self._numbers):06d}"
        self.messages[channel, ts] = body
        return {"ok": True, "channel": channel, "ts": ts, "message": body}

    def _chat_update(self, body: Json) -> Json:
        at = (body["channel"], body["ts"])
        if at not in self.messages:
            return {"ok": False, "error": "message_not_found"}
        self.messages[at] = self.messages[at] | body
        return {"ok": True, "channel": at[0], "ts": at[1]}

    def _files_info(self, body: Json) -> Json:
        found = self.files.get(body["file"])
        return {"ok": True, "file": found} if found else {"ok": False, "error": "file_not_found"}

    async def download(self, request: web.Request) -> web.Response:
        """A file's own address, which wants the token."""
        self.tokens.append(request.headers.get("Authorization", ""))
        return web.Response(body=b"picture")

    def _users_info(self, body: Json) -> Json:
        found = self.users.get(body["user"])
        return {"ok": True, "user": found} if found else {"ok": False, "error": "user_not_found"}

    def _conversations_info(self, body: Json) -> Json:
        found = self.channels.get(body["channel"])
        return {"ok": True, "channel": found} if found else {"ok": False, "error": "channel_not_found"}

    def _conversations_join(self, body: Json) -> Json:
        return self._conversations_info(body)

    def _conversations_members(self, body: Json) -> Json:
        """Two on a page."""
        everybody = self.members.get(body["channel"], [])
        start = int(body.get("cursor") or 0)
        more = str(start + 2) if start + 2 < len(everybody) else ""
        page = everybody[start : start + 2]
        return {"ok": True, "members": page, "response_metadata": {"next_cursor": more}}


Server = TypeVar("Server", bound=SlackServer)


@asynccontextmanager
async def slack_server() -> AsyncIterator[SlackServer]:
    """A workspace on a free loopback port."""
    async with serving(SlackServer()) as slack:
        yield slack


@asynccontextmanager
async def serving(slack: Server) -> AsyncIterator[Server]:
    """The same for a workspace of any kind."""
    app = web.Application()
    app.router.add_post("/api/{method}", slack.answer)
    app.router.add_get("/files/{name}", slack.download)
    async with TestServer(app, host="127.0.0.1") as server:
        slack.url = str(server.make_url("/api/"))
        yield slack
        slack.released.set()


async def _body(request: web.Request) -> Json:
    raw = await request.text()
    if request.content_type == "application/json":
        found: Json = json.loads(raw)
        return found
    return dict(await request.post())


def _refused(fault: Fault) -> web.Response:
    words = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
    return web.Response(status=fault.status, text=words, headers=fault.headers, content_type=fault.kind)


def _dropped(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
