"""Microsoft's own parser reads every card of the golden files, and Microsoft's own schemas every manifest."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from adapters.teams.manifest import manifest

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "teams"
APP = "11111111-2222-4333-8444-555555555555"
Json = dict[str, Any]
CHART: Json = {"type": "Chart.HorizontalBar", "data": [{"x": "a", "y": 1}]}

BAD: dict[str, Json] = {
    "an unknown element": {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Nope"}]},
    "an unknown action": {"type": "AdaptiveCard", "version": "1.5", "actions": [{"type": "Action.Nope"}]},
    "an input without an id": {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Input.Text"}]},
    "an action without an address": {
        "type": "AdaptiveCard", "version": "1.5", "actions": [{"type": "Action.OpenUrl", "title": "x"}],
    },
    "a chart without a fallback": {"type": "AdaptiveCard", "version": "1.5", "body": [CHART]},
}  # fmt: skip


def node(program: str, given: object, *arguments: str) -> list[str]:
    """What a program of ours that uses Microsoft's packages says about some JSON."""
    run = subprocess.run(
        ["node", HERE / program, *arguments],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return run.stdout.splitlines()


def recorded() -> dict[str, Json]:
    """Every Adaptive Card of the golden files, those of dialogs included."""
    found: dict[str, Json] = {}
    for file in sorted(GOLDEN.glob("*.json")):
        drawn = json.loads(file.read_text(encoding="utf-8"))
        if "task" in drawn:
            found[file.stem] = drawn["task"]["value"]["card"]["content"]
        elif "attachments" in drawn:
            found[file.stem] = drawn["attachments"][0]["content"]
    return found


def test_microsofts_parser_takes_every_recorded_card() -> None:
    cards = recorded()
    assert len(cards) > 100
    assert node("cards.mjs", cards) == []


@pytest.mark.parametrize("bad", BAD)
def test_the_parser_would_say_so(bad: str) -> None:
    assert node("cards.mjs", {bad: BAD[bad]}) != []


@pytest.mark.parametrize(("slash", "version"), [(True, "1.29"), (True, "1.30"), (False, "1.25")])
def test_the_manifest_is_valid(slash: bool, version: str) -> None:
    package = ZipFile(io.BytesIO(manifest(APP, "herald.acme.example", slash=slash)))
    drawn = json.loads(package.read("manifest.json"))
    drawn |= {
        "$schema": drawn["$schema"].replace(drawn["manifestVersion"], version),
        "manifestVersion": version,
    }
    assert node("manifest.mjs", drawn, version, "app") == []
    french = json.loads(package.read("fr.json"))
    assert node("manifest.mjs", french, version, "localization") == []


def test_the_schema_would_say_so() -> None:
    drawn = json.loads(ZipFile(io.BytesIO(manifest(APP, "a.example"))).read("manifest.json"))
    drawn["name"]["short"] = "x" * 31
    drawn["bots"][0]["scopes"].append("everywhere")
    assert len(node("manifest.mjs", drawn, "1.29", "app")) == 2
