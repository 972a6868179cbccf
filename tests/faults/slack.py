"""A Slack that fails by script or by chance, and keeps a log that decides afterwards who kept their word."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.manifest import HISTORY
from tests.slack.server import Call, Fault, Json, SlackServer, error

DROPPED_BEFORE = Fault(drop="before")
DROPPED_AFTER = Fault(drop="after")
HALF = Fault(200, '{"ok": true, "channel": "C', kind="application/json")
NOT_JSON = Fault(200, "<html>login</html>", kind="text/html")
FALLEN = tuple(Fault(status, "oops", kind="text/plain") for status in (500, 502, 503))
SLOWER = Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "1"})
EVERY = (DROPPED_BEFORE, DROPPED_AFTER, HALF, NOT_JSON, *FALLEN, SLOWER)
"""One of each. The middle ones fail after Slack acted or before, as chance has it."""
NO_SCOPE = error("missing_scope")


@dataclass
class FaultySlack(SlackServer):
    """One workspace. `chance` of every call to fail, `acted` of a fallen one to have been done all the same.

    `history` is whether the scopes to look back were granted; `seen` is told of each call before it is done.
    """

    chance: float = 0.0
    acted: float = 0.5
    history: bool = True
    random: Random = field(default_factory=lambda: Random(1))  # noqa: S311  a seed, no secret
    seen: Callable[[Call], None] = lambda call: None
    said: "asyncio.Condition" = field(default_factory=asyncio.Condition)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        if self.random.random() < self.chance:
            self.faults.append(self._any(request.match_info["method"]))
        response = await super().answer(request)
        response.headers["X-OAuth-Scopes"] = ",".join(("chat:write", *(HISTORY if self.history else ())))
        async with self.said:
            self.said.notify_all()
        return response

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

    def _any(self, method: str) -> Fault:
        fault = self.random.choice(EVERY)
        return Fault(fault.status, fault.body, fault.headers, fault.drop, method, fault.kind)

    def _does(self, call: Call) -> Json:
        self.seen(call)
        return super()._does(call)

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
    """A server on a free loopback port."""
    slack = FaultySlack()
    app = web.Application()
    app.router.add_post("/api/{method}", slack.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        slack.url = str(server.make_url("/api/"))
        yield slack
        slack.released.set()


def told(lines: str) -> list[Json]:
    """What a program printed, one JSON object per line."""
    return [json.loads(line) for line in lines.splitlines()]
