"""What the platform reports by itself: people and channels come, go and change.

Adapters make these from events; they stand in no `WIRES`, so no button can ever carry one.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class NoteBotAdded(Command):
    """Herald was invited into a channel."""

    wire: ClassVar[str] = "note_bot_added"
    channel: str


@dataclass(frozen=True, slots=True)
class NoteJoined(Command):
    """Somebody entered a channel."""

    wire: ClassVar[str] = "note_joined"
    channel: str
    member: str


@dataclass(frozen=True, slots=True)
class NoteLeft(Command):
    """Somebody left a channel."""

    wire: ClassVar[str] = "note_left"
    channel: str
    member: str


@dataclass(frozen=True, slots=True)
class NoteChannelChanged(Command):
    """A channel was shared, unshared, renamed, archived, lost to Herald, or got another id (`became`)."""

    wire: ClassVar[str] = "note_channel"
    channel: str
    became: str = ""


@dataclass(frozen=True, slots=True)
class NoteMemberChanged(Command):
    """An account is new, renamed, deactivated, or became a guest."""

    wire: ClassVar[str] = "note_member"
    member: str


@dataclass(frozen=True, slots=True)
class NoteUninstalled(Command):
    """Herald was taken out of the workspace, or its credential was revoked."""

    wire: ClassVar[str] = "note_uninstalled"
