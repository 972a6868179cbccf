"""A card's buttons: at most three in view and six in all, long labels one per line, the rest behind "more".

A button whose command opens a form says so when it is drawn (`task/fetch`); every other one is an
`Action.Execute`, whose answer takes the place of the card, with an `Action.Submit` for clients that cannot.
In a dialog everything is an `Action.Submit`: `Action.Execute` does not exist there.
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
"""

from dataclasses import dataclass, field, fields, replace
from typing import Literal

from adapters.teams.carried import PART, Carried
from adapters.teams.folding import IN_ALL, IN_VIEW, Opening
from adapters.teams.plain import Json, literal, opens, say
from bot.cards import Button, Buttons, Confirm
from bot.commands import OPENS, Command, dump
from bot.lettering import clean, cut, one_line
from content.texts import Words, text

SHORT = 14
"""Characters of a label that still fits beside two others on a phone."""
_LABEL, _TOOLTIP, _WIRE = 40, 100, 1_500


@dataclass(frozen=True, slots=True)
class Surface:
    """Where buttons stand, and what all of them carry; `lone` ones leave the fields of a dialog alone."""

    kind: Literal["message", "dialog"] = "message"
    carried: Carried = field(default_factory=Carried)
    lone: bool = False


MESSAGE = Surface()


def rows(buttons: Buttons, language: str, surface: Surface = MESSAGE) -> list[Json]:
    """The buttons as `ActionSet`s."""
    working = [button for button in buttons.items if _works(button, language)]
    view = [button for button in working if _in_view(button)][:IN_VIEW] or working[:1]
    rest = [button for button in working if button not in view][: IN_ALL - len(view)]
    drawn = [action(button, language, surface) for button in view]
    hidden = [action(button, language, surface) | {"mode": "secondary"} for button in rest]
    return [{"type": "ActionSet", "actions": each} for each in _lines(drawn, hidden)]


def action(button: Button, language: str, surface: Surface) -> Json:
    """One button."""
    does = _does(button, surface)
    drawn = {"type": does["type"], "title": cut(_said(button.label, language), _LABEL), **does}
    drawn |= _spoken(button, language)
    if button.primary:
        drawn["style"] = "positive"
    return _asked(button.confirm, drawn, language) if button.confirm else fallen(drawn)


def opening(part: Opening, language: str, surface: Surface) -> Json:
    """The way to a part of the card, in a dialog."""
    state = replace(surface.carried, wire="", way=PART, part=part.path).written()
    fetch = {"msteams": {"type": "task/fetch"}} if surface.kind == "message" else {}
    named = cut(_said(text("teams.part", name=part.name), language), _LABEL)
    return {"type": "Action.Submit", "title": named, "data": fetch | state}


def submit(label: Words, language: str, state: Carried, *, lone: bool = False, positive: bool = True) -> Json:
    """A button at the foot of a dialog."""
    drawn: Json = {
        "type": "Action.Submit",
        "title": cut(_said(label, language), _LABEL),
        "data": state.written(),
    }
    if lone:
        drawn["associatedInputs"] = "none"
    return drawn | {"style": "positive"} if positive else drawn


def _lines(drawn: list[Json], hidden: list[Json]) -> list[list[Json]]:
    """One row when every label in view is short, else a line each; what is hidden goes with the last."""
    if not drawn:
        return []
    row = len(drawn) == 1 or all(len(each["title"]) <= SHORT for each in drawn)
    lines = [drawn] if row else [[each] for each in drawn]
    return [*lines[:-1], [*lines[-1], *hidden]]


def _in_view(button: Button) -> bool:
    """Rare ones fold away, except those with a question: a menu cannot unfold it."""
    return not button.rare or button.confirm is not None


def _works(button: Button, language: str) -> bool:
    """Whether pressing it can do something: an address that Teams opens, or a command that fits."""
    does = opens(button.address) or (button.command and len(dump(button.command)) <= _WIRE)
    return bool(does) and bool(_said(button.label, language))


def _does(button: Button, surface: Surface) -> Json:
    """Opening an address sends Teams' bots nothing: what it is evidence of, the address itself must note."""
    address = opens(button.address)
    if address or button.command is None:
        return {"type": "Action.OpenUrl", "url": address or ""}
    state = replace(surface.carried, wire=dump(button.command))
    if surface.kind == "dialog":
        lone = {"associatedInputs": "none"} if surface.lone else {}
        return {"type": "Action.Submit", "data": state.written(), **lone}
    if type(button.command) in OPENS:
        fetch = {"msteams": {"type": "task/fetch"}, **_typed(button.command), **state.written()}
        return {"type": "Action.Submit", "data": fetch}
    return {"type": "Action.Execute", "verb": button.command.wire, "data": state.written()}


def _typed(command: Command) -> dict[str, str]:
    """What a command holds already of what its form asks, on its way into the fields of the dialog."""
    found = {part.name: getattr(command, part.name) for part in fields(command) if part.metadata.get("typed")}
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def _asked(confirm: Confirm, drawn: Json, language: str) -> Json:
    """The question folds out under the button, and is answered there; pressing again folds it in."""
    lines = (("Bolder", confirm.title), ("Default", confirm.words))
    body = [run for weight, words in lines for run in _line(_said(words, language), weight)]
    sure = fallen({**drawn, "title": cut(_said(confirm.yes, language), _LABEL) or drawn["title"]})
    card = {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": [sure]}
    return {"type": "Action.ShowCard", "title": drawn["title"], "card": card}


def _line(words: str, weight: str) -> list[Json]:
    run = {"type": "TextRun", "text": literal(cut(words, 300)), "weight": weight}
    return [{"type": "RichTextBlock", "inlines": [run]}] if words else []


def fallen(drawn: Json) -> Json:
    """The same action with what an old client does instead."""
    if drawn["type"] != "Action.Execute":
        return drawn
    instead = {"type": "Action.Submit", "title": drawn["title"], "data": drawn["data"]}
    return {**drawn, "fallback": instead}


def _spoken(button: Button, language: str) -> Json:
    """What narration software reads, where the label alone would not say about what."""
    spoken = cut(_said(button.spoken or "", language), _TOOLTIP)
    return {"tooltip": spoken} if spoken else {}


def _said(words: Words, language: str) -> str:
    return one_line(clean(say(words, language)))
