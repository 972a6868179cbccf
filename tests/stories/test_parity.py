"""Everything one can ask for is told on both platforms, or the table says why not."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.teams.carried import SUBMIT, carried
from bot.commands import KINDS, OPENS
from tests.stories.parity import page
from tests.stories.reasons import WHY_NOT
from tests.stories.replay import PLATFORMS, Recorded, recorded

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "parity.md"
STORIES = {platform: recorded(platform) for platform in PLATFORMS}
TOLD = {platform: {story.name for story in stories} for platform, stories in STORIES.items()}
TELL = {"my_ideas", "networks", "feeds", "more_stories", "my_data", "transparency"}
"""Forms that only tell: nothing is sent from them, and as a message they tell the same."""
SENT_AS = {"share": "said", "choices": "thanks"}
"""Forms that are sent as another command than the one that opens them."""
FORM_CALLS = {"views.open", "views.update"}


def read(path: str) -> Any:  # noqa: ANN401  any JSON
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


def asking(platform: str, wire: str) -> list[Recorded]:
    return [story for story in STORIES[platform] if story.asks == wire]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_story_is_told_or_it_is_said_why_not(platform: str) -> None:
    everything = set.union(*TOLD.values())
    assert everything - TOLD[platform] == set(WHY_NOT[platform])


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("wire", [kind.wire for kind in KINDS])
def test_every_command_has_a_story(platform: str, wire: str) -> None:
    """Where a platform cannot ask for it, every story of the other says why."""
    elsewhere = {story.name for other in PLATFORMS for story in asking(other, wire)}
    assert elsewhere
    assert asking(platform, wire) or elsewhere <= set(WHY_NOT[platform])


def opens(story: Recorded) -> bool:
    return "dialog" in story.answer or bool({call["method"] for call in story.calls} & FORM_CALLS)


def sent(story: Recorded) -> bool:
    if story.platform == "slack":
        return bool(story.request.get("interaction", {}).get("type") == "view_submission")
    name, value = story.activity.get("name", ""), story.activity.get("value", {})
    return (
        name in {"task/submit", "composeExtension/submitAction"}
        and carried(value.get("data", {})).way == SUBMIT
    )


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("wire", sorted(kind.wire for kind in OPENS))
def test_every_form_is_opened_and_sent(platform: str, wire: str) -> None:
    shown = [story for story in asking(platform, wire) if opens(story) or (wire in TELL and story.calls)]
    assert [story for story in shown if not sent(story)]
    done = [story for story in asking(platform, SENT_AS.get(wire, wire)) if sent(story)]
    assert bool(done) != (wire in TELL)


# --------------------------------------------------------------------------------- what manifests offer


def test_every_event_we_subscribe_to_has_a_story() -> None:
    events = {
        story.request["event"]["event"]["type"]
        for story in STORIES["slack"]
        if "event" in story.request.get("event", {})
    }
    wanted = read("manifest.json")["settings"]["event_subscriptions"]["bot_events"]
    assert set(wanted) - events == set()


def test_every_command_and_shortcut_of_slacks_manifest_has_a_story() -> None:
    requests = [story.request for story in STORIES["slack"]]
    typed = {request["command"].get("command") for request in requests if "command" in request}
    used = {request["interaction"].get("callback_id") for request in requests if "interaction" in request}
    features = read("manifest.json")["features"]
    assert {command["command"] for command in features["slash_commands"]} <= typed
    assert {shortcut["callback_id"] for shortcut in features["shortcuts"]} <= used


PACKAGE = read("adapters/teams/package/manifest.json")
SCOPES = {"personal": "personal", "channel": "team", "groupChat": "groupChat"}
"""What an activity calls a conversation, and what the manifest calls it."""


def typed_on_teams() -> set[tuple[str, str, str]]:
    """The word, how it was typed, and in which scope."""
    found = set()
    for story in STORIES["teams"]:
        activity = story.activity
        if activity["type"] == "message" and "text" in activity:
            words = activity["text"].replace("<at>Herald</at>", "").split()
            scope = SCOPES[activity["conversation"]["conversationType"]]
            slash = activity["recipient"].get("isTargeted", False)
            found.add((words[0] if words else "", "slash" if slash else "mention", scope))
    return found


OFFERED = [
    (command["title"], trigger, listed["scopes"])
    for listed in PACKAGE["bots"][0]["commandLists"]
    for command in listed["commands"]
    for trigger in listed.get("triggers", ["mention"])
]


@pytest.mark.parametrize(("title", "trigger", "scopes"), OFFERED)
def test_every_word_that_teams_offers_has_a_story(title: str, trigger: str, scopes: list[str]) -> None:
    assert {(title, trigger, scope) for scope in scopes} & typed_on_teams()


def test_words_are_typed_in_every_scope_that_offers_them() -> None:
    wanted = {(trigger, scope) for _, trigger, scopes in OFFERED for scope in scopes}
    assert wanted <= {(trigger, scope) for _, trigger, scope in typed_on_teams()}


def test_herald_is_installed_in_every_scope() -> None:
    installed = {
        SCOPES[story.activity["conversation"]["conversationType"]]
        for story in STORIES["teams"]
        if story.activity["type"] == "installationUpdate" and story.activity["action"] == "add"
    }
    assert set(PACKAGE["bots"][0]["scopes"]) == installed


def test_every_place_of_the_message_extension_has_a_story() -> None:
    used = {
        (story.activity["value"]["commandId"], story.activity["value"]["commandContext"])
        for story in STORIES["teams"]
        if story.activity.get("name") == "composeExtension/fetchTask"
    }
    offered = PACKAGE["composeExtensions"][0]["commands"]
    assert {(each["id"], context) for each in offered for context in each["context"]} == used


# --------------------------------------------------------------------------------------- the table


def test_the_table_is_the_recorded_one(request: pytest.FixtureRequest) -> None:
    """`make record` writes it."""
    if request.config.getoption("--record"):
        TABLE.write_text(page(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == page()


def test_no_cell_is_empty() -> None:
    rows = [line.strip("|").split("|") for line in page().splitlines() if line.startswith("| **")]
    assert len(rows) == len(set.union(*TOLD.values()))
    assert [row for row in rows if len(row) != 3 or not all(cell.strip() for cell in row)] == []
