"""Slack's payloads, shaped as docs.slack.dev/reference/interaction-payloads shows them."""

import re
import secrets
import time
from typing import Any

from adapters.local.board import Room, opaque
from adapters.local.people import APP, BOT, TEAM, Json, short_name
from adapters.local.values import state_values
from adapters.local.workspace import LocalWorkspace

TEAM_DOMAIN = "local"
VERIFICATION = "local-verification-token"
"""The old verification token: sent by Slack still, trusted by nobody."""
_HIDDEN = frozenset({"source"})
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]")

Given = dict[str, dict[str, Any]]


def person(user: str) -> Json:
    """The acting person, as interactions carry them."""
    return {"id": user, "username": short_name(user), "name": short_name(user), "team_id": TEAM}


def channel_name(room: Room) -> str:
    """What Slack calls the channel in a payload."""
    if room.direct:
        return "directmessage"
    return "privategroup" if room.private else room.name


def view_of(view: Json, given: Given) -> Json:
    """A form as interactions carry it, with what its fields hold."""
    shown = {key: value for key, value in view.items() if key not in _HIDDEN}
    return shown | {"state": {"values": state_values(view["blocks"], given)}}


def _common(kind: str, user: str, trigger: str) -> Json:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "user": person(user),
        "api_app_id": APP,
        "token": VERIFICATION,
        "trigger_id": trigger,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def action(element: Json, block_id: str, held: Json) -> Json:
    """`actions[0]`: the pressed element with what it now holds."""
    kept: Json = {
        key: element[key] for key in ("type", "action_id", "text", "value", "url", "style") if key in element
    }
    if element["type"] == "overflow":
        kept["selected_option"] = held.get("selected_option")
    elif element["type"] != "button":
        kept |= held
    return kept | {"block_id": block_id, "action_ts": f"{time.time():.6f}"}


def evidence(pressed: Json) -> str:
    """What was pressed, in Herald's own words: the wire of the button or of the chosen option."""
    chosen = (pressed.get("selected_option") or {}).get("value", "")
    return f"{pressed['action_id']} {pressed.get('value') or chosen}".strip()


def asked(view: Json) -> str:
    """What sending a form asks, in Herald's own words: what opened it, its name, what it carries."""
    return f"{view['source']} {view['callback_id']} {view['private_metadata']}".replace("\n", " ")


def escaped(text: str) -> str:
    """What somebody typed, with Slack's three escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str) -> str:
    """A message as Slack stores it: escaped, its links in angle brackets."""
    return _LINK.sub(lambda link: f"<{link[0]}>", escaped(text))


def press_in_message(workspace: LocalWorkspace, user: str, room: Room, message: Json, pressed: Json) -> Json:
    """`block_actions` from a message; an ephemeral one is named but not carried."""
    ephemeral = bool(message.get("is_ephemeral"))
    given = pressed.pop("given", {})
    payload = _common("block_actions", user, workspace.stage.trigger(user, evidence(pressed)))
    payload |= {
        "container": {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": room.id,
            "is_ephemeral": ephemeral,
        },
        "channel": {"id": room.id, "name": channel_name(room)},
        "state": {"values": state_values(message.get("blocks") or [], given)},
        "response_url": workspace.response_url(user, room.id, message["ts"]),
        "actions": [pressed],
    }
    return payload if ephemeral else payload | {"message": message}


def press_in_view(workspace: LocalWorkspace, user: str, view: Json, given: Given, pressed: Json) -> Json:
    """`block_actions` from a form or Home tab."""
    source = f"{view.get('source', 'home')} {evidence(pressed)}"
    payload = _common("block_actions", user, workspace.stage.trigger(user, source))
    shown = view_of(view, given)
    return payload | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": shown,
        "state": shown["state"],
        "actions": [pressed],
    }


def submission(workspace: LocalWorkspace, user: str, view: Json, given: Given) -> Json:
    """`view_submission`."""
    payload = _common("view_submission", user, workspace.stage.trigger(user, view["source"]))
    return payload | {"view": view_of(view, given), "response_urls": []}


def closing(user: str, view: Json, given: Given) -> Json:
    """`view_closed`; it opens nothing, so it has no trigger."""
    payload = _common("view_closed", user, "")
    payload.pop("trigger_id")
    return payload | {"view": view_of(view, given), "is_cleared": view["clear_on_close"]}


def message_shortcut(workspace: LocalWorkspace, user: str, room: Room, message: Json, callback: str) -> Json:
    """`message_action`: a shortcut of a message's own menu."""
    return _common("message_action", user, workspace.stage.trigger(user, callback)) | {
        "callback_id": callback,
        "action_ts": f"{time.time():.6f}",
        "channel": {"id": room.id, "name": channel_name(room)},
        "message_ts": message["ts"],
        "message": message,
        "response_url": workspace.response_url(user, room.id, message["ts"]),
    }


def command(workspace: LocalWorkspace, user: str, room: Room, name: str, text: str) -> dict[str, str]:
    """A slash command's form fields."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": room.id,
        "channel_name": channel_name(room),
        "user_id": user,
        "user_name": short_name(user),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": workspace.response_url(user, room.id),
        "trigger_id": workspace.stage.trigger(user, name.removeprefix("/")),
    }


def envelope(event: Json) -> Json:
    """An event in the envelope of the Events API."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": opaque("Ev0"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            },
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(16)}",
    }
