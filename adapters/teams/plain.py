"""Words on Teams: cleaned, cut, and escaped where Teams would read Markdown.

Most of what people wrote goes into the `TextRun`s of a `RichTextBlock`, which every client shows letter by
letter. A `TextBlock`, a `FactSet` and the words that stand in for a card where it cannot be drawn are read as
Markdown instead, so there they are escaped. `<at>` names somebody only together with an entity, and Herald
sends none.
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
https://adaptivecards.io/explorer/AdaptiveCard.html
"""

import json
import re
from typing import Any
from urllib.parse import quote

import orjson

from content import texts
from content.texts import Words

Json = dict[str, Any]
"""A piece of Teams' JSON. Plain dicts: the SDK's models lose what they do not know."""

JOINER = "\u2060"
"""Cannot be seen and breaks no line: keeps two braces from becoming `{{DATE(…)}}`."""

_MARKS = re.compile(r"[\\`*_\[\]~<]|&(?=#|\w+;)")
"""What Teams' Markdown reads, and no more: a client that knows no escapes shows every backslash."""
_ENDS = re.compile(r"[\s()<>\\{}\"'`|^]")
"""What an address may not hold where Markdown looks for its end, or dates are read out of braces."""
_FIRST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)


def say(words: Words, language: str) -> str:
    """The words in the reader's language, and with Teams' way to speak to Herald."""
    return texts.say(words, language, "teams")


def literal(words: str) -> str:
    """The words where Teams reads dates out of double braces, as it does in every text of a card."""
    return words.replace("{{", "{" + JOINER + "{")


def unlinked(words: str) -> str:
    """The words of a choice, where one client reads Markdown and another shows each backslash: no link."""
    return literal(words).replace("](", "]" + JOINER + "(")


def escape(words: str) -> str:
    """The words where Teams reads Markdown: no emphasis, no link and no list can come out of them."""
    marked = _MARKS.sub(lambda found: "\\" + found[0], literal(words))
    return _FIRST.sub(_unlisted, marked)


def opens(address: str | None) -> str | None:
    """The address when Teams opens such ones, and short enough to travel in a card."""
    fits = address and address.startswith(("https://", "http://", "mailto:")) and len(address) <= LINK
    return address if fits else None


LINK = 2_000
"""Characters of an address on a card."""


def linked(words: str, address: str) -> str:
    """A link in Markdown: the words letter by letter, and an address that cannot end before it does."""
    return f"[{escape(words)}]({_ENDS.sub(lambda found: quote(found[0], safe=''), address)})"


def strings(data: Json) -> dict[str, str]:
    """The words among some values: what a form sends back."""
    return {name: _flat(value) for name, value in data.items() if isinstance(value, str | bool)}


def packed(body: object) -> bytes:
    """JSON as it goes out: no spaces, and letters as they are (an `é` is two bytes, not six).

    What Teams gave back may hold half a character, which orjson refuses.
    """
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body, separators=(",", ":")).encode()


def weight(body: object) -> int:
    """Bytes of a piece of JSON on the wire."""
    return len(packed(body))


def _unlisted(found: re.Match[str]) -> str:
    """`-`, `+` and `1.` begin a list only at the start of a line, and only as they are."""
    return found[0] + JOINER


def _flat(value: Any) -> str:  # noqa: ANN401  JSON
    return str(value).lower() if isinstance(value, bool) else str(value)
