"""Herald: `python app.py VERB`. The only file that knows everybody: settings, wiring, the verbs."""

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from aiohttp import web
from dotenv import dotenv_values
from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from adapters.clock import Clock, Clockwork
from adapters.fetch.allowed import allowed
from adapters.fetch.fetcher import Fetcher
from adapters.host import arguments, logs
from adapters.host.environment import FromFiles, unknown
from adapters.host.serving import listening, told_to_stop
from bot.bot import Bot
from bot.founding import Plan, appoint, set_up, welcome_back
from bot.ports import Surroundings
from storage.backup import remove
from storage.engine import file_of
from storage.locking import held
from storage.migrating import migrate
from storage.work import Storage

log = structlog.get_logger("herald")

LOCAL_DATABASE = "sqlite+aiosqlite:///data/local.db"
SLACK = ("slack_bot_token", "slack_signing_secret")
"""What Herald needs to speak on Slack; an app token adds Socket Mode."""
REAL = (
    *SLACK,
    "slack_app_token",
    "slack_client_secret",
    "teams_app_id",
    "teams_app_password",
    "herald_public_url",
)
"""What has no place in the local workspace, which must reach nothing real."""


class Settings(BaseSettings):
    """The environment and `.env`; `.env.example` explains every name, and any works as `NAME_FILE` too."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_client_id: str = ""
    slack_client_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = Field("", validation_alias="MicrosoftAppId")
    teams_app_password: str = Field("", validation_alias="MicrosoftAppPassword")
    teams_app_type: str = Field("SingleTenant", validation_alias="MicrosoftAppType")
    teams_app_tenant_id: str = Field("", validation_alias="MicrosoftAppTenantId")
    database_url: str = "sqlite+aiosqlite:///data/herald.db"
    herald_host: str = "127.0.0.1"
    port: int = 3000
    herald_public_url: str = ""
    herald_secret_key: str = ""
    herald_admins: str = ""
    herald_fetch_allow: str = ""
    herald_teams_anonymous: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over `.env`, and a value over a file that holds one."""
        del file_secret_settings
        return init_settings, env_settings, dotenv_settings, FromFiles(settings_cls, given())

    @property
    def admins(self) -> tuple[str, ...]:
        """Who administers, as member ids of ours."""
        return tuple(name.strip() for name in self.herald_admins.split(",") if name.strip())

    def missing(self, names: Sequence[str]) -> list[str]:
        """The environment variables among `names` that have no value."""
        return [name.upper() for name in names if not getattr(self, name).strip()]


def given() -> dict[str, str | None]:
    """Everything the environment and `.env` name."""
    return {**dotenv_values(".env"), **os.environ}


async def serve(settings: Settings) -> None:
    """Herald for real, on the platforms that have credentials."""
    from adapters.slack.connect import SlackSettings, connect

    clock = Clock()
    around = Surroundings(public_url=settings.herald_public_url.rstrip("/") or None)
    async with herald(settings, settings.database_url, clock, around) as bot:
        slack = await connect(
            bot,
            SlackSettings(
                settings.slack_bot_token,
                settings.slack_signing_secret,
                settings.slack_app_token,
                settings.slack_api_url,
            ),
        )
        bot.speak(slack.ours.workspace, slack.chat)
        await appoint(bot.storage, settings.admins)
        await welcome_back(bot.storage, slack.ours.workspace)
        async with listening(site(slack.routes()), settings.herald_host, settings.port):
            await slack.start()
            await working(bot)
        await slack.close()


async def play(settings: Settings) -> None:
    """The local workspace: Herald and a page that plays Slack, on this machine only."""
    import aiohttp

    from adapters.local.people import BOT, BOT_ID, TEAM
    from adapters.local.routes import routes
    from adapters.local.workspace import TOKEN, LocalWorkspace
    from adapters.slack.connect import EVENTS, Slack, SlackSettings
    from adapters.slack.who import Ours

    origin = f"http://127.0.0.1:{settings.port}"
    clock = Clock()
    secret = secrets.token_hex(32)
    remove(file_of(LOCAL_DATABASE) or Path())
    around = Surroundings(public_url=origin, local=True)
    async with herald(settings, LOCAL_DATABASE, clock, around) as bot:

        async def shift(by: timedelta) -> None:
            clock.shift(by)
            await bot.tick()

        async def reset() -> None:
            clock.reset()

        workspace = LocalWorkspace(f"{origin}{EVENTS}", secret, clock.now, shift, reset)
        slack = Slack(
            bot,
            SlackSettings(TOKEN, secret, api_url=f"{origin}/local/slack/api/"),
            aiohttp.ClientSession(),
            Ours(TEAM, BOT, BOT_ID),
        )
        bot.speak(slack.ours.workspace, slack.chat)
        async with listening(site([*slack.routes(), *routes(workspace)]), "127.0.0.1", settings.port):
            await set_up(bot.storage, slack.chat, sample(slack.ours.workspace))
            print(f"Herald's local workspace: {origin}   (Ctrl-C stops)", flush=True)
            await working(bot)
        await workspace.close()
        await slack.close()


def sample(workspace: str) -> Plan:
    """The fictitious company of the local workspace."""

    def ids(*names: str) -> tuple[str, ...]:
        return tuple(f"{workspace}/{name}" for name in names)

    return Plan(
        workspace, ids("C0REVIEW")[0], ids("C0STORIES", "C0LYON"), ids("C0GENERAL"), ids("U0IDA"),
        ids("U0ANA", "U0TOM"), "en", "Europe/Paris", 10, name="Example", employer="Example", all_day=True,
    )  # fmt: skip


@asynccontextmanager
async def herald(settings: Settings, url: str, clock: Clock, around: Surroundings) -> AsyncIterator[Bot]:
    """The bot over its database and the web, alone on its file."""
    with held(file_of(url)):
        await migrate(url)
        storage = Storage.open(url, clock.now)
        async with Fetcher(allowed(settings.herald_fetch_allow)) as pages:
            yield Bot(storage, pages, around)
        await storage.close()


async def working(bot: Bot) -> None:
    """Let the clock run until the process is told to stop, then wait for what runs."""
    await bot.recover()
    clockwork = Clockwork(bot.jobs, bot.stirred)
    clockwork.start()
    await told_to_stop().wait()
    await clockwork.stop()


def site(routes: Sequence[web.RouteDef]) -> web.Application:
    """The one web application."""
    application = web.Application(middlewares=[logs.with_request_id])
    application.add_routes(routes)
    return application


def main(words: Sequence[str]) -> int:
    """Do one verb; the number is the process's exit code."""
    asked = arguments.read(words)
    logs.start()
    settings = Settings()
    for name, nearest in unknown(given(), Settings).items():
        log.warning("settings.unknown", variable=name, nearest=nearest or None)
    if asked.verb == "serve":
        if not asked.local and settings.missing(SLACK):
            print(f"Herald cannot start: {', '.join(settings.missing(SLACK))} not set.", file=sys.stderr)
            return 2
        asyncio.run(play(settings) if asked.local else serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
