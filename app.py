"""Herald: `python app.py VERB`. The only file that knows everybody: settings, wiring, the verbs."""

import json
import secrets
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from pydantic import Field

from adapters.clock import Clock, working
from adapters.fetch.allowed import allowed
from adapters.fetch.fetcher import Fetcher
from adapters.host import arguments, doctor, logs, terminal, verbs
from adapters.host.environment import Environment
from adapters.host.failed import Failed
from adapters.host.serving import listening, told_to_stop
from adapters.host.where import Where
from adapters.web import routes as beside
from bot.bot import Bot
from bot.founding import Plan, appoint, set_up
from bot.ports import Surroundings
from storage.backup import remove
from storage.engine import VERB_PATIENCE, file_of
from storage.locking import held
from storage.upgrading import bring_up
from storage.work import Storage

if TYPE_CHECKING:
    from adapters.slack.connect import SlackSettings

log = structlog.get_logger("herald")

LOCAL = "sqlite+aiosqlite:///data/local.db"
SLACK = ("slack_bot_token", "slack_signing_secret")
"""What Herald needs to speak on Slack; an app token adds Socket Mode."""
REAL = (*SLACK, "slack_app_token", "slack_client_secret", "teams_app_password", "herald_public_url")
"""What has no place in the local workspace, which must reach nothing real."""


class Settings(Environment):
    """What a deployment decides; `.env.example` explains every name, and any works as `NAME_FILE` too."""

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

    @property
    def around(self) -> Surroundings:
        """What the bot knows of the deployment."""
        admins = tuple(name.strip() for name in self.herald_admins.split(",") if name.strip())
        return Surroundings(self.herald_public_url.rstrip("/") or None, admins=admins)

    def missing(self) -> list[str]:
        """What Slack needs and has no value."""
        return [name.upper() for name in SLACK if name.upper() not in self.with_value(SLACK)]


async def serve(settings: Settings, asked: Namespace) -> str:
    """Herald for real, on the platforms that have credentials; or the local workspace."""
    from adapters.slack.connect import connect

    if asked.local:
        return await play(settings)
    url, allow = settings.database_url, settings.herald_fetch_allow
    async with herald(url, Clock(), settings.around, allow) as bot:
        slack = await connect(bot, credentials(settings))
        bot.speak(slack.ours.workspace, slack.chat)
        await appoint(bot.storage, settings.around.admins)
        routes = [*beside.routes(bot, {"slack": slack.healthy}), *slack.routes()]
        async with working(bot), listening(routes, settings.herald_host, settings.port):
            stop = told_to_stop()
            await slack.start()
            log.info("herald.serves", workspace=slack.ours.workspace, port=settings.port)
            await stop.wait()
        await slack.close()
    return ""


async def play(settings: Settings) -> str:
    """The local workspace: Herald, and a page that plays Slack, on this machine only."""
    from aiohttp import ClientSession

    from adapters.local.course import Course
    from adapters.local.news import PREFIX
    from adapters.local.people import BOT, BOT_ID, TEAM
    from adapters.local.routes import routes
    from adapters.local.workspace import TOKEN, LocalWorkspace, Offers
    from adapters.slack.connect import EVENTS, Slack, SlackSettings
    from adapters.slack.manifest import manifest
    from adapters.slack.who import Ours

    clock, here, secret = Clock(), f"127.0.0.1:{settings.port}", secrets.token_hex(32)
    around = Surroundings(f"http://{here}", local=True)
    async with herald(LOCAL, clock, around, here + PREFIX, fresh=True) as bot:
        course = Course(bot, clock)
        workspace = LocalWorkspace(
            f"http://{here}{EVENTS}",
            secret,
            clock.now,
            course.shift,
            course.start_over,
            Offers.of(manifest()),
        )
        local = SlackSettings(TOKEN, secret, api_url=f"http://{here}/local/slack/api/")
        slack = Slack(bot, local, ClientSession(), Ours(TEAM, BOT, BOT_ID))
        bot.speak(slack.ours.workspace, slack.chat)
        mounted = [*beside.routes(bot), *slack.routes(), *routes(workspace)]
        async with working(bot), listening(mounted, "127.0.0.1", settings.port):
            stop = told_to_stop()
            print(f"Herald's local workspace: http://{here}  (Ctrl-C stops)", flush=True)
            await course.begin(workspace)
            await stop.wait()
            await workspace.close()
        await slack.close()
    return ""


@asynccontextmanager
async def herald(
    url: str, clock: Clock, around: Surroundings, allow: str, *, fresh: bool = False
) -> AsyncIterator[Bot]:
    """The bot over its database and the web, alone on its file; `fresh` begins with an empty one."""
    path = file_of(url)
    with held(path):
        if fresh and path:
            remove(path)
        await bring_up(url)
        storage = Storage.open(url, clock.now)
        async with Fetcher(allowed(allow)) as pages:
            bot = Bot(storage, pages, around)
            yield bot
            await bot.doors.visits.flush()
        await storage.close()


def credentials(settings: Settings) -> "SlackSettings":
    """What Slack gave the deployment."""
    from adapters.slack.connect import SlackSettings

    return SlackSettings(
        settings.slack_bot_token,
        settings.slack_signing_secret,
        settings.slack_app_token,
        settings.slack_api_url,
    )


async def setup(settings: Settings, asked: Namespace) -> str:
    """Set a workspace up on the host; cards are left to `serve`."""
    from adapters.slack.connect import connect

    await bring_up(settings.database_url)
    storage = Storage.open(settings.database_url, Clock().now, patience=VERB_PATIENCE)
    async with Fetcher() as pages:
        slack = await connect(Bot(storage, pages, settings.around), credentials(settings))
        try:
            if slack.ours.team != asked.workspace:
                raise Failed(f"This bot token is for {slack.ours.team}, not for {asked.workspace}.")
            programme = await set_up(storage, slack.chat, Plan.of(asked))
            await appoint(storage, settings.around.admins)
        finally:
            await slack.close()
            await storage.close()
    return f"{asked.workspace} is set up, programme {programme}. Next: python app.py doctor"


async def diagnose(settings: Settings, asked: Namespace) -> str:
    """Every check in a line; raises `doctor.Unwell` with them when one failed."""
    stored, channels = await doctor.examine_stored(settings.database_url, Clock().now)
    found = doctor.examine_settings(Settings.strangers(), settings.missing(), settings.herald_secret_key)
    found += [*doctor.examine_machine(), *stored]
    if not settings.missing():
        from adapters.slack.doctor import examine

        found += await examine(credentials(settings), channels)
    return doctor.told(found, as_json=asked.json)


async def manifest(settings: Settings, asked: Namespace) -> str:
    """What to paste at api.slack.com/apps."""
    from adapters.slack.manifest import manifest

    del settings
    return json.dumps(manifest(reconcile=asked.reconcile, url=asked.url), indent=2)


async def on_host(settings: Settings, asked: Namespace) -> str:
    """Every other verb: they know the database and this machine, and no platform."""
    where = Where(settings.database_url, settings.herald_host, settings.port, settings.around, Clock().now)
    return await verbs.do(where, asked)


VERBS = {"serve": serve, "setup": setup, "doctor": diagnose, "manifest": manifest}
"""Verbs that know a platform."""


def main(words: Sequence[str]) -> int:
    """Do one verb. The exit code: 0, 1 when it failed, 2 when it could not begin."""
    asked = arguments.read(words)
    logs.start()
    try:
        settings = Settings()
        allowed(settings.herald_fetch_allow)
    except (ValueError, OSError) as wrong:
        return terminal.refuse("settings", str(wrong))
    for name, nearest in Settings.strangers().items():
        log.warning("settings.unknown", variable=name, nearest=nearest)
    reason = terminal.unfit(asked, settings.herald_host, settings.missing(), settings.with_value(REAL))
    if reason:
        return terminal.refuse(asked.verb, reason)
    return terminal.run(asked.verb, VERBS.get(asked.verb, on_host)(settings, asked))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
