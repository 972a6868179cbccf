"""Slack's events as commands: who came, who left, what changed."""

from adapters.slack.plain import Json
from adapters.slack.who import Ours, channel_of, user_of
from bot.commands import Command
from bot.commands.settling import (
    NoteBotAdded,
    NoteChannelChanged,
    NoteJoined,
    NoteLeft,
    NoteMemberChanged,
    NoteUninstalled,
)

CHANGED = frozenset({
    "channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_shared",
    "channel_unarchive", "channel_unshared", "group_archive", "group_deleted", "group_left",
    "group_rename", "group_unarchive",
})  # fmt: skip
"""Events about a channel: what became of it, Herald asks Slack."""


def noted(payload: Json, ours: Ours) -> Command | None:
    """What an event tells Herald; None for the many that tell it nothing."""
    event = payload["event"]
    match event.get("type"):
        case "user_change" | "team_join":
            return NoteMemberChanged(ours.within(user_of(payload)))
        case "app_uninstalled":
            return NoteUninstalled()
        case "tokens_revoked":
            return NoteUninstalled() if (event.get("tokens") or {}).get("bot") else None
        case "channel_id_changed":
            old, new = event["old_channel_id"], event["new_channel_id"]
            return NoteChannelChanged(ours.within(old), became=ours.within(new))
        case _:
            channel = channel_of(payload)
            return (
                _in_channel(event["type"], ours, ours.within(channel), user_of(payload)) if channel else None
            )


def _in_channel(kind: str, ours: Ours, channel: str, user: str) -> Command | None:
    herald = user == ours.bot_user
    if kind == "member_joined_channel":
        return NoteBotAdded(channel) if herald else NoteJoined(channel, ours.within(user))
    if kind == "member_left_channel" and not herald:
        return NoteLeft(channel, ours.within(user))
    return NoteChannelChanged(channel) if kind in CHANGED or kind == "member_left_channel" else None
