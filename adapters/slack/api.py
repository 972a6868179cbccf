"""One call to Slack's Web API, and the family of its failure.

Made by hand on the shared session: slack_sdk posts again after a dropped connection, cannot tell "refused"
from "dropped", and fails with an AttributeError when a proxy answers in text/plain. Errors:
https://docs.slack.dev/reference/methods.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from adapters.slack.plain import Json, packed, unpacked
from bot.once import TooLate, at_last
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from bot.proxies import proxy_of

JSON = "application/json; charset=utf-8"
TOLD = {"Content-Type": JSON}
TIMEOUT = 15.0
"""Seconds a call may take in all."""
CONNECT = 5.0
"""Seconds to get a connection; until then nothing was sent."""
WAIT = 30.0
"""Seconds to wait when Slack says "slower" without saying how long."""

GONE = frozenset({
    "cannot_dm_bot", "cant_update_message", "channel_not_found", "channel_type_not_supported",
    "edit_window_closed", "exchanged_trigger_id", "expired_trigger_id", "hash_conflict",
    "invalid_trigger_id", "is_archived", "message_not_found", "method_not_supported_for_channel_type",
    "not_found", "not_in_channel", "restricted_action", "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel", "trigger_exchanged", "trigger_expired", "user_disabled",
    "user_not_found", "user_not_in_channel", "user_not_visible", "users_not_found", "view_not_found",
})  # fmt: skip
LOCKED = frozenset({
    "access_denied", "account_inactive", "ekm_access_denied", "enterprise_is_restricted", "invalid_auth",
    "missing_scope", "no_permission", "not_allowed_token_type", "not_authed", "org_login_required",
    "team_access_not_granted", "token_expired", "token_revoked", "two_factor_setup_required",
})  # fmt: skip
SLOWER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
REFUSED = frozenset({"request_timeout", "service_unavailable", "team_added_to_org"})
"""Slack says it did nothing."""
STUMBLED = frozenset({"fatal_error", "internal_error"})
"""Slack says that part of it may have been done."""

_PIECE = 64 * 1024
Scope = Literal["address", "method", "workspace"]
Data = Mapping[str, str] | bytes | aiohttp.BytesPayload


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
    """What came back over HTTP; `body` is None when it was not JSON."""

    status: int
    body: Json | None
    retry_after: str | None = None

    @property
    def error(self) -> str:
        """Slack's word for what went wrong; empty when it went well."""
        if self.body is None:
            return "not_json"
        return "" if self.body.get("ok") is True else str(self.body.get("error") or "unknown")


class Api:
    """Slack's methods for one token. `base` ends with a slash (`https://slack.com/api/`).

    `scopes` are those Slack named with its latest answer; none before the first.
    """

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        """Keep the shared session; closing it is its owner's."""
        self._session = session
        self._base = base if base.endswith("/") else f"{base}/"
        self._headers = {"Authorization": f"Bearer {token}"}
        self.scopes: frozenset[str] = frozenset()

    def renew(self, token: str) -> None:
        """Call with another token from now on: Herald was installed anew."""
        self._headers = {"Authorization": f"Bearer {token}"}

    async def ask(self, method: str, **form: str) -> Json:
        """Read something; safe to repeat, so every doubt is `Unreachable`."""
        return await self._call(method, form, Unreachable)

    async def write(self, method: str, payload: Json) -> Json:
        """Change something that may be changed again to the same (an update, a view)."""
        return await self._call(method, packed(payload), Unreachable, TOLD)

    async def post(self, method: str, payload: Json) -> Json:
        """Make something new, once: when the answer is lost it is `Unknown`, never repeated here."""
        return await self._call(method, Held(packed(payload)), Unknown)

    async def download(self, address: str, most: int) -> bytes:
        """The first `most` bytes of a file that Slack holds; our token goes to Slack's own hosts alone."""
        if not ours(URL(address), URL(self._base)):
            raise Gone("a file that Slack does not hold")
        limit = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
        asked = {"headers": self._headers, "timeout": limit, "proxy": proxy_of(address)}
        try:
            async with self._session.get(URL(address), allow_redirects=False, **asked) as answer:  # type: ignore[arg-type]
                if answer.status != HTTPStatus.OK:
                    raise Gone(f"file: {answer.status}")
                return await _first(answer.content, most)
        except (TimeoutError, aiohttp.ClientError) as lost:
            raise Unreachable(f"file: {type(lost).__name__}") from lost

    async def _call(
        self, method: str, data: Data, doubt: type[Exception], told: Mapping[str, str] | None = None
    ) -> Json:
        """One call; a `doubt` is what it means when the answer is lost."""
        try:
            reply = await self._send(method, data, {**self._headers, **(told or {})})
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unsent:
            raise Unreachable(f"{method}: {unsent}") from unsent
        except (TimeoutError, aiohttp.ClientError) as lost:
            if isinstance(lost.__cause__, TooLate):
                raise Unreachable(f"{method}: too late, nothing was sent") from lost
            raise doubt(f"{method}: {type(lost).__name__}") from lost
        if reply.error or reply.status != HTTPStatus.OK:
            raise failure(method, reply, once=doubt is Unknown)
        return reply.body or {}

    async def _send(self, method: str, data: Data, headers: Mapping[str, str]) -> Reply:
        limit = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
        async with self._session.post(
            self._base + method, data=data, headers=headers, timeout=limit
        ) as answer:
            granted = answer.headers.get("X-OAuth-Scopes")
            if granted is not None:
                self.scopes = frozenset(scope.strip() for scope in granted.split(","))
            return Reply(answer.status, _parsed(await answer.read()), answer.headers.get("Retry-After"))


def ours(address: URL, base: URL) -> bool:
    """Whether Slack itself serves an address: over TLS from one of its hosts, or from where its API is."""
    host = address.host or ""
    slack = address.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com"))
    return slack or address.origin() == base.origin()


async def _first(content: aiohttp.StreamReader, most: int) -> bytes:
    found = bytearray()
    async for piece in content.iter_chunked(_PIECE):
        found += piece
        if len(found) >= most:
            break
    return bytes(found[:most])


def failure(method: str, reply: Reply, *, once: bool) -> Exception:
    """The family of a failed call; `once` marks a post that must never be made twice."""
    error, words = reply.error, f"{method}: {reply.error} ({reply.status})"
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS or error in SLOWER:
        return Throttled(_seconds(reply.retry_after), _scope(method, error))
    if error in LOCKED:
        return LockedOut(words)
    if error in GONE:
        return Gone(words)
    if error in REFUSED and reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unreachable(words)
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error in STUMBLED or reply.body is None:
        return Unknown(words) if once else Unreachable(words)
    return Rejected(f"{words} {_messages(reply)}".rstrip())


def _scope(method: str, error: str) -> Scope:
    """Posting is limited per channel, the rest per method (docs.slack.dev/apis/web-api/rate-limits)."""
    if error == "message_limit_exceeded":
        return "workspace"
    return "address" if method == "chat.postMessage" else "method"


def _seconds(told: str | None) -> float:
    return float(told) if told and told.isdigit() else WAIT


def _messages(reply: Reply) -> str:
    """Which part of our payload Slack refused; without it, nobody finds the bug."""
    found = ((reply.body or {}).get("response_metadata") or {}).get("messages") or []
    return " ".join(map(str, found))


def _parsed(raw: bytes) -> Json | None:
    try:
        body = unpacked(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
