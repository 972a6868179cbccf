"""A Bot Connector that answers on loopback and fails when told to: calls kept, faults in order.

It also plays Microsoft's OpenID document and its signing keys.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = dict[str, Any]
TENANT, APP = "T1", "herald-app"
TEAM = "19:team@thread.tacv2"


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call fails: an answer, a connection that ends before or after Teams acted, or silence.

    `drop` "acted" gives the answer after Teams did what it was asked.
    """

    status: int = 200
    body: Json | str | None = None
    headers: Json = field(default_factory=dict)
    drop: str = ""
    kind: str = "application/json"


def error(status: int, code: str = "", **headers: str) -> Fault:
    """Teams saying no."""
    return Fault(status, {"error": {"code": code, "message": f"{code} was refused"}}, headers)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came."""

    verb: str
    path: str
    query: dict[str, str]
    body: Json
    headers: dict[str, str]


@dataclass
class ConnectorServer:
    """One tenant. `faults` are met in order."""

    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    messages: dict[tuple[str, str], Json] = field(default_factory=dict)
    whispers: list[tuple[str, Json]] = field(default_factory=list)
    users: dict[str, Json] = field(default_factory=dict)
    rosters: dict[str, list[str]] = field(default_factory=dict)
    channels: dict[str, list[Json]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    keys: list[Json] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    url: str = ""
    released: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def service_url(self) -> str:
        return f"{self.url}teams/"

    @property
    def metadata(self) -> str:
        return f"{self.url}openid"

    def made(self, verb: str, ending: str) -> list[Json]:
        """The bodies of the calls whose path ends so, oldest first."""
        return [call.body for call in self.calls if call.verb == verb and call.path.endswith(ending)]

    def at(self, conversation: str) -> list[Json]:
        """What stands in a conversation, oldest first."""
        return [message for (where, _), message in self.messages.items() if where == conversation]

    def chat_of(self, user: str) -> str:
        """The 1:1 chat with somebody."""
        return f"a:{user}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        fault = self.faults.pop(0) if self.faults else None
        if fault and fault.drop == "before":
            return _dropped(request)
        if fault and fault.drop == "never":
            await self.released.wait()
        call = await _call(request)
        self.calls.append(call)
        done = self._does(request, call) if not fault or fault.drop in ("after", "acted") else (200, {})
        if fault and fault.drop == "after":
            return _dropped(request)
        return _refused(fault) if fault else web.json_response(done[1], status=done[0])

    async def openid(self, request: web.Request) -> web.Response:
        """Microsoft's OpenID document."""
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}keys"})

    async def jwks(self, request: web.Request) -> web.StreamResponse:
        """Microsoft's signing keys."""
        self.calls.append(await _call(request))
        return web.json_response({"keys": self.keys})

    async def picture(self, request: web.Request) -> web.Response:
        """What somebody pasted into a message; Microsoft gives it to the bot's token alone."""
        data = self.pictures.get(request.match_info["name"])
        if data is None or "Authorization" not in request.headers:
            return web.Response(status=404)
        return web.Response(body=data, content_type="image/png")

    def _does(self, request: web.Request, call: Call) -> tuple[int, Json]:  # noqa: PLR0911  a route a line
        parts = [part for part in request.match_info["path"].split("/") if part]
        match (call.verb, parts):
            case ("POST", ["conversations"]):
                return self._create(call.body)
            case ("POST", ["conversations", where, "activities", *_]):
                return self._post(where, call)
            case ("PUT", ["conversations", where, "activities", message]):
                return self._update(where, message, call.body)
            case ("DELETE", ["conversations", where, "activities", message]):
                return (200, {}) if self.messages.pop((where, message), None) else _missing()
            case ("GET", ["conversations", where, "pagedmembers"]):
                return self._page(where, call.query)
            case ("GET", ["conversations", where, "members", user]):
                return self._member(where, user)
            case ("GET", ["teams", team]):
                size = self.sizes.get(team)
                return (200, {"id": team, "memberCount": size}) if size is not None else _missing()
            case ("GET", ["teams", team, "conversations"]):
                found = self.channels.get(team)
                return (200, {"conversations": found}) if found is not None else _missing()
            case _:
                return _missing()

    def _create(self, body: Json) -> tuple[int, Json]:
        if body["isGroup"]:
            channel = body["channelData"]["channel"]["id"]
            if not any(channel == each["id"] for found in self.channels.values() for each in found):
                return _missing()
            id_ = self._keep(channel, body["activity"])
            return 201, {"id": f"{channel};messageid={id_}", "activityId": id_}
        user = body["members"][0]["id"]
        return (201, {"id": self.chat_of(user)}) if user in self.users else _missing()

    def _post(self, where: str, call: Call) -> tuple[int, Json]:
        if call.query.get("isTargetedActivity") == "true":
            self.whispers.append((call.body["recipient"]["id"], call.body))
            return 201, {"id": f"w{next(self._numbers)}"}
        if where not in self.rosters and where not in {self.chat_of(user) for user in self.users}:
            return _missing()
        return 201, {"id": self._keep(where, call.body)}

    def _update(self, where: str, message: str, body: Json) -> tuple[int, Json]:
        if (where, message) not in self.messages:
            return _missing()
        self.messages[where, message] = body
        return 200, {"id": message}

    def _page(self, where: str, query: dict[str, str]) -> tuple[int, Json]:
        """Two on a page."""
        if where not in self.rosters:
            return _missing()
        start = int(query.get("continuationToken") or 0)
        everybody = self.rosters[where]
        page: Json = {"members": [self._account(user) for user in everybody[start : start + 2]]}
        return 200, page | ({"continuationToken": str(start + 2)} if start + 2 < len(everybody) else {})

    def _member(self, where: str, user: str) -> tuple[int, Json]:
        user = user.removeprefix("29:")
        there = user in self.rosters.get(where, ()) or where == self.chat_of(user)
        return (200, self._account(user)) if there and user in self.users else _missing()

    def _account(self, user: str) -> Json:
        return self.users.get(user, {"id": f"29:{user}", "aadObjectId": user, "name": user})

    def _keep(self, where: str, activity: Json) -> str:
        """Under a name of its own in its conversation: who writes elsewhere meanwhile changes nothing."""
        id_ = str(
            max((int(name) for at, name in self.messages if at == where), default=1_700_000_000_000) + 1
        )
        self.messages[where, id_] = activity
        return id_


Server = TypeVar("Server", bound=ConnectorServer)


@asynccontextmanager
async def connector_server() -> AsyncIterator[ConnectorServer]:
    """A tenant on a free loopback port."""
    async with serving(ConnectorServer()) as teams:
        yield teams


@asynccontextmanager
async def serving(teams: Server) -> AsyncIterator[Server]:
    """The same for a tenant of any kind."""
    app = web.Application()
    app.router.add_get("/openid", teams.openid)
    app.router.add_get("/keys", teams.jwks)
    app.router.add_get("/teams/v3/attachments/{name}/views/original", teams.picture)
    app.router.add_route("*", "/teams/v3/{path:.*}", teams.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        teams.url = str(server.make_url("/"))
        yield teams
        teams.released.set()


async def _call(request: web.Request) -> Call:
    raw = await request.text()
    body = json.loads(raw) if raw else {}
    return Call(request.method, request.path, dict(request.query), body, dict(request.headers))


def _missing() -> tuple[int, Json]:
    return 404, {"error": {"code": "ConversationNotFound", "message": "Conversation not found."}}


def _refused(fault: Fault) -> web.Response:
    words = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
    return web.Response(status=fault.status, text=words, headers=fault.headers, content_type=fault.kind)


def _dropped(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
