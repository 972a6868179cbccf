"""What one person has on the screen: everything the page needs to draw, as JSON."""

from collections.abc import Mapping

from adapters.local import news
from adapters.local.board import Room, SlackError
from adapters.local.guide import guide
from adapters.local.people import BOT, BY_ID, PEOPLE, ZONE, Json
from adapters.local.teams.screen import teams_screen
from adapters.local.workspace import LocalWorkspace


def screen(workspace: LocalWorkspace, user: str) -> Json:
    """The whole state as this person may see it; `user_not_found`."""
    if user not in BY_ID:
        raise SlackError("user_not_found")
    workspace.board.direct(user)
    return {
        "person": user,
        "language": workspace.language,
        "now": workspace.now().isoformat(),
        "zone": ZONE,
        "busy": workspace.busy,
        "people": [{"id": person.id, "name": person.name, "role": person.role} for person in PEOPLE],
        "bot": BOT,
        "rooms": [_room(workspace, room, user) for room in workspace.board.of(user)],
        "all_rooms": [
            {"id": room.id, "name": room.name} for room in workspace.board.rooms.values() if room.name
        ],
        "modals": [_view(view) for view in workspace.stage.modals.get(user, [])],
        "home": _home(workspace, user),
        "commands": list(workspace.offers.commands),
        "shortcuts": dict(workspace.offers.shortcuts),
        "guide": guide(workspace.journal.seen),
        "fault": {"kind": workspace.faults.kind, "left": workspace.faults.left},
        "example": news.address(workspace, "zoe"),
        "port": workspace.port,
        "teams": teams_screen(workspace, user),
    }


def _room(workspace: LocalWorkspace, room: Room, user: str) -> Json:
    whispers = [one for one in workspace.board.whispers if one["to"] == user and one["channel"] == room.id]
    messages = sorted([*room.messages, *whispers], key=lambda message: float(message["ts"]))
    return {
        "id": room.id,
        "name": room.name,
        "private": room.private,
        "direct": room.direct,
        "writable": workspace.offers.writable or not room.direct,
        "members": len(room.members),
        "messages": messages,
    }


def _home(workspace: LocalWorkspace, user: str) -> Json | None:
    home = workspace.stage.homes.get(user)
    return None if home is None else _view(home)


def _view(view: Mapping[str, object]) -> Json:
    return {key: value for key, value in view.items() if key != "source"}
