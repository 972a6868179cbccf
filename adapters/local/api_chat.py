"""The Web API's `chat.*` methods."""

import json
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from adapters.local.blocks import named, problems, too_long, wires
from adapters.local.board import Room, SlackError, from_bot
from adapters.local.people import BOT, BOT_ID, Json
from adapters.local.workspace import LocalWorkspace

Method = Callable[[LocalWorkspace, Json], Awaitable[Json]]

LONGEST_TEXT = 40_000


async def post_message(workspace: LocalWorkspace, body: Json) -> Json:
    """chat.postMessage."""
    room = workspace.board.room(_channel(body))
    _member(room)
    message = workspace.speak_as_herald(room.id, _content(body))
    return {"channel": room.id, "ts": message["ts"], "message": message} | _warning(body)


async def update(workspace: LocalWorkspace, body: Json) -> Json:
    """chat.update: only Herald's own messages, by channel or 1:1 id."""
    channel, ts = _channel(body), str(body.get("ts") or "")
    message = workspace.board.existing(channel, ts)
    if message.get("bot_id") != BOT_ID:
        raise SlackError("cant_update_message")
    content = _content(body)
    kept = {key: message[key] for key in ("ts", "team", "metadata", "thread_ts") if key in message}
    message.clear()
    message.update(kept | from_bot(content))
    workspace.journal.saw("redraw", name=" ".join(wires(content["blocks"])), channel=channel)
    workspace.journal.tell("message", channel=channel, ts=ts)
    return {"channel": channel, "ts": ts, "text": message["text"], "message": message}


async def delete(workspace: LocalWorkspace, body: Json) -> Json:
    """chat.delete: only Herald's own messages."""
    channel, ts = _channel(body), str(body.get("ts") or "")
    message = workspace.board.existing(channel, ts)
    if message.get("bot_id") != BOT_ID:
        raise SlackError("cant_delete_message")
    workspace.board.rooms[channel].messages.remove(message)
    workspace.journal.tell("message", channel=channel, ts=ts)
    return {"channel": channel, "ts": ts}


async def post_ephemeral(workspace: LocalWorkspace, body: Json) -> Json:
    """chat.postEphemeral: to one member of a channel."""
    room, user = workspace.board.room(_channel(body)), str(body.get("user") or "")
    _member(room)
    if user not in room.members:
        raise SlackError("user_not_in_channel")
    message = workspace.board.whisper(room.id, user, _content(body))
    workspace.journal.tell("whisper", channel=room.id, user=user)
    return {"message_ts": message["ts"]}


async def permalink(workspace: LocalWorkspace, body: Json) -> Json:
    """chat.getPermalink: an address of the local page."""
    channel, ts = _channel(body), str(body.get("message_ts") or "")
    workspace.board.existing(channel, ts)
    return {"channel": channel, "permalink": f"{workspace.origin}/#{channel}/{ts}"}


def _channel(body: Json) -> str:
    return str(body.get("channel") or "")


def _member(room: Room) -> None:
    if BOT not in room.members:
        raise SlackError("not_in_channel")


def _content(body: Json) -> Json:
    blocks = _array(body.get("blocks"))
    if not blocks and not body.get("text"):
        raise SlackError("no_text")
    found = problems(blocks, "message")
    if found:
        raise SlackError("invalid_blocks", errors=found, response_metadata={"messages": found})
    if too_long(blocks):
        raise SlackError("msg_blocks_too_long")
    content = {"text": str(body.get("text") or "")[:LONGEST_TEXT], "blocks": named(blocks)}
    metadata = _metadata(body.get("metadata"))
    return content | ({"metadata": metadata} if metadata else {}) | _thread(body)


def _thread(body: Json) -> Json:
    return {"thread_ts": body["thread_ts"]} if body.get("thread_ts") else {}


def _array(value: object) -> list[Json]:
    """Blocks arrive as JSON or, in a form, as JSON text."""
    found = read_json(value) if isinstance(value, str) and value else value
    if not found:
        return []
    if not isinstance(found, list):
        raise SlackError("invalid_blocks_format")
    return found


def read_json(value: str) -> object:
    """JSON text of a form field; `invalid_json`."""
    try:
        return json.loads(value)
    except ValueError as error:
        raise SlackError("invalid_json") from error


def _metadata(value: object) -> Json | None:
    found = read_json(value) if isinstance(value, str) and value else value
    if not found:
        return None
    if not isinstance(found, dict) or set(found) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not isinstance(found["event_payload"], dict):
        raise SlackError("invalid_metadata_schema")
    return found


def _warning(body: Json) -> Json:
    if body.get("text"):
        return {}
    return {"warning": "missing_text_in_message"}


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "chat.postMessage": post_message,
        "chat.update": update,
        "chat.delete": delete,
        "chat.postEphemeral": post_ephemeral,
        "chat.getPermalink": permalink,
    },
)
