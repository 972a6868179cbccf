"""A card's buttons: what one does often in a row, what is rare behind Slack's "more" (an overflow menu)."""

from functools import lru_cache
from typing import TypeVar

from adapters.slack.plain import Json, plain_text, unescape
from bot.cards import Button, Buttons, Confirm
from bot.commands import dump
from bot.lettering import clean, cut, one_line
from content.texts import Words, say

Part = TypeVar("Part")

NOTHING = "-"
"""What an option carries that only opens an address: Slack wants a value; the press is only acknowledged."""

_LABEL, _URL, _VALUE, _OPTION = 75, 3_000, 2_000, 150
_ROW, _MENU = 25, 5
_OPENED = ("https://", "http://", "mailto:")


@lru_cache(maxsize=512)
def actions(buttons: Buttons, language: str) -> list[Json]:
    """The buttons as `actions` blocks; every element's id is unique in its block.

    Remembered: everybody's sheet has the same dozen. Nobody may change what this gives. The same buttons are
    those with the same words, commands and addresses, so nobody's own are ever drawn for somebody else.
    """
    working = [button for button in buttons.items if _works(button, language)]
    menu = [button for button in working if _in_menu(button)]
    row = [_button(button, language) for button in working if not _in_menu(button)]
    row += [_menu(some, language) for some in _parted(menu, _MENU)]
    return [{"type": "actions", "elements": _numbered(elements)} for elements in _parted(row, _ROW)]


def forget() -> None:
    """Draw anew what is drawn next."""
    actions.cache_clear()


def carried(action: Json) -> str:
    """What a pressed button or chosen option carries; Slack may give `&` back escaped."""
    value = action["selected_option"].get("value") if action.get("selected_option") else action.get("value")
    return unescape(value or NOTHING)


def _works(button: Button, language: str) -> bool:
    """Whether pressing it can do something: a command that fits, or an address that Slack opens."""
    does = _value(button) != NOTHING or _address(button) is not None
    return does and bool(_said(button.label, language))


def _address(button: Button) -> str | None:
    address = button.address or ""
    return address if address.startswith(_OPENED) and len(address) <= _URL else None


def _in_menu(button: Button) -> bool:
    """Rare, without a question of its own (a menu has one for all its options), and short on the wire."""
    return button.rare and button.confirm is None and len(_value(button)) <= _OPTION


def _value(button: Button) -> str:
    wire = NOTHING if button.command is None else dump(button.command)
    return wire if len(wire) <= _VALUE else NOTHING


def _button(button: Button, language: str) -> Json:
    drawn: Json = {"type": "button", "text": plain_text(_said(button.label, language), _LABEL)}
    drawn["value"] = _value(button)
    address = _address(button)
    if address:
        drawn["url"] = address
    if button.primary:
        drawn["style"] = "primary"
    if button.confirm:
        drawn["confirm"] = _confirm(button.confirm, _said(button.label, language), language)
    spoken = cut(_said(button.spoken or "", language), _LABEL)
    if spoken:
        drawn["accessibility_label"] = spoken
    return drawn


def _menu(buttons: list[Button], language: str) -> Json:
    """An overflow menu of two to five (docs.slack.dev/reference/block-kit); one alone is a plain button."""
    if len(buttons) == 1:
        return _button(buttons[0], language)
    return {"type": "overflow", "options": [_option(button, language) for button in buttons]}


def _option(button: Button, language: str) -> Json:
    address = _address(button)
    drawn: Json = {"text": plain_text(_said(button.label, language), _LABEL), "value": _value(button)}
    return drawn | {"url": address} if address else drawn


def _confirm(confirm: Confirm, label: str, language: str) -> Json:
    """The question; Slack wants all four words, so the button's label stands in for a missing one."""
    asked = {
        "title": (confirm.title, 100),
        "text": (confirm.words, 300),
        "confirm": (confirm.yes, 30),
        "deny": (confirm.no, 30),
    }
    return {part: plain_text(_said(words, language) or label, most) for part, (words, most) in asked.items()}


def _said(words: Words, language: str) -> str:
    return _labelled(say(words, language))


@lru_cache(maxsize=1024)
def _labelled(words: str) -> str:
    """As a label; remembered, for everybody's sheet has the same dozen of buttons."""
    return one_line(clean(words))


def _numbered(elements: list[Json]) -> list[Json]:
    return [element | {"action_id": f"herald:{number}"} for number, element in enumerate(elements)]


def _parted(parts: list[Part], most: int) -> list[list[Part]]:
    return [parts[start : start + most] for start in range(0, len(parts), most)]
