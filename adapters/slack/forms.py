"""A form as Slack draws it, a modal view, and what came back from it, as typed values.

A field's block id is its name, so that errors find it. Slack keeps what somebody typed while block id and
action id stay the same, and ignores `initial_value` then
(https://docs.slack.dev/reference/views/modal-views): a field keeps its action id as long as the form shows
what was typed, and gets a new one when the form brings other words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.slack.inputs import element, read, shown
from adapters.slack.plain import Json, plain_text, unescape
from adapters.slack.render import BLOCKS, blocks
from bot.cards import Role
from bot.commands import Command, Typed, dump
from bot.forms import FIELDS, Field, Form, Hour, Picture, Ticks, Writing
from bot.lettering import clean, one_line
from content.texts import Words, say, text

HOME = "home"
_NAME, _LABEL = 24, 2_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What an open form holds: each field's action id and what stands in it now."""

    ids: Mapping[str, str] = field(default_factory=dict)
    values: Typed = field(default_factory=dict)

    def action_id(self, part: Field) -> str:
        """The id that keeps what was typed, or a new one that lets the form's own words in."""
        if part.name not in self.ids:
            return part.name
        same = isinstance(part, Picture) or shown(part) == _bare(self.values.get(part.name, ""))
        return self.ids[part.name] if same else _next(self.ids[part.name], part.name)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a view carries unseen: the wires of submit and close, and whether it was opened from Home."""

    submit: str = ""
    close: str = ""
    home: bool = False

    def written(self) -> str:
        """One line each; a form that only submits carries just its command."""
        return "\n".join([self.submit, self.close, HOME if self.home else ""]).rstrip("\n")


def view(form: Form, language: str, *, home: bool = False, kept: Kept | None = None) -> Json:
    """The form as a modal view."""
    parts = [_part(part, language, kept or Kept()) for part in form.parts]
    inside = [block for part in parts for block in part][: BLOCKS["modal"]]
    sealed = Sealed(_wire(form.command), _wire(form.closed), home)
    drawn: Json = {
        "type": "modal",
        "callback_id": "herald",
        "title": _name(form.title, language),
        "close": _name(form.close, language),
        "blocks": inside,
        "notify_on_close": form.closed is not None,
    }
    if sealed.written():
        drawn["private_metadata"] = sealed.written()
    if form.command is not None or any(block["type"] == "input" for block in inside):
        drawn["submit"] = _name(form.submit or text("slack.submit"), language)
    return drawn


def told_view(inside: list[Json], language: str) -> Json:
    """A small view that only says something."""
    close, title = (_name(text(key), language) for key in ("form.close", "slack.herald"))
    return {"type": "modal", "callback_id": "herald", "title": title, "close": close, "blocks": inside}


def opened(payload: Json) -> tuple[Sealed, Kept]:
    """What an open view carries and holds, from a payload."""
    lines = [*unescape(payload.get("private_metadata") or "").split("\n"), "", "", ""]
    state = (payload.get("state") or {}).get("values") or {}
    return Sealed(lines[0], lines[1], lines[2] == HOME), kept_in(state)


def kept_in(state: Json) -> Kept:
    """The fields of `view.state.values`: each block has one element."""
    held = [(name, *next(iter(elements.items()))) for name, elements in state.items() if elements]
    ids = {name: action for name, action, _ in held}
    return Kept(ids, {name: read(value) for name, _, value in held})


def _part(part: Field | Role, language: str, kept: Kept) -> list[Json]:
    if not isinstance(part, FIELDS):
        return blocks((part,), language, "modal")
    drawn = element(part, language)
    if drawn is None:
        return []
    block: Json = {"type": "input", "block_id": part.name, "optional": _optional(part)}
    block["label"] = plain_text(one_line(clean(say(part.label, language))) or part.name, _LABEL)
    block["element"] = drawn | {"action_id": kept.action_id(part)}
    hint = clean(say(part.hint or "", language)) if isinstance(part, Writing) else ""
    return [block | {"hint": plain_text(hint, _LABEL)}] if hint else [block]


def _optional(part: Field) -> bool:
    """Boxes and pictures may always stay empty: no box must be ticked to go on."""
    return True if isinstance(part, Ticks | Picture) else not isinstance(part, Hour) and part.optional


def _wire(command: Command | None) -> str:
    return "" if command is None else dump(command)


def _name(words: Words, language: str) -> Json:
    name = one_line(clean(say(words, language))) or say(text("slack.herald"), language)
    return plain_text(name, _NAME)


def _bare(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return value.strip() if isinstance(value, str) else value


def _next(action_id: str, name: str) -> str:
    number = action_id.removeprefix(name).lstrip("~")
    return f"{name}~{int(number) + 1 if number.isdigit() else 1}"
