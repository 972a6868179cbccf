"""A card as Teams draws it: Adaptive Card 1.5, plain dicts, within our budget, whatever the words are.

Teams takes 100 KB for a message and older paths 28 KB, so a card of ours keeps under 25 KB.
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.teams.buttons import MESSAGE, Surface, opening, rows
from adapters.teams.carried import Carried
from adapters.teams.folding import IN_ALL, Opening, folded
from adapters.teams.folding import weight as weigh
from adapters.teams.native import CHARTS, chart
from adapters.teams.plain import Json, escape, linked, literal, opens, say, weight
from bot.cards import (
    Body,
    Buttons,
    Card,
    Chart,
    Facts,
    Heading,
    Image,
    Person,
    Plain,
    Quote,
    Role,
    Small,
    Status,
    Title,
    Tone,
    flat,
)
from bot.commands import dump
from bot.lettering import clean, cut, one_line
from content.texts import Words, text

KIND = "application/vnd.microsoft.card.adaptive"
BUDGET = 25_000
"""Bytes of a card as JSON."""
INK = 14_000
"""Bytes of words a card takes in all, escapes included; the rest is for buttons and the frame of words."""
NOTICE, PLAIN = 300, 12_000

_TITLE, _HEADING, _BODY, _SMALL, _ALT, _LINES, _FACTS = 300, 150, 3_000, 1_000, 400, 40, 15
_TONES = {Tone.GOOD: ("✓", "good"), Tone.WAITING: ("○", "emphasis"), Tone.STOPPED: ("✕", "attention")}


@dataclass(slots=True)
class _Ink:
    """What one card may still write, in one language, and where its buttons stand."""

    language: str
    surface: Surface
    left: int = INK
    charts: int = CHARTS

    def words(self, words: Words, most: int) -> str:
        """The words in the reader's language, cleaned, cut to `most` and to what is left."""
        written = cut(clean(say(words, self.language)), most)
        while (size := weight(escape(written))) > self.left + 2:
            written = cut(written, len(written) * self.left // size)
        self.left -= size - 2
        return written


def message(card: Card, language: str, *, on: str = "", foot: tuple[Role, ...] = ()) -> Json:
    """The card as a message, `foot` below it, whatever has to fold.

    Words beside a card would become a message of their own, so there are none.
    """
    notice = clean(say(card.notice, language))
    if card.plain:
        return worded(notice)
    surface = Surface(carried=Carried(on=on, opened=dump(card.again) if card.again else ""))
    shown = folded(card.roles, IN_ALL - weigh(foot)).shown
    attached = attachment(adaptive((*shown, *foot), language, notice, surface))
    return {"type": "message", "summary": cut(one_line(notice), NOTICE), "attachments": [attached]}


def worded(words: str) -> Json:
    """Words alone as a message, shown as they are."""
    return {"type": "message", "textFormat": "plain", "text": cut(words, PLAIN)}


def attachment(card: Json) -> Json:
    """A card, as messages, dialogs and answers carry it."""
    return {"contentType": KIND, "content": card}


def adaptive(roles: Iterable[Role | Opening], language: str, notice: str, surface: Surface) -> Json:
    """The roles as a card; a client that cannot draw cards shows the notice."""
    body = elements(roles, language, surface) or lines(notice or "…")
    return whole(body, notice)


def whole(body: list[Json], notice: str, actions: list[Json] | None = None) -> Json:
    """A card around its body, no heavier than the budget."""
    frame: Json = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": escape(cut(one_line(notice), NOTICE)),
    }
    foot = {"actions": actions} if actions else {}
    return frame | {"body": _within(body, BUDGET - weight(frame | foot) - 20)} | foot


def elements(roles: Iterable[Role | Opening], language: str, surface: Surface = MESSAGE) -> list[Json]:
    """The roles as elements of a card."""
    ink = _Ink(language, surface)
    return [element for role in flat(roles) for element in _drawn(role, ink)]


def lines(words: str, **look: object) -> list[Json]:
    """Words letter by letter, a block a line: no client breaks lines inside a block in the same way."""
    found = words.split("\n")
    if len(found) > _LINES:
        found = [*found[: _LINES - 1], " ".join(found[_LINES - 1 :])]
    drawn: list[Json] = []
    apart = True
    for line in found:
        if line.strip():
            drawn.append(rich([run(line.strip(), **look)]) | ({} if apart else {"spacing": "None"}))
        apart = not line.strip()
    return drawn


def rich(runs: list[Json]) -> Json:
    """One block of text runs."""
    return {"type": "RichTextBlock", "inlines": runs}


def run(words: str, **look: object) -> Json:
    """Words that no client reads as Markdown."""
    return {"type": "TextRun", "text": literal(words), **look}


def _within(body: list[Json], most: int) -> list[Json]:
    """No heavier than `most`: the end goes first, but the very last element, usually buttons, stays."""
    sizes = [weight(element) + 1 for element in body]
    if sum(sizes) <= most or not body:
        return body
    left, kept = most - sizes[-1], []
    for element, size in zip(body[:-1], sizes[:-1], strict=True):
        if size > left:
            break
        left -= size
        kept.append(element)
    return [*kept, body[-1]] if sizes[-1] <= most else kept


def _drawn(role: Plain | Opening, ink: _Ink) -> list[Json]:
    match role:
        case Opening():
            return [{"type": "ActionSet", "actions": [opening(role, ink.language, ink.surface)]}]
        case Chart():
            return _chart(role, ink)
        case Image():
            return _image(role, ink)
        case Buttons():
            return rows(role, ink.language, ink.surface)
        case Title() | Heading() | Facts():
            return _structured(role, ink)
        case _:
            return _said(role, ink)


def _structured(role: Title | Heading | Facts, ink: _Ink) -> list[Json]:
    match role:
        case Title():
            return _title(role, ink)
        case Heading(words):
            heading = escape(one_line(ink.words(words, _HEADING)))
            look = {"weight": "Bolder", "size": "Medium", "wrap": True, "style": "heading"}
            return [{"type": "TextBlock", "text": heading, **look}] if heading else []
        case Facts(pairs):
            facts = [fact for pair in pairs[:_FACTS] for fact in _fact(pair, ink)]
            return [{"type": "FactSet", "facts": facts}] if facts else []


def _said(role: Body | Quote | Small | Person | Status, ink: _Ink) -> list[Json]:
    match role:
        case Body(words):
            return lines(ink.words(words, _BODY))
        case Quote(words):
            return _boxed(lines(ink.words(words, _BODY), italic=True), "emphasis")
        case Small(words):
            return lines(ink.words(words, _SMALL), size="Small", isSubtle=True)
        case Person():
            return _person(role, ink)
        case Status(words, tone):
            sign, style = _TONES[tone]
            said = ink.words(words, _SMALL)
            return _boxed(lines(f"{sign} {said}"), style) if said else []


def _boxed(items: list[Json], style: str) -> list[Json]:
    return [{"type": "Container", "style": style, "items": items}] if items else []


def _title(title: Title, ink: _Ink) -> list[Json]:
    """A link is Markdown's: a text that can be pressed would count among the card's actions."""
    words, address = one_line(ink.words(title.words, _TITLE)), opens(title.link)
    look = {"size": "Large", "weight": "Bolder"}
    if words and address:
        return [{"type": "TextBlock", "text": linked(words, address), "wrap": True, **look}]
    return [rich([run(words, **look)])] if words else []


def _person(person: Person, ink: _Ink) -> list[Json]:
    name, words = one_line(ink.words(person.name, _HEADING)), one_line(ink.words(person.words, _SMALL))
    named = [run(name, weight="Bolder")] if name and name not in words else []
    told = [run(f" · {words}" if named else words, isSubtle=True)] if words else []
    return [rich([*named, *told])] if named or told else []


def _fact(pair: tuple[Words, Words], ink: _Ink) -> list[Json]:
    name, known = (escape(one_line(ink.words(words, _SMALL))) for words in pair)
    return [{"title": name, "value": known}] if name and known else []


def _image(image: Image, ink: _Ink) -> list[Json]:
    """Pictures from the web; a file that another platform holds cannot be shown here."""
    alt = cut(one_line(clean(say(image.alt, ink.language))), _ALT)
    address = opens(image.source)
    if address is None or address.startswith("mailto:"):
        return []
    return [{"type": "Image", "url": address, "altText": alt, "size": "Stretch"}]


def _chart(drawn: Chart, ink: _Ink) -> list[Json]:
    """The bars where Teams draws them, and always the same numbers as text."""
    if not drawn.bars:
        return []
    twin = [text("teams.bar", label=one_line(clean(name)), value=value) for name, value in drawn.bars]
    title = lines(ink.words(drawn.title, _HEADING), weight="Bolder")
    written = lines(ink.words("\n".join(say(line, ink.language) for line in twin), _BODY))
    ink.charts -= 1
    return [*([chart(drawn, ink.language)] if ink.charts >= 0 else title), *written]
