"""What Slack refuses, on finished JSON: slack_sdk's models, slackblocks' numbers, and what both leave out."""

from collections.abc import Iterator
from typing import Any, Literal

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slackblocks import _limits as limits
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE as SURFACES

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]

UNMODELLED = ("data_visualization",)
GUIDELINE = 30
"""Characters a button shows before it may be cut (docs.slack.dev/reference/block-kit)."""
NAMED = {
    "block_id": limits.BLOCK_ID_MAX_LENGTH,
    "action_id": limits.ACTION_ID_MAX_LENGTH,
    "alt_text": limits.IMAGE_ALT_TEXT_MAX_LENGTH,
    "image_url": limits.IMAGE_IMAGE_URL_MAX_LENGTH,
    "accessibility_label": limits.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH,
    "url": limits.BUTTON_URL_MAX_LENGTH,
    "private_metadata": limits.VIEW_PRIVATE_METADATA_MAX_LENGTH,
    "callback_id": limits.VIEW_CALLBACK_ID_MAX_LENGTH,
}
COUNTED = {
    ("actions", "elements"): limits.ACTIONS_ELEMENTS_MAX_ITEMS,
    ("context", "elements"): limits.CONTEXT_ELEMENTS_MAX_ITEMS,
    ("overflow", "options"): limits.OVERFLOW_OPTIONS_MAX_ITEMS,
    ("checkboxes", "options"): limits.CHECKBOXES_OPTIONS_MAX_ITEMS,
    ("radio_buttons", "options"): limits.RADIO_BUTTONS_OPTIONS_MAX_ITEMS,
    ("static_select", "options"): limits.SELECT_OPTIONS_MAX_ITEMS,
}
WORDED = {
    ("header", "text"): limits.HEADER_TEXT_MAX_LENGTH,
    ("section", "text"): limits.SECTION_TEXT_MAX_LENGTH,
    ("button", "text"): limits.BUTTON_TEXT_MAX_LENGTH,
    ("input", "label"): limits.INPUT_LABEL_MAX_LENGTH,
    ("input", "hint"): limits.INPUT_HINT_MAX_LENGTH,
    ("plain_text_input", "placeholder"): limits.PLAIN_TEXT_INPUT_PLACEHOLDER_MAX_LENGTH,
    ("modal", "title"): limits.VIEW_TITLE_MAX_LENGTH,
    ("modal", "close"): limits.VIEW_CLOSE_MAX_LENGTH,
    ("modal", "submit"): limits.VIEW_SUBMIT_MAX_LENGTH,
}
CONFIRM = {
    "title": limits.CONFIRMATION_TITLE_MAX_LENGTH,
    "text": limits.CONFIRMATION_TEXT_MAX_LENGTH,
    "confirm": limits.CONFIRMATION_CONFIRM_MAX_LENGTH,
    "deny": limits.CONFIRMATION_DENY_MAX_LENGTH,
}
INK = 12_000
"""Characters of everything that is read, which Slack counts together (slackapi/bolt-js#2509)."""


def nodes(value: object) -> Iterator[Json]:
    """Every object inside."""
    if isinstance(value, dict):
        yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inside:
        yield from nodes(part)


def message_problems(message: Json) -> list[str]:
    """What Slack would refuse of a message."""
    blocks = message.get("blocks") or []
    found = _of_blocks(blocks, "message", limits.MESSAGE_BLOCKS_MAX_ITEMS)
    if not message.get("text"):
        found.append("no text for notifications")
    read = [block for block in blocks if block["type"] != "actions"]
    if sum(len(node["text"]) for node in nodes(read) if isinstance(node.get("text"), str)) > INK:
        found.append("msg_blocks_too_long")
    charts = sum(block["type"] == "data_visualization" for block in blocks)
    return found + ["too many charts"] * (charts > limits.MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS)


def view_problems(view: Json) -> list[str]:
    """What Slack would refuse of a view."""
    surface: Surface = "home" if view["type"] == "home" else "modal"
    found = _of_blocks(view["blocks"], surface, limits.VIEW_BLOCKS_MAX_ITEMS) + list(_of_node(view))
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        found.append("input without submit")
    if surface == "modal" and View(**view).to_dict() != {**view}:
        found.append("slack_sdk reads another view")
    return found


def _of_blocks(blocks: list[Json], surface: Surface, most: int) -> list[str]:
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    found += [f"{block['type']} on {surface}" for block in blocks if block["type"] not in SURFACES[surface]]
    names = [block["block_id"] for block in blocks if "block_id" in block]
    found += ["block_id twice"] * (len(names) != len(set(names)))
    for block in blocks:
        found += [problem for node in nodes(block) for problem in _of_node(node)] + _ids(block)
        if block["type"] not in UNMODELLED and _modelled(block) != block:
            found.append(f"slack_sdk reads another {block['type']}: {block}")
    return found


def _modelled(block: Json) -> Json | None:
    read = Block.parse(block)
    if read is None:
        return None
    read.validate_json()
    return read.to_dict()


def _ids(block: Json) -> list[str]:
    elements = block.get("elements", []) if block["type"] == "actions" else []
    ids = [element.get("action_id") for element in elements]
    return ["action_id missing or twice"] if None in ids or len(set(ids)) != len(ids) else []


def _of_node(node: Json) -> Iterator[str]:
    kind = str(node.get("type", ""))
    for name, most in NAMED.items():
        if isinstance(node.get(name), str) and not 0 < len(node[name]) + (name in OPTIONAL) <= most + 1:
            yield f"{kind}.{name}: {len(node[name])}"
    for (of, name), most in COUNTED.items():
        if kind == of and not 1 <= len(node[name]) <= most:
            yield f"{kind}.{name}: {len(node[name])}"
    for (of, name), most in WORDED.items():
        if kind == of and name in node and not 1 <= len(node[name]["text"]) <= most:
            yield f"{kind}.{name}: {len(node[name]['text'])} characters"
    yield from _of_parts(node, kind)


OPTIONAL = ("private_metadata",)


def _of_parts(node: Json, kind: str) -> Iterator[str]:
    if kind in {"plain_text", "text", "link"} and not node.get("text"):
        yield "empty text"
    if kind == "mrkdwn":
        yield "mrkdwn: Herald sends none"
    if "deny" in node:
        yield from (f"confirm.{name}" for name, most in CONFIRM.items() if len(node[name]["text"]) > most)
    yield from _of_inputs(node, kind)


def _of_inputs(node: Json, kind: str) -> Iterator[str]:
    for option in node.get("options") or []:
        if len(option["value"]) > limits.OPTION_VALUE_MAX_LENGTH or not option["value"]:
            yield f"option.value: {len(option['value'])}"
        if len(option["text"]["text"]) > limits.OPTION_TEXT_MAX_LENGTH:
            yield "option.text"
    if kind == "button" and len(node.get("value", "")) > limits.BUTTON_VALUE_MAX_LENGTH:
        yield "button.value"
    if kind == "plain_text_input" and len(node.get("initial_value", "")) > node["max_length"]:
        yield "initial_value is longer than the field"
    if kind == "image" and ("image_url" in node) == ("slack_file" in node):
        yield "image needs one source"


def labels_too_long(value: object) -> list[str]:
    """Labels that a phone would cut."""
    buttons = [node["text"]["text"] for node in nodes(value) if node.get("type") == "button"]
    options = [
        option["text"]["text"]
        for node in nodes(value)
        if node.get("type") == "overflow"
        for option in node["options"]
    ]
    return [label for label in [*buttons, *options] if len(label) > GUIDELINE]
