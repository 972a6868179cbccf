"""The fields of a form, one by one: inputs of Adaptive Cards, and the values that come back from them.

A dialog sends plain strings, so the id of an input says what they mean: `channels[]` is any of several,
`at@date` and `at@time` are one moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.teams.plain import Json, opens, say, strings, unlinked
from adapters.teams.render import lines
from bot.commands import Typed
from bot.forms import Choice, Field, Hour, Option, People, Picture, Places, Ticks, Writing
from bot.lettering import clean, cut, one_line
from content.texts import Words, text

MANY, DATE, TIME = "[]", "@date", "@time"
LAST = 253_402_300_800
"""Seconds since 1970 when the year 10000 begins, which no calendar here knows."""
_OPEN = 5
"""Up to five choices stand open; more fold into a menu."""
_LABEL, _HINT, _WRITING, _CHOICES = 200, 500, 4_000, 100


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a field is drawn with: language, zone, the channels Herald is in, what was wrong."""

    language: str
    zone: str = "UTC"
    rooms: tuple[Option, ...] = ()
    private_rooms: tuple[Option, ...] = ()
    wrong: Mapping[str, Words] = field(default_factory=dict)

    def said(self, words: Words | None, most: int = _LABEL) -> str:
        """A label in the reader's language, on one line."""
        return cut(one_line(clean(say(words or "", self.language))), most)


def inputs(part: Field, drawing: Drawing) -> list[Json]:
    """The field, with what was wrong about it above."""
    wrong = lines(drawing.said(drawing.wrong.get(part.name), _HINT), color="Attention", weight="Bolder")
    hint = part.hint if isinstance(part, Writing) else None
    quiet = lines(drawing.said(hint, _HINT), size="Small", isSubtle=True)
    return [*wrong, *_inputs(part, drawing), *({**line, "spacing": "None"} for line in quiet)]


def _inputs(part: Field, drawing: Drawing) -> list[Json]:
    match part:
        case Writing():
            return [_writing(part, drawing)]
        case Choice() | Ticks():
            return [_choice(part, drawing)] if part.options else []
        case Hour():
            return _hour(part, drawing)
        case People():
            return [_people(part, drawing)]
        case Places():
            return _places(part, drawing)
        case Picture():
            return _picture(part, drawing)


def needed(part: Field) -> bool:
    """Whether a dialog lets nobody go on without it: boxes and pictures may stay empty."""
    return not isinstance(part, Ticks | Picture) and (isinstance(part, Hour) or not part.optional)


def _writing(part: Writing, drawing: Drawing) -> Json:
    most = max(1, min(part.limit, _WRITING))
    drawn = _labelled("Input.Text", part.name, part, drawing)
    drawn |= {"isMultiline": part.long, "maxLength": most, "value": cut(clean(part.value), most)}
    placeholder = drawing.said(part.placeholder)
    return drawn | {"placeholder": placeholder} if placeholder else drawn


def _choice(part: Choice | Ticks, drawing: Drawing) -> Json:
    if isinstance(part, Ticks):
        chosen = {"isMultiSelect": True, "style": "expanded", "value": _joined(part.values, part.options)}
        return _choices(part, part.options, drawing) | chosen
    style = "expanded" if len(part.options) <= _OPEN else "compact"
    return _choices(part, part.options, drawing) | {"style": style, "value": part.value or ""}


def _choices(part: Choice | Ticks | People | Places, options: tuple[Option, ...], drawing: Drawing) -> Json:
    name = (
        part.name
        if isinstance(part, Choice) or (isinstance(part, Places) and not part.many)
        else part.name + MANY
    )
    drawn = _labelled("Input.ChoiceSet", name, part, drawing)
    named = [(unlinked(drawing.said(each.label)) or each.value, each.value) for each in options]
    listed = [{"title": title, "value": value} for title, value in named]
    return drawn | {"choices": listed[:_CHOICES], "wrap": True}


def _labelled(kind: str, name: str, part: Field, drawing: Drawing) -> Json:
    drawn: Json = {"type": kind, "id": name, "label": drawing.said(part.label) or part.name}
    if needed(part):
        drawn |= {"isRequired": True, "errorMessage": drawing.said(text("teams.needed"))}
    return drawn


def _hour(part: Hour, drawing: Drawing) -> list[Json]:
    """A day and an hour, in the person's own zone."""
    local = part.value.astimezone(zone(drawing.zone)) if part.value else None
    day, hour = (f"{local:%Y-%m-%d}", f"{local:%H:%M}") if local else ("", "")
    date = _labelled("Input.Date", part.name + DATE, part, drawing) | {"value": day}
    time = _labelled("Input.Time", part.name + TIME, part, drawing) | {"value": hour}
    return [date, time | {"label": drawing.said(text("teams.hour_in", zone=str(zone(drawing.zone))))}]


def _people(part: People, drawing: Drawing) -> Json:
    """Teams' own people picker: it searches the company's directory."""
    drawn = _choices(part, (), drawing)
    search = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    return drawn | {"isMultiSelect": True, "choices.data": search, "value": ",".join(part.values)}


def _places(part: Places, drawing: Drawing) -> list[Json]:
    """The channels Herald is in: Teams has no picker for channels."""
    rooms = drawing.rooms if not part.private else (*drawing.rooms, *drawing.private_rooms)
    if not rooms:
        return lines(drawing.said(text("teams.no_rooms"), _HINT), weight="Bolder")
    drawn = _choices(part, rooms, drawing)
    style = "expanded" if part.many or len(rooms) <= _OPEN else "compact"
    return [drawn | {"isMultiSelect": part.many, "style": style, "value": _joined(part.values, rooms)}]


def _picture(part: Picture, drawing: Drawing) -> list[Json]:
    """No dialog takes files: a picture comes by message before, and only travels along here."""
    if not part.value or part.name in drawing.wrong:
        return lines(drawing.said(text("teams.no_pictures"), _HINT), size="Small", isSubtle=True)
    look = {"altText": drawing.said(part.label), "size": "Large"}
    seen = [{"type": "Image", "url": part.shown, **look}] if opens(part.shown) else []
    along = [{"title": drawing.said(text("picture.goes_with")), "value": part.value}]
    box = _labelled("Input.ChoiceSet", part.name, part, drawing) | {"choices": along, "value": part.value}
    return [*seen, box | {"isMultiSelect": True, "style": "expanded", "wrap": True}]


def _joined(values: tuple[str, ...], options: tuple[Option, ...]) -> str:
    offered = {option.value for option in options}
    return ",".join(value for value in values if value in offered)


# ------------------------------------------------------------------------------------------ the way back


def values(data: Json, zone_name: str) -> Typed:
    """What was typed and chosen, by field."""
    found: dict[str, str | tuple[str, ...]] = {}
    sent = strings(data)
    for id_, value in sent.items():
        if id_.endswith(MANY):
            found[id_.removesuffix(MANY)] = tuple(part for part in value.split(",") if part)
        elif id_.endswith(DATE):
            name = id_.removesuffix(DATE)
            found[name] = moment(value, sent.get(name + TIME, ""), zone_name)
        elif not id_.endswith(TIME):
            found[id_] = value
    return found


def moment(day: str, hour: str, zone_name: str) -> str:
    """Seconds since 1970 of a day and an hour in a zone; empty when one of them is missing or odd."""
    try:
        local = datetime.fromisoformat(f"{day}T{hour or '-'}").replace(tzinfo=zone(zone_name))
    except ValueError:
        return ""
    return str(int(local.timestamp()))


def zone(name: str) -> ZoneInfo:
    """A zone by its name; UTC for a name nobody knows."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")


def filled(part: Field, typed: Typed) -> Field:
    """The field holding what was typed into it, where something was."""
    if part.name not in typed:
        return part
    value = typed[part.name]
    many = value if isinstance(value, tuple) else tuple(filter(None, [value]))
    one = many[0] if many else ""
    match part:
        case Writing():
            return replace(part, value=one)
        case Choice():
            return replace(part, value=one or None)
        case Hour():
            return replace(part, value=_at(one))
        case Ticks() | People() | Places():
            return replace(part, values=many)
        case Picture():
            return replace(part, value=one)


def _at(seconds: str) -> datetime | None:
    number = int(seconds[:13]) if seconds.isascii() and seconds.isdigit() else LAST
    return datetime.fromtimestamp(number, UTC) if number < LAST else None
