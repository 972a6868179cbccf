"""What Herald does on each platform, as the recorded stories show it: the table of docs/parity.md."""

from collections.abc import Iterator
from typing import Any

from adapters.teams.carried import HOME, SUBMIT, carried
from bot.commands import KINDS, WIRES
from bot.commands.homing import ShowHome
from tests.stories.reasons import WHY_NOT
from tests.stories.replay import PLATFORMS, Recorded, recorded

Json = dict[str, Any]
CHAPTERS = {
    "suggesting": "Ideas",
    "moderation": "Decisions",
    "sharing": "Sharing",
    "digesting": "The week",
    "nudging": "Reminders",
    "homing": "Home and choices",
    "linking": "Two accounts of one person",
    "privacy": "One's own data",
    "feeding": "Feeds",
    "settling": "Set-up",
    "delivering": "Cards that may be lost",
    "helping": "Help",
    "": "What happens around Herald",
}
"""A chapter for each file of commands; events are the last."""
HEAD = """# Slack and Teams, side by side

Each line is a story that the tests replay from a payload as the platform sends it, through the signed door
of that platform: how it comes in, and what becomes of it. Where one platform cannot tell a story, the cell
says why. The payloads are in [tests/stories](../tests/stories); `make record` writes this page, and a test
compares it.
"""
DONE = {
    "views.open": "form",
    "views.update": "form anew",
    "views.publish": "Home anew",
    "chat.update": "cards anew",
    "files.info": "picture fetched",
    "chat.postMessage": "message",
    "chat.postEphemeral": "told alone",
    "start_thread": "message",
    "send": "message",
    "update": "cards anew",
    "whisper": "told alone",
}
"""What a call to a platform is to people."""


def page() -> str:
    """The whole document."""
    stories = {platform: {story.name: story for story in recorded(platform)} for platform in PLATFORMS}
    names = sorted(
        {name for told in stories.values() for name in told}, key=lambda name: _order(name, stories)
    )
    rows = {name: _row(name, stories) for name in names}
    chapters = [
        _chapter(title, [rows[name] for name in names if _chapter_of(name, stories) == part])
        for part, title in CHAPTERS.items()
    ]
    return "\n".join([HEAD, _count(stories), *chapters])


def _count(stories: dict[str, dict[str, Recorded]]) -> str:
    told = ", ".join(f"{len(found)} on {name.title()}" for name, found in stories.items())
    both = len(set.intersection(*(set(found) for found in stories.values())))
    return f"{told}; {both} of them are told by both, {len(KINDS)} commands in all.\n"


def _chapter(title: str, rows: list[str]) -> str:
    heads = ["", *(name.title() for name in PLATFORMS)]
    lines = [f"| {' | '.join(each)} |" for each in (heads, ["---"] * len(heads))]
    return "\n".join([f"## {title}\n", *lines, *rows, ""])


def _row(name: str, stories: dict[str, dict[str, Recorded]]) -> str:
    cells = [_cell(name, platform, stories[platform].get(name)) for platform in PLATFORMS]
    told = next(found[name].story for found in stories.values() if name in found)
    return "| " + " | ".join([f"**{name}** {told}", *cells]).replace("\n", " ") + " |"


def _cell(name: str, platform: str, story: Recorded | None) -> str:
    if story is None:
        return f"No: {WHY_NOT[platform][name]}"
    way = {"slack": _on_slack, "teams": _on_teams}[platform](story)
    came = list(dict.fromkeys([*_answered(story), *(_done(call, story) for call in story.calls)]))
    return f"{way} → {', '.join(came) or 'noted'}" if story.status == 200 else f"{way} → refused"


def _done(call: Json, story: Recorded) -> str:
    """Home on Teams is a card in the 1:1 chat."""
    asked = story.asks == ShowHome.wire or (ShowHome.wire in story.then and call["method"] == "update")
    return "Home anew" if asked and call.get("to", "").startswith("a:") else DONE[call["method"]]


def _answered(story: Recorded) -> Iterator[str]:
    """What the answer itself shows."""
    told = story.answer
    if told.get("response_action") == "errors":
        yield "fields say what is wrong"
    if told.get("response_action") == "update":
        yield "form anew"
    if "dialog" in told:
        yield "fields say what is wrong" if story.asks in story.then else "dialog"
    if "card" in told:
        yield "card anew"
    if "says" in told or "response_type" in told:
        yield "told alone"


def _on_slack(story: Recorded) -> str:
    [(kind, body)] = story.request.items()
    if kind == "event":
        return f"event `{body.get('event', body)['type']}`"
    if kind == "command":
        typed = body.get("text", "") if body.get("command") == "/herald" else "…" * bool(body.get("text"))
        return f"`{body['command']} {typed}".rstrip() + "`" if "command" in body else "a request of its own"
    return _on_slack_pressed(body)


def _on_slack_pressed(body: Json) -> str:
    view = body.get("view", {}).get("type", "")
    pressed = {"home": "button on Home", "modal": "button in a form", "": "button on a card"}
    return {
        "block_actions": pressed[view],
        "view_submission": "form sent",
        "view_closed": "form closed",
        "message_action": "shortcut on a message",
    }[body["type"]]


def _on_teams(story: Recorded) -> str:
    activity = story.activity
    match activity["type"]:
        case "message":
            return _typed(activity)
        case "invoke":
            return _invoked(activity["name"], activity["value"])
        case "installationUpdate":
            return f"event `installationUpdate` (`{activity['action']}`)"
        case kind:
            return f"event `{activity['channelData'].get('eventType', kind)}`"


def _typed(activity: Json) -> str:
    if "value" in activity:
        return "button (`Action.Submit`)"
    words = activity["text"].replace("<at>Herald</at>", "@Herald")
    said = "`" + (words if len(words) < 40 else words[:39] + "…") + "`"
    return f"slash command {said}" if activity["recipient"].get("isTargeted") else said


def _invoked(name: str, value: Json) -> str:
    box = value.get("commandContext", "")
    state = carried(value["data"]) if "data" in value else None
    own = state is not None and state.way == SUBMIT
    on_home = HOME in str(value)
    return {
        "adaptiveCard/action": "button on Home" if on_home else "button on a card",
        "task/fetch": "button on Home" if on_home else "button on a card",
        "task/submit": "dialog sent" if own else "button in a dialog",
        "composeExtension/fetchTask": f"message extension (`{box}`)",
        "composeExtension/submitAction": "message extension sent",
    }.get(name, f"request `{name}`")


def _chapter_of(name: str, stories: dict[str, dict[str, Recorded]]) -> str:
    asks = next((found[name].asks for found in stories.values() if name in found and found[name].asks), "")
    return WIRES[asks].__module__.rpartition(".")[2] if asks in WIRES else ""


def _order(name: str, stories: dict[str, dict[str, Recorded]]) -> tuple[int, str]:
    """As the commands are listed; a command's stories by their names."""
    asks = next((found[name].asks for found in stories.values() if name in found and found[name].asks), "")
    kinds = [kind.wire for kind in KINDS]
    return (kinds.index(asks) if asks in kinds else len(kinds), name)
