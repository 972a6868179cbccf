"""Words as any platform's surface takes them: nothing unseen in them, cut at a word's border, on one line."""

import re

from content.words import ELLIPSIS

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks at which a line may end; the no-break spaces of French stay."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, direction overrides (they would turn our own labels round) and halves of characters."""


def clean(words: str) -> str:
    """The words without what cannot be seen; line ends become one kind."""
    return _UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def cut(words: str, most: int) -> str:
    """The words within `most` characters, ended by an ellipsis at a word's border when one is near."""
    if len(words) <= most:
        return words
    if most < 1:
        return ""
    head = words[: most - 1]
    border = max(head.rfind(" "), head.rfind("\n"))
    if border > most // 2 and not words[most - 1].isspace():
        head = head[:border]
    return head.rstrip() + ELLIPSIS


def one_line(words: str) -> str:
    """The words on one line, for titles and labels."""
    return _BREAKS.sub(" ", words).strip()
