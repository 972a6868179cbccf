"""The company on Teams: activities with a signed token go in over HTTP, a loopback connector keeps the rest.

A recorded activity names Microsoft's public cloud; on the way in that becomes the loopback.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.teams.manifest import PACKAGE
from adapters.teams.memory import Kept
from bot.bot import Bot
from storage.records import Conversation
from tests.fakes import UNHURRIED
from tests.stories.company import Made, Messages, Platform
from tests.stories.week import Where
from tests.teams.desk import Desk, desk
from tests.teams.limits import card_problems, message_problems
from tests.teams.server import Call, ConnectorServer, connector_server
from tests.teams.signing import jwk

Json = dict[str, Any]
CLOUD = "https://smba.trafficmanager.net/emea/"
PICTURE = "0-frca-d1-9f1c5b7e2d3a48d0a6f4c2b1e0d9c8b7"
"""What Léa pasted into a message, as Microsoft names it."""
APP = "3f9e1c52-0000-4000-8000-00000000b07a"
TENANT = "acbd1e57-0000-4000-8000-0000000ac3e0"
TEAM = "19:acme@thread.tacv2"
STORIES, REVIEW, DIGEST = (f"19:{name}@thread.tacv2" for name in ("stories", "review", "digest"))
GROUP = "19:planning@thread.v2"
"""A chat of several people, where Herald is too."""
NAMES = {
    "a1ea0000-0000-4000-8000-000000000001": "Léa",
    "a4a00000-0000-4000-8000-000000000002": "Ana",
    "70300000-0000-4000-8000-000000000003": "Tom",
    "20e00000-0000-4000-8000-000000000004": "Zoé",
    "3a800000-0000-4000-8000-000000000005": "Max",
}
"""Entra object ids, and whose they are. Max is a guest."""
LEA, ANA, TOM, ZOE, MAX = NAMES
HOME = Path(__file__).parent / "payloads" / "teams" / "home.json"
"""Léa asked for her Home, and it stands in her chat."""
CARD = "application/vnd.microsoft.card.adaptive"
METHODS = {"PUT": "update", "DELETE": "delete"}
W = f"teams:{TENANT}"


@dataclass
class TeamsSide:
    """One tenant. A request is an `activity`."""

    desk: Desk
    server: ConnectorServer

    @property
    def messages(self) -> Messages:
        return self.server.messages

    async def send(self, request: Json) -> tuple[int, Json]:
        written = json.dumps(request["activity"]).replace(CLOUD, self.server.service_url)
        status, answer = await self.desk.send(json.loads(written), aud=APP)
        return status, {} if answer == {"text": ""} else answer

    def made(self) -> list[Made]:
        return [made for call in self.server.calls if (made := _made(call)) is not None]

    def told(self, answer: Json) -> Json:
        """A dialog by its name, words as they are, a card by what its notification says."""
        if "task" in answer:
            value = answer["task"]["value"]
            return {"dialog": value["title"]} if answer["task"]["type"] == "continue" else {"says": value}
        if answer.get("type") == CARD:
            return {"card": answer["value"]["fallbackText"]}
        return {"says": answer["value"]} if "value" in answer else answer

    def problems(self, shown: Json) -> list[str]:
        if shown.get("attachments"):
            return message_problems(shown)
        if shown.get("type") == CARD:
            return card_problems(shown["value"])
        value = shown.get("task", {}).get("value")
        return card_problems(value["card"]["content"], dialog=True) if isinstance(value, dict) else []


def _made(call: Call) -> Made | None:
    """Looking around, and asking for a 1:1 chat that is there or not, change nothing."""
    path = call.path.removeprefix("/teams/v3/").split("/")
    match (call.verb, path):
        case ("POST", ["conversations"]) if call.body["isGroup"]:
            return Made("start_thread", call.body["channelData"]["channel"]["id"], call.body["activity"])
        case ("POST", ["conversations", where, "activities"]):
            kind = "whisper" if call.query.get("isTargetedActivity") else "send"
            return Made(kind, where, call.body)
        case ("PUT" | "DELETE", ["conversations", where, "activities", message]):
            return Made(METHODS[call.verb], where, call.body, message)
        case _:
            return None


@asynccontextmanager
async def _opened(bot: Bot) -> AsyncIterator[TeamsSide]:
    async with connector_server() as server:
        _people(server)
        async with desk(bot, server, app_id=APP, tenants=(TENANT,)) as there:
            await there.teams.recall(Kept(bot.storage))
            chat = there.teams.chats[W]
            chat.pace = UNHURRIED
            bot.speak(W, chat)
            yield TeamsSide(there, server)


def _people(server: ConnectorServer) -> None:
    """Everybody's account, and the channels, as Teams tells them."""
    server.keys = [jwk()]
    server.pictures[PICTURE] = (PACKAGE / "color.png").read_bytes()
    for user, name in NAMES.items():
        server.users[user] = {
            "id": f"29:{user}", "aadObjectId": user, "name": name, "givenName": name, "tenantId": TENANT,
            "email": f"{name.lower()}@acme.example", "userRole": "guest" if user == MAX else "user",
        }  # fmt: skip
    named = ((TEAM, None, "standard"), (STORIES, "stories", "standard"), (DIGEST, "digest", "standard"))
    server.channels[TEAM] = [
        {"id": id_, "name": name, "type": kind} for id_, name, kind in (*named, (REVIEW, "review", "private"))
    ]
    server.rosters = {STORIES: [*NAMES], DIGEST: [*NAMES], REVIEW: [ANA, TOM, ZOE], GROUP: [LEA, ANA]}


def _room(id_: str, kind: str, name: str) -> Conversation:
    """A conversation as Herald keeps it."""
    team, team_name = ("", "") if kind == "groupChat" else (TEAM, "Acme")
    return Conversation(f"{W}/{id_}", W, kind, name, team, team_name)


TEAMS = Platform(
    Where(
        "teams", W, *(f"{W}/{user}" for user in NAMES), *(f"{W}/{room}" for room in (STORIES, REVIEW, DIGEST))
    ),
    _opened,
    (
        _room(STORIES, "standard", "stories"),
        _room(DIGEST, "standard", "digest"),
        _room(REVIEW, "private", "review"),
        _room(GROUP, "groupChat", "planning"),
    ),
    (json.loads(HOME.read_text(encoding="utf-8")),),
)
