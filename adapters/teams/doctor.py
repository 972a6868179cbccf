"""Is Teams well? The login, the way in, the package, and the channels in use. No check shows a secret."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Protocol

import aiohttp
import jwt

from adapters.teams.api import CONNECT, TIMEOUT, Api
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.keys import Keys
from adapters.teams.manifest import OLDER, template
from adapters.teams.places import Places
from adapters.teams.plain import say
from adapters.teams.roster import Roster
from adapters.teams.settings import TeamsSettings, url
from adapters.teams.tokens import Login, Tokens, credential, login
from adapters.teams.who import Ours
from bot.doctoring import Check, failed, ok, warning
from bot.ports import FAILURES, Gone, LockedOut, Unreachable
from bot.proxies import loopback, proxy_of
from bot.rooms import problem
from content.programmes import Channel
from content.texts import text
from storage.records import Conversation

MESSAGES = "/api/messages"


class Known(Protocol):
    """What Herald's database knows: channels in use, where it was added, when each tenant was last heard."""

    @property
    def channels(self) -> Iterable[Channel]:
        """Those in use."""
        ...

    @property
    def conversations(self) -> Iterable[Conversation]:
        """Where Herald was added."""
        ...

    @property
    def heard(self) -> Mapping[str, datetime]:
        """When each workspace last asked something."""
        ...


async def examine(
    settings: TeamsSettings, known: Known, public_url: str | None, log_in: Login | None = None
) -> list[Check]:
    """Log in, and look at everything that needs no login too: one run names all that is to be done."""
    if settings.anonymous:
        said = "no credentials: only Microsoft's Agents Playground on this machine is answered"
        return [warning("teams", said, "unset HERALD_TEAMS_ANONYMOUS for a real tenant")]
    async with aiohttp.ClientSession() as session:
        tokens = Tokens(log_in or login(settings))
        entered = await _login(settings, tokens)
        found = [entered, await _keys(session, settings), await _address(session, public_url)]
        found.append(_package())
        for tenant in settings.tenants:
            ours = Ours(tenant, settings.app_id)
            found.append(_heard(ours, known))
            if entered.verdict == "ok":
                found += await _rooms(Api(session, tokens), ours, settings, known)
        await tokens.close()
        return found


async def _login(settings: TeamsSettings, tokens: Tokens) -> Check:
    try:
        bearer = (await tokens.headers())["Authorization"].partition(" ")[2]
    except LockedOut as refused:
        todo = "check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId: docs/teams.md, Register"
        return failed("teams", f"Microsoft refuses the credentials: {refused}", todo)
    except Unreachable as lost:
        return failed("teams", f"no token: {lost}", f"can this machine reach {settings.cloud.login}?")
    named = _claims(bearer)
    tenant = str(named.get("tid") or settings.tenants[0])
    said = f"app {settings.app_id} in tenant {tenant}, by {_means(settings)}"
    if tenant.casefold() != settings.tenants[0].casefold():
        todo = f"MicrosoftAppTenantId should begin with {tenant}"
        return failed("teams", f"{said}: the token is for another tenant", todo)
    return ok("teams", said)


def _claims(bearer: str) -> Mapping[str, Any]:
    """What our own token says of itself; nothing is decided by it."""
    try:
        found: Mapping[str, Any] = jwt.decode(bearer, options={"verify_signature": False})
    except jwt.PyJWTError:
        return {}
    return found


def _means(settings: TeamsSettings) -> str:
    if settings.managed:
        return "managed identity"
    return "client secret" if isinstance(credential(settings.password), str) else "certificate"


async def _keys(session: aiohttp.ClientSession, settings: TeamsSettings) -> Check:
    keys = Keys(session, settings.cloud.metadata)
    try:
        await keys.key("")
    except Unreachable:
        todo = f"can this machine reach {settings.cloud.metadata}?"
        return failed("teams keys", "Microsoft's signing keys cannot be read: everything gets 503", todo)
    finally:
        await keys.close()
    return ok("teams keys", "Microsoft's signing keys are read")


async def _address(session: aiohttp.ClientSession, public_url: str | None) -> Check:
    """Teams comes to Herald: without a token our own door says 401, and nobody else's does."""
    name, address = "teams address", url(public_url or "")
    if not public_url or address is None or not address.host:
        return warning(name, "HERALD_PUBLIC_URL is not set", "set it to the https address Teams comes to")
    if address.scheme != "https" or loopback(address.host):
        return failed(name, f"{public_url} is nothing Teams can reach", "it must be https, and public")
    return await knocked(session, f"{public_url}{MESSAGES}")


async def knocked(session: aiohttp.ClientSession, door: str) -> Check:
    """What answers at our own address."""
    limit = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
    name, proxy = "teams address", f"let the proxy hand {MESSAGES} to Herald"
    try:
        asked = session.post(door, json={}, timeout=limit, allow_redirects=False, proxy=proxy_of(door))
        async with asked as answer:
            if answer.status == HTTPStatus.UNAUTHORIZED:
                return ok(name, f"{door} answers")
            return failed(name, f"{door} answers {answer.status}", proxy)
    except aiohttp.ClientConnectorCertificateError:
        return failed(name, f"{door}: its certificate is not trusted", "Teams refuses it as well: renew it")
    except (aiohttp.ClientError, TimeoutError) as lost:
        todo = f"is Herald running, and {door} reachable from outside?"
        return warning(name, f"no answer here: {type(lost).__name__}", todo)


def _package() -> Check:
    made = template()
    said = f"manifest {made['manifestVersion']}, app version {made['version']}; {OLDER} with --older"
    return ok("teams package", said)


def _heard(ours: Ours, known: Known) -> Check:
    name, last = f"teams inbound {ours.tenant}", known.heard.get(ours.workspace)
    if last is not None:
        return ok(name, f"last taken {last:%Y-%m-%d %H:%M} UTC")
    todo = f"write to Herald in Teams; nothing comes? Azure Bot, Configuration: https://…{MESSAGES}"
    return warning(name, "nothing in two days", todo)


async def _rooms(api: Api, ours: Ours, settings: TeamsSettings, known: Known) -> list[Check]:
    places = Places(ours, settings.cloud.service_url)
    places.recall(room for room in known.conversations if room.workspace == ours.workspace)
    if not places.rooms:
        todo = "add the app to a team or chat, and write @Herald in the channels it should use"
        return [warning(f"teams channels {ours.tenant}", "Herald was added nowhere yet", todo)]
    connector = Connector(api, ours, places.base)
    chat = TeamsChat(connector, places, Roster(connector, places))
    return [await _room(chat, channel) for channel in known.channels if channel.workspace == ours.workspace]


async def _room(chat: TeamsChat, channel: Channel) -> Check:
    name = f"teams {channel.use} #{channel.name}"
    try:
        place = await chat.place(channel.id.partition("/")[2])
    except Gone:
        return failed(name, "Herald cannot see it", say(text("teams.invite"), "en"))
    except FAILURES as trouble:
        return failed(name, type(trouble).__name__, str(trouble))
    reason = problem(channel.use, place, vouched=channel.vouched)
    if reason is None:
        return ok(name, "Herald is in")
    return failed(name, "cannot be used", say(text(f"room.{reason}", channel=f"#{place.name}"), "en"))
