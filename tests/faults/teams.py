"""A Bot Connector that fails by script or by chance, and keeps a log that decides who kept their word."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from aiohttp import web

from tests.faults.chances import Chances
from tests.teams.server import TEAM, ConnectorServer, Fault, Json, error, serving

DROPPED_BEFORE = Fault(drop="before")
DROPPED_AFTER = Fault(drop="after")
HALF = '{"id": "17'
NOT_JSON = "<html>login</html>"
SLOWER = error(429, "TooManyRequests", **{"Retry-After": "1"})
WRITING = error(412, "PreconditionFailed")
"""Somebody else was writing there, and nothing was done."""
EVERY = (
    DROPPED_BEFORE,
    DROPPED_AFTER,
    SLOWER,
    WRITING,
    *(Fault(200, said, drop=done) for said in (HALF, NOT_JSON) for done in ("", "acted")),
    *(
        Fault(status, "oops", drop=done, kind="text/plain")
        for status in (500, 502, 503)
        for done in ("", "acted")
    ),
)
"""One of each; answers that tell nothing come before and after Teams acted."""
BLOCKED = error(403, "BotDisabledByAdmin")


@dataclass
class FaultyTeams(ConnectorServer):
    """One tenant. `scripted` are faults met in order by calls of one kind: `post`, `update`, `read`."""

    chances: Chances[Fault] = field(default_factory=lambda: Chances(EVERY, Random(1)))  # noqa: S311  a seed
    scripted: list[tuple[str, Fault]] = field(default_factory=list)
    said: "asyncio.Condition" = field(default_factory=asyncio.Condition)
    history = False

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        await self.chances.wait()
        fault = self._scripted(kind(request)) or self.chances.fault()
        if fault:
            self.faults.insert(0, fault)
        response = await super().answer(request)
        async with self.said:
            self.said.notify_all()
        return response

    def opens(self, channel: str, *, private: bool = False) -> None:
        """There is such a channel."""
        self.channels.setdefault(TEAM, []).append(listed(channel, private=private))
        self.rosters[channel] = []

    async def posted(self, number: int) -> None:
        """Wait until so many messages stand here."""
        async with self.said:
            await self.said.wait_for(lambda: len(self.messages) >= number)

    def places(self) -> Counter[tuple[str, str]]:
        """How often each text stands in each channel."""
        return Counter((channel, str(body["summary"])) for (channel, _), body in self.messages.items())

    def _scripted(self, kind: str) -> Fault | None:
        found = next((each for each in self.scripted if each[0] in ("", kind)), None)
        if found is None:
            return None
        self.scripted.remove(found)
        return found[1]


def kind(request: web.Request) -> str:
    """What a call is: it makes something, changes it, or looks."""
    return {"POST": "post", "PUT": "update"}.get(request.method, "read")


def listed(channel: str, *, private: bool) -> Json:
    """A channel as a team's list has it."""
    return {"id": channel, "name": channel, "type": "private" if private else "standard"}


@asynccontextmanager
async def faulty_teams() -> AsyncIterator[FaultyTeams]:
    """A tenant on a free loopback port."""
    async with serving(FaultyTeams()) as teams:
        yield teams
