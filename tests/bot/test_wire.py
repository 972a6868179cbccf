"""Laws of a command on a button: it comes back as it went, short, and carries nothing that was typed."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import FORMERLY, KINDS, WIRES, dump, load
from bot.commands.moderation import ApproveStory, DeclineStory
from bot.commands.sharing import SaveThanks
from bot.commands.suggesting import SuggestStory
from bot.commands.wire import Command, Unreadable
from storage.work import new_id

OPTION = 150
"""Characters of an option's value on Slack."""
RECORDED = {
    "approve?id=01JD8Z6M0Q4T4W6D7E8F9G0H1J&version=3": ApproveStory("01JD8Z6M0Q4T4W6D7E8F9G0H1J", 3),
    "approve?id=01JD8Z6M0Q4T4W6D7E8F9G0H1J&version=3&own=1": ApproveStory(
        "01JD8Z6M0Q4T4W6D7E8F9G0H1J", 3, own=True
    ),
    "suggest": SuggestStory(),
}
"""Wires of cards that are out there."""


def values(kind: type[Command]) -> st.SearchStrategy[Command]:
    """Any command of a kind, as a button may carry it."""
    shapes: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=40), int: st.integers(1, 10**6), bool: st.booleans(),
    }  # fmt: skip
    carried = {part.name: shapes[part.type] for part in fields(kind) if not part.metadata.get("typed")}
    return st.builds(kind, **carried)


@given(st.sampled_from(KINDS).flatmap(values))
def test_a_command_comes_back_as_it_went(command: Command) -> None:
    """Whatever its fields hold."""
    assert load(dump(command)) == command


@given(st.text(max_size=200))
def test_a_wire_nobody_wrote_is_refused(wire: str) -> None:
    """Never an exception of another kind, never a command by accident."""
    try:
        command = load(wire)
    except Unreadable:
        return
    assert type(command) in KINDS


def test_typed_values_never_travel_on_a_button() -> None:
    """What a person wrote stays in the form."""
    assert "secret" not in dump(DeclineStory("1", 2, reason="secret", words="secret"))


def test_only_declared_fields_are_taken_from_a_form() -> None:
    """A forged form cannot set the version, nor whose own it is."""
    forged = {"version": "9", "own": "1", "id": "other"}
    assert load("approve?id=1&version=2", forged) == ApproveStory("1", 2)


def test_a_list_where_a_text_belongs_is_refused() -> None:
    """A forged form cannot change a field's type."""
    with pytest.raises(Unreadable):
        load("decline?id=1&version=2", {"words": ("a", "b")})


@pytest.mark.parametrize(("wire", "command"), RECORDED.items())
def test_old_cards_stay_readable(wire: str, command: Command) -> None:
    """Cards live for months."""
    assert load(wire) == command


@pytest.mark.parametrize("kind", KINDS)
def test_a_wire_fits_into_an_option(kind: type[Command]) -> None:
    """With ids as long as ours and a version of six digits."""
    shapes: dict[Any, Any] = {str: new_id(), int: 999_999, bool: True}
    carried = {part.name: shapes[part.type] for part in fields(kind) if not part.metadata.get("typed")}
    if kind is not SuggestStory:  # its link goes into a form's own room, 3,000 characters
        assert len(dump(kind(**carried))) <= OPTION


def test_names_are_used_once() -> None:
    """Two commands with one name would shadow each other."""
    assert len(WIRES) == len(KINDS) + len(FORMERLY)


def test_ticked_boxes_arrive_together_and_one_alone_too() -> None:
    assert load("thanks", {"choices": ("named", "reminded")}) == SaveThanks(choices=("named", "reminded"))
    assert load("thanks", {"choices": "named"}) == SaveThanks(choices=("named",))
