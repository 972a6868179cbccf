"""One renderer per platform for the contract of what people see: cards and forms in, finished JSON out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.slack.forms import view
from adapters.slack.render import blocks, render, render_words
from adapters.teams.chat import homely
from adapters.teams.forms import Dialog, said, shown
from adapters.teams.inputs import Drawing
from adapters.teams.plain import JOINER
from adapters.teams.render import message, worded
from bot.cards import Card
from bot.forms import Form, Option
from tests.slack.limits import message_problems as slack_message_problems
from tests.slack.limits import nodes, view_problems
from tests.teams.limits import card_problems, message_problems

Json = dict[str, Any]
NAMING = {"user", "usergroup", "channel", "broadcast", "team", "emoji", "mention"}
"""Pieces of either platform's JSON that name somebody or draw something else than letters."""


class Drawer(Protocol):
    """How a platform draws what Herald means."""

    @property
    def most(self) -> int:
        """Bytes of a message or form."""
        ...

    def card(self, card: Card, language: str) -> Json:
        """A message."""
        ...

    def form(self, form: Form, language: str, rooms: tuple[Option, ...] = ()) -> Json:
        """A form; `rooms` are channels to choose from, where the platform does not list them itself."""
        ...

    def home(self, card: Card, language: str) -> Json:
        """Somebody's Home."""
        ...

    def told(self, words: str, language: str) -> list[Json]:
        """A few words, on every way they take."""
        ...

    def problems(self, drawn: Json) -> list[str]:
        """What the platform would refuse."""
        ...

    def named(self, drawn: Json) -> list[str]:
        """Whatever in it would name somebody, or be drawn as something else than its letters."""
        ...

    def read(self, drawn: Json) -> str:
        """The letters that somebody sees, as they see them."""
        ...

    def actions(self, drawn: Json) -> list[str]:
        """The labels of everything one can press."""
        ...


@dataclass(frozen=True, slots=True)
class OnSlack:
    """Block Kit."""

    most: int = 250_000

    def card(self, card: Card, language: str) -> Json:
        return render(card, language)

    def form(self, form: Form, language: str, rooms: tuple[Option, ...] = ()) -> Json:
        del rooms
        return view(form, language)

    def home(self, card: Card, language: str) -> Json:
        return {"type": "home", "blocks": blocks(card.roles, language, "home", "Home")}

    def told(self, words: str, language: str) -> list[Json]:
        return [render_words(words, language)]

    def problems(self, drawn: Json) -> list[str]:
        return view_problems(drawn) if "type" in drawn else slack_message_problems(drawn)

    def named(self, drawn: Json) -> list[str]:
        read = [node["text"] for node in nodes(drawn) if node.get("type") == "mrkdwn"]
        read += [drawn["text"]] if isinstance(drawn.get("text"), str) else []
        found = [words for words in read if "<" in words or ">" in words]
        return found + [node["type"] for node in nodes(drawn) if node.get("type") in NAMING]

    def read(self, drawn: Json) -> str:
        return "\n".join(_strings(drawn["blocks"], ("text", "initial_value")))

    def actions(self, drawn: Json) -> list[str]:
        pressed = [node["text"]["text"] for node in nodes(drawn) if node.get("type") == "button"]
        menus = [node["options"] for node in nodes(drawn) if node.get("type") == "overflow"]
        return pressed + [option["text"]["text"] for menu in menus for option in menu]


@dataclass(frozen=True, slots=True)
class OnTeams:
    """Adaptive Cards; our budget of a card, and what stands around it."""

    most: int = 26_000

    def card(self, card: Card, language: str) -> Json:
        return message(card, language)

    def form(self, form: Form, language: str, rooms: tuple[Option, ...] = ()) -> Json:
        return shown(form, Dialog(Drawing(language, "Europe/Paris", rooms, rooms)))

    def home(self, card: Card, language: str) -> Json:
        return homely(card, language)

    def told(self, words: str, language: str) -> list[Json]:
        beside = Card(words, (), plain=True)
        return [worded(words), said(words, language), message(beside, language)]

    def problems(self, drawn: Json) -> list[str]:
        if "task" in drawn:
            value = drawn["task"]["value"]
            return [] if isinstance(value, str) else card_problems(value["card"]["content"], dialog=True)
        return message_problems(drawn) if "attachments" in drawn else []

    def named(self, drawn: Json) -> list[str]:
        entities = [str(node["entities"]) for node in nodes(drawn) if "entities" in node]
        formatted = [drawn["text"]] if "text" in drawn and drawn.get("textFormat") != "plain" else []
        return entities + formatted + [node["type"] for node in nodes(drawn) if node.get("type") in NAMING]

    def read(self, drawn: Json) -> str:
        """What is escaped for Markdown as it is shown: `card_problems` saw that no mark is left."""
        marked = {id(node) for node in nodes(drawn) if node.get("type") == "TextBlock"}
        marked |= {id(fact) for node in nodes(drawn) for fact in node.get("facts", ())}
        parts = ("text", "title", "value", "label", "placeholder")
        words = [
            _unmarked(found) if id(node) in marked else found
            for node in nodes(drawn)
            for found in _own(node, parts)
        ]
        return "\n".join(words).replace(JOINER, "")

    def actions(self, drawn: Json) -> list[str]:
        sets = [node["actions"] for node in nodes(drawn) if node.get("type") == "ActionSet"]
        return [action["title"] for each in sets for action in each]


DRAWERS: dict[str, Drawer] = {"slack": OnSlack(), "teams": OnTeams()}


def _strings(drawn: object, parts: tuple[str, ...]) -> Iterator[str]:
    for node in nodes(drawn):
        yield from _own(node, parts)


def _own(node: Json, parts: tuple[str, ...]) -> list[str]:
    return [node[part] for part in parts if isinstance(node.get(part), str)]


def _unmarked(words: str) -> str:
    return words.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")
