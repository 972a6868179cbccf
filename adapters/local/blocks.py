"""Block Kit as the local workspace accepts it: limits checked as Slack does, ids given, values read.

Limits are those of docs.slack.dev/reference/block-kit, where slack_sdk 3.47 and slackblocks 3.0 agree.
"""

import secrets
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from adapters.local.people import Json

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
ID, FIELD = 255, 2000
OPTION_TEXT, OPTION_VALUE = 75, 150
CUMULATIVE = 13_000
"""Characters of text in all blocks of one message, above which Slack answers `msg_blocks_too_long`."""
CHARTS = 2

_MODAL = frozenset(
    {"actions", "alert", "card", "context", "divider", "header", "image", "input", "rich_text", "section"}
    | {"video"},
)
_SURFACES = MappingProxyType(
    {
        "message": _MODAL - {"alert"}
        | {"markdown", "table", "data_table", "data_visualization", "container", "carousel", "file"}
        | {"context_actions"},
        "modal": _MODAL,
        "home": _MODAL - {"alert"} | {"carousel", "data_table", "data_visualization", "table"},
    },
)
_TEXTS = MappingProxyType(
    {
        ("section", "text"): 3000,
        ("header", "text"): 150,
        ("image", "title"): 2000,
        ("image", "alt_text"): 2000,
        ("input", "label"): 2000,
        ("input", "hint"): 2000,
        ("button", "text"): 75,
        ("button", "value"): 2000,
        ("button", "url"): 3000,
        ("button", "accessibility_label"): 75,
        ("plain_text_input", "placeholder"): 150,
        ("plain_text_input", "initial_value"): 3000,
        ("data_visualization", "title"): 50,
    },
)
_COUNTS = MappingProxyType(
    {
        ("section", "fields"): (1, 10),
        ("actions", "elements"): (1, 25),
        ("context", "elements"): (1, 10),
        ("overflow", "options"): (1, 5),
        ("checkboxes", "options"): (1, 10),
        ("radio_buttons", "options"): (1, 10),
        ("static_select", "options"): (1, 100),
        ("multi_static_select", "options"): (1, 100),
        ("table", "rows"): (1, 100),
    },
)
_CONFIRM = MappingProxyType({"title": 100, "text": 300, "confirm": 30, "deny": 30})
_NEEDS = MappingProxyType(
    {
        "section": ("text|fields",),
        "header": ("text",),
        "actions": ("elements",),
        "context": ("elements",),
        "input": ("label", "element"),
        "image": ("alt_text", "image_url|slack_file"),
        "button": ("text",),
        "rich_text": ("elements",),
        "data_visualization": ("title", "chart"),
        "table": ("rows",),
    },
)


def words_of(value: object) -> str:
    """The text of a text object or of a bare string; empty for anything else."""
    if isinstance(value, Mapping):
        return str(value.get("text") or "")
    return value if isinstance(value, str) else ""


def parts(block: Json) -> Iterator[Json]:
    """The block and every interactive or pictured element directly in it."""
    yield block
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            yield block[key]
    if block.get("type") in {"actions", "context", "context_actions"}:
        yield from (element for element in block.get("elements") or [] if isinstance(element, dict))


def wires(blocks: list[Json]) -> list[str]:
    """What the buttons and options in these blocks carry."""
    carried = [part.get("value") for block in blocks for part in parts(block)]
    options = [option for block in blocks for part in parts(block) for option in part.get("options") or []]
    return [str(wire) for wire in (*carried, *(option.get("value") for option in options)) if wire]


def problems(blocks: object, surface: str) -> list[str]:
    """What Slack would refuse in these blocks on that surface (`message`, `modal`, `home`)."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks must be an array of objects"]
    limit = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    found = [f"no more than {limit} items allowed"] if len(blocks) > limit else []
    for index, block in enumerate(blocks):
        found += [f"{issue} [json-pointer:/blocks/{index}]" for issue in _of_block(block, surface)]
    return found + _together(blocks)


def _of_block(block: Json, surface: str) -> Iterator[str]:
    if block.get("type") not in _SURFACES[surface]:
        yield f"unsupported type: {block.get('type')}"
        return
    if len(str(block.get("block_id") or "")) > ID:
        yield "block_id: must be less than 256 characters"
    actions = [part["action_id"] for part in parts(block) if part.get("action_id")]
    if len(actions) != len(set(actions)):
        yield "action_id already exists in this block"
    if any(len(action) > ID for action in actions):
        yield "action_id: must be less than 256 characters"
    for part in parts(block):
        yield from _of_part(part)


def _of_part(part: Json) -> Iterator[str]:
    kind = str(part.get("type"))
    for need in _NEEDS.get(kind, ()):
        if not any(part.get(key) for key in need.split("|")):
            yield f"{kind}: missing required field: {need}"
    for (type_, key), limit in _TEXTS.items():
        if type_ == kind and len(words_of(part.get(key))) > limit:
            yield f"{kind}.{key}: must be less than {limit + 1} characters"
    for (type_, key), (low, high) in _COUNTS.items():
        if type_ == kind and key in part and not low <= len(part[key]) <= high:
            yield f"{kind}.{key}: must have {low} to {high} items"
    yield from _of_options(part)
    yield from _of_details(part, kind)


def _of_options(part: Json) -> Iterator[str]:
    groups = part.get("option_groups") or []
    options = [*(part.get("options") or []), *(option for group in groups for option in group["options"])]
    if any(len(words_of(option.get("text"))) > OPTION_TEXT for option in options):
        yield "option.text: must be less than 76 characters"
    if any(len(str(option.get("value") or "")) > OPTION_VALUE for option in options):
        yield "option.value: must be less than 151 characters"
    if any(len(words_of(option.get("description"))) > OPTION_TEXT for option in options):
        yield "option.description: must be less than 76 characters"


def _of_details(part: Json, kind: str) -> Iterator[str]:
    if kind == "header" and (part.get("text") or {}).get("type") != "plain_text":
        yield "header.text: must be plain_text"
    if kind == "section" and any(len(words_of(text)) > FIELD for text in part.get("fields") or []):
        yield "section.fields: must be less than 2001 characters"
    for key, limit in _CONFIRM.items():
        if len(words_of((part.get("confirm") or {}).get(key))) > limit:
            yield f"confirm.{key}: must be less than {limit + 1} characters"
    if kind == "button" and part.get("style") not in {None, "primary", "danger"}:
        yield "button.style: must be primary or danger"


def _together(blocks: list[Json]) -> list[str]:
    names = [block["block_id"] for block in blocks if block.get("block_id")]
    found = ["block_id already exists"] if len(names) != len(set(names)) else []
    if sum(block.get("type") == "data_visualization" for block in blocks) > CHARTS:
        found.append(f"no more than {CHARTS} data_visualization blocks")
    return found


def too_long(blocks: list[Json]) -> bool:
    """Whether the text of all blocks together passes what one message may carry."""
    texts = (
        words_of(block.get("text")) + "".join(map(words_of, block.get("fields") or [])) for block in blocks
    )
    return sum(map(len, texts)) > CUMULATIVE


def named(blocks: list[Json]) -> list[Json]:
    """The blocks with the ids that Slack gives to those sent without."""
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for part in parts(block):
            if part is not block and part.get("type") not in {"image", "mrkdwn", "plain_text"}:
                part.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks
