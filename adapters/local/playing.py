"""The local workspace as `serve --local` runs it: the credentials it gives Herald, its routes, its course."""

import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from adapters.local.course import Course, Movable
from adapters.local.news import PREFIX as NEWSROOM
from adapters.local.people import BOT, BOT_ID, TEAM, Json
from adapters.local.routes import routes
from adapters.local.teams.issuer import ISSUER
from adapters.local.teams.people import APP_ID, TENANT
from adapters.local.workspace import TOKEN, LocalWorkspace, Offers
from bot.bot import Bot

EVENTS = "/slack/events"
"""Herald's door for Slack."""


def newsroom(here: str) -> str:
    """The entry of `HERALD_FETCH_ALLOW` under which Herald may read the sample company's pages."""
    return here + NEWSROOM


class Playing:
    """Slack and Teams at one loopback address, `here`; the credentials are made up at every start."""

    def __init__(self, bot: Bot, clock: Movable, here: str, manifest: Mapping[str, Any]) -> None:
        self._course = Course(bot, clock)
        events, secret, offers = f"http://{here}{EVENTS}", secrets.token_hex(32), Offers.of(manifest)
        self.workspace = LocalWorkspace(
            events, secret, clock.now, self._course.shift, self._course.start_over, offers
        )

    @property
    def slack(self) -> tuple[str, str, str, str]:
        """Slack's credentials: bot token, signing secret, no app token, where its Web API is."""
        return TOKEN, self.workspace.signing_secret, "", f"{self.workspace.origin}/local/slack/api/"

    @property
    def ours(self) -> tuple[str, str, str]:
        """Herald on Slack: the workspace, its user, its bot."""
        return TEAM, BOT, BOT_ID

    @property
    def teams(self) -> tuple[str, str, tuple[str, ...]]:
        """Teams' credentials: the app, a password that nobody asks for, the tenant."""
        return APP_ID, "", (TENANT,)

    @property
    def cloud(self) -> tuple[str, str, str, str, str, tuple[str, ...], str]:
        """Microsoft's doors, on this machine: whose tokens count, where the keys and the connector are."""
        side = self.workspace.teams
        return ISSUER, side.metadata, "", "", side.service_url, ("127.0.0.1",), "http"

    def log_in(self) -> Json:
        """Microsoft's login."""
        return self.workspace.teams.issuer.log_in()

    def routes(self) -> list[web.RouteDef]:
        """What web's application mounts."""
        return routes(self.workspace)

    async def begin(self) -> None:
        """Let the sample company live until now; Herald listens by then."""
        await self._course.begin(self.workspace)

    async def close(self) -> None:
        """Let the open pages go and hang up on Herald."""
        await self.workspace.close()
