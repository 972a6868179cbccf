"""Teams' activities, as learn.microsoft.com/azure/bot-service and the Agents Playground have them."""

from itertools import count
from typing import Any

from tests.teams.server import APP, TEAM, TENANT

Json = dict[str, Any]
LEA = "a1ea0000-0000-4000-8000-000000000001"
CHANNEL = "19:stories@thread.tacv2"
CHAT = f"a:{LEA}"
_numbers = count(1)


def activity(kind: str, *, where: str = CHAT, user: str = LEA, **more: Any) -> Json:  # noqa: ANN401  JSON
    """What all have in common. In a channel, the conversation names the thread."""
    personal = where.startswith("a:")
    channel = where.endswith("tacv2")
    data: Json = {"tenant": {"id": TENANT}}
    if channel:
        data |= {"channel": {"id": where}, "team": {"id": TEAM, "name": "Acme"}}
    return {
        "type": kind,
        "id": f"f:{next(_numbers)}",
        "timestamp": "2026-11-23T09:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": "set by the desk",
        "from": {"id": f"29:{user}", "name": "Léa Martin", "aadObjectId": user},
        "conversation": {
            "id": f"{where};messageid=1" if channel else where,
            "conversationType": "personal" if personal else "channel" if channel else "groupChat",
            "tenantId": TENANT,
            **({"isGroup": True} if not personal else {}),
        },
        "recipient": {"id": f"28:{APP}", "name": "Herald"},
        "entities": [{"type": "clientInfo", "locale": "fr-FR", "platform": "Web"}],
        "channelData": data,
        "locale": "fr-FR",
        "localTimezone": "Europe/Paris",
        **more,
    }


def said(words: str, where: str = CHAT, **more: Any) -> Json:  # noqa: ANN401  JSON
    """A message; outside the 1:1 chat it mentions Herald."""
    if where.startswith("a:"):
        return activity("message", where=where, text=words, **more)
    at = f"<at>Herald</at> {words}"
    mention = {
        "type": "mention",
        "mentioned": {"id": f"28:{APP}", "name": "Herald"},
        "text": "<at>Herald</at>",
    }
    return activity("message", where=where, text=at, entities=[mention], **more)


def invoke(name: str, value: Json, where: str = CHAT, **more: Any) -> Json:  # noqa: ANN401  JSON
    """A request that waits for an answer."""
    return activity("invoke", where=where, name=name, value=value, **more)


def press(data: Json, where: str = CHANNEL, **more: Any) -> Json:  # noqa: ANN401  JSON
    """A button of a card (Action.Execute) in a channel."""
    action = {"type": "Action.Execute", "verb": "herald", "data": data}
    more = {"replyToId": "1700000000001"} | more
    return invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}, where, **more)


def fetch(data: Json, where: str = CHANNEL, **more: Any) -> Json:  # noqa: ANN401  JSON
    """A button that opens a dialog."""
    value = {"data": {"msteams": {"type": "task/fetch"}, **data}, "context": {"theme": "default"}}
    return invoke("task/fetch", value, where, replyToId="1700000000001", **more)


def submit(data: Json, where: str = CHANNEL, **more: Any) -> Json:  # noqa: ANN401  JSON
    """A button inside a dialog."""
    return invoke("task/submit", {"data": data, "context": {"theme": "default"}}, where, **more)


def extension(message: Json | None = None, where: str = CHANNEL, **more: Any) -> Json:  # noqa: ANN401  JSON
    """*Suggest a story* from the compose box, or from a message."""
    value: Json = {"commandId": "suggest", "commandContext": "message" if message else "compose"}
    return invoke(
        "composeExtension/fetchTask", value | ({"messagePayload": message} if message else {}), where, **more
    )


def extension_sent(data: Json, where: str = CHANNEL) -> Json:
    """A button inside a dialog that the message extension opened."""
    value = {"commandId": "suggest", "commandContext": "compose", "data": data}
    return invoke("composeExtension/submitAction", value, where)


def installed(action: str = "add", where: str = CHAT, **more: Any) -> Json:  # noqa: ANN401  JSON
    """Herald was added, or taken out."""
    return activity("installationUpdate", where=where, action=action, **more)


def moved(came: tuple[str, ...] = (), went: tuple[str, ...] = (), where: str = CHANNEL) -> Json:
    """People came and went; `herald` is Herald itself."""
    return activity(
        "conversationUpdate",
        where=where,
        membersAdded=[_member(user) for user in came],
        membersRemoved=[_member(user) for user in went],
    )


def changed(what: str, where: str = CHANNEL) -> Json:
    """A channel or team is not what it was."""
    drawn = activity("conversationUpdate", where=where)
    drawn["channelData"]["eventType"] = what
    return drawn


def _member(user: str) -> Json:
    return {"id": f"28:{APP}"} if user == "herald" else {"id": f"29:{user}", "aadObjectId": user}
