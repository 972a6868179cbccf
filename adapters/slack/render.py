"""A card as Slack draws it: `{"text", "blocks"}`, plain dicts, within every limit, whatever the words are.

Limits: https://docs.slack.dev/reference/block-kit; the 12,000 characters over all blocks of a message are
undocumented (`msg_blocks_too_long`, slackapi/bolt-js#2509).
"""

from dataclasses import dataclass
from typing import Literal

from adapters.slack.buttons import actions
from adapters.slack.native import CHARTS, chart_block
from adapters.slack.plain import Json, escape, plain_text
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
from bot.lettering import clean, cut, one_line
from content.texts import Words, say, text

Surface = Literal["message", "modal", "home"]

BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
INK: dict[Surface, int] = {"message": 11_500, "modal": 60_000, "home": 60_000}
"""Characters of words a surface takes in all; a view may weigh 250 kB."""
NOTICE, PLAIN = 3_000, 12_000
"""Characters of the top-level text: beside blocks, and alone (Slack truncates above 40,000)."""

_TITLE, _HEADING, _BODY, _SMALL, _ALT, _URL = 300, 150, 3_000, 2_000, 2_000, 3_000
_TONES = {Tone.GOOD: "✓", Tone.WAITING: "○", Tone.STOPPED: "✕"}


@dataclass(slots=True)
class _Ink:
    """What one surface may still write, in one language."""

    language: str
    left: int

    def words(self, words: Words, most: int) -> str:
        """The words in the reader's language, cleaned, cut to `most` and to what is left."""
        written = cut(clean(say(words, self.language)), min(most, self.left))
        self.left -= len(written)
        return written


def render(card: Card, language: str) -> Json:
    """The card as a message: what chat.postMessage, chat.update and chat.postEphemeral take."""
    notice = clean(say(card.notice, language))
    if card.plain:
        return {"text": escape(cut(notice, PLAIN)), "mrkdwn": False}
    return {"text": escape(cut(notice, NOTICE)), "blocks": blocks(card.roles, language, "message", notice)}


def render_words(words: Words, language: str) -> Json:
    """A few words as a message."""
    return render(Card(words, (Body(words),)), language)


def blocks(roles: tuple[Role, ...], language: str, surface: Surface, notice: str = "") -> list[Json]:
    """The roles as blocks of a surface; `notice` stands in for a picture without a description."""
    ink = _Ink(language, INK[surface])
    drawn = [block for role in flat(roles) for block in _drawn(role, ink, surface, notice)]
    return _within(drawn, BLOCKS[surface])


def _within(drawn: list[Json], most: int) -> list[Json]:
    """No more blocks than a surface takes; the last one, usually the buttons, stays."""
    charts = [block for block in drawn if block["type"] == "data_visualization"][CHARTS:]
    kept = [block for block in drawn if not any(block is chart for chart in charts)]
    return kept if len(kept) <= most else [*kept[: most - 1], kept[-1]]


def _drawn(role: Plain, ink: _Ink, surface: Surface, notice: str) -> list[Json]:
    match role:
        case Chart():
            return _chart(role, ink, surface)
        case Image():
            return _image(role, ink, notice)
        case Buttons():
            return actions(role, ink.language)
        case Title() | Quote() | Facts():
            return _literal(role, ink)
        case _:
            return _lined(role, ink)


def _literal(role: Title | Quote | Facts, ink: _Ink) -> list[Json]:
    match role:
        case Title():
            return _rich("rich_text_section", _title(role, ink))
        case Quote(words):
            return _rich("rich_text_quote", _texts(ink.words(words, _BODY)))
        case Facts(rows):
            return _rich("rich_text_section", [part for row in rows for part in _fact(row, ink)])


def _lined(role: Heading | Body | Small | Person | Status, ink: _Ink) -> list[Json]:
    match role:
        case Heading(words):
            heading = one_line(ink.words(words, _HEADING))
            return [{"type": "header", "text": plain_text(heading, _HEADING)}] if heading else []
        case Body(words):
            body = ink.words(words, _BODY)
            return [{"type": "section", "text": plain_text(body, _BODY)}] if body else []
        case Small(words):
            return _context(words, ink)
        case Person(name, words):
            sentence = say(words, ink.language)
            return _context(sentence if name in sentence else f"{name} · {sentence}", ink)
        case Status(words, tone):
            return _context(f"{_TONES[tone]} {say(words, ink.language)}", ink)


def _rich(kind: str, elements: list[Json]) -> list[Json]:
    """A block that shows its elements letter by letter."""
    return [{"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}] if elements else []


def _texts(words: str) -> list[Json]:
    return [{"type": "text", "text": words}] if words else []


def _title(title: Title, ink: _Ink) -> list[Json]:
    words = one_line(ink.words(title.words, _TITLE))
    if not words:
        return []
    bold = {"text": words, "style": {"bold": True}}
    link = title.link or ""
    if link.startswith(("https://", "http://")) and len(link) <= _URL:
        return [{"type": "link", "url": link, **bold}]
    return [{"type": "text", **bold}]


def _fact(row: tuple[Words, Words], ink: _Ink) -> list[Json]:
    name, known = (one_line(ink.words(words, _SMALL)) for words in row)
    if not name or not known:
        return []
    return [{"type": "text", "text": name, "style": {"bold": True}}, {"type": "text", "text": f" {known}\n"}]


def _context(words: Words, ink: _Ink) -> list[Json]:
    written = ink.words(words, _SMALL)
    return [{"type": "context", "elements": [plain_text(written, _SMALL)]}] if written else []


def _image(image: Image, ink: _Ink, notice: str) -> list[Json]:
    alt = cut(one_line(clean(say(image.alt, ink.language)) or notice), _ALT)
    if image.source.startswith("slack:"):
        source: Json = {"slack_file": {"id": image.source.removeprefix("slack:")}}
    elif image.source.startswith(("https://", "http://")) and len(image.source) <= _URL:
        source = {"image_url": image.source}
    else:
        return []
    return [{"type": "image", **source, "alt_text": alt}] if alt else []


def _chart(chart: Chart, ink: _Ink, surface: Surface) -> list[Json]:
    """The bars where Slack draws them, and always the same numbers as text."""
    if not chart.bars:
        return []
    lines = [text("slack.bar", label=one_line(clean(name)), value=value) for name, value in chart.bars]
    twin = "\n".join([say(chart.title, ink.language), *(say(line, ink.language) for line in lines)])
    written = ink.words(twin, _BODY)
    drawn = [] if surface == "modal" else [chart_block(chart, ink.language)]
    return [*drawn, {"type": "section", "text": plain_text(written, _BODY)}] if written else drawn
