"""What the fields of a form or message hold, in the shape of Slack's `state.values`."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from adapters.local.blocks import parts
from adapters.local.people import Json


def _kept(key: str, initial: str) -> Callable[[Json], Json]:
    return lambda element: {key: element.get(initial)}


def _list(key: str, initial: str) -> Callable[[Json], Json]:
    return lambda element: {key: element.get(initial) or []}


_START: Mapping[str, Callable[[Json], Json]] = MappingProxyType(
    {
        "plain_text_input": _kept("value", "initial_value"),
        "email_text_input": _kept("value", "initial_value"),
        "url_text_input": _kept("value", "initial_value"),
        "number_input": _kept("value", "initial_value"),
        "checkboxes": _list("selected_options", "initial_options"),
        "radio_buttons": _kept("selected_option", "initial_option"),
        "static_select": _kept("selected_option", "initial_option"),
        "multi_static_select": _list("selected_options", "initial_options"),
        "users_select": _kept("selected_user", "initial_user"),
        "multi_users_select": _list("selected_users", "initial_users"),
        "channels_select": _kept("selected_channel", "initial_channel"),
        "multi_channels_select": _list("selected_channels", "initial_channels"),
        "conversations_select": _kept("selected_conversation", "initial_conversation"),
        "multi_conversations_select": _list("selected_conversations", "initial_conversations"),
        "datepicker": _kept("selected_date", "initial_date"),
        "timepicker": _kept("selected_time", "initial_time"),
        "datetimepicker": _kept("selected_date_time", "initial_date_time"),
        "file_input": _list("files", "-"),
    },
)
_TEXTUAL = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})


def fields(blocks: Iterable[Json]) -> Iterable[tuple[str, Json]]:
    """Every element that holds a value, with its block's id."""
    for block in blocks:
        for part in parts(block):
            if part.get("type") in _START:
                yield block["block_id"], part


def state_values(blocks: Iterable[Json], given: Mapping[str, Mapping[str, Any]]) -> Json:
    """`state.values` for these blocks: what the person entered where known, else what the form starts with.

    Only elements that stand in the blocks are reported; an empty text is None, as Slack sends it.
    """
    values: Json = {}
    for block_id, element in fields(blocks):
        kind, action = element["type"], element["action_id"]
        start = {"type": kind} | _START[kind](element)
        entered = given.get(block_id, {}).get(action) or {}
        held = start | {key: entered[key] for key in start if key in entered and key != "type"}
        if kind in _TEXTUAL:
            held["value"] = held["value"] or None
        values.setdefault(block_id, {})[action] = held
    return values
