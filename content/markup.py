"""Fragments of other people's HTML as words."""

import re
from collections.abc import Sequence
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from content.words import ELLIPSIS, cleaned

_READ = (2, 4, 12, 100)
"""Characters of markup read for a visible one: what is often enough, mostly, and at most."""
_ORDINARY = re.compile(
    r"</?(?:p|a|b|i|u|s|q|em|strong|br|img|span|div|ul|ol|li|dl|dt|dd|h[1-6]|hr|pre|code|small"
    r"|sub|sup|del|ins|mark|cite|abbr|time|blockquote|figure|figcaption|picture|section|article|header"
    r"|footer|aside|main|font|center)"
    r"(?:\s++[\w:.@-]++(?:\s*+=\s*+(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]++))?)*+\s*+/?"
    r"|<!--[^<>]*--",
    re.IGNORECASE | re.ASCII,
)
"""Tags, without their ends, that only stand around words: nothing moves, hides or changes what is between."""
_TAG_OR_END = re.compile("(<[^<>]*>)|>")
_END = "\0"
_BETWEEN = f" {_END} "
"""Stands between two fragments; no letter of a feed."""
_KEPT = {"\u00a0": "\1", "\u202f": "\2"}
"""Spaces that stay as they are, and what stands for them meanwhile."""
_REFERENCE = 40
"""Characters of the longest name that stands for a character."""


def plain(html: str, limit: int) -> str:
    """The words of a fragment of HTML, without its markup and scripts, on one line."""
    words = light([html], limit)
    return _parsed(html[: limit * _READ[-1]], limit) if words is None else words[0]


def light(fragments: Sequence[str], limit: int) -> list[str] | None:
    """The same of several in a tenth of the time, for ordinary markup; None when one has any other."""
    shown, left = [""] * len(fragments), list(range(len(fragments)))
    for room in (limit * times for times in _READ):
        found = _without_tags([_start(fragments[place], room) for place in left])
        if found is None:
            return None
        longer = []
        for place, words in zip(left, found, strict=True):
            shown[place] = cleaned(words, limit)
            if len(fragments[place]) > room and not _cut(words, limit, shown[place]):
                longer.append(place)
        if not longer:
            break
        left = longer
    return shown


def _cut(found: str, limit: int, shown: str) -> bool:
    """Whether there is more than what is shown, and the dots at its end are not the writer's own."""
    return shown.endswith(ELLIPSIS) and (ELLIPSIS not in found or shown != cleaned(found, limit + 1))


def _start(html: str, room: int) -> str:
    """The beginning of a fragment without the half of a tag or a reference at its end."""
    start = html[:room]
    if len(start) == len(html):
        return html
    opened = start.rfind("<")
    if opened > start.rfind(">"):
        start = start[:opened]
    named = start.rfind("&", -_REFERENCE)
    return start[:named] if named >= 0 and start.find(";", named) < 0 else start


def _without_tags(fragments: Sequence[str]) -> list[str] | None:
    """The words of each, looked for in all of them at once; None where there is other markup."""
    found = _outside_tags(_BETWEEN.join(fragments))
    if found is None or found.count(_END) != len(fragments) - 1 or "\1" in found or "\2" in found:
        return None
    return [each.strip(" ") for each in _folded(unescape(found) if "&" in found else found).split(_END)]


def _outside_tags(html: str) -> str | None:
    """What stands between ordinary tags; None when any tag is none, or has no end."""
    parts = html.replace("<", "><").split(">")
    words = " ".join(parts[::2])
    if len(parts) % 2 and "<" not in words and all(map(_ORDINARY.fullmatch, {*parts[1::2]})):
        return words
    mended = _TAG_OR_END.sub(lambda found: found[1] or "&gt;", html)
    return None if mended == html else _outside_tags(mended)


def _folded(words: str) -> str:
    """With one space between words; spaces that do not break stay, as French needs them."""
    for space, stand_in in _KEPT.items():
        words = words.replace(space, stand_in)
    words = " ".join(words.split())
    for space, stand_in in _KEPT.items():
        words = words.replace(stand_in, space)
    return words


def _parsed(html: str, limit: int) -> str:
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "template", "noscript", "iframe"])
    body = tree.body
    return cleaned(body.text(separator=" "), limit) if body else ""
