"""Socket Mode: the same listeners, and a connection that is built anew when it hangs."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack import socket_mode
from adapters.slack.connect import Slack, connect
from adapters.slack.settings import SlackSettings
from adapters.slack.socket_mode import SILENT, Socket
from bot.commands import dump
from bot.commands.moderation import ApproveStory, ShowQueue
from bot.ports import Redrawn, Told
from tests.slack.desk import SECRET, FakeBot
from tests.slack.payloads import press
from tests.slack.server import TOKEN, Fault, Json, SlackServer


@dataclass
class Line:
    """Slack's end of the sockets."""

    server: SlackServer
    sockets: "asyncio.Queue[web.WebSocketResponse]" = field(default_factory=asyncio.Queue)
    answers: "asyncio.Queue[Json]" = field(default_factory=asyncio.Queue)

    async def link(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self.sockets.put(socket)
        async for message in socket:
            await self.answers.put(message.json())
        return socket


@dataclass
class Connected:
    """Herald on Socket Mode."""

    slack: Slack
    line: Line
    socket: Socket

    async def send(self, kind: str, payload: Json) -> Json:
        """One envelope, and Herald's answer to it."""
        link = await self.line.sockets.get()
        await link.send_json({"type": kind, "envelope_id": "e1", "payload": payload})
        answer = await asyncio.wait_for(self.line.answers.get(), 60)
        await self.line.sockets.put(link)
        await self.slack.settled()
        return answer

    async def up(self) -> None:
        """Wait until the connection lives."""
        assert self.socket.connecting is not None
        await asyncio.wait_for(self.socket.connecting, 60)
        assert await self.slack.healthy()


class Monotonic:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@asynccontextmanager
async def connected(bot: FakeBot, server: SlackServer, clock: Monotonic) -> AsyncIterator[Connected]:
    line = Line(server)
    app = web.Application()
    app.router.add_get("/link", line.link)
    async with TestServer(app, host="127.0.0.1") as door:
        server.link = str(door.make_url("/link")).replace("http", "ws", 1)
        slack = await connect(bot, SlackSettings(TOKEN, SECRET, "xapp-made-up", server.url))
        assert slack.socket is not None
        slack.socket.clock = clock
        await slack.start()
        yield Connected(slack, line, slack.socket)
        await slack.close()


@pytest.fixture
def clock() -> Monotonic:
    return Monotonic()


@pytest.fixture
async def on(bot: FakeBot, server: SlackServer, clock: Monotonic) -> AsyncIterator[Connected]:
    async with connected(bot, server, clock) as found:
        await found.up()
        yield found


async def test_a_command_is_answered_over_the_socket(on: Connected, bot: FakeBot) -> None:
    bot.answers[ShowQueue] = Told("Nothing waits")
    form = {"command": "/herald", "text": "queue", "user_id": "ULEA", "team_id": "T1", "trigger_id": "1.1"}
    answer = await on.send("slash_commands", form)
    assert (answer["envelope_id"], answer["payload"]["text"]) == ("e1", "Nothing waits")


async def test_a_press_is_acknowledged_over_the_socket(on: Connected, bot: FakeBot) -> None:
    bot.answers[ApproveStory] = Redrawn()
    assert await on.send("interactive", press(dump(ApproveStory("1", 2)))) == {"envelope_id": "e1"}
    assert [command for command, _ in bot.asked] == [ApproveStory("1", 2)]


async def test_an_envelope_that_comes_again_is_the_same_press(on: Connected, bot: FakeBot) -> None:
    """Slack delivers again what it heard no acknowledgement of, with another envelope's id."""
    for _ in range(2):
        await on.send("interactive", press(dump(ApproveStory("1", 2))))
    first, again = (by.key for _, by in bot.asked)
    assert first == again


async def test_a_failed_event_is_not_acknowledged(on: Connected, bot: FakeBot) -> None:
    """Slack sends an envelope again that nobody acknowledged."""
    bot.failing = RuntimeError("no disk")
    event = {"type": "member_joined_channel", "user": "U9", "channel": "C9"}
    envelope = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(on.send("events_api", envelope), 0.2)
    bot.failing = None


async def test_a_living_connection_is_left_alone(on: Connected, clock: Monotonic) -> None:
    for _ in range(5):
        clock.seconds += SILENT
        await on.socket.check()
    assert on.socket.rebuilt == 0


async def test_a_connection_that_hears_nothing_is_built_anew(on: Connected, clock: Monotonic) -> None:
    """The SDK still calls itself connected; only its pings go unanswered."""
    wedged = on.socket.handler
    assert wedged is not None
    wedged.client.last_ping_pong_time = time.time() - 1_000
    clock.seconds += SILENT - 1
    await on.socket.check()
    assert (on.socket.rebuilt, on.socket.handler) == (0, wedged)
    clock.seconds += 1
    await on.socket.check()
    assert on.socket.rebuilt == 1
    await on.line.sockets.get()
    await on.up()
    assert on.socket.handler is not wedged
    assert wedged.client.closed


async def test_a_start_without_a_connection_is_tried_anew(
    bot: FakeBot, server: SlackServer, clock: Monotonic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "PING", 1_000.0)
    server.faults.append(Fault(200, {"ok": False, "error": "internal_error"}, method="apps.connections.open"))
    refused = asyncio.Event()
    server.heard = lambda call: refused.set() if call.method == "apps.connections.open" else None
    async with connected(bot, server, clock) as found:
        assert not await found.slack.healthy()
        await asyncio.wait_for(refused.wait(), 60)
        clock.seconds += SILENT
        await found.socket.check()
        await found.up()
        assert found.socket.rebuilt == 1
