"""Slack's drawings: recorded, within its limits, and drawn by the local workspace too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.forms import view
from adapters.slack.render import blocks, render
from bot.cards import Card
from tests.golden.cards import HOSTILE, SAMPLES
from tests.golden.recording import CASES, NAMES, Recorder, strays
from tests.slack.limits import labels_too_long, message_problems, nodes, view_problems

Json = dict[str, Any]
DRAWN = Path(__file__).parents[2] / "adapters" / "local" / "page" / "drawn.json"
INSIDE = frozenset({"rich_text_section", "rich_text_quote", "text", "link", "bar", "modal"})
"""Parts of blocks that the local workspace draws with their block."""


def drawn(name: str, language: str) -> Json:
    sample = SAMPLES[name]
    return render(sample, language) if isinstance(sample, Card) else view(sample, language)


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_the_drawing_is_the_recorded_one(recorder: Recorder, name: str, language: str) -> None:
    recorder.check("slack", name, language, drawn(name, language))


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_slack_takes_it(name: str, language: str) -> None:
    sample, shown = SAMPLES[name], drawn(name, language)
    if not isinstance(sample, Card):
        assert view_problems(shown) == []
        return
    assert message_problems(shown) == []
    home = {"type": "home", "blocks": blocks(sample.roles, language, "home", "Home")}
    assert view_problems(home) == []


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_no_label_is_cut_on_a_phone(name: str, language: str) -> None:
    assert [
        label for label in labels_too_long(drawn(name, language)) if not label.startswith(HOSTILE[:20])
    ] == []


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_rare_buttons_fit_an_option(name: str, language: str) -> None:
    """A wire above 150 characters would leave the menu and stand among the buttons."""
    options = [option for node in nodes(drawn(name, language)) for option in node.get("options") or []]
    assert all(len(option["value"]) <= 150 for option in options)
    rare = [button for role in roles(name) for button in getattr(role, "items", ()) if button.rare]
    menus = [node for node in nodes(drawn(name, language)) if node.get("type") == "overflow"]
    assert sum(len(menu["options"]) for menu in menus) in {len(rare), len(rare) - 1}


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_the_local_workspace_draws_it(name: str, language: str) -> None:
    known = json.loads(DRAWN.read_text(encoding="utf-8"))
    shown = drawn(name, language)
    assert {block["type"] for block in shown.get("blocks", ())} <= set(known["blocks"])
    parts = {node["type"] for node in nodes(shown) if "type" in node} - set(known["blocks"]) - INSIDE
    assert parts <= set(known["elements"])


def test_no_recording_is_left_over() -> None:
    assert strays("slack") == []


def roles(name: str) -> Iterator[object]:
    sample = SAMPLES[name]
    yield from sample.roles if isinstance(sample, Card) else sample.parts
