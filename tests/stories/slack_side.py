"""The company on Slack: signed requests go in over HTTP, a loopback Slack keeps what came of them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.bot import Bot
from tests.bot.programme import ANA, DIGEST, LEA, MAX, REVIEW, STORIES, TOM, W
from tests.fakes import UNHURRIED
from tests.slack.desk import Desk, desk
from tests.slack.limits import message_problems, view_problems
from tests.slack.server import Call, SlackServer, slack_server
from tests.stories.company import Made, Messages, Platform
from tests.stories.week import Where

Json = dict[str, Any]
QUIET = ("users.info", "conversations.info", "conversations.members")
"""Looking around changes nothing; who is met when is tested elsewhere."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass
class SlackSide:
    """One workspace. A request is a `command`, an `interaction` or an `event`."""

    desk: Desk
    server: SlackServer

    @property
    def messages(self) -> Messages:
        return self.server.messages

    async def send(self, request: Json) -> tuple[int, Json]:
        [(kind, body)] = request.items()
        written = {
            "command": lambda: urlencode(body),
            "interaction": lambda: urlencode({"payload": json.dumps(body)}),
            "event": lambda: json.dumps(body),
        }[kind]()
        status, answer = await self.desk.post(written, kind=JSON if kind == "event" else FORM)
        return status, {} if answer == {"text": ""} else answer

    def made(self) -> list[Made]:
        return [_made(call) for call in self.server.calls if call.method not in QUIET]

    def told(self, answer: Json) -> Json:
        return answer

    def problems(self, shown: Json) -> list[str]:
        view = shown.get("view")
        if view:
            return view_problems(view)
        return message_problems(shown) if "channel" in shown else []


def _made(call: Call) -> Made:
    to = call.body.get("channel") or call.body.get("user_id") or call.body.get("view_id") or ""
    return Made(call.method, to, call.body, call.body.get("ts", ""))


@asynccontextmanager
async def _opened(bot: Bot) -> AsyncIterator[SlackSide]:
    async with slack_server() as server:
        _people(server)
        async with desk(bot, server) as there:
            there.slack.chat.pace = UNHURRIED
            bot.speak(W, there.slack.chat)
            yield SlackSide(there, server)


def _people(server: SlackServer) -> None:
    """Everybody's account, and the channels, as Slack tells them."""
    names = {"ULEA": "Léa", "UANA": "Ana", "UTOM": "Tom", "UZOE": "Zoé", "UMAX": "Max"}
    for user, name in names.items():
        profile = {"display_name": name, "email": f"{name.lower()}@acme.example"}
        locale = "fr-FR" if user == "UZOE" else "en-GB"
        server.users[user] = {
            "id": user, "team_id": "T1", "tz": "Europe/Paris", "locale": locale, "profile": profile,
            "is_restricted": user == "UMAX",
        }  # fmt: skip
    for channel in ("CSTORIES", "CREVIEW", "CDIGEST"):
        private = channel == "CREVIEW"
        server.channels[channel] = {
            "id": channel, "name": channel[1:].lower(), "is_private": private, "is_member": True,
        }  # fmt: skip
    server.members["CREVIEW"] = ["UANA", "UTOM", "UZOE", "UHERALD"]


SLACK = Platform(
    Where("slack", W, LEA, ANA, TOM, f"{W}/UZOE", MAX, STORIES, REVIEW, DIGEST),
    _opened,
)
