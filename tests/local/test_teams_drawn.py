"""All that Herald's Adaptive Cards hold is drawn by the page, and by Microsoft's renderer, unchanged."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapters.local.teams.cards import actions, problem, standing, wire
from tests.local.test_teams_connector import EXECUTE, card

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "adapters/local/page"
VENDORED = PAGE / "vendor/adaptivecards"
DRAWN = json.loads((PAGE / "teams/drawn.json").read_text(encoding="utf-8"))
GOLDENS = sorted((ROOT / "tests/golden/teams").glob("*.json"))
FRAMES = {"AdaptiveCard", "Data.Query"}
"""What holds elements, and what the people picker asks Teams for: the page gives it the company's people."""
Json = dict[str, Any]


def kinds(found: object) -> Iterator[str]:
    """Every element and action of a card; a button's data is nobody's to draw."""
    if isinstance(found, list):
        for one in found:
            yield from kinds(one)
    elif isinstance(found, dict):
        if isinstance(found.get("type"), str):
            yield found["type"]
        for name, value in found.items():
            if name != "data" or not str(found.get("type", "")).startswith("Action."):
                yield from kinds(value)


def cards(golden: Path) -> list[Json]:
    """The cards of a recorded message or dialog."""
    found = json.loads(golden.read_text(encoding="utf-8"))
    if "task" in found:
        return [found["task"]["value"]["card"]["content"]]
    return [attachment["content"] for attachment in found.get("attachments") or []]


def test_there_are_goldens_to_look_at() -> None:
    assert sum(len(cards(golden)) for golden in GOLDENS) > 100


def test_what_herald_sends_is_drawn() -> None:
    needed = {kind for golden in GOLDENS for drawn in cards(golden) for kind in kinds(drawn)}
    assert needed - FRAMES - set(DRAWN["elements"]) - set(DRAWN["actions"]) == set()


def test_what_herald_sends_is_accepted() -> None:
    found = {golden.stem: json.loads(golden.read_text(encoding="utf-8")) for golden in GOLDENS}
    messages = {name: one for name, one in found.items() if one.get("type") == "message"}

    assert len(messages) > 100
    assert {name: refused for name, one in messages.items() if (refused := problem(one))} == {}


def test_the_renderer_is_microsofts_unchanged() -> None:
    told = json.loads((VENDORED / "vendored.json").read_text(encoding="utf-8"))
    raw = (VENDORED / told["file"]).read_bytes()

    assert hashlib.sha256(raw).hexdigest() == told["sha256"]
    assert told["file"] == f"{told['package']}-{told['version']}.min.js"
    assert f"/{told['file']}" in (PAGE / "index.html").read_text(encoding="utf-8")
    assert "Copyright (c) 2017 Microsoft" in (VENDORED / "LICENSE").read_text(encoding="utf-8")
    assert told["licence"] == "MIT"
    assert (VENDORED / "adaptivecards.min.js.LICENSE.txt").is_file(), "what the file itself names"


def test_it_is_the_version_that_the_cards_are_checked_with() -> None:
    told = json.loads((VENDORED / "vendored.json").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "tests/peers/package.json").read_text(encoding="utf-8"))
    assert package["dependencies"]["adaptivecards"] == told["version"]


def test_the_renderer_gets_no_way_to_make_markup() -> None:
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'<script [^>]*src="([^"]+)"', page)
    assert scripts[0].endswith("/teams/no-markup.js"), "before the renderer asks for its policies"
    ours = [path for path in PAGE.rglob("*.js") if "vendor" not in path.parts]
    assert len(ours) > 30
    for path in ours:
        written = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", written), (
            path
        )


def test_a_button_is_found_by_its_kind_and_what_it_carries() -> None:
    shown = card("x", EXECUTE | {"fallback": {"type": "Action.Submit", "data": EXECUTE["data"]}})
    content = shown["attachments"][0]["content"]

    assert [one["type"] for one in actions(content)] == ["Action.Execute"]
    typed = {"type": "Action.Execute", "data": EXECUTE["data"] | {"words": "typed"}}
    found = standing(content, typed)
    assert found is not None
    assert wire(found["data"]) == "yes?id=1"
    assert standing(content, typed | {"type": "Action.Submit"}) is None
    assert standing(content, {"type": "Action.Execute", "data": {"herald": {"do": "no"}}}) is None
    assert standing(None, typed) is None
    folded = {"type": "Action.ShowCard", "card": {"type": "AdaptiveCard", "actions": [EXECUTE]}}
    assert standing({"type": "AdaptiveCard", "actions": [folded]}, typed) == EXECUTE
