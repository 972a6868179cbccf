"""The fields of a form, one by one: Slack's input elements, and the values that come back from them."""

from adapters.slack.plain import Json, plain_text
from bot.forms import Choice, Field, Hour, Option, People, Picture, Places, Ticks, Writing
from bot.lettering import clean, cut, one_line
from content.texts import say

_RADIOS = 5
"""Up to five choices stand open; more fold into a menu."""
_TEXT, _VALUE, _PLACEHOLDER, _WRITING, _BOXES, _MENU = 75, 150, 150, 3_000, 10, 100
_PICTURES = ["png", "jpg", "jpeg", "gif", "webp"]


def element(part: Field, language: str) -> Json | None:
    """The input element of a field; None for a choice of nothing, which Slack refuses."""
    match part:
        case Writing():
            return _writing(part, language)
        case Choice() | Ticks():
            return _chosen(part, language) if part.options else None
        case Hour(value=value):
            moment = {} if value is None else {"initial_date_time": int(value.timestamp())}
            return {"type": "datetimepicker", **moment}
        case People(values=values):
            return {"type": "multi_users_select", **({"initial_users": list(values)} if values else {})}
        case Places():
            return _places(part)
        case Picture():
            return {"type": "file_input", "filetypes": _PICTURES, "max_files": 1}


def read(value: Json) -> str | tuple[str, ...]:
    """What stands in one element of `view.state.values`; empty when nothing does."""
    match value.get("type"):
        case "checkboxes" | "multi_static_select":
            return tuple(option["value"] for option in value.get("selected_options") or ())
        case "multi_users_select":
            return tuple(value.get("selected_users") or ())
        case "multi_conversations_select":
            return tuple(value.get("selected_conversations") or ())
        case "file_input":
            return next((str(file["id"]) for file in value.get("files") or ()), "")
        case _:
            return _single(value)


def shown(part: Field) -> str | tuple[str, ...]:
    """What a field starts with, in the form in which `read` gives it back."""
    match part:
        case Hour(value=value):
            return "" if value is None else str(int(value.timestamp()))
        case Places(many=False, values=values):
            return values[0] if values else ""
        case Ticks(values=values) | People(values=values) | Places(values=values):
            return values
        case Writing(value=value):
            return value.strip()
        case Choice(value=value):
            return value or ""
        case Picture():
            return ""


def _single(value: Json) -> str:
    option = value.get("selected_option") or {}
    for found in (option.get("value"), value.get("selected_conversation"), value.get("selected_date_time")):
        if found:
            return str(found)
    return str(value.get("value") or "")


def _writing(part: Writing, language: str) -> Json:
    most = max(1, min(part.limit, _WRITING))
    drawn: Json = {"type": "plain_text_input", "multiline": part.long, "max_length": most}
    start = cut(clean(part.value), most)
    placeholder = one_line(clean(say(part.placeholder or "", language)))
    if start:
        drawn["initial_value"] = start
    if placeholder:
        drawn["placeholder"] = plain_text(placeholder, _PLACEHOLDER)
    return drawn


def _chosen(part: Choice | Ticks, language: str) -> Json:
    many = isinstance(part, Ticks)
    limit = _BOXES if many else _MENU
    options = [_option(option, language) for option in part.options[:limit]]
    wanted = part.values if isinstance(part, Ticks) else (part.value,)
    initial = [option for option in options if option["value"] in wanted]
    if many:
        return {"type": "checkboxes", "options": options, **({"initial_options": initial} if initial else {})}
    kind = "radio_buttons" if len(options) <= _RADIOS else "static_select"
    return {"type": kind, "options": options, **({"initial_option": initial[0]} if initial else {})}


def _option(option: Option, language: str) -> Json:
    label = one_line(clean(say(option.label, language))) or option.value
    return {"text": plain_text(label, _TEXT), "value": option.value[:_VALUE]}


def _places(part: Places) -> Json:
    """Channels of this organisation only; Slack lists the private ones that the person is in."""
    kinds = ["public", "private"] if part.private else ["public"]
    choice = {
        "filter": {"include": kinds, "exclude_external_shared_channels": True, "exclude_bot_users": True}
    }
    if not part.many:
        first = {"initial_conversation": part.values[0]} if part.values else {}
        return {"type": "conversations_select", **choice, **first}
    return {
        "type": "multi_conversations_select",
        **choice,
        **({"initial_conversations": list(part.values)} if part.values else {}),
    }
