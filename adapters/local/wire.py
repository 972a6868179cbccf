"""The line from the local workspace to Herald: signed requests, exactly as Slack sends them."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from adapters.local.journal import Journal
from adapters.local.people import Json

SECONDS = 3.0
"""How long Slack waits for an answer (docs.slack.dev/interactivity)."""
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True)
class Ack:
    """Herald's answer to one request; `status` is 0 when there was none."""

    status: int
    body: Json

    @property
    def good(self) -> bool:
        """Whether Slack would be content."""
        return self.status in range(200, 300)


class Line:
    """Requests to one address of Herald's, each within `seconds`."""

    def __init__(self, url: str, seconds: float) -> None:
        self.url = url
        self.seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def answer(self, body: str, headers: Mapping[str, str]) -> Ack:
        """Post a raw body; no answer in time is an answer too."""
        self._session = self._session or aiohttp.ClientSession(trust_env=False)
        limit = aiohttp.ClientTimeout(total=self.seconds)
        try:
            async with self._session.post(
                self.url, data=body.encode(), headers=headers, timeout=limit
            ) as answer:
                return Ack(answer.status, _read(await answer.text()))
        except TimeoutError:
            return Ack(0, {"error": "timeout"})
        except aiohttp.ClientError as error:
            return Ack(0, {"error": type(error).__name__})

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()
            self._session = None


class Wire(Line):
    """Posts signed requests to one address and writes them into the journal."""

    def __init__(self, url: str, secret: str, journal: Journal) -> None:
        super().__init__(url, SECONDS)
        self._secret = secret.encode()
        self._journal = journal

    async def form(self, name: str, fields: Mapping[str, str]) -> Ack:
        """A slash command: its fields as a form."""
        return await self._send(name, urlencode(fields), FORM, dict(fields), {})

    async def payload(self, name: str, payload: Json) -> Ack:
        """An interaction: one form field called `payload`."""
        return await self._send(name, urlencode({"payload": json.dumps(payload)}), FORM, payload, {})

    async def event(self, name: str, envelope: Json) -> Ack:
        """An event; asked once more at once when it fails, as Slack does first."""
        body = json.dumps(envelope)
        ack = await self._send(name, body, JSON, envelope, {})
        if ack.good:
            return ack
        reason = "http_error" if ack.status else "http_timeout"
        again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": reason}
        return await self._send(name, body, JSON, envelope, again)

    def signature(self, stamp: str, body: str) -> str:
        """Slack's v0 signature of a raw body."""
        signed = f"v0:{stamp}:{body}".encode()
        return "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()

    async def _send(self, name: str, body: str, kind: str, shown: Json, more: Mapping[str, str]) -> Ack:
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": kind,
            "User-Agent": AGENT,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": self.signature(stamp, body),
            **more,
        }
        ack = await self.answer(body, headers)
        self._journal.crossed("in", name, shown, ack.status, ack.body)
        return ack


def _read(text: str) -> Json:
    """The answer as an object; a bare text is what Slack shows as the text of a message."""
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": str(found)}
