"""Activities as a Teams client and Bot Connector send them.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
"""

import html
import re
import secrets
from dataclasses import dataclass

from adapters.local.people import BOT, BY_ID, LOCALES, ZONE, Json
from adapters.local.teams.people import (
    APP_ID,
    BOT_MRI,
    OBJECT_IDS,
    TEAM,
    TEAM_NAME,
    TENANT,
    member,
    mri,
)
from adapters.local.teams.tenant import Conversation
from adapters.local.workspace import LocalWorkspace

AT = "<at>Herald</at>"
SUGGEST = "suggest"
"""The command of the message extension, as the app package names it."""
HERALD = {"id": BOT_MRI, "name": "Herald"}
MENTION = {"type": "mention", "mentioned": HERALD, "text": AT}
CONTEXT = {"theme": "default"}
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]")


@dataclass(frozen=True, slots=True)
class Standing:
    """Who acts where, and on which message."""

    workspace: LocalWorkspace
    user: str
    where: Conversation
    message: str = ""


def activity(on: Standing, kind: str, **more: object) -> Json:
    """What all activities have in common; in a channel the conversation names a thread."""
    locale = LOCALES[on.workspace.language]
    client = {"type": "clientInfo", "locale": locale, "timezone": ZONE, "platform": "Web"}
    entities = more.pop("entities", [])
    return {
        "type": kind,
        "id": f"f:{secrets.token_hex(8)}",
        "timestamp": on.workspace.now().isoformat(),
        "channelId": "msteams",
        "from": {"id": mri(on.user), "name": BY_ID[on.user].name, "aadObjectId": OBJECT_IDS[on.user]},
        "conversation": _conversation(on.where, on.message or "1"),
        "recipient": dict(HERALD),
        "entities": [*(entities if isinstance(entities, list) else []), client],
        "channelData": _channel_data(on.where),
        "locale": locale,
        "localTimezone": ZONE,
        **({"replyToId": on.message} if on.message else {}),
        **more,
    }


def invoke(on: Standing, name: str, value: Json) -> Json:
    """A request whose answer is shown to whoever asked."""
    return activity(on, "invoke", name=name, value=value)


def spoken(on: Standing, words: str, *, slash: bool) -> Json:
    """Words to Herald: in the 1:1 chat as they are, elsewhere after its mention or by a slash command."""
    if on.where.personal:
        return activity(on, "message", textFormat="plain", text=words)
    if not slash:
        return activity(on, "message", textFormat="plain", text=f"{AT} {words}", entities=[MENTION])
    targeted = {"recipient": HERALD | {"isTargeted": True}}
    return activity(on, "message", textFormat="plain", text=words) | targeted


def installed(on: Standing) -> Json:
    """Somebody added Herald."""
    return activity(on, "installationUpdate", action="add")


def created(on: Standing) -> Json:
    """A channel was created: Herald hears of the team."""
    drawn = activity(on, "conversationUpdate")
    drawn["channelData"]["eventType"] = "channelCreated"
    return drawn


def picked(message: Json) -> Json:
    """A message as the message extension hands it over: its words as HTML."""
    body = _LINK.sub(
        lambda found: f'<a href="{found[0]}">{found[0]}</a>', html.escape(message["text"], quote=False)
    )
    return {
        "id": message["id"],
        "createdDateTime": message["at"],
        "messageType": "message",
        "from": _author(str(message["user"])),
        "body": {"contentType": "html", "content": f"<div>{body}</div>"},
        "attachments": [],
    }


def _author(user: str) -> Json:
    if user == BOT:
        return {"application": {"id": APP_ID, "displayName": "Herald"}, "user": None}
    found = member(user)
    return {"user": {"id": found["aadObjectId"], "displayName": found["name"]}, "application": None}


def _conversation(where: Conversation, thread: str) -> Json:
    if where.personal:
        return {"id": where.id, "conversationType": "personal", "tenantId": TENANT}
    thread_id = f"{where.id};messageid={thread}"
    return {"id": thread_id, "conversationType": "channel", "tenantId": TENANT, "isGroup": True}


def _channel_data(where: Conversation) -> Json:
    tenant: Json = {"tenant": {"id": TENANT}}
    if where.personal:
        return tenant
    channel = {"id": where.id} | ({} if where.id == TEAM else {"name": where.name})
    return tenant | {"channel": channel, "team": {"id": TEAM, "name": TEAM_NAME}}
