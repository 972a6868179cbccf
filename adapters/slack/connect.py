"""Slack, connected: the chats that speak, the route that listens, Socket Mode when there is an app token."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.door import Door
from adapters.slack.herald import Herald
from adapters.slack.installing import Installing, NotKept
from adapters.slack.joined import Joined, client, joined
from adapters.slack.plain import Json
from adapters.slack.settings import SlackSettings, Unconfigured
from adapters.slack.socket_mode import Counted, Socket
from adapters.slack.who import Ours, team_of
from bot.after import Afterwards
from bot.ports import Chat, LockedOut, Throttled, Unreachable
from bot.proxies import proxy_of
from content.texts import say, text
from storage.installations import installations, keep
from storage.records import Installation
from storage.sealing import Broken, Seal
from storage.work import Busy, Storage

log = structlog.get_logger("herald.slack")

EVENTS = "/slack/events"
TRIES = 6
"""How often the workspace is looked up at start: 1, 2, 4 … seconds apart, half a minute in all."""

Pause = Callable[[float], Awaitable[None]]


class Root(Protocol):
    """Where installations are kept, and the way to let Herald speak in one more workspace."""

    @property
    def storage(self) -> Storage:
        """Herald's database."""
        ...

    def speak(self, workspace: str, chat: Chat) -> None:
        """Let Herald speak in a workspace."""
        ...


class Slack:
    """Slack in every workspace that Herald has a token of, by Slack's id of it."""

    def __init__(
        self, bot: Herald, settings: SlackSettings, session: aiohttp.ClientSession, ours: Ours | None = None
    ) -> None:
        """Wire everything; nothing listens until the routes are mounted or Socket Mode starts."""
        self.workspaces: dict[str, Joined] = {}
        self._bot = bot
        self._settings = settings
        self._session = session
        self._after = Afterwards("slack")
        self._door = Door(self, settings.signing_secret)
        self.socket = self._watched() if settings.app_token else None
        self._installing: Installing | None = None
        if ours:
            self.join(ours, settings.bot_token)

    @property
    def ours(self) -> Ours:
        """Who we are in the first workspace."""
        return next(iter(self.workspaces.values())).ours

    @property
    def chat(self) -> SlackChat:
        """How we speak in the first workspace."""
        return next(iter(self.workspaces.values())).chat

    @property
    def chats(self) -> dict[str, SlackChat]:
        """The chats by our id of the workspace, as `Bot.speak` wants them."""
        return {one.ours.workspace: one.chat for one in self.workspaces.values()}

    def join(self, ours: Ours, token: str) -> SlackChat:
        """Be in a workspace; one we are in already gets its new token."""
        known = self.workspaces.get(ours.team)
        if known:
            known.chat.renew(token)
            return known.chat
        settings = replace(self._settings, bot_token=token)
        self.workspaces[ours.team] = joined(self._bot, settings, self._session, self._after, ours)
        return self.workspaces[ours.team].chat

    def offer(self, root: Root) -> None:
        """Let people install Herald by a link."""

        async def kept(team: str, name: str, token: str) -> None:
            await self._installed(root, team, name, token)

        self._installing = Installing(self._settings, self._session, kept)

    async def recall(self, root: Root, pause: Pause) -> None:
        """Join every workspace that was installed by a link; one whose token is dead is said in the log."""
        seal = Seal.of(self._settings.keys)
        for installed in await installations(root.storage):
            try:
                token = seal.open(installed.token)
                self.join(await workspace(self._api(token), pause), token)
            except (Broken, LockedOut) as failure:
                log.warning("slack.lost", workspace=installed.id, failure=type(failure).__name__)

    async def async_dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Let the workspace that a request is from answer it; Bolt knows where each kind says so."""
        team = request.context.team_id or ""
        found = self._of(team)
        if found is None:
            log.info("slack.unknown_workspace", workspace=team)
            return BoltResponse(status=200, body=say(text("inert"), "en"))
        return await found.app.async_dispatch(request)

    async def press(self, body: Json) -> BoltResponse:
        """The same for a press, past Bolt, which prepares much that its one listener does not use."""
        found = self._of(team_of(body))
        if found is None:
            return await self.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        return await found.listeners.press(body)

    def routes(self) -> list[web.RouteDef]:
        """What web's application mounts."""
        events = web.post(EVENTS, self._door.answer)
        return [events, *(self._installing.routes() if self._installing else ())]

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
        for one in self.workspaces.values():
            one.listeners.courtesies.close()
        await self._after.close()
        await self._session.close()

    async def _installed(self, root: Root, team: str, name: str, token: str) -> None:
        """Ask who we are there, keep the token sealed, and speak from now on."""
        try:
            ours = await workspace(self._api(token), asyncio.sleep)
            sealed = Seal.of(self._settings.keys).close(token)
            await keep(root.storage, Installation(ours.workspace, name, sealed))
        except (Broken, Busy, LockedOut, Throttled, Unreachable) as failure:
            log.warning("slack.not_kept", workspace=team, failure=type(failure).__name__)
            raise NotKept from failure
        known = team in self.workspaces
        chat = self.join(ours, token)
        if not known:
            root.speak(ours.workspace, chat)
        log.info("slack.installed", workspace=ours.workspace)

    def _of(self, team: str) -> Joined | None:
        alone = next(iter(self.workspaces.values())) if len(self.workspaces) == 1 else None
        return self.workspaces.get(team) or (None if self._installing else alone)

    def _api(self, token: str) -> Api:
        return Api(self._session, self._settings.api_url, token)

    def _watched(self) -> Socket:
        def build() -> Counted:
            token = self._settings.app_token
            return Counted(self, token, client(self._settings, self._session, token))

        return Socket(build, time.monotonic)


async def connect(
    bot: Herald, settings: SlackSettings, pause: Pause = asyncio.sleep, root: Root | None = None
) -> Slack:
    """Look the workspaces up, wire Slack; raises `Unconfigured`, `LockedOut`, `Unreachable` (in the end)."""
    for name in settings.missing():
        raise Unconfigured(f"Slack: {name} is empty")
    session = aiohttp.ClientSession(proxy=proxy_of(settings.api_url))
    slack = Slack(bot, settings, session)
    try:
        if settings.bot_token.strip():
            api = Api(session, settings.api_url, settings.bot_token)
            slack.join(await workspace(api, pause), settings.bot_token)
        if settings.by_link and root:
            slack.offer(root)
            await slack.recall(root, pause)
    except (LockedOut, Throttled, Unreachable):
        await session.close()
        raise
    return slack


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
