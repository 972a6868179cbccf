"""Slack's interaction payloads, as docs.slack.dev/reference/interaction-payloads has them."""

from typing import Any

Json = dict[str, Any]


def user(name: str = "ULEA", team: str = "T1") -> Json:
    return {"id": name, "username": name.lower(), "name": name.lower(), "team_id": team}


def press(value: str | None, who: Json | None = None, **more: Any) -> Json:  # noqa: ANN401  JSON
    """A button of a message in #stories."""
    action = {"type": "button", "action_id": "herald:0", "block_id": "x", "action_ts": "1.0"}
    return {
        "type": "block_actions",
        "team": {"id": "T1", "domain": "acme"},
        "user": who or user(),
        "api_app_id": "A1",
        "trigger_id": "1.2.press",
        "container": {
            "type": "message",
            "message_ts": "1.1",
            "channel_id": "CSTORIES",
            "is_ephemeral": False,
        },
        "channel": {"id": "CSTORIES", "name": "stories"},
        "message": {"type": "message", "ts": "1.1", "bot_id": "BHERALD"},
        "state": {"values": {}},
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [action if value is None else action | {"value": value}],
        **more,
    }


def in_view(shown: Json, value: str, who: Json | None = None) -> Json:
    """A button inside an open form."""
    pressed = press(value, who)
    for gone in ("channel", "message", "response_url", "state"):
        del pressed[gone]
    return pressed | {"container": {"type": "view", "view_id": shown["id"]}, "view": shown}


def at_home(value: str, who: Json | None = None) -> Json:
    """A button in the Home tab."""
    home = {"id": "VHOME", "type": "home", "hash": "1.home", "blocks": [], "state": {"values": {}}}
    return in_view(home, value, who)


def open_view(drawn: Json, *, state: Json | None = None, **more: str) -> Json:
    """A view as Slack gives it back."""
    given = {
        "id": "V1",
        "hash": "1.hash",
        "team_id": "T1",
        "bot_id": "BHERALD",
        "app_installed_team_id": "T1",
    }
    return drawn | given | {"state": {"values": state or {}}} | more


def submit(shown: Json, who: Json | None = None) -> Json:
    """A form, sent."""
    return {
        "type": "view_submission",
        "team": {"id": "T1", "domain": "acme"},
        "user": who or user(),
        "trigger_id": "1.2.submit",
        "view": shown,
        "response_urls": [],
    }


def close(shown: Json) -> Json:
    """A form, closed."""
    return {"type": "view_closed", "team": {"id": "T1"}, "user": user(), "view": shown, "is_cleared": False}


def typed(**words: str) -> Json:
    """What stands in writing fields."""
    return {name: {name: {"type": "plain_text_input", "value": value}} for name, value in words.items()}


def shortcut(text: str, channel: Json, **message: str) -> Json:
    """*Suggest a story* on a message."""
    return {
        "type": "message_action",
        "callback_id": "suggest",
        "team": {"id": "T1", "domain": "acme"},
        "user": user(),
        "trigger_id": "1.2.shortcut",
        "message_ts": "1.1",
        "channel": channel,
        "message": {"type": "message", "text": text, "ts": "1.1", **message},
        "response_url": "https://hooks.slack.com/app/T1/1/x",
    }
