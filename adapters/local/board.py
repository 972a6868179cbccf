"""Channels, 1:1s and their messages, as Slack keeps them."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from adapters.local.people import APP, BOT, BOT_ID, BY_ID, PLACES, TEAM, Json


class SlackError(Exception):
    """A refusal that the Web API reports as `{"ok": false, "error": code}`."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(slots=True)
class Room:
    """A channel or 1:1 with its members and messages, oldest first."""

    id: str
    name: str = ""
    private: bool = False
    members: list[str] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)

    @property
    def direct(self) -> bool:
        """Whether this is somebody's 1:1 with Herald."""
        return self.id.startswith("D")

    def message(self, ts: str) -> Json | None:
        """The message with that timestamp."""
        return next((message for message in self.messages if message["ts"] == ts), None)


@dataclass(slots=True)
class Board:
    """All rooms; `now` gives the time that messages are stamped with."""

    now: Callable[[], datetime]
    rooms: dict[str, Room] = field(default_factory=dict)
    whispers: list[Json] = field(default_factory=list)
    _stamps: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Back to the channels of the first minute, all empty."""
        self.rooms = {
            place.id: Room(place.id, place.name, place.private, list(place.members)) for place in PLACES
        }
        self.whispers.clear()
        self._stamps.clear()

    def stamp(self) -> str:
        """A timestamp nobody else has, in Slack's form `seconds.micros`."""
        micros = int(self.now().timestamp() * 1_000_000)
        while micros in self._stamps:
            micros += 1
        self._stamps.add(micros)
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def room(self, channel: str) -> Room:
        """The room, by channel, 1:1 or (as chat.postMessage allows) person id; `channel_not_found`."""
        if channel in self.rooms:
            return self.rooms[channel]
        if channel in BY_ID:
            return self.direct(channel)
        raise SlackError("channel_not_found")

    def direct(self, user: str) -> Room:
        """The person's 1:1 with Herald, made when first asked for."""
        if user not in BY_ID:
            raise SlackError("user_not_found")
        return self.rooms.setdefault(f"D{user[1:]}", Room(f"D{user[1:]}", members=[user, BOT]))

    def existing(self, channel: str, ts: str) -> Json:
        """A message that must be there; `channel_not_found`, `message_not_found`."""
        message = self.rooms[channel].message(ts) if channel in self.rooms else None
        if channel not in self.rooms:
            raise SlackError("channel_not_found")
        if message is None:
            raise SlackError("message_not_found")
        return message

    def of(self, user: str) -> Iterable[Room]:
        """The rooms this person is in."""
        return (room for room in self.rooms.values() if user in room.members)

    def put(self, room: Room, message: Json) -> Json:
        """Add a message, keeping the room in order of time."""
        message = {"type": "message", "team": TEAM, **message}
        message.setdefault("ts", self.stamp())
        room.messages.append(message)
        room.messages.sort(key=lambda other: float(other["ts"]))
        return message

    def whisper(self, channel: str, user: str, body: Json) -> Json:
        """Add a message that only one person sees (ephemeral); it lives until dismissed or reset."""
        message = from_bot(body) | {"ts": self.stamp(), "channel": channel, "to": user, "is_ephemeral": True}
        self.whispers.append(message)
        return message


def from_bot(body: Json) -> Json:
    """Herald's message with the parts of the request that Slack keeps."""
    kept = {key: body[key] for key in ("blocks", "metadata", "attachments", "thread_ts") if body.get(key)}
    return {
        "type": "message",
        "user": BOT,
        "bot_id": BOT_ID,
        "app_id": APP,
        "text": body.get("text") or "",
        **kept,
    }


def opaque(prefix: str) -> str:
    """A new id in Slack's alphabet."""
    return prefix + secrets.token_hex(5).upper()
