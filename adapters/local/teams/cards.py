"""Adaptive Cards as the local Teams accepts them, and what their buttons carry."""

from collections.abc import Iterator
from typing import Any

from adapters.local.people import Json

KIND = "application/vnd.microsoft.card.adaptive"
NEWEST = (1, 5)
"""The newest version that Teams draws."""
LARGEST = 100 * 1024
"""Bytes of one message, counted in UTF-16 as Teams counts; above it answers 413."""


def card_of(activity: Json) -> Json | None:
    """The card of a message; None for words alone."""
    for attachment in activity.get("attachments") or []:
        if attachment.get("contentType") == KIND:
            found: Json = attachment.get("content") or {}
            return found
    return None


def actions(found: Any) -> Iterator[Json]:  # noqa: ANN401  JSON
    """Every button of a card, those that fold out included; what old clients do instead is left out."""
    if isinstance(found, list):
        for each in found:
            yield from actions(each)
    elif isinstance(found, dict):
        if str(found.get("type", "")).startswith("Action."):
            yield found
        for name, value in found.items():
            if name not in {"data", "fallback"}:
                yield from actions(value)


def wire(data: Any) -> str:  # noqa: ANN401  JSON
    """What a button carries, in Herald's own words."""
    ours = data.get("herald") if isinstance(data, dict) else None
    return str(ours.get("do") or "") if isinstance(ours, dict) else ""


def wires(card: Json | None) -> str:
    """What all buttons of a card carry, for the guided list."""
    return " ".join(filter(None, (wire(action.get("data")) for action in actions(card))))


def standing(card: Json | None, pressed: Json) -> Json | None:
    """The button of a card that was pressed: the same kind, carrying the same; None when it is not there."""
    carried = (pressed.get("data") or {}).get("herald")
    for action in actions(card):
        same = action["type"] == pressed.get("type")
        if same and (action.get("data") or {}).get("herald") == carried:
            return action
    return None


def problem(activity: Json) -> tuple[int, str, str] | None:
    """Why Teams would refuse a message: status, code, words."""
    if len(str(activity).encode("utf-16-le")) > LARGEST:
        return 413, "MessageSizeTooBig", "Message size too large."
    if not activity.get("text") and not activity.get("attachments"):
        return 400, "BadSyntax", "Activity has neither text nor attachments."
    card = card_of(activity)
    if card is not None and _version(card) > NEWEST:
        return 400, "BadArgument", f"Cards of version {card.get('version')} are not drawn."
    return None


def _version(card: Json) -> tuple[int, ...]:
    parts = str(card.get("version") or "99").split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (99,)
