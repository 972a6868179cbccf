"""The local workspace: one object that holds what Slack would hold for people without an account."""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from adapters.local.blocks import wires
from adapters.local.board import Board, SlackError, from_bot
from adapters.local.faults import Faults
from adapters.local.files import Files
from adapters.local.journal import Journal
from adapters.local.people import LOCALES, Json
from adapters.local.stage import Stage
from adapters.local.teams.side import Side
from adapters.local.wire import Wire

TOKEN = "xoxb-local"  # noqa: S105  made up, and for this machine only
"""The bot token the Web API accepts; it opens nothing outside this machine."""
RESPONSE_USES, RESPONSE_SECONDS = 5, 1800.0

COMMANDS = ("/story", "/herald")
EVENTS = frozenset({"app_home_opened", "member_joined_channel", "member_left_channel"})
SHORTCUTS: Mapping[str, str] = MappingProxyType({"suggest": "Suggest a story"})


@dataclass(frozen=True, slots=True)
class Offers:
    """What Herald's manifest declares and Slack therefore sends: commands, message shortcuts, events.

    `writable` is whether one can write to Herald in the 1:1.
    """

    commands: tuple[str, ...] = COMMANDS
    shortcuts: Mapping[str, str] = field(default_factory=lambda: SHORTCUTS)
    events: frozenset[str] = EVENTS
    writable: bool = True

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "Offers":
        """Read a Slack app manifest (`manifest.json`)."""
        features = manifest.get("features", {})
        subscribed = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
        shortcuts = features.get("shortcuts", [])
        return cls(
            tuple(entry["command"] for entry in features.get("slash_commands", [])),
            {entry["callback_id"]: entry["name"] for entry in shortcuts if entry["type"] == "message"},
            frozenset(subscribed),
            not features.get("app_home", {}).get("messages_tab_read_only_enabled", False),
        )


@dataclass(slots=True)
class Reply:
    """A response_url: for one channel and person, a few uses within half an hour."""

    user: str
    channel: str
    ts: str
    born: float
    left: int = RESPONSE_USES


@dataclass(slots=True)
class LocalWorkspace:
    """Plays Slack's side; Teams' stands in `teams`.

    `events_url` is Herald's door on loopback, `now` the shifted time, `shift` moves it and lets Herald work,
    `reset` empties Herald.
    """

    events_url: str
    signing_secret: str
    now: Callable[[], datetime]
    shift: Callable[[timedelta], Awaitable[None]]
    reset: Callable[[], Awaitable[None]]
    offers: Offers = field(default_factory=Offers)
    language: str = "en"
    busy: str = ""
    journal: Journal = field(init=False)
    board: Board = field(init=False)
    stage: Stage = field(init=False)
    files: Files = field(init=False)
    wire: Wire = field(init=False)
    faults: Faults = field(init=False)
    teams: Side = field(init=False)
    replies: dict[str, Reply] = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.now)
        self.board = Board(self.now)
        self.stage = Stage()
        self.files = Files(self.origin)
        self.wire = Wire(self.events_url, self.signing_secret, self.journal)
        self.faults = Faults()
        self.teams = Side(self.origin, self.now, self.journal)
        self.replies = {}

    @property
    def origin(self) -> str:
        """Where this workspace is served, as Herald calls it."""
        parts = urlsplit(self.events_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        """The port that every Host header must name."""
        return urlsplit(self.events_url).port or 80

    async def restart(self) -> None:
        """Empty the workspace and Herald."""
        for part in (self.board, self.stage, self.journal, self.faults, self.replies, self.files.kept):
            part.clear()
        self.teams.tenant.clear()
        await self.reset()
        self.journal.tell("reset")

    async def close(self) -> None:
        """Let the open pages go and hang up on Herald; before the web server stops, which waits for both."""
        self.journal.end()
        await self.wire.close()
        await self.teams.line.close()

    def speak(self, language: str) -> None:
        """Let everybody's Slack speak this language (`en`, `fr`)."""
        if language not in LOCALES:
            message = f"unknown language {language!r}"
            raise ValueError(message)
        self.language = language
        self.journal.tell("language")

    def response_url(self, user: str, channel: str, ts: str = "") -> str:
        """A new address at which Herald may answer this interaction."""
        token = secrets.token_urlsafe(18)
        self.replies[token] = Reply(user, channel, ts, time.monotonic())
        return f"{self.origin}/local/slack/respond/{token}"

    def reply(self, token: str) -> Reply:
        """Use a response_url once; `used_url`, `expired_url`."""
        found = self.replies.get(token)
        if found is None or time.monotonic() - found.born > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if not found.left:
            raise SlackError("used_url")
        found.left -= 1
        return found

    def speak_as_herald(self, channel: str, body: Json) -> Json:
        """Put a message of Herald's into a channel, 1:1 or (by person id) the 1:1 with that person."""
        room = self.board.room(channel)
        message = self.board.put(room, from_bot(body))
        self.journal.saw("post", name=" ".join(wires(message.get("blocks") or [])), channel=room.id)
        self.journal.tell("message", channel=room.id, ts=message["ts"])
        return message
