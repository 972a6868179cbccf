"""Fragments of other people's HTML as words."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from content.words import ELLIPSIS, cleaned

_READ = (2, 8, 100)
"""Characters of markup read for a visible one: what is often enough, mostly, and at most."""
_ORDINARY = re.compile(
    r"</?(?:p|a|b|i|u|s|q|em|strong|br|img|span|div|ul|ol|li|dl|dt|dd|h[1-6]|hr|pre|code|small"
    r"|sub|sup|del|ins|mark|cite|abbr|time|blockquote|figure|figcaption|picture|section|article|header"
    r"|footer|aside|main|font|center)"
    r"(?:>|(?:\s++[\w:.@-]++(?:\s*+=\s*+(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]++))?)*+\s*+/?>)"
    r"|<!--[^<>]*-->",
    re.IGNORECASE | re.ASCII,
)
"""Tags that only stand around words: nothing moves, hides or changes what is between them."""
_REFERENCE = 40
"""Characters of the longest name that stands for a character."""


def plain(html: str, limit: int) -> str:
    """The words of a fragment of HTML, without its markup and scripts, on one line."""
    words = light(html, limit)
    return _parsed(html[: limit * _READ[-1]], limit) if words is None else words


def light(html: str, limit: int) -> str | None:
    """The same in a tenth of the time, for ordinary markup; None for any other."""
    shown = ""
    for length in _READ:
        start = html[: limit * length]
        found = _without_tags(start if len(start) == len(html) else _whole(start))
        if found is None:
            return None
        shown = cleaned(found, limit)
        if len(start) == len(html) or (shown.endswith(ELLIPSIS) and _cut(found, limit, shown)):
            break
    return shown


def _cut(found: str, limit: int, shown: str) -> bool:
    """Whether the dots at the end say that there is more, and are not the writer's own."""
    return ELLIPSIS not in found or shown != cleaned(found, limit + 1)


def _whole(start: str) -> str:
    """The beginning of a fragment without the half of a tag or a reference at its end."""
    opened = start.rfind("<")
    if opened > start.rfind(">"):
        start = start[:opened]
    named = start.rfind("&", -_REFERENCE)
    return start[:named] if named >= 0 and start.find(";", named) < 0 else start


def _without_tags(html: str) -> str | None:
    words = _ORDINARY.sub(" ", html)
    if "<" in words:
        return None
    if "&" in words:
        words = unescape(words)
    if "\u00a0" in words or "\u202f" in words:  # French needs them: they stay, unless beside other spaces
        return words
    return " ".join(words.split())


def _parsed(html: str, limit: int) -> str:
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "template", "noscript", "iframe"])
    body = tree.body
    return cleaned(body.text(separator=" "), limit) if body else ""
