"""A form as Teams draws it: a dialog around an Adaptive Card. What was typed comes back as typed values.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe

from adapters.teams.buttons import Surface, submit
from adapters.teams.carried import CLOSE, PART, SUBMIT, Carried, carried
from adapters.teams.folding import IN_ALL, Opening, folded, inside, spread, weight
from adapters.teams.inputs import Drawing, filled, inputs, needed, values
from adapters.teams.plain import Json, say
from adapters.teams.render import adaptive, attachment, elements, whole
from bot.cards import Body, Card, Role, Small
from bot.commands import Typed, dump
from bot.commands.homing import ShowHome
from bot.forms import FIELDS, Field, Form, Picture, Writing
from bot.lettering import clean, cut, one_line
from content.texts import Text, Words, text

_NAME, _TOLD, _LARGE = 60, 2_000, 3


@dataclass(frozen=True, slots=True)
class Dialog:
    """How a form is shown: in whose language, with which channels, after what was typed and said."""

    drawing: Drawing
    state: Carried = field(default_factory=Carried)
    typed: Typed = field(default_factory=dict)
    told: Words | Card | None = None


def drawing(opened: str, zone: str, on: str = "", part: str = "") -> Carried:
    """What a dialog just drawn carries: its own name, and the wire of what can draw it again."""
    return Carried(dialog=token_urlsafe(9), opened=opened, zone=zone, on=on, part=part)


def shown(form: Form, dialog: Dialog) -> Json:
    """The form as a dialog, or the part of it that is asked for."""
    found = inside(form.parts, dialog.state.part, _room(form), IN_ALL - 1)
    if found.name is not None:
        return _shown_part(found.name, (*_fields(form), *found.pieces), dialog, back=True)
    fields = _fields(form)
    lone = any(needed(part) for part in fields)
    asked = tuple(part for part in form.parts if not _idle(part, form, dialog))
    parts = folded(asked, _room(form) - weight(_roles(dialog))).shown
    body = [*_body(parts, dialog, lone=lone), *_left(form, dialog)]
    language = dialog.drawing.language
    card = whole(body, say(form.title, language), _foot(form, dialog, lone=lone))
    return _task(form.title, card, language, large=len(fields) > _LARGE)


def shown_card(card: Card, dialog: Dialog) -> Json:
    """A card as a dialog, or the part of it that is asked for: a list, a receipt, what one was told."""
    path = dialog.state.part
    found = inside(card.roles, path, _room(card))
    if found.name is not None:
        return _shown_part(found.name, found.pieces, dialog, back="/" in path)
    language = dialog.drawing.language
    surface = Surface("dialog", dialog.state)
    drawn = adaptive(folded(card.roles, _room(card)).shown, language, say(card.notice, language), surface)
    return _task(text("teams.herald"), drawn, language, large=True)


def _shown_part(name: Text, pieces: tuple[Field | Role, ...], dialog: Dialog, *, back: bool) -> Json:
    """What has no room where it belongs; fields stay, so that no word is lost on the way."""
    language, state = dialog.drawing.language, dialog.state
    up = replace(state, way=PART, part=state.part.rpartition("/")[0])
    foot = [submit(text("teams.back"), language, up, positive=False)] if back else []
    room = IN_ALL - len(foot) - weight(_roles(dialog))
    body = _body(spread(folded(pieces, room, state.part).shown), dialog)
    return _task(name, whole(body, say(name, language), foot), language, large=True)


def _fields(form: Form) -> tuple[Field, ...]:
    return tuple(part for part in form.parts if isinstance(part, FIELDS))


def _idle(part: Field | Role, form: Form, dialog: Dialog) -> bool:
    """Whether a field is about a picture that no dialog can take, and says nothing yet."""
    if not isinstance(part, Writing) or not part.about or part.value or dialog.typed.get(part.name):
        return False
    about = (each for each in form.parts if isinstance(each, Picture) and each.name == part.about)
    return not any(each.value for each in about)


def _room(whole: Form | Card) -> int:
    """Actions left beside those of a form's foot, or Home's *Refresh*."""
    if isinstance(whole, Card):
        return IN_ALL - isinstance(whole.again, ShowHome)
    return IN_ALL if whole.command is None else IN_ALL - 2


def _body(parts: Iterable[Field | Role | Opening], dialog: Dialog, *, lone: bool = False) -> list[Json]:
    surface = Surface("dialog", dialog.state, lone=lone)
    told = _told(dialog, surface)
    return [*told, *(element for part in parts for element in _part(part, dialog, surface))]


def said(words: Words, language: str) -> Json:
    """A dialog that only says something; Teams puts a button to close it."""
    return {"task": {"type": "message", "value": cut(clean(say(words, language)), _TOLD)}}


def sent(data: Json) -> tuple[Carried, Typed]:
    """What a pressed button of a dialog carries, and what stood in the fields."""
    state = carried(data)
    return state, values(data, state.zone)


def _part(part: Field | Role | Opening, dialog: Dialog, surface: Surface) -> list[Json]:
    if isinstance(part, FIELDS):
        return inputs(filled(part, dialog.typed), dialog.drawing)
    return elements((part,), dialog.drawing.language, surface)


def _told(dialog: Dialog, surface: Surface) -> list[Json]:
    """Words on top of a form that stays open."""
    if dialog.told is None:
        return _unplaced(dialog)
    items = elements(_roles(dialog), dialog.drawing.language, surface)
    return [{"type": "Container", "style": "emphasis", "items": items}] if items else []


def _roles(dialog: Dialog) -> tuple[Role, ...]:
    """What was told, as roles."""
    if isinstance(dialog.told, Card):
        return dialog.told.roles
    return (Body(dialog.told),) if dialog.told is not None else ()


def _unplaced(dialog: Dialog) -> list[Json]:
    """What is wrong about no field in particular."""
    words = dialog.drawing.wrong.get("")
    items = elements((Body(words),), dialog.drawing.language) if words else []
    return [{"type": "Container", "style": "attention", "items": items}] if items else []


def _left(form: Form, dialog: Dialog) -> list[Json]:
    """How words are kept: the cross, Escape and a click beside a dialog tell no bot anything."""
    keeps = text("teams.keeps", close=form.close)
    return elements((Small(keeps),), dialog.drawing.language) if form.closed is not None else []


def _foot(form: Form, dialog: Dialog, *, lone: bool) -> list[Json]:
    """Submit, and a way out, which keeps the words of a sheet: of its cross Teams tells no bot."""
    if form.command is None:
        return []
    language, state = dialog.drawing.language, replace(dialog.state, way=SUBMIT)
    go = submit(form.submit or text("teams.submit"), language, replace(state, wire=dump(form.command)))
    out = Carried(way=CLOSE) if form.closed is None else replace(state, wire=dump(form.closed))
    alone = lone or form.closed is None
    return [go, submit(form.close, language, out, lone=alone, positive=False)]


def _task(title: Words, card: Json, language: str, *, large: bool) -> Json:
    named = cut(one_line(clean(say(title, language))), _NAME)
    size = {"height": "large" if large else "medium", "width": "medium"}
    return {"task": {"type": "continue", "value": {"title": named, **size, "card": attachment(card)}}}


def known(wrong: Mapping[str, Words], form: Form) -> dict[str, Words]:
    """What is wrong, at fields this form has; the rest stands on top."""
    names = {part.name for part in form.parts if isinstance(part, FIELDS)}
    placed = {name: words for name, words in wrong.items() if name in names}
    loose = next((words for name, words in wrong.items() if name not in names), None)
    return placed | ({"": loose} if loose is not None else {})
