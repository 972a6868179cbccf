"""Herald's Teams side on loopback: signed activities go in over HTTP, a bot with answers stands behind."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.teams.connect import MESSAGES, Home, Teams, connect
from adapters.teams.settings import PUBLIC, Cloud, TeamsSettings
from bot.cards import Body, Card
from bot.commands import Command
from bot.commands.homing import ShowHome
from bot.pictures import Sent
from bot.ports import Answer, By, Done, Told
from storage.records import Conversation
from tests.teams.server import APP, TENANT, ConnectorServer
from tests.teams.signing import claims, token

Json = dict[str, Any]
SECRET = "made-up-secret"


@dataclass
class FakeBot:
    """Answers what it is told to answer, and keeps who asked what."""

    answers: dict[type[Command], Answer] = field(default_factory=dict)
    forms: dict[type[Command], Answer] = field(default_factory=dict)
    asked: list[tuple[Command, By]] = field(default_factory=list)
    opening: list[tuple[Command, By]] = field(default_factory=list)
    noted: list[Command] = field(default_factory=list)
    pictures: list[tuple[Sent, By]] = field(default_factory=list)
    offers: Answer = field(default_factory=lambda: Told(Card("Your picture is here", (Body("Use it"),))))
    met: list[str] = field(default_factory=list)
    met_before: list[list[str]] = field(default_factory=list)
    long: dict[type[Command], Card] = field(default_factory=dict)
    copies: dict[str, Card] = field(default_factory=dict)
    failing: Exception | None = None
    speaks: str = "en"
    programmes: dict[str, str] = field(default_factory=lambda: {f"teams:{TENANT}": "P1"})
    storage: Any = None

    async def do(self, command: Command, by: By) -> Answer:
        if self.failing:
            raise self.failing
        self.asked.append((command, by))
        self.met_before.append(list(self.met))
        return self.answers.get(type(command), Done())

    async def form(self, command: Command, by: By) -> Answer:
        if self.failing:
            raise self.failing
        self.opening.append((command, by))
        self.met_before.append(list(self.met))
        return self.forms[type(command)]

    async def picture(self, sent: Sent, by: By) -> Answer:
        self.pictures.append((sent, by))
        return self.offers

    async def opened(self, command: Command, by: By) -> None:
        self.noted.append(command)

    async def home(self, by: By) -> tuple[Card, str]:
        return Card("Home", (Body(f"Home of {by.member}"),)), self.speaks

    async def shown(self, command: Command, by: By) -> Card:
        if isinstance(command, ShowHome):
            return (await self.home(by))[0]
        return self.long[type(command)]

    async def shows(self, ref: str, by: By) -> tuple[Card, str] | None:
        return (self.copies[ref], self.speaks) if ref in self.copies else None

    async def language(self, by: By) -> str:
        return self.speaks

    async def programme(self, workspace: str) -> str | None:
        return self.programmes.get(workspace)

    async def known(self, by: By) -> bool:
        return by.member in self.met

    async def meet(self, by: By) -> None:
        self.met.append(by.member)


@dataclass
class Remembered:
    """Conversations kept for the next start."""

    kept: dict[str, Conversation] = field(default_factory=dict)

    async def conversations(self, workspace: str) -> list[Conversation]:
        return [each for each in self.kept.values() if each.workspace == workspace]

    async def keep(self, conversation: Conversation) -> None:
        self.kept[conversation.id] = conversation


@dataclass
class Desk:
    """What Teams does to Herald."""

    teams: Teams
    server: ConnectorServer
    session: ClientSession
    url: str
    memory: Remembered

    async def send(self, activity: Json, **claimed: Any) -> tuple[int, Json]:  # noqa: ANN401  JSON
        """An activity with a good token, unless `claimed` says otherwise; and everything that followed it."""
        sent = activity | {"serviceUrl": self.server.service_url}
        good = token(claims(self.server.service_url, **claimed))
        return await self.post(json.dumps(sent), {"Authorization": f"Bearer {good}"})

    async def post(self, body: str | bytes, headers: Mapping[str, str]) -> tuple[int, Json]:
        """A request as it is."""
        raw = body if isinstance(body, bytes) else body.encode()
        kind = {"Content-Type": "application/json"}
        async with self.session.post(self.url, data=raw, headers=kind | dict(headers)) as answer:
            words = await answer.text()
        await self.teams.settled()
        return answer.status, json.loads(words) if words.startswith("{") else {"text": words}


def cloud(server: ConnectorServer) -> Cloud:
    """Microsoft's public cloud, on loopback."""
    return Cloud(
        issuer=PUBLIC.issuer,
        metadata=server.metadata,
        login=f"{server.url}login",
        scope=PUBLIC.scope,
        service_url=server.service_url,
        hosts=("127.0.0.1",),
        scheme="http",
    )


def settings(server: ConnectorServer, **other: Any) -> TeamsSettings:  # noqa: ANN401  any setting
    """One app in one tenant."""
    return replace(TeamsSettings(APP, SECRET, (TENANT,), cloud=cloud(server)), **other)


def logged_in() -> Mapping[str, Any]:
    """Microsoft's login, saying yes."""
    return {"access_token": "made-up-token", "expires_in": 3600}


@asynccontextmanager
async def desk(bot: Home, server: ConnectorServer, **other: Any) -> AsyncIterator[Desk]:  # noqa: ANN401  any setting
    """Herald connected to a server, its route open."""
    memory = Remembered()
    teams = await connect(bot, settings(server, **other), memory, logged_in)
    app = web.Application()
    app.add_routes(teams.routes())
    async with TestServer(app, host="127.0.0.1") as door, ClientSession() as session:
        yield Desk(teams, server, session, str(door.make_url(MESSAGES)), memory)
    await teams.close()
