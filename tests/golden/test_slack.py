"""Slack's drawings: recorded, within its limits, and drawn by the local workspace too."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.forms import view
from adapters.slack.render import blocks, render
from bot.cards import Buttons, Card
from bot.forms import Choice, Form, Ticks
from content.texts import say
from tests.golden.cards import HOSTILE
from tests.golden.gallery import CASES, NAMES, Gallery, parts
from tests.golden.recording import Recorder, strays
from tests.golden.stage import Shown
from tests.slack.limits import labels_too_long, message_problems, nodes, view_problems

Json = dict[str, Any]
DRAWN = Path(__file__).parents[2] / "adapters" / "local" / "page" / "drawn.json"
INSIDE = frozenset({"rich_text_section", "rich_text_quote", "text", "link", "bar", "modal", "home"})
"""Parts of blocks that the local workspace draws with their block."""


def drawing(shown: Shown, language: str) -> Json:
    match shown:
        case Card():
            return render(shown, language)
        case Form():
            return view(shown, language)
        case _:
            return {"type": "home", "blocks": blocks(shown.card.roles, language, "home")}


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_the_drawing_is_the_recorded_one(
    recorder: Recorder, gallery: Gallery, name: str, language: str
) -> None:
    recorder.check("slack", name, language, drawing(gallery.shown(name, language), language))


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_slack_takes_it(gallery: Gallery, name: str, language: str) -> None:
    shown = gallery.shown(name, language)
    if not isinstance(shown, Card):
        assert view_problems(drawing(shown, language)) == []
        return
    assert message_problems(drawing(shown, language)) == []
    home = {"type": "home", "blocks": blocks(shown.roles, language, "home", "Home")}
    assert view_problems(home) == []


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_no_label_is_cut_on_a_phone(gallery: Gallery, name: str, language: str) -> None:
    drawn = drawing(gallery.shown(name, language), language)
    assert [label for label in labels_too_long(drawn) if not label.startswith(HOSTILE[:20])] == []


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_no_name_of_a_form_is_cut(gallery: Gallery, name: str, language: str) -> None:
    shown = gallery.shown(name, language)
    names = (shown.title, shown.close, shown.submit or "") if isinstance(shown, Form) else ()
    assert [said for each in names if len(said := say(each, language)) > 24] == []


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_no_choice_is_cut(gallery: Gallery, name: str, language: str) -> None:
    fields = [part for part in parts(gallery.shown(name, language)) if isinstance(part, Choice | Ticks)]
    labels = [say(option.label, language) for part in fields for option in part.options]
    assert [label for label in labels if len(label) > 75] == []


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_rare_buttons_fit_an_option(gallery: Gallery, name: str, language: str) -> None:
    """A wire above 150 characters would leave the menu; alone, a rare button stands among the others."""
    shown = gallery.shown(name, language)
    menus = [node for node in nodes(drawing(shown, language)) if node.get("type") == "overflow"]
    assert all(len(option["value"]) <= 150 for menu in menus for option in menu["options"])
    rows = [
        [button for button in role.items if button.rare] for role in parts(shown) if isinstance(role, Buttons)
    ]
    assert sum(len(menu["options"]) for menu in menus) == sum(len(rare) for rare in rows if len(rare) > 1)


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_the_local_workspace_draws_it(gallery: Gallery, name: str, language: str) -> None:
    known = json.loads(DRAWN.read_text(encoding="utf-8"))
    shown = drawing(gallery.shown(name, language), language)
    assert {block["type"] for block in shown.get("blocks", ())} <= set(known["blocks"])
    found = {node["type"] for node in nodes(shown) if "type" in node} - set(known["blocks"]) - INSIDE
    assert found <= set(known["elements"])


def test_no_recording_is_left_over() -> None:
    assert strays("slack", NAMES) == []
