"""A small company on Slack: signed payloads go in over HTTP, a loopback Slack shows what came of them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bot.programme import Told, W, programme
from tests.fakes import UNHURRIED
from tests.slack.desk import Desk, desk
from tests.slack.limits import message_problems, nodes, view_problems
from tests.slack.server import SlackServer, slack_server

Json = dict[str, Any]
PAYLOADS = Path(__file__).parent / "payloads" / "slack"


@dataclass
class Scene:
    """What people do on Slack, and what they see. `view` is the form that was opened or redrawn last."""

    told: Told
    desk: Desk
    server: SlackServer
    view: Json = field(default_factory=dict)
    presses: "count[int]" = field(default_factory=lambda: count(1))

    async def types(self, user: str, command: str, text: str = "") -> Json:
        """A slash command; the answer is what only they see."""
        form = recorded("command") | {
            "command": command,
            "text": text,
            "user_id": user,
            "trigger_id": self.fresh(),
        }
        return self._seen(await self.desk.post(urlencode(form)))

    async def presses_on(self, user: str, channel: str, label: str) -> Json:
        """A button or an option of the latest card in a channel."""
        ts, message = self.latest(channel)
        payload = self._by(recorded("press"), user)
        payload["channel"]["id"] = payload["container"]["channel_id"] = channel
        payload["container"]["message_ts"] = payload["message"]["ts"] = ts
        payload["actions"][0] |= pressed(message["blocks"], label)
        return self._seen(await self.desk.interact(payload))

    async def presses_in(self, user: str, label: str, **typed: object) -> Json:
        """A button in the open form, with what stands in its fields."""
        payload = self._by(recorded("press_in_view"), user)
        payload["view"] = self._filled(typed)
        payload["actions"][0] |= pressed(self.view["blocks"], label)
        return self._seen(await self.desk.interact(payload))

    async def submits(self, user: str, **typed: object) -> Json:
        """The open form is sent; its errors, if there are any."""
        payload = self._by(recorded("submit"), user) | {"view": self._filled(typed)}
        answer = self._seen(await self.desk.interact(payload))
        if answer.get("response_action") == "update":
            self.view = answer["view"]
            assert view_problems(self.view) == []
        return answer

    async def closes(self, user: str, **typed: object) -> Json:
        """The open form is closed."""
        payload = self._by(recorded("close"), user) | {"view": self._filled(typed)}
        return self._seen(await self.desk.interact(payload))

    async def happens(self, event: Json, event_id: str = "Ev1") -> int:
        """An event; what Slack is answered."""
        status, _ = await self.desk.post(
            json.dumps(recorded("event") | {"event": event, "event_id": event_id}), kind="application/json"
        )
        return status

    def cards(self, channel: str) -> list[Json]:
        """The messages in a channel as they stand, oldest first."""
        return [message for (at, _), message in self.server.messages.items() if at == channel]

    def latest(self, channel: str) -> tuple[str, Json]:
        """The latest message of a channel, with its timestamp."""
        found = [(ts, message) for (at, ts), message in self.server.messages.items() if at == channel]
        assert found, f"nothing in {channel}"
        assert message_problems(found[-1][1]) == []
        return found[-1]

    def reads(self, channel: str) -> str:
        """Every word of the latest card of a channel."""
        return words_of(self.latest(channel)[1])

    def whispers(self, user: str) -> list[str]:
        """What only this person was told in a channel."""
        return [call["text"] for call in self.server.made("chat.postEphemeral") if call["user"] == user]

    async def later(self, **time: float) -> None:
        """Time goes by."""
        await self.told.later(**time)

    async def settle(self) -> None:
        """Everything that is due happens."""
        await self.told.settle()

    def fresh(self) -> str:
        """A trigger id nobody had."""
        return f"1.{next(self.presses)}.trigger"

    def _by(self, payload: Json, user: str) -> Json:
        payload["user"] |= {"id": user, "username": user.lower(), "name": user.lower()}
        payload["trigger_id"] = self.fresh()
        return payload

    def _filled(self, typed: dict[str, object]) -> Json:
        inputs = {
            block["block_id"]: block["element"] for block in self.view["blocks"] if block["type"] == "input"
        }
        unknown = set(typed) - set(inputs)
        assert not unknown, f"no fields {unknown} in {set(inputs)}"
        values = {
            name: {element["action_id"]: filled(element, typed.get(name))} for name, element in inputs.items()
        }
        return self.view | {"id": "V1", "hash": f"{next(self.presses)}.h", "state": {"values": values}}

    def _seen(self, answered: tuple[int, Json]) -> Json:
        status, answer = answered
        assert status == 200
        opened = [
            call.body["view"] for call in self.server.calls if call.method in {"views.open", "views.update"}
        ]
        if opened:
            self.view = opened[-1]
            assert view_problems(self.view) == []
        return answer


def recorded(name: str) -> Json:
    """A payload as Slack sends it."""
    found: Json = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return deepcopy(found)


def pressed(blocks: list[Json], label: str) -> Json:
    """What Slack says of a pressed button or a chosen option."""
    for node in nodes(blocks):
        if node.get("type") == "button" and node["text"]["text"] == label:
            return {key: node[key] for key in ("action_id", "value", "text")}
        for option in node.get("options") or []:
            if option["text"]["text"] == label and node["type"] == "overflow":
                return {"type": "overflow", "action_id": node["action_id"], "selected_option": option}
    raise AssertionError(f"no {label!r} among {labels(blocks)}")


def labels(blocks: list[Json]) -> list[str]:
    """Everything that can be pressed."""
    found = [node["text"]["text"] for node in nodes(blocks) if node.get("type") == "button"]
    menus = [node["options"] for node in nodes(blocks) if node.get("type") == "overflow"]
    return found + [option["text"]["text"] for menu in menus for option in menu]


def filled(element: Json, value: object) -> Json:
    """An element of `view.state.values`; what was not typed stands as it was drawn."""
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value") if value is None else value}
    if kind == "file_input":
        return {"type": kind, "files": [{"id": value}] if value else []}
    if "options" in element:
        return {"type": kind, **_chosen(element, value)}
    held, drawn = HELD[kind]
    return {"type": kind, held: value or element.get(drawn)}


HELD = {
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""How Slack names what stands in an element, and how we name what it starts with."""


def _chosen(element: Json, value: object) -> Json:
    wanted = value if isinstance(value, tuple) else (value,)
    found = [option for option in element["options"] if option["value"] in wanted]
    if element["type"] == "checkboxes":
        return {"selected_options": found}
    return {"selected_option": found[0] if found else element.get("initial_option")}


def words_of(message: Json) -> str:
    """Every word somebody reads in a message or view."""
    return "\n".join(str(node["text"]) for node in nodes(message) if isinstance(node.get("text"), str))


@asynccontextmanager
async def on_slack(folder: Path) -> AsyncIterator[Scene]:
    """The small programme of the bot's tests, speaking through the real adapter."""
    async with programme(folder) as told, slack_server() as server:
        for channel in ("CSTORIES", "CREVIEW", "CDIGEST"):
            server.channels[channel] = {
                "id": channel,
                "name": channel[1:].lower(),
                "is_private": channel == "CREVIEW",
                "is_member": True,
            }
        for user, account in told.chat.accounts.items():
            profile = {"display_name": account.name}
            server.users[user] = {
                "id": user,
                "team_id": "T1",
                "profile": profile,
                "is_restricted": account.guest,
            }
        async with desk(told.bot, server) as open_desk:
            open_desk.slack.chat.pace = UNHURRIED
            told.bot.speak(W, open_desk.slack.chat)
            yield Scene(told, open_desk, server)
