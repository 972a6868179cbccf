"""A Slack that fails by script or by chance, and keeps a log that decides afterwards who kept their word."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from random import Random

from aiohttp import web

from adapters.slack.manifest import HISTORY
from tests.faults.chances import Chances
from tests.slack.server import Fault, Json, SlackServer, serving

DROPPED_BEFORE = Fault(drop="before")
DROPPED_AFTER = Fault(drop="after")
HALF = '{"ok": true, "channel": "C'
NOT_JSON = "<html>login</html>"
SLOWER = Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "1"})
EVERY = (
    DROPPED_BEFORE,
    DROPPED_AFTER,
    SLOWER,
    *(Fault(200, said, drop=done) for said in (HALF, NOT_JSON) for done in ("", "acted")),
    *(
        Fault(status, "oops", drop=done, kind="text/plain")
        for status in (500, 502, 503)
        for done in ("", "acted")
    ),
)
"""One of each; answers that tell nothing come before and after Slack acted."""


@dataclass
class FaultySlack(SlackServer):
    """One workspace. `faults` fail by script, `chances` by chance.

    `history` is whether the scopes to look back were granted.
    """

    chances: Chances[Fault] = field(default_factory=lambda: Chances(EVERY, Random(1)))  # noqa: S311  a seed
    history: bool = True
    said: "asyncio.Condition" = field(default_factory=asyncio.Condition)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        await self.chances.wait()
        fault = self.chances.fault()
        if fault:
            self.faults.append(replace(fault, method=request.match_info["method"]))
        response = await super().answer(request)
        response.headers["X-OAuth-Scopes"] = ",".join(("chat:write", *(HISTORY if self.history else ())))
        async with self.said:
            self.said.notify_all()
        return response

    def opens(self, channel: str, *, private: bool = False) -> None:
        """There is such a channel."""
        self.channels[channel] = {"id": channel, "is_private": private}

    async def posted(self, number: int) -> None:
        """Wait until so many messages stand here."""
        async with self.said:
            await self.said.wait_for(lambda: len(self.messages) >= number)

    def operations(self) -> Counter[str]:
        """How often each operation was posted."""
        return Counter(str(body["metadata"]["event_payload"]["op"]) for body in self.messages.values())

    def places(self) -> Counter[tuple[str, str]]:
        """How often each text stands in each channel."""
        return Counter((channel, str(body["text"])) for (channel, _), body in self.messages.items())

    def _conversations_open(self, body: Json) -> Json:
        """The 1:1 conversation with somebody."""
        return {"ok": True, "channel": {"id": f"D{body['users'][1:]}"}}

    def _conversations_history(self, body: Json) -> Json:
        """Newest first, a hundred on a page."""
        if not self.history:
            return {"ok": False, "error": "missing_scope"}
        here = [(ts, said) for (channel, ts), said in self.messages.items() if channel == body["channel"]]
        start = int(body.get("cursor") or 0)
        page = [{**said, "ts": ts} for ts, said in reversed(here)][start : start + 100]
        more = str(start + 100) if start + 100 < len(here) else ""
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": more}}


@asynccontextmanager
async def faulty_slack() -> AsyncIterator[FaultySlack]:
    """A workspace on a free loopback port."""
    async with serving(FaultySlack()) as slack:
        yield slack
