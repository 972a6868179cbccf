"""Which buttons stand on a card: six in all, whatever it shows. What has no room opens as a dialog.

Parts with a name fold first, from the end: their words stay, one button opens the rest. What still has no
room stands behind *More…*. Nothing is folded where everything fits.
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Generic

from bot.cards import Button, Buttons, Heading, Item, Part, Plain, Role, flat
from content.texts import Text, text

IN_VIEW: Final = 3
"""Actions of a row; what is more is behind its menu."""
IN_ALL: Final = 6
"""Actions of one card, with those of a question under a button and of a dialog's foot."""
MORE: Final = "more"


@dataclass(frozen=True, slots=True)
class Opening:
    """A button that opens a part of what it stands on; `path` says which."""

    name: Text
    path: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """What one card shows of something longer, and what its *More…* opens."""

    shown: tuple[Item | Role | Opening, ...]
    rest: tuple[Item | Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Inside(Generic[Item]):
    """What stands at a path: the name of the part, None for the whole, and what is in it."""

    name: Text | None
    pieces: tuple[Item | Role, ...]


def folded(pieces: tuple[Item, ...], room: int = IN_ALL, path: str = "") -> Page[Item]:
    """As much as fits, with a way to everything else. `path` is where these pieces are in the whole."""
    if weight(pieces) <= room:
        return Page(pieces)
    closed = _to_close(pieces, room)
    shown: list[Item | Role | Opening] = []
    for piece in pieces:
        shown += _closed(piece, path) if isinstance(piece, Part) and piece in closed else [piece]
    return Page(tuple(shown)) if weight(shown) <= room else _cut(pieces, room, path)


def inside(pieces: tuple[Item, ...], path: str, room: int = IN_ALL, first: int = IN_ALL) -> Inside[Item]:
    """What stands at a path. What is not there any more leads to what it stood in.

    `room` is that of the whole, `first` that of its parts; deeper down one action leads back.
    """
    found: Inside[Item] = Inside(None, pieces)
    for depth, step in enumerate(path.split("/") if path else ()):
        found = _entered(found, step, _room_at(depth, room, first))
    return found


def _room_at(depth: int, room: int, first: int) -> int:
    """Actions for what stands so deep: the whole, its parts, and what is in those."""
    return (room, first, IN_ALL - 1)[min(depth, 2)]


def spread(pieces: Iterable[Item]) -> Iterator[Item | Buttons]:
    """The same with every button in view, three in a row: whoever opened a part came for them."""
    for piece in pieces:
        if isinstance(piece, Buttons):
            shown = [replace(button, rare=False) for button in piece.items]
            for at in range(0, len(shown), IN_VIEW):
                yield Buttons(tuple(shown[at : at + IN_VIEW]))
        else:
            yield piece


def weight(pieces: Iterable[object]) -> int:
    """How many actions these are; a question under a button holds one more."""
    return sum(_weight(piece) for piece in pieces)


def _weight(piece: object) -> int:
    match piece:
        case Opening():
            return 1
        case Buttons(items):
            return sum(map(_cost, items))
        case Part(_, roles):
            return weight(roles)
        case _:
            return 0


def _cost(button: Button) -> int:
    return 2 if button.confirm else 1


def _entered(found: Inside[Item], step: str, room: int) -> Inside[Item]:
    if step == MORE:
        rest = folded(found.pieces, room).rest
        return Inside(text("teams.more"), rest) if rest else found
    parts = (piece for piece in found.pieces if isinstance(piece, Part))
    part = next((part for part in parts if part.name.key == step), None)
    return Inside(part.name, _untitled(part)) if part else found


def _untitled(part: Part) -> tuple[Role, ...]:
    """What is in a part, without a heading that says its name again."""
    return tuple(role for role in part.roles if role != Heading(part.name))


def _to_close(pieces: tuple[Item, ...], room: int) -> list[Part]:
    """The parts that leave room when they are closed: from the end, then from the top whatever fits again."""
    left = room - weight(pieces)
    closed: list[Part] = []
    for part in reversed([piece for piece in pieces if isinstance(piece, Part) and _weight(piece) > 1]):
        if left < 0:
            closed.append(part)
            left += _weight(part) - 1
    for first in closed[::-1]:
        if _weight(first) - 1 <= left:
            closed.remove(first)
            left -= _weight(first) - 1
    return closed


def _closed(part: Part, path: str) -> list[Role | Opening]:
    """A part's words, and one button that opens it; what has one button keeps it."""
    if _weight(part) < 2:  # noqa: PLR2004  one for another is no gain
        return list(part.roles)
    words: list[Plain] = [role for role in flat(part.roles) if not isinstance(role, Buttons)]
    return [*_headed(words), Opening(part.name, _under(path, part.name.key))]


def _headed(words: list[Plain]) -> list[Plain]:
    """Without the headings of nothing: of what was buttons alone."""
    kept: list[Plain] = []
    for role in reversed(words):
        if not isinstance(role, Heading) or (kept and not isinstance(kept[-1], Heading)):
            kept.append(role)
    return kept[::-1]


def _cut(pieces: tuple[Item, ...], room: int, path: str) -> Page[Item]:
    """What fits from the top, parts closed; words go where the buttons below them go."""
    shown: list[Item | Role | Opening] = []
    words: list[Item | Role] = []
    left = room - 1
    for at, piece in enumerate(pieces):
        drawn: list[Item | Role | Opening] = [piece]
        if isinstance(piece, Part):
            drawn = [*_closed(piece, path)]
        cost = weight(drawn)
        if not cost:
            words.append(piece)
        elif cost <= left:
            shown, words, left = [*shown, *words, *drawn], [], left - cost
        else:
            some, others = _halves(piece, left)
            rest = (*(() if some else words), *others, *pieces[at + 1 :])
            more = Opening(text("teams.more"), _under(path, MORE))
            return Page((*shown, *(words if some else ()), *some, more), rest)
    return Page((*shown, *words))


def _halves(piece: Item, left: int) -> tuple[tuple[Buttons, ...], tuple[Item | Role, ...]]:
    """The buttons of a row that still fit, those pressed often first, and the others."""
    if not isinstance(piece, Buttons):
        return (), (piece,)
    fitting: list[Button] = []
    for button in sorted(piece.items, key=lambda button: button.rare):
        left -= _cost(button)
        fitting += [button] if left >= 0 else []
    others = tuple(button for button in piece.items if button not in fitting)
    return ((Buttons(tuple(fitting)),) if fitting else ()), (Buttons(others),)


def _under(path: str, step: str) -> str:
    return f"{path}/{step}" if path else step
