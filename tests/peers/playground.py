"""Microsoft's Agents Playground (npm), a Teams that nobody here wrote, as a program that tests start and end.

It plays one tenant with six people, a team with two channels, a group chat and a personal chat. It opens no
dialogs (`task/fetch`), so those come as activities of our own, in the shape that Microsoft documents.
"""

import asyncio
import json
import os
from asyncio.subprocess import STDOUT
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse

from tests.peers.waiting import eventually

Json = dict[str, Any]
PROGRAM = Path(__file__).with_name("node_modules") / "@microsoft/m365agentsplayground/cli.js"
PORT = 56150
URL = f"http://127.0.0.1:{PORT}"
TENANT = "00000000-0000-0000-0000-0000000000001"
BOT = {"id": "00000000-0000-0000-0000-00000000000011", "name": "Test Bot"}
START_SECONDS = 90
ALEX, MEGAN, ADELE = (f"user-id-{number}" for number in range(3))
"""Alex is who sits at the screen."""
OBJECTS = {f"user-id-{number}": f"00000000-0000-0000-0000-000000000002{number}" for number in range(6)}
TEAM, NEWS = "team-id", "channel-announcements-id"


@dataclass
class Playground:
    """What people do there, and the messages they see by conversation."""

    session: ClientSession
    screen: ClientWebSocketResponse
    door: str
    config: Json
    shown: dict[str, Json] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=count)

    @property
    def personal(self) -> str:
        """Alex's chat with Herald."""
        return str(self.config["personalChat"]["id"])

    @property
    def group(self) -> str:
        """The group chat of everybody."""
        return str(self.config["groupChats"][0]["id"])

    async def installs(self, conversation: str) -> None:
        """Herald is added there."""
        await self._post(f"/_debug/conversation/{conversation}/installation", {})

    async def types(self, words: str, conversation: str, user: str = ALEX) -> None:
        """Words to Herald; outside the personal chat they mention it."""
        body: Json = {"from": {"id": user}, "text": words, "textFormat": "plain"}
        if conversation != self.personal:
            at = f"<at>{BOT['name']}</at>"
            body |= {"text": f"{at} {words}", "mentions": [{"mentioned": BOT, "text": at}]}
        await self._post(f"/_conversation/v1/conversations/{conversation}/messages", body)

    async def invokes(self, name: str, value: Json, conversation: str, user: str, message: str = "") -> Json:
        """A request that waits: a press on a card, a message extension. What Herald answered."""
        body = {
            "name": name, "value": value, "from": {"id": user}, "conversation": {"id": conversation},
            "replyToId": message,
        }  # fmt: skip
        return await self._post("/_conversation/v1/invoke", body)

    async def presses(self, action: Json, conversation: str, user: str, message: str = "") -> Json:
        """An Action.Execute."""
        pressed = {"type": "Action.Execute", "verb": action["verb"], "data": action["data"]}
        value = {"action": pressed, "trigger": "manual"}
        return await self.invokes("adaptiveCard/action", value, conversation, user, message)

    async def dialogs(self, name: str, data: Json, conversation: str, user: str) -> Json:
        """`task/fetch` and `task/submit`, which the Playground does not play: straight to Herald's door."""
        activity = {
            "type": "invoke", "name": name, "id": f"{name}-{next(self.numbers)}", "channelId": "msteams",
            "serviceUrl": f"{URL}/_connector", "value": {"data": data}, "recipient": BOT,
            "from": {"id": user, "aadObjectId": OBJECTS[user], "name": user},
            "conversation": {"id": conversation, "conversationType": "channel", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}, "channel": {"id": conversation}, "team": {"id": TEAM}},
        }  # fmt: skip
        async with self.session.post(self.door, json=activity) as answer:
            words = await answer.text()
            assert answer.status == 200, words
        found: Json = json.loads(words) if words else {}
        return found

    async def card(self, about: str, conversation: str | None = None) -> tuple[str, Json]:
        """The latest message whose card says something: its id and the card."""

        async def look() -> Json | None:
            return self._about(about, conversation)

        found = await eventually(look)
        card: Json = found["attachments"][0]["content"]
        return found["messageId"], card

    def _about(self, words: str, conversation: str | None) -> Json | None:
        told = [
            message
            for message in self.shown.values()
            if message.get("attachments")
            and conversation in {None, message["at"]}
            and words in json.dumps(message, ensure_ascii=False)
        ]
        return told[-1] if told else None

    async def listen(self) -> None:
        """Keep every message as the screen shows it."""
        async for event in self.screen:
            told = json.loads(event.data)
            message = told.get("message") or {}
            if "messageId" in message:
                self.shown[message["messageId"]] = message | {"at": told["actionConversationId"]}

    async def _post(self, path: str, body: Json) -> Json:
        async with self.session.post(URL + path, json=body) as answer:
            words = await answer.text()
            assert answer.status < 300, f"{path}: {answer.status} {words}"
        found: Json = json.loads(words) if words.startswith("{") else {}
        return found


@asynccontextmanager
async def playground(folder: Path, door: str) -> AsyncIterator[Playground]:
    """Run the Playground against Herald's door until the block ends; what it prints goes to a file."""
    environment = {
        **os.environ, "BOT_ENDPOINT": door, "HOME": str(folder),
        "TEAMSAPPTESTER_BROWSER": "none", "TEAMSAPPTESTER_PORT": str(PORT),
    }  # fmt: skip
    with (folder / "playground.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            "node", PROGRAM, "start", cwd=folder, env=environment, stdout=log, stderr=STDOUT
        )
        try:
            async with ClientSession() as session:
                await asyncio.wait_for(_ready(session), START_SECONDS)
                async with session.get(f"{URL}/_internal/v1/config") as answer:
                    config = (await answer.json())["config"]
                screen = await session.ws_connect(f"{URL}/_ws_conversation/v1/conversations/stream")
                found = Playground(session, screen, door, config)
                listening = asyncio.create_task(found.listen())
                try:
                    yield found
                finally:
                    await screen.close()
                    await listening
        finally:
            process.terminate()
            await process.wait()


async def _ready(session: ClientSession) -> None:
    while True:
        try:
            async with session.get(f"{URL}/_debug/ping"):
                return
        except ClientError:
            await asyncio.sleep(0.1)
