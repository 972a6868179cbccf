"""Every block and element that Herald sends is drawn by the page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.local.blocks import parts, problems
from tests.local.kitchen import FORM, MESSAGE, Json

ROOT = Path(__file__).parents[2]
DRAWN = json.loads((ROOT / "adapters/local/page/drawn.json").read_text(encoding="utf-8"))
GOLDENS = sorted((ROOT / "tests/golden/slack").rglob("*.json"))


def blocks_in(found: object) -> Iterator[Json]:
    """Every block of a message, form or Home tab, wherever it stands in the file."""
    if isinstance(found, list):
        for one in found:
            yield from blocks_in(one)
    elif isinstance(found, dict):
        yield from (block for block in found.get("blocks") or [] if isinstance(block, dict))
        for one in found.values():
            yield from blocks_in(one)


def types(block: Json) -> set[tuple[str, str]]:
    elements = {("elements", part["type"]) for part in parts(block) if part is not block}
    return {("blocks", block["type"]), *elements}


def test_there_are_goldens_to_look_at() -> None:
    assert len(GOLDENS) > 10


@pytest.mark.parametrize(
    "golden", GOLDENS, ids=lambda path: path.relative_to(ROOT / "tests/golden").as_posix()
)
def test_what_herald_sends_is_drawn(golden: Path) -> None:
    sent = list(blocks_in(json.loads(golden.read_text(encoding="utf-8"))))
    needed = {kind for block in sent for kind in types(block)}

    assert {(where, kind) for where, kind in needed if kind not in DRAWN[where]} == set()


def surfaces(found: Json) -> Iterator[tuple[str, list[Json]]]:
    """Where the blocks of a golden stand: a message, or a form or Home tab that says so itself."""
    if "blocks" in found:
        yield found.get("type", "message"), found["blocks"]
    yield from (pair for one in found.values() if isinstance(one, dict) for pair in surfaces(one))


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: path.name)
def test_what_herald_sends_is_accepted(golden: Path) -> None:
    for surface, blocks in surfaces(json.loads(golden.read_text(encoding="utf-8"))):
        assert problems(blocks, surface) == []


def test_the_browser_tests_look_at_everything_that_is_drawn() -> None:
    looked_at = {kind for block in (*MESSAGE, *FORM["blocks"]) for kind in types(block)}
    listed = {(where, kind) for where, kinds in DRAWN.items() for kind in kinds}

    assert listed - looked_at == set()
    assert looked_at - listed == {("blocks", "video")}
