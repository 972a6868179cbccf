"""Slack, connected: the chat that speaks, the route that listens, Socket Mode when there is an app token."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.door import Door
from adapters.slack.herald import Herald
from adapters.slack.listeners import Listeners
from adapters.slack.showing import Screen
from adapters.slack.socket_mode import Counted, Socket
from adapters.slack.who import Ours
from bot.after import Afterwards
from bot.commands.spoken import understood
from bot.ports import LockedOut, Throttled, Unreachable

log = structlog.get_logger("herald.slack")

EVENTS = "/slack/events"
TRIES = 6
"""How often the workspace is looked up at start: 1, 2, 4 … seconds apart, half a minute in all."""

Pause = Callable[[float], Awaitable[None]]


class Unconfigured(ValueError):
    """A credential is missing or empty; said at start, before anything listens."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One workspace's credentials. An `app_token` turns Socket Mode on; the route is open in any case."""

    bot_token: str
    signing_secret: str
    app_token: str = ""
    api_url: str = "https://slack.com/api/"


class Slack:
    """One connected workspace. `chat` is the port; `ours` names the workspace."""

    def __init__(
        self, bot: Herald, settings: SlackSettings, session: aiohttp.ClientSession, ours: Ours
    ) -> None:
        """Wire everything; nothing listens until the routes are mounted or Socket Mode starts."""
        self.ours = ours
        self.chat = SlackChat(Api(session, settings.api_url, settings.bot_token), ours)
        self._session = session
        self._after = Afterwards("slack")
        self._app = bolt(settings, session, ours)
        screen = Screen(bot, self.chat)
        Listeners(bot, self.chat, ours, self._after, understood, screen).register(self._app)
        self._door = Door(self._app, settings.signing_secret)
        self.socket = self._watched(settings) if settings.app_token else None

    @property
    def chats(self) -> dict[str, SlackChat]:
        """The chat by our id of the workspace, as `Bot.speak` wants it."""
        return {self.ours.workspace: self.chat}

    def routes(self) -> list[web.RouteDef]:
        """What web's application mounts."""
        return [web.post(EVENTS, self._door.answer)]

    async def start(self) -> None:
        """Open Socket Mode, when there is an app token."""
        if self.socket:
            await self.socket.start()

    async def healthy(self) -> bool:
        """Whether Slack can reach Herald as far as Herald can tell (for `/readyz`)."""
        return self.socket is None or await self.socket.healthy()

    async def settled(self) -> None:
        """Wait until everything that was acknowledged is shown."""
        await self._after.close()

    async def close(self) -> None:
        """Stop listening, finish what was acknowledged, let go of the connections."""
        if self.socket:
            await self.socket.close()
        await self._after.close()
        await self._session.close()

    def _watched(self, settings: SlackSettings) -> Socket:
        def build() -> Counted:
            return Counted(self._app, settings.app_token, client(settings, self._session, settings.app_token))

        return Socket(build, time.monotonic)


async def connect(bot: Herald, settings: SlackSettings, pause: Pause = asyncio.sleep) -> Slack:
    """Look the workspace up, wire Slack; raises `Unconfigured`, `LockedOut`, `Unreachable` (in the end)."""
    for name in ("bot_token", "signing_secret", "api_url"):
        if not getattr(settings, name).strip():
            raise Unconfigured(f"Slack: {name} is empty")
    session = aiohttp.ClientSession(trust_env=not nearby(settings.api_url))
    try:
        ours = await workspace(Api(session, settings.api_url, settings.bot_token), pause)
    except (LockedOut, Throttled, Unreachable):
        await session.close()
        raise
    return Slack(bot, settings, session, ours)


async def workspace(api: Api, pause: Pause) -> Ours:
    """Whose token this is, asked once and patiently; never again per request."""
    for tried in range(1, TRIES):
        try:
            return await _workspace(api)
        except (Throttled, Unreachable) as failure:
            log.warning("slack.start", tried=tried, words=str(failure))
            await pause(2.0 ** (tried - 1))
    return await _workspace(api)


async def _workspace(api: Api) -> Ours:
    found = await api.ask("auth.test")
    return Ours(found["team_id"], found["user_id"], found.get("bot_id") or "", found.get("enterprise_id"))


def bolt(settings: SlackSettings, session: aiohttp.ClientSession, ours: Ours) -> AsyncApp:
    """Bolt with our own authorization (no auth.test per request); it acknowledges what is done."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=ours.enterprise,
            team_id=ours.team,
            bot_user_id=ours.bot_user,
            bot_id=ours.bot,
            bot_token=settings.bot_token,
        )

    with unread():
        return AsyncApp(
            name="herald",
            logger=logging.getLogger("herald.slack.bolt"),
            process_before_response=True,
            signing_secret=settings.signing_secret,
            client=client(settings, session, None),
            authorize=authorize,
        )


@contextmanager
def unread() -> Iterator[None]:
    """Hide `SLACK_*` from Bolt, which reads them by itself: a client id would make it install by OAuth."""
    hidden = {name: os.environ.pop(name) for name in tuple(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def client(settings: SlackSettings, session: aiohttp.ClientSession, token: str | None) -> AsyncWebClient:
    """slack_sdk's client, which Bolt and Socket Mode want; Herald's own calls go through `Api`."""
    made = AsyncWebClient(token=token, base_url=settings.api_url, session=session, retry_handlers=[])
    if nearby(settings.api_url):
        made.proxy = None
    return made


def nearby(address: str) -> bool:
    """Whether an address is this machine: the local workspace, which no company proxy reaches."""
    return URL(address).host in ("127.0.0.1", "localhost", "::1")
