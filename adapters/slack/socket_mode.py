"""Socket Mode: the same listeners without an inbound port, and a watchdog for a connection that hangs.

The SDK's client can stay "connected" and hear nothing (slackapi/python-slack-sdk#1110, #1446); only a new
handler helps.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import cast

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.door import Dispatch

log = structlog.get_logger("herald.slack")

PING = 10.0
"""Seconds between pings; four without an answer and the client calls itself disconnected."""
SILENT = 60.0
"""Seconds without a live connection before everything is built again."""
DRAIN = 5.0
"""Seconds that what was already received may take at shutdown."""


class Counted(AsyncSocketModeHandler):
    """Bolt's handler, knowing what it still works on: Bolt keeps no reference to it."""

    def __init__(self, app: Dispatch, app_token: str, web_client: AsyncWebClient) -> None:
        """Nothing runs yet."""
        bolt = cast("AsyncApp", app)  # all that the handler asks of it is to dispatch
        heard = logging.getLogger("herald.slack.bolt")
        super().__init__(bolt, app_token, logger=heard, web_client=web_client, ping_interval=PING)
        self.client.proxy = web_client.proxy
        self.running: set[asyncio.Task[object]] = set()

    async def handle(  # type: ignore[override]  # the base class says the same of its own client
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        """Do one envelope."""
        task = asyncio.current_task()
        if task is not None:
            self.running.add(task)
            task.add_done_callback(self.running.discard)
        await super().handle(client, req)


class Socket:
    """A Socket Mode connection that is watched. `clock` is monotonic."""

    def __init__(self, build: Callable[[], Counted], clock: Callable[[], float]) -> None:
        """Build handlers with `build`, as often as it takes."""
        self._build = build
        self.clock = clock
        self.handler: Counted | None = None
        self.connecting: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._heard = clock()
        self.rebuilt = 0

    async def start(self) -> None:
        """Connect in the background and keep watching."""
        self._raise()
        self._watching = asyncio.create_task(self._watch())

    async def healthy(self) -> bool:
        """Whether the connection lives (for `/readyz`)."""
        return self.handler is not None and await self.handler.client.is_connected()

    async def check(self) -> None:
        """Note that the connection lives, or build a new one when it has not for too long."""
        if await self.healthy():
            self._heard = self.clock()
        elif self.clock() - self._heard >= SILENT:
            log.warning("slack.socket_rebuilt", silent=round(self.clock() - self._heard))
            self.rebuilt += 1
            await self._lower()
            self._raise()

    async def close(self) -> None:
        """Finish what was received, then disconnect."""
        if self._watching:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        if self.handler and self.handler.running:
            await asyncio.wait(self.handler.running, timeout=DRAIN)
        await self._lower()

    def _raise(self) -> None:
        self._heard = self.clock()
        self.handler = self._build()
        self.connecting = asyncio.create_task(self.handler.client.connect())  # type: ignore[no-untyped-call]

    async def _lower(self) -> None:
        """Take the old handler down; one that hangs is left behind."""
        handler, connecting = self.handler, self.connecting
        self.handler = self.connecting = None
        if connecting:
            connecting.cancel()
            await asyncio.wait([connecting])
        if handler:
            with suppress(TimeoutError):
                await asyncio.wait_for(handler.client.close(), DRAIN)  # type: ignore[no-untyped-call]

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(PING)
            await self.check()
