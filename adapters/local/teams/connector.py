"""Bot Connector as far as Herald calls it, behind Herald's own token; and Microsoft's keys.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from aiohttp import web

from adapters.local.asked import asked
from adapters.local.board import SlackError
from adapters.local.people import BOT, Json
from adapters.local.teams import cards
from adapters.local.teams.people import PLACES, STANDARD, TEAM, TEAM_NAME, TENANT, known, member
from adapters.local.teams.tenant import Conversation, TeamsError
from adapters.local.workspace import LocalWorkspace

CREATED = 201
Answer = tuple[int, Json]
Route = Callable[[LocalWorkspace, web.Request, Json], Answer]


async def openid(workspace: LocalWorkspace, _: web.Request) -> web.StreamResponse:
    """Where Herald finds the keys, as Microsoft's OpenID document says it."""
    return web.json_response({"jwks_uri": f"{workspace.teams.service_url}keys"})


async def keys(workspace: LocalWorkspace, _: web.Request) -> web.StreamResponse:
    """The public keys."""
    return web.json_response(workspace.teams.issuer.keys())


async def picture(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
    """The bytes of a picture that somebody sent."""
    try:
        _authorized(workspace, request)
        file = workspace.files.get(request.match_info["file"])
    except (TeamsError, SlackError):
        return web.Response(status=404)
    workspace.journal.crossed(
        "out", "Teams GET attachment", {}, 200, {"name": file.name, "bytes": len(file.data)}
    )
    return web.Response(body=file.data, content_type=file.mimetype)


def served(name: str) -> Callable[[LocalWorkspace, web.Request], Awaitable[web.StreamResponse]]:
    """One route of the connector: faults first, then the token, then the call; all of it into the journal."""

    async def handler(workspace: LocalWorkspace, request: web.Request) -> web.StreamResponse:
        broken = await workspace.faults.meet(request)
        if broken is not None:
            workspace.journal.crossed(
                "out", f"Teams {name}", {}, broken.status, {"broken": workspace.faults.kind}
            )
            workspace.journal.tell("fault")
            return broken
        body = await asked(request)
        status, answer = _answer(workspace, request, name, body)
        workspace.journal.crossed("out", f"Teams {name}", body, status, answer)
        return web.json_response(answer, status=status)

    return handler


def _answer(workspace: LocalWorkspace, request: web.Request, name: str, body: Json) -> Answer:
    try:
        _authorized(workspace, request)
        return ROUTES[name](workspace, request, body)
    except TeamsError as refusal:
        return refusal.status, {"error": {"code": refusal.code, "message": refusal.words}}


def _authorized(workspace: LocalWorkspace, request: web.Request) -> None:
    if request.headers.get("Authorization", "") != f"Bearer {workspace.teams.issuer.bearer}":
        raise TeamsError(401, "Unauthorized", "Authorization has been denied for this request.")


def create(workspace: LocalWorkspace, _: web.Request, body: Json) -> Answer:
    """A thread in a channel with its first message, or the 1:1 chat with somebody."""
    tenant = workspace.teams.tenant
    if body.get("isGroup"):
        channel = tenant.at(str(((body.get("channelData") or {}).get("channel") or {}).get("id")))
        posted = _post(workspace, channel, body.get("activity") or {})
        return CREATED, {"id": f"{channel.id};messageid={posted}", "activityId": posted}
    named = [known(str(one.get("id"))) for one in body.get("members") or []]
    if len(named) != 1 or named[0] is None:
        raise TeamsError(400, "BadArgument", "Unknown member.")
    return CREATED, {"id": tenant.chat(named[0]).id}


def send(workspace: LocalWorkspace, request: web.Request, body: Json) -> Answer:
    """A message, a reply, or with `isTargetedActivity` one that a single person sees."""
    where = workspace.teams.tenant.at(request.match_info["conversation"])
    to = ""
    if request.query.get("isTargetedActivity") == "true":
        to = known(str((body.get("recipient") or {}).get("id"))) or ""
        if where.personal or to not in where.members:
            raise TeamsError(404, "BotNotInConversationRoster", "The recipient is not here.")
    return CREATED, {"id": _post(workspace, where, body, to)}


def update(workspace: LocalWorkspace, request: web.Request, body: Json) -> Answer:
    """Draw a message anew."""
    where, id_ = workspace.teams.tenant.at(request.match_info["conversation"]), request.match_info["activity"]
    _accept(body)
    workspace.teams.tenant.redraw(where, id_, body)
    workspace.journal.saw("redraw", name=cards.wires(cards.card_of(body)), channel=where.id)
    workspace.journal.tell("message", channel=where.id)
    return 200, {"id": id_}


def delete(workspace: LocalWorkspace, request: web.Request, _: Json) -> Answer:
    """Take a message away."""
    where = workspace.teams.tenant.at(request.match_info["conversation"])
    where.messages.remove(workspace.teams.tenant.message(where, request.match_info["activity"]))
    workspace.journal.tell("message", channel=where.id)
    return 200, {}


def members(workspace: LocalWorkspace, request: web.Request, _: Json) -> Answer:
    """Everybody in a conversation, on one page."""
    where = workspace.teams.tenant.at(request.match_info["conversation"])
    return 200, {"members": [member(user) for user in where.members]}


def one_member(workspace: LocalWorkspace, request: web.Request, _: Json) -> Answer:
    """One member of a conversation."""
    where = workspace.teams.tenant.at(request.match_info["conversation"])
    user = known(request.match_info["user"])
    if user is None or user not in where.members:
        raise TeamsError(404, "MemberNotFoundInConversation", "Member not found.")
    return 200, member(user)


def channels(_: LocalWorkspace, request: web.Request, __: Json) -> Answer:
    """The team's channels; Teams gives its first one no name."""
    _team(request)
    return 200, {
        "conversations": [
            {"id": place.id, "type": place.kind, **({} if place.id == TEAM else {"name": place.name})}
            for place in PLACES
        ],
    }


def team(_: LocalWorkspace, request: web.Request, __: Json) -> Answer:
    """The team."""
    _team(request)
    return 200, {"id": TEAM, "name": TEAM_NAME, "tenantId": TENANT, "type": STANDARD}


def _team(request: web.Request) -> None:
    if request.match_info["team"] != TEAM:
        raise TeamsError(404, "TeamNotFound", "Team not found.")


def _post(workspace: LocalWorkspace, where: Conversation, activity: Json, to: str = "") -> str:
    _accept(activity)
    posted = workspace.teams.tenant.put(where, BOT, activity, to)
    workspace.journal.saw("post", name=cards.wires(cards.card_of(activity)), channel=where.id)
    workspace.journal.tell("message", channel=where.id)
    return str(posted["id"])


def _accept(activity: Json) -> None:
    refused = cards.problem(activity)
    if refused is not None:
        raise TeamsError(*refused)


ROUTES: Mapping[str, Route] = MappingProxyType(
    {
        "POST conversations": create,
        "POST activities": send,
        "POST activity": send,
        "PUT activity": update,
        "DELETE activity": delete,
        "GET pagedmembers": members,
        "GET member": one_member,
        "GET channels": channels,
        "GET team": team,
    },
)
_CONVERSATION = "conversations/{conversation}"
PATHS: Mapping[str, str] = MappingProxyType(
    {
        "POST conversations": "conversations",
        "POST activities": f"{_CONVERSATION}/activities",
        "POST activity": f"{_CONVERSATION}/activities/{{activity}}",
        "PUT activity": f"{_CONVERSATION}/activities/{{activity}}",
        "DELETE activity": f"{_CONVERSATION}/activities/{{activity}}",
        "GET pagedmembers": f"{_CONVERSATION}/pagedmembers",
        "GET member": f"{_CONVERSATION}/members/{{user}}",
        "GET channels": "teams/{team}/conversations",
        "GET team": "teams/{team}",
    },
)
"""Below `/local/teams/v3/`, by the name of the route."""
