"""The manifest: Slack's own limits, least scopes, and what the code needs."""

import json
import re
from pathlib import Path
from typing import Any

from adapters.slack.connect import EVENTS
from adapters.slack.events import CHANGED
from adapters.slack.listeners import SUGGEST
from adapters.slack.manifest import FILE, HISTORY, manifest

DOCS = Path(__file__).parents[2] / "docs" / "slack.md"


def of(*path: str | int, drawn: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  JSON
    found: Any = drawn or manifest()
    for step in path:
        found = found[step]
    return found


def test_it_stays_within_slacks_limits() -> None:
    """github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json."""
    about = of("display_information")
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4_000
    assert all(len(shortcut["name"]) <= 24 for shortcut in of("features", "shortcuts"))
    assert all(len(command["command"]) <= 32 for command in of("features", "slash_commands"))


def test_it_names_what_the_listeners_wait_for() -> None:
    assert [shortcut["callback_id"] for shortcut in of("features", "shortcuts")] == [SUGGEST]
    assert [command["command"] for command in of("features", "slash_commands")] == ["/story", "/herald"]
    assert set(of("settings", "event_subscriptions", "bot_events")) == CHANGED | {
        "app_home_opened",
        "app_uninstalled",
        "channel_id_changed",
        "member_joined_channel",
        "member_left_channel",
        "team_join",
        "tokens_revoked",
        "user_change",
    }


def test_no_scope_reads_messages_unless_asked() -> None:
    scopes = of("oauth_config", "scopes", "bot")
    assert not any("history" in scope for scope in scopes)
    more = of("oauth_config", "scopes", "bot", drawn=manifest(reconcile=True))
    assert set(more) - set(scopes) == set(HISTORY)


def test_every_scope_is_explained() -> None:
    explained = set(re.findall(r"`([a-z:.]+)`", DOCS.read_text(encoding="utf-8")))
    assert set(of("oauth_config", "scopes", "bot")) <= explained


def test_over_http_every_address_is_the_door() -> None:
    drawn = manifest(url="https://herald.example/")
    assert of("settings", "socket_mode_enabled", drawn=drawn) is False
    door = f"https://herald.example{EVENTS}"
    assert of("settings", "event_subscriptions", "request_url", drawn=drawn) == door
    assert of("settings", "interactivity", "request_url", drawn=drawn) == door
    assert [command["url"] for command in of("features", "slash_commands", drawn=drawn)] == [door, door]


def test_the_file_is_the_one_the_slack_cli_finds() -> None:
    assert Path(__file__).parents[2] / "manifest.json" == FILE
    assert json.loads(FILE.read_text(encoding="utf-8")) == manifest()
    assert of("settings", "socket_mode_enabled") is True
