"""How a command travels on a button: a stable short name and its fields, never who presses it.

Old cards live for months, so `load` keeps reading old names (`FORMERLY`), ignores fields it no longer knows,
and takes typed values only for the fields that a command declares as `typed()`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import lru_cache
from typing import Any, ClassVar, get_origin
from urllib.parse import parse_qsl, urlencode

Typed = Mapping[str, str | tuple[str, ...]]
"""What a person typed or chose in a form: field name to value."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something one can ask of Herald. Subclasses are frozen and imperative.

    `wire` is their name on a button.
    """

    wire: ClassVar[str]


class Unreadable(ValueError):
    """A button that names no command we know, now or formerly."""


def typed(default: str | tuple[str, ...] = "") -> Any:  # noqa: ANN401  a dataclass field stands for any type
    """A field that a person fills in a form; it never travels on a button."""
    return field(default=default, metadata={"typed": True})


@lru_cache(maxsize=4096)
def dump(command: Command) -> str:
    """The command as a button carries it; at most 150 characters (Slack's limit for an option's value).

    Remembered: a sheet has a dozen buttons, and everybody's has the same.
    """
    carried = [(part, getattr(command, part.name)) for part in fields(command) if _carried(part)]
    told = [(part.name, _flat(value)) for part, value in carried if value != part.default]
    return f"{command.wire}?{urlencode(told)}" if told else command.wire


def load(wire: str, names: Mapping[str, type[Command]], values: Typed | None = None) -> Command:
    """Read a button back, with the `values` typed in its form; raises `Unreadable` when nobody knows it."""
    name, carried = _parted(wire)
    kind = names.get(name)
    if kind is None:
        raise Unreadable(name[:40])
    try:
        return kind(**{part.name: _read(part, carried, values or {}) for part in fields(kind)})
    except (KeyError, ValueError) as broken:
        raise Unreadable(name) from broken


@lru_cache(maxsize=4096)
def _parted(wire: str) -> tuple[str, Mapping[str, str]]:
    """A wire's name and fields; remembered, for a whole company presses the same button."""
    name, _, query = wire.partition("?")
    return name, dict(parse_qsl(query, keep_blank_values=True))


def _carried(part: "Field[Any]") -> bool:
    return not part.metadata.get("typed")


def _flat(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read(part: "Field[Any]", carried: Mapping[str, str], values: Typed) -> object:
    source: Mapping[str, Any] = carried if _carried(part) else values
    if part.name not in source:
        if part.default is MISSING:
            raise KeyError(part.name)
        return part.default
    return _shaped(part, source[part.name])


def _shaped(part: "Field[Any]", value: str | tuple[str, ...]) -> object:
    """Give the value the field's own type; a list where a text belongs is not ours."""
    if get_origin(part.type) is tuple:  # each `tuple[str, ...]` is an object of its own
        return value if isinstance(value, tuple) else (value,)
    if isinstance(value, tuple):
        raise Unreadable(part.name)
    if part.type is bool:
        return value == "1"
    return int(value) if part.type is int else value
