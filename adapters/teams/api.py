"""One call to Bot Connector, and the family of its failure.

Made by hand on the shared session: the SDK builds two clients and a login per turn, repeats updates by
itself while a thread sleeps, and loses the status of what failed.
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from adapters.teams.plain import Json, packed
from adapters.teams.tokens import Tokens
from bot.once import TooLate, at_last
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from bot.proxies import proxy_of

JSON = "application/json; charset=utf-8"
TIMEOUT = 15.0
"""Seconds a call may take in all."""
CONNECT = 5.0
"""Seconds to get a connection; until then nothing was sent."""
WAIT = 30.0
"""Seconds to wait when Teams says "slower" without saying how long."""

LOCKED = frozenset({"BotDisabledByAdmin", "BotNotRegistered", "InvalidBotApiHost", "AppNotInstalledInTenant"})
"""Words of a 403 that are about the whole tenant; all others are about one conversation."""

BY_STATUS: Final[Mapping[int, type[Exception]]] = {
    HTTPStatus.FORBIDDEN: Gone,
    HTTPStatus.NOT_FOUND: Gone,
    HTTPStatus.GONE: Gone,
    HTTPStatus.PRECONDITION_FAILED: Unreachable,
}
"""What a status alone says. 412: somebody else was writing there, and nothing was done."""

Scope = Literal["address", "method"]


class Held(aiohttp.BytesPayload):
    """A body that is sent once. The client keeps the headers until there is a first byte of it."""

    def __init__(self, raw: bytes) -> None:
        """JSON; whoever makes it is asked before it goes."""
        super().__init__(raw, content_type=JSON)
        self._ask = at_last()

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Everything or nothing."""
        self._ask()
        await super().write_with_length(writer, content_length)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over HTTP; `body` is None when it was no JSON, `garbled` when it should have been."""

    status: int
    body: Json | None
    retry_after: str | None = None
    garbled: bool = False

    @property
    def error(self) -> str:
        """Teams' word for what went wrong."""
        found = (self.body or {}).get("error")
        told = found.get("code") if isinstance(found, dict) else None
        return str(told or (self.body or {}).get("errorCode") or "")


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `once` marks what must never be made twice; `scope` is what "slower" then speaks about."""

    verb: str
    address: str
    body: Json | None = None
    once: bool = False
    scope: Scope = "method"


class Api:
    """Calls with our token. A refused token is renewed once: whatever is refused was surely not done."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens) -> None:
        """Keep the shared session; closing it is its owner's."""
        self._session = session
        self._tokens = tokens

    async def enter(self) -> None:
        """Log in if need be and call nothing; raises `LockedOut` and `Unreachable`."""
        await self._tokens.headers()

    async def call(self, call: Call) -> Json:
        """Make a call; raises the families of `bot.ports`."""
        reply = await self._answered(call)
        if reply.status == HTTPStatus.UNAUTHORIZED:
            self._tokens.forget()
            reply = await self._answered(call)
        if reply.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise failure(call, reply)
        if reply.garbled:  # somebody between us and Teams answered: whether Teams heard of it, nobody knows
            raise (Unknown if call.once else Unreachable)(f"{call.verb}: {reply.status}, not JSON")
        return reply.body or {}

    async def _answered(self, call: Call) -> Reply:
        doubt = Unknown if call.once else Unreachable
        headers = await self._tokens.headers()
        try:
            return await self._sent(call, headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unsent:
            raise Unreachable(f"{call.verb}: {type(unsent).__name__}") from unsent
        except (TimeoutError, aiohttp.ClientError) as lost:
            if isinstance(lost.__cause__, TooLate):
                raise Unreachable(f"{call.verb}: too late, nothing was sent") from lost
            raise doubt(f"{call.verb}: {type(lost).__name__}") from lost

    async def _sent(self, call: Call, headers: dict[str, str]) -> Reply:
        limit = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
        address = URL(call.address, encoded=True)
        told = {} if call.body is None else {"Content-Type": JSON}
        sent = self._session.request(
            call.verb, address, data=_body(call), timeout=limit, allow_redirects=False,
            headers={**told, **headers}, proxy=proxy_of(address),
        )  # fmt: skip
        async with sent as answer:
            said = await answer.read()
            body = _parsed(said)
            later = answer.headers.get("Retry-After")
            return Reply(answer.status, body, later, garbled=bool(said) and body is None)


def _body(call: Call) -> Held | bytes | None:
    raw = None if call.body is None else packed(call.body)
    return Held(raw) if raw is not None and call.once else raw


def failure(call: Call, reply: Reply) -> Exception:
    """The family of a failed call."""
    words = f"{call.verb}: {reply.status} {reply.error}".rstrip()
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(_seconds(reply.retry_after), call.scope)
    if reply.status == HTTPStatus.UNAUTHORIZED or reply.error in LOCKED:
        return LockedOut(words)
    if reply.status in BY_STATUS:
        return BY_STATUS[reply.status](words)
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status == HTTPStatus.REQUEST_TIMEOUT:
        return Unknown(words) if call.once else Unreachable(words)
    return Rejected(f"{words} {_message(reply)}".rstrip())


def _message(reply: Reply) -> str:
    """What of our payload Teams refused; without it, nobody finds the bug."""
    found = (reply.body or {}).get("error")
    told = found.get("message") if isinstance(found, dict) else None
    return str(told or (reply.body or {}).get("message") or "")[:300]


def _seconds(told: str | None) -> float:
    return float(told) if told and told.isascii() and told.isdigit() else WAIT


def _parsed(raw: bytes) -> Json | None:
    try:
        body = json.loads(raw) if raw else None
    except ValueError:
        return None
    return body if isinstance(body, dict) else {"value": body} if isinstance(body, list) else None
