"""Teams, connected: one chat per tenant that speaks, one route that listens."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import aiohttp
import structlog
from aiohttp import web

from adapters.teams.activities import Activities
from adapters.teams.api import Api
from adapters.teams.auth import Gate
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.door import Door
from adapters.teams.herald import Herald
from adapters.teams.keys import Keys
from adapters.teams.memory import Forgetful, Kept, Memory
from adapters.teams.pictures import Pictures
from adapters.teams.places import Places
from adapters.teams.roster import Roster
from adapters.teams.settings import TeamsSettings
from adapters.teams.showing import Screen
from adapters.teams.tokens import Login, NoTokens, Tokens, login
from adapters.teams.turn import Turns
from adapters.teams.who import Ours
from bot.after import Afterwards
from bot.commands.spoken import understood
from bot.ports import LockedOut, Unreachable
from storage.work import Storage

log = structlog.get_logger("herald.teams")

MESSAGES = "/api/messages"
PLAYGROUND = "00000000-0000-0000-0000-0000000000001"
"""The tenant that Microsoft's Agents Playground plays."""


class Unconfigured(LockedOut):
    """A credential is missing, or one too many; said at start, before anything listens."""


class Home(Herald, Protocol):
    """The bot, with the database that remembers where Herald was added."""

    @property
    def storage(self) -> Storage:
        """Herald's database."""
        ...


class Teams:
    """One connected app in every tenant it serves. `chats` is by our id of each, as `Bot.speak` wants it."""

    def __init__(
        self,
        bot: Herald,
        settings: TeamsSettings,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Wire everything; nothing listens until the routes are mounted."""
        self._session = session
        self._tokens = tokens
        self._keys = Keys(session, settings.cloud.metadata, clock)
        self._after = Afterwards("teams")
        self._bot = bot
        self._pictures = Pictures(session, tokens, settings)
        self.tenants = {
            name: self._tenant(Ours(name, settings.app_id), settings.cloud.service_url, clock)
            for name in settings.tenants
        }
        self.chats = {one.ours.workspace: one.chat for one in self.tenants.values()}
        self._door = Door(Gate(settings, self._keys), Turns(), self.tenants)

    async def recall(self, memory: Memory) -> None:
        """Take up what was kept, and keep there what is new from now on."""
        for name, one in self.tenants.items():
            one.places.recall(await memory.conversations(one.ours.workspace))
            self.tenants[name] = replace(one, memory=memory)

    def routes(self) -> list[web.RouteDef]:
        """What web's application mounts."""
        return [web.post(MESSAGES, self._door.answer)]

    async def start(self) -> None:
        """Nothing to open: Teams comes by itself."""

    async def healthy(self) -> bool:
        """Whether Herald can log in at Microsoft (for `/readyz`)."""
        try:
            await self._tokens.headers()
        except (LockedOut, Unreachable):
            return False
        return True

    async def settled(self) -> None:
        """Wait until everything that was answered is shown."""
        await self._after.close()

    async def close(self) -> None:
        """Finish what was answered, let go of the connections."""
        await self._after.close()
        await self._keys.close()
        await self._tokens.close()
        await self._session.close()

    def _tenant(self, ours: Ours, service_url: str, clock: Callable[[], float]) -> Activities:
        places = Places(ours, service_url)
        connector = Connector(Api(self._session, self._tokens), ours, places.base)
        chat = TeamsChat(connector, places, Roster(connector, places, clock))
        screen = Screen(self._bot, chat, places, self._after)
        return Activities(
            self._bot, chat, ours, places, connector, Forgetful(), self._after, screen, understood,
            self._pictures,
        )  # fmt: skip


async def connect(
    bot: Home, settings: TeamsSettings, memory: Memory | None = None, log_in: Login | None = None
) -> Teams:
    """Wire Teams and log in once; raises `Unconfigured`, and `LockedOut` for refused credentials."""
    settings = possible(settings)
    session = aiohttp.ClientSession()
    tokens = NoTokens() if settings.anonymous else Tokens(log_in or login(settings))
    teams = Teams(bot, settings, session, tokens)
    try:
        await tokens.headers()
        await teams.recall(memory or Kept(bot.storage))
    except Unreachable as failure:
        log.warning("teams.start", words=str(failure))
    except LockedOut:
        await teams.close()
        raise
    return teams


def possible(settings: TeamsSettings) -> TeamsSettings:
    """The settings, complete; raises `Unconfigured`. Anonymous, they name the Playground's tenant."""
    if settings.missing():
        raise Unconfigured(f"Teams: {', '.join(settings.missing())} not set")
    if settings.anonymous and (settings.app_id or settings.password):
        raise Unconfigured("Teams: HERALD_TEAMS_ANONYMOUS is for a bot without credentials")
    if settings.anonymous and not settings.tenants:
        return replace(settings, tenants=(PLAYGROUND,))
    return settings
