"""Install by a link: `/slack/install` leads to Slack's consent, `/slack/oauth_redirect` keeps what it gives.

Bolt's own flow does the work (https://docs.slack.dev/authentication/installing-with-oauth); states and tokens
are sealed with the deployment's key, so any replica may receive who was sent off by another.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from yarl import URL

from adapters.slack.joined import client, unread
from adapters.slack.manifest import REDIRECT, manifest
from adapters.slack.settings import SlackSettings
from bot.browsing import HEADERS, page
from content.texts import Text, text
from storage.sealing import Broken, Seal

log = structlog.get_logger("herald.slack")

INSTALL = "/slack/install"
GOOD_FOR = 600
"""Seconds between leaving for Slack and coming back, as Bolt's cookie has it."""

Keep = Callable[[str, str, str], Awaitable[None]]
"""Keeps a workspace (its id at Slack, its name) and its token; raises `NotKept`."""


class NotKept(Exception):
    """The installation could not be remembered."""


class Installing:
    """The two routes."""

    def __init__(self, settings: SlackSettings, session: aiohttp.ClientSession, keep: Keep) -> None:
        """Lead to Slack's consent at the same host as its Web API."""
        self._flow = flow(settings, session, keep)

    def routes(self) -> list[web.RouteDef]:
        """What web's application mounts."""
        return [
            web.get(INSTALL, self.leave, allow_head=False),
            web.get(REDIRECT, self.back, allow_head=False),
        ]

    async def leave(self, request: web.Request) -> web.Response:
        """To Slack's consent."""
        return await to_aiohttp_response(await self._flow.handle_installation(_asked(request)))

    async def back(self, request: web.Request) -> web.Response:
        """From Slack's consent: a page says what became of it."""
        asked = _asked(request)
        try:
            return await to_aiohttp_response(await self._flow.handle_callback(asked))
        except (aiohttp.ClientError, TimeoutError) as unreachable:
            log.warning("slack.not_installed", cause=type(unreachable).__name__)
            words = text("not_installed.unreachable")
            return await to_aiohttp_response(_page(asked, 502, text("not_installed.title"), words))


def flow(settings: SlackSettings, session: aiohttp.ClientSession, keep: Keep) -> AsyncOAuthFlow:
    """Bolt's flow over our seal, our memory and our pages."""
    with unread():
        return AsyncOAuthFlow(
            client=client(settings, session, None),
            logger=logging.getLogger("herald.slack.oauth"),
            settings=AsyncOAuthSettings(
                client_id=settings.client_id,
                client_secret=settings.client_secret,
                scopes=manifest()["oauth_config"]["scopes"]["bot"],
                redirect_uri=settings.public_url.rstrip("/") + REDIRECT,
                install_page_rendering_enabled=False,
                authorization_url=str(URL(settings.api_url).with_path("/oauth/v2/authorize")),
                callback_options=AsyncCallbackOptions(success=_installed, failure=_not_installed),
                installation_store=Installations(keep),
                state_store=States(Seal.of(settings.keys)),
                state_expiration_seconds=GOOD_FOR,
            ),
        )


class States(AsyncOAuthStateStore):
    """A state is random, sealed, and good for ten minutes; the browser's cookie must have the same."""

    def __init__(self, seal: Seal) -> None:
        """Nothing is kept."""
        self._seal = seal

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state."""
        del args, kwargs
        return self._seal.close(secrets.token_urlsafe(16))

    async def async_consume(self, state: str) -> bool:
        """Whether a state is ours, and fresh."""
        try:
            self._seal.open(state, within=GOOD_FOR)
        except Broken:
            return False
        return True


class Installations(AsyncInstallationStore):
    """Where Bolt's flow leaves what it got."""

    def __init__(self, keep: Keep) -> None:
        """Hand it on to `keep`."""
        self._keep = keep

    async def async_save(self, installation: Installation) -> None:
        """One workspace; an installation for a whole organisation names none, and is refused."""
        if not installation.team_id or not installation.bot_token:
            raise BoltError("no workspace")
        try:
            await self._keep(installation.team_id, installation.team_name or "", installation.bot_token)
        except NotKept as failure:
            raise BoltError("not kept") from failure


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    name = args.installation.team_name or ""
    return _page(args.request, 200, text("installed.title"), text("installed.words", workspace=name))


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    why = {"access_denied": "cancelled", "storage_error": "not_kept"}.get(args.reason, "again")
    log.warning("slack.not_installed", cause=why)
    words = text(f"not_installed.{why}")
    return _page(args.request, args.suggested_status_code, text("not_installed.title"), words)


def _page(request: AsyncBoltRequest, status: int, title: Text, words: Text) -> BoltResponse:
    [accepted] = request.headers.get("accept-language", [""])[:1]
    headers: dict[str, str | Sequence[str]] = {**HEADERS, "Content-Type": "text/html; charset=utf-8"}
    return BoltResponse(status=status, body=page(title, words, accepted), headers=headers)


def _asked(request: web.Request) -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=request.query_string, headers=dict(request.headers))
