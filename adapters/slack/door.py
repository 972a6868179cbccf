"""The HTTP door: verified on the raw bytes, parsed once, then a press is done and all else handed to Bolt.

Bolt would parse with `urllib.parse`, a third of its time on a press; yarl's C parser takes a tenth of that.
For a parsed body Bolt skips its own signature check: so the check stands here, before anything is read.
Presses come by the hundred, and their one listener needs none of what Bolt prepares for it.
https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hmac
import re
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from yarl import URL

from adapters.slack.plain import Json, unpacked

STAMP = re.compile(r"[0-9]{1,12}")
PRESS = "block_actions"
OLDEST = 300
"""Seconds a signature is good for; a replay within them meets the same key and is done once."""


class Malformed(ValueError):
    """A body that is neither Slack's JSON nor its form."""


class Dispatch(Protocol):
    """What answers a verified request: whoever picks the listeners, and the Bolt, of a workspace."""

    async def press(self, body: Json) -> BoltResponse:
        """Do a press; whatever nobody foresaw is answered too."""
        ...

    async def async_dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answer it."""
        ...


class Door:
    """One route for events, commands and interactions. `now` is real time: signatures know no other."""

    def __init__(self, app: Dispatch, secret: str, now: Callable[[], float] = time.time) -> None:
        """Hand verified requests to `app`."""
        self._app = app
        self._secret = secret.encode()
        self._now = now

    async def answer(self, request: web.Request) -> web.Response:
        """401 without a good signature, 400 for what is not Slack's, else what the listeners say."""
        raw = await request.read()
        if not self._signed(raw, request):
            return web.Response(status=401, text="unverified")
        try:
            body = parsed(raw, request.content_type)
        except Malformed:
            return web.Response(status=400, text="malformed")
        if body.get("type") == PRESS:
            done = await self._app.press(body)
            return await to_aiohttp_response(done) if done.body else web.Response(status=done.status)
        bolt = AsyncBoltRequest(body=body, mode="socket_mode", headers=_headers(request))
        return await to_aiohttp_response(await self._app.async_dispatch(bolt))

    def _signed(self, raw: bytes, request: web.Request) -> bool:
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not STAMP.fullmatch(stamp) or abs(self._now() - int(stamp)) > OLDEST:
            return False
        made = hmac.digest(self._secret, b"v0:%b:%b" % (stamp.encode(), raw), "sha256").hex()
        return hmac.compare_digest(f"v0={made}".encode(), signature.encode())


def parsed(raw: bytes, content_type: str) -> Json:
    """Slack's JSON, its form, or the JSON in its form's `payload`; raises `Malformed`."""
    try:
        if content_type == "application/json":
            return _object(raw)
        form = URL.build(path="/", query_string=raw.decode(), encoded=True).query
        if "payload" in form:
            return _object(form["payload"])
    except (ValueError, RecursionError) as broken:
        raise Malformed(content_type) from broken
    if "command" not in form and "ssl_check" not in form:
        raise Malformed("neither a payload nor a command")
    return dict(form)


def _object(words: str | bytes) -> Json:
    body = unpacked(words)
    if not isinstance(body, dict) or (body.get("type") == PRESS and not body.get("actions")):
        raise Malformed("no object, or a press of nothing")
    return body


def _headers(request: web.Request) -> dict[str, str | Sequence[str]]:
    """What Bolt reads: the kind of body, and Slack's word about retries."""
    return {
        name: value
        for name, value in request.headers.items()
        if name.lower().startswith(("x-slack-", "content-type"))
    }
