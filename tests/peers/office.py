"""Acme on local-slack: what people do there goes through local-slack, and what they see is read from it.

Two things it cannot do, so they come as signed requests of our own, in the shape that Slack documents: a
message shortcut, and a press inside a form or in Home with the view around it.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from aiohttp import ClientSession, ClientWebSocketResponse

from tests.peers.local_slack import PORT, local_slack
from tests.peers.waiting import eventually
from tests.slack.desk import signed
from tests.stories.slack import filled, labels, pressed, words_of

Json = dict[str, Any]
TEAM, APP, BOT, SECRET = "T01ACME", "A01HERALD", "U01HERALD", "secret"
TOKEN, APP_TOKEN = "xoxb-test-token", "xapp-test-token"
IDA, LEA, ANA, TOM = "U01IDA", "U01LEA", "U01ANA", "U01TOM"
STORIES, REVIEW, DIGEST = "C01STORIES", "C01REVIEW", "C01DIGEST"
CONTROL = f"http://127.0.0.1:{PORT}/_control"
PEOPLE = {IDA: "Ida", LEA: "Léa", ANA: "Ana", TOM: "Tom"}
TRIGGER = re.compile(r"[0-9]+\.[0-9]+\.[0-9a-f]{24}")
ROOMS = {STORIES: (*PEOPLE, BOT), REVIEW: (IDA, ANA, TOM, BOT), DIGEST: (*PEOPLE, BOT)}


def workspace(door: str, mode: str) -> Json:
    """local-slack's configuration."""
    users = [
        {"id": id_, "name": name, "real_name": name, "email": f"{id_}@acme.example", "tz": "Europe/Paris"}
        for id_, name in PEOPLE.items()
    ]
    channels = [
        {"id": id_, "name": id_[3:].lower(), "is_private": id_ == REVIEW, "members": list(members)}
        for id_, members in ROOMS.items()
    ]
    app = {
        "appId": APP, "botUserId": BOT, "botName": "herald", "botToken": TOKEN, "appToken": APP_TOKEN,
        "signingSecret": SECRET, "mode": mode, "requestUrl": door,
    }  # fmt: skip
    return {
        "workspace": {"name": "Acme", "domain": "acme", "teamId": TEAM},
        "app": app,
        "users": users,
        "channels": channels,
    }


@dataclass
class Office:
    """What people do and see. `views` is the stack of open forms, `errors` what stands at their fields."""

    session: ClientSession
    screen: ClientWebSocketResponse
    door: str
    views: list[Json] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)

    # ------------------------------------------------------------------------------- what people do

    async def types(self, user: str, command: str, text: str = "", channel: str = STORIES) -> None:
        """A slash command."""
        await self._control("command", channel=channel, user=user, command=command, text=text)

    async def presses(self, user: str, channel: str, label: str, *, about: str = "") -> None:
        """A button or a choice of the latest message that has it, of those about something."""
        message = await eventually(lambda: self.seen(channel, label, user=user, about=about))
        action = {"type": "button", "block_id": "b", **pressed(message["blocks"], label)}
        await self._control("interact", channel=channel, messageTs=message["ts"], user=user, action=action)

    async def submits(self, user: str, **typed: object) -> None:
        """The open form is sent."""
        self.errors = {}
        await self.screen.send_json({"t": "view_submit", "user": user, "values": self._values(typed)})

    async def closes(self, user: str) -> None:
        """The open form is closed."""
        await self.screen.send_json({"t": "view_close", "user": user})

    async def opens_home(self, user: str) -> None:
        """The Home tab is opened."""
        self.homes.pop(user, None)
        await self._control("open-home", user=user)

    async def presses_in(self, user: str, label: str, **typed: object) -> None:
        """A press inside the open form, with what stands in its fields: a signed request of ours."""
        view = self.view | {"state": {"values": self._values(typed)}}
        await self._press_in(user, view, label)

    async def presses_at_home(self, user: str, label: str) -> None:
        """A press in Home: a signed request of ours."""
        await self._press_in(user, self.homes[user] | {"state": {"values": {}}}, label)

    async def hands_in(self, user: str, text: str, author: str) -> None:
        """*Suggest a story* on somebody's message: a signed request of ours."""
        message = {"type": "message", "user": author, "team": TEAM, "text": text, "ts": "1.1"}
        channel = {"id": STORIES, "name": "stories"}
        shortcut = {"type": "message_action", "callback_id": "suggest", "message_ts": "1.1"}
        await self._post({**await self._envelope(user), **shortcut, "channel": channel, "message": message})

    # ------------------------------------------------------------------------------ what people see

    @property
    def view(self) -> Json:
        """The form on top."""
        return self.views[-1]

    @property
    def title(self) -> str:
        """Its title; empty when none is open."""
        return str(self.views[-1]["title"]["text"]) if self.views else ""

    async def shows(self, title: str) -> Json:
        """Wait for a form of that title."""
        await eventually(lambda: self._is(lambda: self.title == title))
        return self.view

    async def complains(self) -> dict[str, str]:
        """Wait for errors at fields."""
        await eventually(lambda: self._is(lambda: bool(self.errors)))
        return self.errors

    async def nothing_open(self) -> None:
        """Wait until no form is open."""
        await eventually(lambda: self._is(lambda: not self.views))

    async def home(self, user: str) -> str:
        """Wait for somebody's Home; its words."""
        await eventually(lambda: self._is(lambda: user in self.homes))
        return words_of(self.homes[user])

    async def messages(self, channel: str) -> list[Json]:
        """What stands in a channel, what only some see included."""
        async with self.session.get(f"{CONTROL}/messages/{channel}") as answer:
            found: list[Json] = (await answer.json())["messages"]
        return found

    async def seen(self, channel: str, *words: str, user: str = "", about: str = "") -> Json | None:
        """The latest message that says or offers all this, as somebody sees it."""
        for message in reversed(await self.messages(channel)):
            offered = labels(message.get("blocks") or [])
            read = words_of(message)
            mine = message.get("ephemeral_to") in (None, user)
            if mine and about in read and all(each in offered or each in read for each in words):
                return message
        return None

    async def reads(self, channel: str, *words: str, user: str = "") -> Json:
        """Wait for a message that says all this."""
        return await eventually(lambda: self.seen(channel, *words, user=user))

    async def knocked(self) -> bool:
        """Whether local-slack came to Herald's door, rather than through a connection that Herald opened."""
        async with self.session.get(f"{CONTROL}/log") as answer:
            told = (await answer.json())["log"]
        return any(self.door in entry["summary"] for entry in told)

    async def private(self, user: str) -> str:
        """Wait for the 1:1 channel of somebody and Herald: it begins with the first message there."""
        return await eventually(lambda: self._private(user))

    async def _private(self, user: str) -> str:
        async with self.session.get(f"{CONTROL}/state") as answer:
            channels = (await answer.json())["channels"]
        return next((one["id"] for one in channels if one["is_im"] and user in one["members"]), "")

    # ------------------------------------------------------------------------------------- plumbing

    async def listen(self) -> None:
        """Keep what local-slack's page would show."""
        async for message in self.screen:
            told = json.loads(message.data)
            if told["t"] == "view":
                self.views = told.get("stack") or []
            elif told["t"] == "view_errors":
                self.errors = told["errors"]
            elif told["t"] == "home":
                self.homes[told["user"]] = told["view"]

    async def _is(self, true: Any) -> bool:  # noqa: ANN401  a question about what is shown
        return bool(true())

    def _values(self, typed: dict[str, object]) -> Json:
        inputs = {
            block["block_id"]: block["element"] for block in self.view["blocks"] if block["type"] == "input"
        }
        assert set(typed) <= set(inputs), f"no fields {set(typed) - set(inputs)}"
        return {
            name: {element["action_id"]: filled(element, typed.get(name))} for name, element in inputs.items()
        }

    async def _control(self, what: str, **told: object) -> None:
        async with self.session.post(f"{CONTROL}/{what}", json=told) as answer:
            assert answer.status == 200, await answer.text()

    async def _press_in(self, user: str, view: Json, label: str) -> None:
        action = {"type": "button", "block_id": "b", "action_ts": "1.1", **pressed(view["blocks"], label)}
        container = {"type": "view", "view_id": view["id"]}
        payload = {"type": "block_actions", "container": container, "view": view, "actions": [action]}
        await self._post({**await self._envelope(user), **payload})

    async def _envelope(self, user: str) -> Json:
        """Around every interaction; local-slack's triggers live for half an hour and work again."""
        async with self.session.get(f"{CONTROL}/log") as answer:
            trigger = TRIGGER.findall(unquote(await answer.text()))[-1]
        return {
            "api_app_id": APP, "token": "verification-token", "team": {"id": TEAM, "domain": "acme"},
            "user": {"id": user, "username": user, "name": user, "team_id": TEAM}, "enterprise": None,
            "is_enterprise_install": False, "trigger_id": trigger,
        }  # fmt: skip

    async def _post(self, payload: Json) -> None:
        raw = urlencode({"payload": json.dumps(payload)}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", **signed(raw, secret=SECRET)}
        async with self.session.post(self.door, data=raw, headers=headers) as answer:
            assert answer.status == 200


@asynccontextmanager
async def office(folder: Path, door: str, mode: str) -> AsyncIterator[Office]:
    """local-slack at work, and somebody in front of its page."""
    async with (
        local_slack(folder, workspace(door, mode)),
        ClientSession() as session,
        session.ws_connect(f"ws://127.0.0.1:{PORT}/ui") as screen,
    ):
        here = Office(session, screen, door)
        listening = asyncio.create_task(here.listen())
        yield here
        await screen.close()
        await listening
