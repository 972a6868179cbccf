"""Teams' drawings: recorded, within its limits, hostile words included."""

import json
from typing import Any

import pytest

from adapters.teams.carried import PART, Carried
from adapters.teams.chat import homely
from adapters.teams.forms import Dialog, shown, shown_card
from adapters.teams.inputs import Drawing
from adapters.teams.plain import say
from adapters.teams.render import message
from bot.cards import Buttons, Card
from bot.forms import Form, Option
from content.texts import Words
from tests.golden.cards import HOSTILE
from tests.golden.gallery import CASES, NAMES, Gallery, parts
from tests.golden.recording import HERE, Recorder, strays
from tests.golden.stage import Shown, Tab
from tests.teams.limits import card_problems, message_problems, nodes

Json = dict[str, Any]
RECORDED = sorted((HERE / "teams").glob("*.json"))
ROOMS = (Option("19:lyon@thread.tacv2", "Acme / lyon"), Option("19:stories@thread.tacv2", "Acme / stories"))
REVIEW = (Option("19:review@thread.v2", "Comms review"),)


def drawing(found: Shown, language: str) -> Json:
    match found:
        case Card():
            return message(found, language)
        case Form():
            return shown(found, Dialog(Drawing(language, "Europe/Paris", ROOMS, REVIEW)))
        case _:
            return homely(found.card, language)


def opened(found: Shown, language: str) -> dict[str, Json]:
    """Everything that opens from a drawing, and from that, by its path."""
    drawn: dict[str, Json] = {}
    waiting = ways(drawing(found, language))
    while waiting:
        path = waiting.pop()
        drawn[path] = part(found, path, language)
        waiting += [way for way in ways(drawn[path]) if way and way not in drawn]
    return drawn


def ways(drawn: Json) -> list[str]:
    """The paths of the parts that a drawing's buttons open; "" leads back to the whole."""
    carried = [node["data"]["herald"] for node in nodes(drawn) if "herald" in node.get("data", {})]
    return [each.get("part", "") for each in carried if each.get("way") == PART]


def part(found: Shown, path: str, language: str) -> Json:
    dialog = Dialog(Drawing(language, "Europe/Paris", ROOMS, REVIEW), Carried(part=path))
    if isinstance(found, Form):
        return shown(found, dialog)
    return shown_card(found.card if isinstance(found, Tab) else found, dialog)


def card_in(drawn: Json) -> Json:
    """The Adaptive Card of a dialog."""
    content: Json = drawn["task"]["value"]["card"]["content"]
    return content


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_the_drawing_is_the_recorded_one(
    recorder: Recorder, gallery: Gallery, name: str, language: str
) -> None:
    found = gallery.shown(name, language)
    recorder.check("teams", name, language, drawing(found, language))
    recorder.check_parts("teams", name, language, opened(found, language))


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_teams_takes_it(gallery: Gallery, name: str, language: str) -> None:
    found = gallery.shown(name, language)
    drawn = drawing(found, language)
    if isinstance(found, Card) and found.plain:
        assert set(drawn) == {"type", "textFormat", "text"}
    elif isinstance(found, Form):
        assert card_problems(card_in(drawn), dialog=True) == []
        assert len(drawn["task"]["value"]["title"]) <= 60
    else:
        assert message_problems(drawn) == []
    parts_ = opened(found, language)
    assert [card_problems(card_in(each), dialog=True) for each in parts_.values()] == [[] for _ in parts_]


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_every_button_is_there_with_its_whole_label(gallery: Gallery, name: str, language: str) -> None:
    """Teams shows six actions and cuts long labels: a seventh stands on what one of them opens."""
    found = gallery.shown(name, language)
    rows = [role.items for role in parts(found) if isinstance(role, Buttons)]
    labels = {say(button.label, language) for row in rows for button in row}
    labels |= {say(each or "", language) for each in own_buttons(found)} - {""}
    whole = [drawing(found, language), *opened(found, language).values()]
    drawn = {action["title"] for each in whole for node in nodes(each) for action in node.get("actions", ())}
    assert {label for label in labels - drawn if not label.startswith(HOSTILE[:20])} == set()
    assert [row for row in rows if sum(button.primary for button in row) > 1] == []


def own_buttons(found: Shown) -> tuple[Words | None, ...]:
    """What stands at the foot of a form."""
    if not isinstance(found, Form):
        return ()
    return (found.submit if found.command else None, found.close if found.closed else None)


def test_no_recorded_card_has_more_than_six_actions() -> None:
    """Wherever they stand; what an old client does instead of an action is the same action."""
    counted = {file.name: pressed(json.loads(file.read_text(encoding="utf-8"))) for file in RECORDED}
    assert len(counted) > 300
    assert {name: count for name, count in counted.items() if count > 6} == {}


def pressed(drawn: Json) -> int:
    kinds = [node for node in nodes(drawn) if str(node.get("type", "")).startswith("Action.")]
    return len(kinds) - sum("fallback" in node for node in kinds)


def test_no_recording_is_left_over() -> None:
    assert strays("teams", NAMES) == []
