"""The calls of Bot Connector that Herald makes: messages, conversations, rosters, a team's channels.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import quote

from adapters.teams.api import Api, Call
from adapters.teams.plain import Json
from adapters.teams.who import Ours

PAGE = 200
"""Members per call; Teams allows 500 and recommends less."""


class Connector:
    """Speaks as Herald in one tenant. `base` says where a conversation is served; it ends with a slash."""

    def __init__(self, api: Api, ours: Ours, base: Callable[[str], str]) -> None:
        """Call through `api`."""
        self._api = api
        self._ours = ours
        self._base = base

    async def enter(self) -> None:
        """Learn whether the credentials are accepted."""
        await self._api.enter()

    async def send(self, conversation: str, activity: Json) -> str:
        """Post a message to a chat, once; returns its id, empty when Teams gives none."""
        return _id(await self._post(conversation, f"{_path(conversation)}/activities", activity))

    async def whisper(self, conversation: str, recipient: str, activity: Json) -> str:
        """Post a message that one person in a channel or group chat sees, for a day."""
        path = f"{_path(conversation)}/activities?isTargetedActivity=true"
        return _id(await self._post(conversation, path, activity | {"recipient": {"id": recipient}}))

    async def reply(self, conversation: str, to: str, activity: Json) -> str:
        """Post a message under another, once."""
        path = f"{_path(conversation)}/activities/{quote(to, safe='')}"
        return _id(await self._post(conversation, path, activity | {"replyToId": to}))

    async def start_thread(self, channel: str, activity: Json) -> str:
        """Post a message of its own to a channel, once; returns its id."""
        body = {"isGroup": True, "channelData": {"channel": {"id": channel}}, "activity": activity}
        return str((await self._post(channel, "v3/conversations", body)).get("activityId") or "")

    async def start_chat(self, user: str) -> str:
        """The 1:1 chat with somebody: made, or the one that is there, so asking again is safe."""
        tenant = {"id": self._ours.tenant}
        body = {
            "isGroup": False, "bot": {"id": self._ours.bot}, "members": [{"id": user}],
            "tenantId": self._ours.tenant, "channelData": {"tenant": tenant},
        }  # fmt: skip
        call = Call("POST", self._base(user) + "v3/conversations", body, scope="address")
        return _id(await self._api.call(call))

    async def update(self, conversation: str, message: str, activity: Json) -> None:
        """Draw a message anew."""
        await self._write("PUT", conversation, message, activity | {"id": message})

    async def delete(self, conversation: str, message: str) -> None:
        """Take a message away."""
        await self._write("DELETE", conversation, message, None)

    async def members(self, conversation: str) -> AsyncIterator[list[Json]]:
        """Everybody in a conversation, page by page."""
        token = ""
        while True:
            more = f"&continuationToken={quote(token, safe='')}" if token else ""
            page = await self._get(conversation, f"{_path(conversation)}/pagedmembers?pageSize={PAGE}{more}")
            yield _listed(page.get("members"))
            token = str(page.get("continuationToken") or "")
            if not token:
                return

    async def member(self, conversation: str, user: str) -> Json:
        """One member of a conversation, by Entra object id or Teams' own id."""
        return await self._get(conversation, f"{_path(conversation)}/members/{quote(user, safe='')}")

    async def channels(self, team: str) -> list[Json]:
        """A team's channels: `id`, `name` (none for General) and `type`."""
        found = await self._get(team, f"v3/teams/{quote(team, safe='')}/conversations")
        return _listed(found.get("conversations"))

    async def team(self, team: str) -> Json:
        """A team's name, and how many are in it (`memberCount`)."""
        return await self._get(team, f"v3/teams/{quote(team, safe='')}")

    async def _get(self, conversation: str, path: str) -> Json:
        return await self._api.call(Call("GET", self._base(conversation) + path))

    async def _post(self, conversation: str, path: str, body: Json) -> Json:
        call = Call("POST", self._base(conversation) + path, body, once=True, scope="address")
        return await self._api.call(call)

    async def _write(self, verb: str, conversation: str, message: str, body: Json | None) -> None:
        path = f"{_path(conversation)}/activities/{quote(message, safe='')}"
        await self._api.call(Call(verb, self._base(conversation) + path, body, scope="address"))


def _path(conversation: str) -> str:
    return f"v3/conversations/{quote(conversation, safe='')}"


def _id(found: Json) -> str:
    return str(found.get("id") or "")


def _listed(found: Any) -> list[Json]:  # noqa: ANN401  JSON
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
