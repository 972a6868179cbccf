"""Herald: `python app.py VERB`. The only file that knows everybody: settings, wiring, the verbs."""

import json
import secrets
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import structlog

from adapters.clock import Clock, working
from adapters.fetch.allowed import allowed
from adapters.fetch.fetcher import Fetcher
from adapters.host import arguments, doctor, founding, logs, terminal, verbs
from adapters.host.given import Given
from adapters.host.platforms import Connect, speaking
from adapters.host.serving import listening, told_to_stop
from adapters.host.where import Where
from adapters.web import routes as beside
from bot.bot import Bot
from bot.founding import Plan, appoint
from bot.ports import Surroundings
from storage.backup import remove
from storage.engine import VERB_PATIENCE, file_of
from storage.locking import held
from storage.upgrading import bring_up
from storage.work import Storage

if TYPE_CHECKING:
    from adapters.local.playing import Playing
    from adapters.slack.settings import SlackSettings
    from adapters.teams.settings import TeamsSettings

log = structlog.get_logger("herald")

LOCAL = "sqlite+aiosqlite:///data/local.db"
SLACK = ("slack_bot_token", "slack_signing_secret", "slack_client_id", "slack_client_secret")
"""What Herald needs to speak on Slack: a token, or what is needed to install it by a link."""
TEAMS = ("teams_app_id", "teams_app_password", "teams_app_tenant_id")
"""What Herald needs to speak on Teams; a managed identity needs no password."""
REAL = (*SLACK, "slack_app_token", "teams_app_password", "herald_public_url")
"""What has no place in the local workspace, which must reach nothing real."""


class Settings(Given):
    """What a deployment decided, as its parts need it."""

    @property
    def around(self) -> Surroundings:
        """What the bot knows of the deployment."""
        admins = tuple(name.strip() for name in self.herald_admins.split(",") if name.strip())
        url, keys = self.herald_public_url.rstrip("/") or None, self.herald_secret_key
        return Surroundings(url, admins=admins, secret_key=keys)

    @property
    def slack(self) -> "SlackSettings | None":
        """Slack's credentials, when somebody began to give them."""
        if not self.with_value(SLACK):
            return None
        from adapters.slack.settings import NAMES, SlackSettings

        return SlackSettings.of(*(getattr(self, name.lower()) for name in NAMES.values()))

    @property
    def teams(self) -> "TeamsSettings | None":
        """The app registration, when somebody began to give one."""
        if not self.herald_teams_anonymous and not self.with_value(TEAMS):
            return None
        from adapters.teams.settings import TeamsSettings

        given = (getattr(self, name) for name in (*TEAMS, "teams_app_type"))
        anonymous, cloud = self.herald_teams_anonymous, self.herald_teams_cloud
        return TeamsSettings.of(*given, anonymous=anonymous, cloud=cloud)

    def missing(self) -> list[str]:
        """What the platforms that are on still need; what Slack needs when none is."""
        if not self.slack and not self.teams:
            return [name.upper() for name in SLACK[:2]]
        return [name for on in (self.slack, self.teams) if on for name in on.missing()]


async def serve(settings: Settings, asked: Namespace) -> str:
    """Herald for real, on the platforms that have credentials; or the local workspace."""
    if asked.local:
        return await play(settings)
    async with (
        herald(settings.database_url, Clock(), settings.around, settings.herald_fetch_allow) as bot,
        speaking(bot, wanted(bot, settings)) as on,
    ):
        await appoint(bot.storage, settings.around.admins)
        routes = beside.routes(bot, {name: platform.healthy for name, platform in on.items()})
        doors = [route for platform in on.values() for route in platform.routes()]
        where = (settings.herald_host, settings.port, beside.ahead(bot))
        async with working(bot), listening([*routes, *doors], *where):
            stop = told_to_stop()
            for platform in on.values():
                await platform.start()
            log.info("herald.serves", workspaces=sorted(bot.rounds.chats), port=settings.port)
            await stop.wait()
    return ""


def wanted(bot: Bot, settings: Settings) -> dict[str, Connect]:
    """How to connect every platform that has credentials; the others are not even imported."""
    found: dict[str, Connect] = {}
    if settings.slack:
        from adapters.slack.connect import connect as slack

        found["slack"] = partial(slack, bot, settings.slack, root=bot)
    if settings.teams:
        from adapters.teams.connect import connect as teams

        found["teams"] = partial(teams, bot, settings.teams)
    return found


async def play(settings: Settings) -> str:
    """The local workspace: Herald, and a page that plays Slack and Teams, on this machine only."""
    from adapters.local.playing import Playing, newsroom
    from adapters.slack.manifest import manifest

    clock, here = Clock(), f"127.0.0.1:{settings.port}"
    around = Surroundings(f"http://{here}", local=True, secret_key=secrets.token_hex(32))
    allow = ",".join(filter(None, (newsroom(here), settings.herald_fetch_allow)))
    async with herald(LOCAL, clock, around, allow, fresh=True) as bot:
        played = Playing(bot, clock, here, manifest())
        async with speaking(bot, pretended(bot, played)) as on:
            doors = [route for platform in on.values() for route in platform.routes()]
            mounted = [*beside.routes(bot), *doors, *played.routes()]
            async with working(bot), listening(mounted, "127.0.0.1", settings.port):
                stop = told_to_stop()
                print(f"Herald's local workspace: http://{here}  (Ctrl-C stops)", flush=True)
                await played.begin()
                await stop.wait()
                await played.close()
    return ""


def pretended(bot: Bot, played: "Playing") -> dict[str, Connect]:
    """Both platforms, over the credentials that the local workspace made up."""
    from aiohttp import ClientSession

    from adapters.slack.connect import Slack
    from adapters.slack.settings import SlackSettings
    from adapters.slack.who import Ours
    from adapters.teams.connect import Teams
    from adapters.teams.settings import Cloud, TeamsSettings
    from adapters.teams.tokens import Tokens

    async def slack() -> Slack:
        return Slack(bot, SlackSettings(*played.slack), ClientSession(), Ours(*played.ours))

    async def teams() -> Teams:
        tenant = TeamsSettings(*played.teams, cloud=Cloud(*played.cloud))
        return Teams(bot, tenant, ClientSession(), Tokens(played.log_in))

    return {"slack": slack, "teams": teams}


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
            bot = Bot(storage, pages, replace(around, back=clock.back))
            yield bot
            await bot.doors.visits.flush()
        await storage.close()


async def setup(settings: Settings, asked: Namespace) -> str:
    """Set a workspace up on the host; cards are left to `serve`."""
    await bring_up(settings.database_url)
    storage = Storage.open(settings.database_url, Clock().now, patience=VERB_PATIENCE)
    async with Fetcher() as pages:
        bot = Bot(storage, pages, settings.around)
        return await founding.found(bot, wanted(bot, settings), Plan.of(asked))


async def diagnose(settings: Settings, asked: Namespace) -> str:
    """Every check in a line; raises `doctor.Unwell` with them when one failed."""
    stored = await doctor.examine_stored(settings.database_url, Clock().now)
    found = doctor.examine_settings(Settings.strangers(), settings.missing(), settings.herald_secret_key)
    found += [*doctor.examine_machine(), *stored.checks]
    if settings.slack and not settings.slack.missing():
        from adapters.slack.doctor import examine

        found += await examine(settings.slack, stored.channels)
    if settings.teams and not settings.teams.missing():
        from adapters.teams.doctor import examine as examine_teams

        found += await examine_teams(settings.teams, stored, settings.around.public_url)
    return doctor.told(found, as_json=asked.json)


async def manifest(settings: Settings, asked: Namespace) -> str:
    """What to paste at api.slack.com/apps; what to upload to Teams."""
    from adapters.slack.manifest import manifest
    from adapters.teams.manifest import packed

    del settings
    if asked.platform == "teams":
        return packed(str(asked.app_id), asked.domain, asked.out, slash=not asked.older)
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
