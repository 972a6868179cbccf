"""Herald's Slack side on loopback: signed requests go in over HTTP, a bot with answers stands behind."""

import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.slack.connect import EVENTS, Slack, connect
from adapters.slack.herald import Herald
from adapters.slack.settings import SlackSettings
from bot.answering import Later
from bot.cards import Body, Card
from bot.commands import Command
from bot.holding import Elsewhere
from bot.ports import Answer, By, Done
from tests.slack.server import TOKEN, Json, SlackServer

SECRET = "made-up-signing-secret"


@dataclass
class FakeBot:
    """Answers what it is told to answer, and keeps who asked what."""

    answers: dict[type[Command], Answer] = field(default_factory=dict)
    forms: dict[type[Command], Answer] = field(default_factory=dict)
    asked: list[tuple[Command, By]] = field(default_factory=list)
    forms_asked: list[tuple[Command, By]] = field(default_factory=list)
    shown: list[Command] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    taken: dict[str, bytes] = field(default_factory=dict)
    later: set[type[Command]] = field(default_factory=set)
    failing: Exception | None = None
    speaks: str = "en"

    async def do(self, command: Command, by: By) -> Answer:
        if self.failing:
            raise self.failing
        self.asked.append((command, by))
        return self.answers.get(type(command), Done())

    async def press(self, command: Command, by: By) -> Answer | Later:
        answer = await self.do(command, by)
        return Later(command) if type(command) in self.later else answer

    async def form(self, command: Command, by: By) -> Answer:
        if self.failing:
            raise self.failing
        self.forms_asked.append((command, by))
        return self.forms[type(command)]

    async def opened(self, command: Command, by: By) -> None:
        self.shown.append(command)

    async def home(self, by: By) -> tuple[Card, str]:
        return Card("Home", (Body(f"Home of {by.member}"),)), self.speaks

    async def language(self, by: By) -> str:
        return self.speaks

    def remembers(self, by: By) -> bool:
        return by.member in self.met

    async def known(self, by: By) -> bool:
        return by.member in self.met

    async def take_over(self, there: Elsewhere, by: By) -> None:
        self.taken[there.file] = await there.fetch()

    async def meet(self, by: By) -> None:
        self.met.append(by.member)


@dataclass
class Desk:
    """What Slack does to Herald."""

    slack: Slack
    server: SlackServer
    session: ClientSession
    url: str

    async def command(
        self, command: str, text: str = "", user: str = "ULEA", **more: str
    ) -> tuple[int, Json]:
        """Somebody types a slash command in #stories."""
        form = {"command": command, "text": text, "user_id": user, "team_id": "T1", "channel_id": "CSTORIES"}
        return await self.post(urlencode(form | {"trigger_id": "1.command"} | more))

    async def interact(self, payload: Json) -> tuple[int, Json]:
        """A press, a submit, a shortcut."""
        return await self.post(urlencode({"payload": json.dumps(payload)}))

    async def event(self, event: Json, event_id: str = "Ev1", **more: Any) -> tuple[int, Json]:  # noqa: ANN401  JSON
        """Something happened."""
        envelope = {"type": "event_callback", "team_id": "T1", "event_id": event_id, "event": event} | more
        return await self.post(json.dumps(envelope), kind="application/json")

    async def post(
        self, body: str | bytes, *, kind: str = "application/x-www-form-urlencoded", **forged: str
    ) -> tuple[int, Json]:
        """A request, signed unless `forged` says otherwise; and everything that followed it."""
        raw = body if isinstance(body, bytes) else body.encode()
        headers = {"Content-Type": kind, **signed(raw), **forged}
        async with self.session.post(self.url, data=io.BytesIO(raw), headers=headers) as answer:
            words = await answer.text()
        await self.slack.settled()
        return answer.status, json.loads(words) if words.startswith("{") else {"text": words}


def signed(raw: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Slack's two headers over a body."""
    stamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}


@asynccontextmanager
async def desk(bot: Herald, server: SlackServer) -> AsyncIterator[Desk]:
    """Herald connected to a server, its route open."""
    slack = await connect(bot, SlackSettings(TOKEN, SECRET, api_url=server.url))
    app = web.Application()
    app.add_routes(slack.routes())
    async with TestServer(app, host="127.0.0.1") as door, ClientSession() as session:
        yield Desk(slack, server, session, str(door.make_url(EVENTS)))
    await slack.close()
