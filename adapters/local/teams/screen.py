"""What one person has on the Teams side of the screen, as JSON."""

from adapters.local.people import Json
from adapters.local.teams.people import OBJECT_IDS, TEAM_NAME
from adapters.local.teams.tenant import Conversation
from adapters.local.workspace import LocalWorkspace


def teams_screen(workspace: LocalWorkspace, user: str) -> Json:
    """The whole Teams side as this person may see it."""
    dialog = workspace.teams.tenant.dialogs.get(user)
    return {
        "team": TEAM_NAME,
        "rooms": [_room(workspace, one, user) for one in workspace.teams.tenant.of(user)],
        "dialog": dialog and {key: dialog[key] for key in ("id", "title", "card", "words")},
        "directory": dict(OBJECT_IDS),
    }


def _room(workspace: LocalWorkspace, where: Conversation, user: str) -> Json:
    tenant = workspace.teams.tenant
    messages = [tenant.shown(user, one) for one in where.messages if one["to"] in {"", user}]
    return {
        "id": where.id,
        "name": where.name,
        "private": where.private,
        "direct": where.personal,
        "members": len(where.members),
        "messages": messages,
    }
