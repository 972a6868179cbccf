"""Teams' drawings: recorded, within its limits, hostile words included."""

from typing import Any

import pytest

from adapters.teams.chat import homely
from adapters.teams.forms import Dialog, shown
from adapters.teams.inputs import Drawing
from adapters.teams.plain import say
from adapters.teams.render import message
from bot.cards import Buttons, Card
from bot.forms import Form, Option
from content.texts import Words
from tests.golden.cards import HOSTILE
from tests.golden.gallery import CASES, NAMES, Gallery, parts
from tests.golden.recording import Recorder, strays
from tests.golden.stage import Shown
from tests.teams.limits import card_problems, message_problems, nodes

Json = dict[str, Any]
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


def card_in(drawn: Json) -> Json:
    """The Adaptive Card of a dialog."""
    content: Json = drawn["task"]["value"]["card"]["content"]
    return content


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_the_drawing_is_the_recorded_one(
    recorder: Recorder, gallery: Gallery, name: str, language: str
) -> None:
    recorder.check("teams", name, language, drawing(gallery.shown(name, language), language))


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


@pytest.mark.parametrize(("name", "language"), CASES, ids=NAMES)
def test_every_button_is_there_with_its_whole_label(gallery: Gallery, name: str, language: str) -> None:
    """Teams shows six actions of a row and cuts long labels, so nothing may rely on a seventh."""
    found = gallery.shown(name, language)
    rows = [role.items for role in parts(found) if isinstance(role, Buttons)]
    labels = {say(button.label, language) for row in rows for button in row}
    labels |= {say(each or "", language) for each in own_buttons(found)} - {""}
    drawn = {
        action["title"] for node in nodes(drawing(found, language)) for action in node.get("actions", ())
    }
    assert {label for label in labels - drawn if not label.startswith(HOSTILE[:20])} == set()
    assert [row for row in rows if sum(button.primary for button in row) > 1] == []


def own_buttons(found: Shown) -> tuple[Words | None, ...]:
    """What stands at the foot of a form."""
    if not isinstance(found, Form):
        return ()
    return (found.submit if found.command else None, found.close if found.closed else None)


def test_no_recording_is_left_over() -> None:
    assert strays("teams", NAMES) == []
