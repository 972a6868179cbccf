"""Activities of Teams, read into our own values.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object.
`conversation.tenantId` and `from.aadObjectId` come along on Teams; the SDK's own model drops the first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from adapters.teams.pictures import attached
from adapters.teams.plain import Json
from adapters.teams.wire import (
    PERSONAL,
    Changed,
    DialogOpened,
    DialogSent,
    Event,
    ExtensionOpened,
    Installed,
    Malformed,
    Moved,
    Other,
    Pressed,
    Said,
    Scene,
    Someone,
)

_AT = re.compile(r"<at[^>]*>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_CALLED = re.compile(r"^(?:@|/)herald\b[\s,:]*", re.IGNORECASE)
"""Herald's name typed by hand, where Teams made no mention of it: our own texts say "@Herald setup"."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of JSON that somebody else wrote: reading what is not there gives nothing, and no error."""

    raw: Json = field(default_factory=dict)

    def part(self, name: str) -> "_Part":
        found = self.raw.get(name)
        return _Part(found if isinstance(found, dict) else {})

    def text(self, name: str) -> str:
        found = self.raw.get(name)
        return found if isinstance(found, str) else ""

    def parts(self, name: str) -> Iterable["_Part"]:
        found = self.raw.get(name)
        return (_Part(each) for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def read(activity: Json) -> Event:
    """The event of an activity; raises `Malformed` for one without a type, a conversation or a tenant."""
    whole = _Part(activity)
    at = scene(activity)
    match whole.text("type"):
        case "message":
            return _message(whole, at)
        case "invoke":
            return _invoke(whole, at)
        case "installationUpdate":
            action = whole.text("action")
            return Installed(at, added=action.startswith("add"), new=action == "add")
        case "conversationUpdate":
            return _conversation(whole, at)
        case other:
            return Other(at, other)


def scene(activity: Json) -> Scene:
    """Who acts where; raises `Malformed`."""
    whole = _Part(activity)
    sender, conversation = whole.part("from"), whole.part("conversation")
    data = whole.part("channelData")
    channel, tenant = _channel(whole), _tenant(whole)
    if not whole.text("type") or not channel or not tenant:
        raise Malformed("no type, no conversation or no tenant")
    device = _device(whole)
    return Scene(
        id=whole.text("id"), tenant=tenant, service_url=whole.text("serviceUrl"),
        conversation=channel, kind=conversation.text("conversationType") or PERSONAL,
        user=sender.text("aadObjectId"), mri=sender.text("id"), name=sender.text("name"),
        home=sender.text("tenantId") or tenant, bot=whole.part("recipient").text("id"),
        shown=whole.text("replyToId"), team=data.part("team").text("id"),
        team_name=data.part("team").text("name"),
        conversation_name=data.part("channel").text("name") or conversation.text("name"),
        language=whole.text("locale") or device.text("locale") or None,
        zone=whole.text("localTimezone") or device.text("timezone"),
        targeted=whole.part("recipient").raw.get("isTargeted") is True,
    )  # fmt: skip


def _tenant(whole: _Part) -> str:
    told = whole.part("channelData").part("tenant").text("id")
    return told or whole.part("conversation").text("tenantId")


def _channel(whole: _Part) -> str:
    """The conversation without its thread: `19:…@thread.tacv2;messageid=…` is a thread of a channel."""
    told = whole.part("channelData").part("channel").text("id")
    return told or whole.part("conversation").text("id").partition(";")[0]


def _device(whole: _Part) -> _Part:
    found = [entity for entity in whole.parts("entities") if entity.text("type") == "clientInfo"]
    return found[0] if found else _Part()


def _message(whole: _Part, at: Scene) -> Said | Pressed:
    value = whole.part("value")
    if value.raw:
        return Pressed(at, value.raw, answered=False)
    return Said(at, _words(whole, at), attached(whole.raw))


def _words(whole: _Part, at: Scene) -> str:
    """What was said, without the mentions of Herald; those of others stay as their names."""
    words = whole.text("text")
    for entity in whole.parts("entities"):
        if entity.text("type") == "mention" and entity.part("mentioned").text("id") == at.bot:
            words = words.replace(entity.text("text"), " ")
    said = " ".join(_AT.sub(r"\1", words).replace("\u00a0", " ").replace("&nbsp;", " ").split())
    return _CALLED.sub("", said)


def _invoke(whole: _Part, at: Scene) -> Event:
    value = whole.part("value")
    match whole.text("name"):
        case "adaptiveCard/action":
            return Pressed(at, value.part("action").part("data").raw)
        case "task/fetch":
            return DialogOpened(at, value.part("data").raw)
        case "task/submit":
            return DialogSent(at, value.part("data").raw)
        case "composeExtension/submitAction":
            return DialogSent(at, value.part("data").raw, extension=True)
        case "composeExtension/fetchTask":
            return ExtensionOpened(at, value.text("commandId"), value.part("messagePayload").raw or None)
        case other:
            return Other(at, other, invoke=True)


def _conversation(whole: _Part, at: Scene) -> Event:
    came, went = (tuple(_people(whole, name)) for name in ("membersAdded", "membersRemoved"))
    if came or went:
        return Moved(at, came, went)
    return Changed(at, whole.part("channelData").text("eventType"))


def _people(whole: _Part, name: str) -> Iterable[Someone]:
    for found in whole.parts(name):
        yield Someone(found.text("aadObjectId"), found.text("id"), found.text("name"))
