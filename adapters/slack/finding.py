"""Looking for a message of ours after a lost answer, by the operation in its metadata."""

from datetime import datetime, timedelta

from adapters.slack.api import Api
from adapters.slack.plain import Json
from bot.ports import CannotTell, LockedOut

EVENT = "herald_card"
"""The kind of metadata on our messages; it holds the operation's id and nothing else: anybody may read it."""
BEFORE = timedelta(minutes=2)
"""How far Slack's clock may be behind ours."""
PAGE, PAGES = "200", 20
"""Messages per call, and calls, before a channel is too busy to look through."""


async def find(api: Api, address: str, operation: str, since: datetime) -> str | None:
    """The message of an operation in a channel or a 1:1 conversation; needs the scopes of its history."""
    try:
        channel = await _channel(api, address)
        return await _find(api, channel, operation, f"{(since - BEFORE).timestamp():.6f}")
    except LockedOut as locked:
        if "missing_scope" not in str(locked):
            raise
        raise CannotTell(f"{address}: no scope for its history") from locked


async def _channel(api: Api, address: str) -> str:
    """A 1:1 conversation has an id of its own; opening it again finds it."""
    if not address.startswith(("U", "W")):
        return address
    opened = await api.ask("conversations.open", users=address)
    return str(opened["channel"]["id"])


async def _find(api: Api, channel: str, operation: str, oldest: str) -> str | None:
    cursor: dict[str, str] = {}
    for _ in range(PAGES):
        page = await api.ask(
            "conversations.history", channel=channel, oldest=oldest, limit=PAGE,
            inclusive="true", include_all_metadata="true", **cursor,
        )  # fmt: skip
        for message in page.get("messages") or []:
            if _operation(message) == operation:
                return f"{channel}:{message['ts']}"
        following = (page.get("response_metadata") or {}).get("next_cursor")
        if not following:
            return None
        cursor = {"cursor": following}
    raise CannotTell(f"{channel}: too much was said since")


def _operation(message: Json) -> object:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("op") if metadata.get("event_type") == EVENT else None
