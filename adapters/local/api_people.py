"""The Web API's methods about the workspace, its people and its channels."""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.local.api_chat import Method
from adapters.local.board import Room, SlackError
from adapters.local.people import APP, BOT, BOT_ID, BY_ID, DOMAIN, TEAM, Json, user_object
from adapters.local.workspace import LocalWorkspace

NO_MORE: Mapping[str, Mapping[str, str]] = MappingProxyType({"response_metadata": {"next_cursor": ""}})
PAGE = 100
"""Messages that conversations.history gives when nothing is asked."""


async def auth_test(workspace: LocalWorkspace, _: Json) -> Json:
    """auth.test."""
    return {
        "url": f"{workspace.origin}/",
        "team": "Local workspace",
        "user": "herald",
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


async def team_info(workspace: LocalWorkspace, _: Json) -> Json:
    """team.info."""
    team = {"id": TEAM, "name": "Local workspace", "domain": "local", "email_domain": DOMAIN}
    return {"team": team | {"url": f"{workspace.origin}/", "icon": {}}}


async def bots_info(_: LocalWorkspace, body: Json) -> Json:
    """bots.info."""
    if body.get("bot") not in {None, "", BOT_ID}:
        raise SlackError("bot_not_found")
    return {
        "bot": {"id": BOT_ID, "deleted": False, "name": "Herald", "app_id": APP, "user_id": BOT, "icons": {}}
    }


async def users_info(workspace: LocalWorkspace, body: Json) -> Json:
    """users.info; the locale is there only when asked for."""
    user = user_object(str(body.get("user") or ""), workspace.language)
    if user is None:
        raise SlackError("user_not_found")
    if not truthy(body.get("include_locale")):
        user.pop("locale")
    return {"user": user}


async def users_list(workspace: LocalWorkspace, _: Json) -> Json:
    """users.list."""
    members = [user_object(user, workspace.language) for user in (*BY_ID, BOT)]
    return {"members": members, "cache_ts": 0, **NO_MORE}


async def users_lookup(workspace: LocalWorkspace, body: Json) -> Json:
    """users.lookupByEmail."""
    for user in BY_ID:
        found = user_object(user, workspace.language)
        if found and found["profile"].get("email") == body.get("email"):
            return {"user": found}
    raise SlackError("users_not_found")


async def users_conversations(workspace: LocalWorkspace, body: Json) -> Json:
    """users.conversations: the channels of a person, or of Herald when nobody is named."""
    user = str(body.get("user") or BOT)
    rooms = (room for room in workspace.board.of(user) if not room.direct)
    return {"channels": [channel_object(room) for room in rooms if BOT in room.members], **NO_MORE}


async def usergroups_list(_: LocalWorkspace, __: Json) -> Json:
    """usergroups.list: there are none."""
    return {"usergroups": []}


async def conversations_open(workspace: LocalWorkspace, body: Json) -> Json:
    """conversations.open: the 1:1 with one person."""
    if body.get("channel"):
        return {"channel": {"id": _room(workspace, body).id}}
    users = body.get("users") or ""
    names = users if isinstance(users, list) else str(users).split(",")
    if len(names) != 1 or not names[0]:
        raise SlackError("users_list_not_supplied")
    return {"channel": {"id": workspace.board.direct(names[0]).id}}


async def conversations_info(workspace: LocalWorkspace, body: Json) -> Json:
    """conversations.info; a private channel without Herald is not found, as at Slack."""
    room = _room(workspace, body)
    if room.private and BOT not in room.members:
        raise SlackError("channel_not_found")
    return {"channel": channel_object(room)}


async def conversations_members(workspace: LocalWorkspace, body: Json) -> Json:
    """conversations.members."""
    return {"members": list(_room(workspace, body).members), **NO_MORE}


async def conversations_list(workspace: LocalWorkspace, body: Json) -> Json:
    """conversations.list: public channels, and private ones with Herald when asked for."""
    wanted = str(body.get("types") or "public_channel").split(",")
    rooms = (room for room in workspace.board.rooms.values() if not room.direct)
    shown = (room for room in rooms if _kind(room) in wanted and (not room.private or BOT in room.members))
    return {"channels": [channel_object(room) for room in shown], **NO_MORE}


async def conversations_join(workspace: LocalWorkspace, body: Json) -> Json:
    """conversations.join: Herald joins a public channel."""
    room = _room(workspace, body)
    if room.private or room.direct:
        raise SlackError("method_not_supported_for_channel_type")
    if BOT not in room.members:
        room.members.append(BOT)
    return {"channel": channel_object(room)}


async def conversations_history(workspace: LocalWorkspace, body: Json) -> Json:
    """conversations.history, newest first; metadata only with `include_all_metadata`."""
    room = _room(workspace, body)
    if BOT not in room.members:
        raise SlackError("not_in_channel")
    oldest, latest = float(body.get("oldest") or 0), float(body.get("latest") or "inf")
    edge = truthy(body.get("inclusive"))
    found = [message for message in reversed(room.messages) if _within(message, oldest, latest, edge=edge)]
    limit = int(body.get("limit") or PAGE)
    hidden = set() if truthy(body.get("include_all_metadata")) else {"metadata"}
    page = [{key: value for key, value in message.items() if key not in hidden} for message in found[:limit]]
    return {"messages": page, "has_more": len(found) > limit, **NO_MORE}


def _within(message: Json, oldest: float, latest: float, *, edge: bool) -> bool:
    stamp = float(message["ts"])
    return oldest <= stamp <= latest if edge else oldest < stamp < latest


def channel_object(room: Room) -> Json:
    """Slack's conversation object."""
    common = {
        "id": room.id,
        "is_channel": not room.direct and not room.private,
        "is_group": room.private,
        "is_im": room.direct,
        "is_mpim": False,
        "is_private": room.private or room.direct,
        "is_archived": False,
        "is_member": BOT in room.members,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": TEAM,
        "num_members": len(room.members),
    }
    if room.direct:
        return common | {"user": room.members[0]}
    return common | {"name": room.name, "name_normalized": room.name, "is_general": room.name == "general"}


def truthy(value: object) -> bool:
    """A flag of a form (`"1"`, `"true"`) or of JSON."""
    return str(value).lower() in {"1", "true"}


def _kind(room: Room) -> str:
    return "private_channel" if room.private else "public_channel"


def _room(workspace: LocalWorkspace, body: Json) -> Room:
    return workspace.board.room(str(body.get("channel") or ""))


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "auth.test": auth_test,
        "team.info": team_info,
        "bots.info": bots_info,
        "users.info": users_info,
        "users.list": users_list,
        "users.lookupByEmail": users_lookup,
        "users.conversations": users_conversations,
        "usergroups.list": usergroups_list,
        "conversations.open": conversations_open,
        "conversations.info": conversations_info,
        "conversations.members": conversations_members,
        "conversations.list": conversations_list,
        "conversations.join": conversations_join,
        "conversations.history": conversations_history,
    },
)
