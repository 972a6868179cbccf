"""What a person does in the local workspace, turned into signed requests; what Herald answers, shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.local import payloads
from adapters.local.blocks import named, parts, problems
from adapters.local.board import Room, SlackError
from adapters.local.payloads import Given
from adapters.local.people import BOT, BY_ID, TEAM, Json, short_name, user_object
from adapters.local.values import state_values
from adapters.local.wire import Ack
from adapters.local.workspace import LocalWorkspace

SILENT, REFUSED, UNKNOWN_COMMAND, NOT_MEMBER = "silent", "refused", "unknown_command", "not_member"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page shows after an act: nothing, field errors, or a note (`silent`: no answer)."""

    note: str = ""
    detail: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def shown(self) -> Json:
        """The outcome as the page reads it."""
        return {"note": self.note, "detail": self.detail, "errors": dict(self.errors)}


def _outcome(ack: Ack) -> Outcome:
    if ack.good:
        return Outcome()
    note = REFUSED if ack.status else SILENT
    return Outcome(note, str(ack.status or ack.body.get("error", "")))


async def say(workspace: LocalWorkspace, user: str, channel: str, text: str) -> Outcome:
    """The composer: a slash command or a plain message."""
    room = _room_of(workspace, user, channel)
    if room.direct and not workspace.offers.writable:
        raise SlackError("messages_tab_disabled")
    if not text.startswith("/"):
        return await _message(workspace, user, room, text)
    name, _, rest = text.partition(" ")
    if name == "/invite":
        return await _invite(workspace, user, room, rest)
    if name not in workspace.offers.commands:
        return Outcome(UNKNOWN_COMMAND, name)
    return await _command(workspace, user, room, name, rest.strip())


async def press(workspace: LocalWorkspace, user: str, channel: str, ts: str, act: Json) -> Outcome:
    """Press or choose something in a message. `act`: block_id, action_id, held (its new value), given."""
    room = _room_of(workspace, user, channel)
    message = _shown(workspace, user, room, ts)
    pressed = _pressed(message.get("blocks") or [], act) | {"given": act.get("given") or {}}
    seen = payloads.evidence(pressed)
    ack = await workspace.wire.payload("block_actions", _in_message(workspace, user, room, message, pressed))
    if ack.good:
        workspace.journal.saw("press", user, seen, channel)
    return _outcome(ack)


def _in_message(workspace: LocalWorkspace, user: str, room: Room, message: Json, pressed: Json) -> Json:
    hidden = {"to", "channel"} if message.get("is_ephemeral") else set()
    shown = {key: value for key, value in message.items() if key not in hidden}
    return payloads.press_in_message(workspace, user, room, shown, pressed)


async def press_in_view(workspace: LocalWorkspace, user: str, view_id: str, act: Json) -> Outcome:
    """Press or choose something in an open form or in Home."""
    view = _view(workspace, user, view_id)
    given = act.get("given") or {}
    pressed = _pressed(view["blocks"], act)
    sent = payloads.press_in_view(workspace, user, view, given, pressed)
    ack = await workspace.wire.payload("block_actions", sent)
    if ack.good:
        workspace.journal.saw("press", user, payloads.evidence(pressed), view["type"])
    return _outcome(ack)


async def submit(workspace: LocalWorkspace, user: str, view_id: str, given: Given) -> Outcome:
    """Send a form; its answer may name errors at fields, replace, add or close forms."""
    _, view = workspace.stage.find(view_id)
    sent = payloads.submission(workspace, user, view, given)
    ack = await workspace.wire.payload("view_submission", sent)
    if not ack.good:
        return _outcome(ack)
    try:
        outcome = _respond(workspace, user, view, ack.body)
    except SlackError as refusal:
        return Outcome(REFUSED, refusal.code)
    if not outcome.errors:
        workspace.journal.saw("submit", user, payloads.asked(view))
    workspace.journal.tell("view", user=user)
    return outcome


def _respond(workspace: LocalWorkspace, user: str, view: Json, answer: Json) -> Outcome:
    stage, given = workspace.stage, answer.get("view") or {}
    action = answer.get("response_action")
    if action in {"update", "push"} and problems(given.get("blocks"), "modal"):
        raise SlackError("invalid_arguments")
    match action:
        case "errors":
            return Outcome(errors=answer.get("errors") or {})
        case "update":
            stage.updated(view, given)
        case "push":
            stage.pushed(given, user, view["source"])
        case "clear":
            stage.modals[user] = []
        case _:
            stack = stage.modals.get(user, [])
            stage.modals[user] = [other for other in stack if other is not view]
    return Outcome()


async def close(workspace: LocalWorkspace, user: str, view_id: str, given: Given) -> Outcome:
    """Close a form with Escape, its cross or its close button; Herald hears of it when it asked to."""
    _, view = workspace.stage.find(view_id)
    workspace.stage.close(user, view)
    workspace.journal.tell("view", user=user)
    if not view["notify_on_close"]:
        return Outcome()
    return _outcome(await workspace.wire.payload("view_closed", payloads.closing(user, view, given)))


async def shortcut(workspace: LocalWorkspace, user: str, channel: str, ts: str, callback: str) -> Outcome:
    """Choose a message shortcut in a message's menu."""
    room = _room_of(workspace, user, channel)
    message = workspace.board.existing(room.id, ts)
    sent = payloads.message_shortcut(workspace, user, room, message, callback)
    ack = await workspace.wire.payload("message_action", sent)
    if ack.good:
        workspace.journal.saw("shortcut", user, callback, channel)
    return _outcome(ack)


async def open_herald(workspace: LocalWorkspace, user: str, tab: str) -> Outcome:
    """Open the person's Home or Messages tab with Herald."""
    room = workspace.board.direct(user)
    event: Json = {"type": "app_home_opened", "user": user, "channel": room.id, "tab": tab}
    if tab == "home" and user in workspace.stage.homes:
        event["view"] = payloads.view_of(workspace.stage.homes[user], {})
    return await _event(workspace, event)


async def tell_language(workspace: LocalWorkspace) -> None:
    """Tell Herald of everybody's new language, when it listens to `user_change`."""
    from_person = ({"type": "user_change", "user": describe(workspace, user)} for user in BY_ID)
    for event in from_person:
        await _event(workspace, event)


def describe(workspace: LocalWorkspace, user: str) -> Json | None:
    """The person as Slack describes them now."""
    return user_object(user, workspace.language)


async def _event(workspace: LocalWorkspace, event: Json) -> Outcome:
    if event["type"] not in workspace.offers.events and _subscription(event) not in workspace.offers.events:
        return Outcome()
    stamped = event | {"event_ts": workspace.board.stamp()}
    return _outcome(await workspace.wire.event(event["type"], payloads.envelope(stamped)))


def _subscription(event: Json) -> str:
    kinds = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}
    return kinds.get(str(event.get("channel_type")), "")


async def _message(workspace: LocalWorkspace, user: str, room: Room, text: str) -> Outcome:
    message = workspace.board.put(room, {"user": user, "text": payloads.typed(text)})
    workspace.journal.tell("message", channel=room.id, ts=message["ts"])
    kind = "im" if room.direct else "group" if room.private else "channel"
    return await _event(workspace, message | {"channel": room.id, "channel_type": kind})


async def _command(workspace: LocalWorkspace, user: str, room: Room, name: str, text: str) -> Outcome:
    fields = payloads.command(workspace, user, room, name, payloads.escaped(text))
    ack = await workspace.wire.form(name, fields)
    if not ack.good:
        return _outcome(ack)
    workspace.journal.saw("command", user, f"{name} {text}".strip(), room.id)
    show(workspace, user, room.id, ack.body)
    return Outcome()


def show(workspace: LocalWorkspace, user: str, channel: str, body: Json) -> None:
    """Show an answer to a command or response_url: to the channel if it says so, else to the person."""
    if not body.get("text") and not body.get("blocks"):
        return
    if problems(body.get("blocks") or [], "message"):
        raise SlackError("invalid_blocks")
    body = body | {"blocks": named(body.get("blocks") or [])}
    if body.get("response_type") == "in_channel":
        workspace.speak_as_herald(channel, body)
        return
    workspace.board.whisper(channel, user, body)
    workspace.journal.tell("whisper", channel=channel, user=user)


async def _invite(workspace: LocalWorkspace, user: str, room: Room, text: str) -> Outcome:
    wanted = text.strip().lstrip("@").casefold()
    known = {short_name(member): member for member in (*BY_ID, BOT)}
    invited = known.get(wanted)
    if invited is None or room.direct:
        return Outcome(UNKNOWN_COMMAND, f"/invite {text}")
    if invited in room.members:
        return Outcome()
    room.members.append(invited)
    kind = "G" if room.private else "C"
    event = {"type": "member_joined_channel", "user": invited, "channel": room.id, "channel_type": kind}
    workspace.journal.tell("message", channel=room.id)
    return await _event(workspace, event | {"team": TEAM, "inviter": user})


def _room_of(workspace: LocalWorkspace, user: str, channel: str) -> Room:
    room = workspace.board.room(channel)
    if user not in room.members:
        raise SlackError("not_in_channel")
    return room


def _shown(workspace: LocalWorkspace, user: str, room: Room, ts: str) -> Json:
    for whisper in workspace.board.whispers:
        if whisper["ts"] == ts and whisper["to"] == user:
            return whisper
    return workspace.board.existing(room.id, ts)


def _view(workspace: LocalWorkspace, user: str, view_id: str) -> Json:
    home = workspace.stage.homes.get(user)
    if home and home["id"] == view_id:
        return home
    return workspace.stage.find(view_id)[1]


def _pressed(blocks: list[Json], act: Mapping[str, Any]) -> Json:
    for block in blocks:
        for element in parts(block):
            if block.get("block_id") == act["block_id"] and element.get("action_id") == act["action_id"]:
                given = {block["block_id"]: {element["action_id"]: act.get("held") or {}}}
                held = state_values([block], given).get(block["block_id"], {}).get(element["action_id"], {})
                return payloads.action(element, block["block_id"], held or act.get("held") or {})
    raise SlackError("element_not_found")
