"""Somebody else's words made safe to show: nothing invisible, one line, cut where a reader would cut."""

import re
import unicodedata

import regex

ELLIPSIS = "…"

_INVISIBLE = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}--\s\u200d]"  # controls, bidi overrides, zero widths, lone surrogates
    r"|[\p{Default_Ignorable_Code_Point}--\p{Cf}\ufe0f]"  # fillers and selectors that draw nothing
    r"|\u2800",  # a braille cell without dots
    flags=regex.VERSION1,
)
_STRAY_JOINER = regex.compile(
    r"\u200d(?!\p{Extended_Pictographic})|(?<!\p{Extended_Pictographic}[\p{M}\p{EMod}]{0,3})\u200d",
)
_PILED_MARKS = regex.compile(r"(?<=\p{M}{4})\p{M}+")
_SPACES = regex.compile(r"\s+")
_CLUSTER = regex.compile(r"\X")
_LETTERS = "!-~\u00a1-\u00ac\u00ae-\u017f\u2010-\u2027\u2030-\u205e\u20ac\u2122"
# One character each, drawn as it stands.
_USUAL = re.compile(rf"[{_LETTERS}]++(?:[ \u00a0\u202f][{_LETTERS}]++)*+")
_UNBREAKABLE = {"\u00a0", "\u202f"}

# Characters looked at beyond the limit, so that a space at it does not look like the end.
_WORD = 4
# Characters read at most for one visible one: far above any script, far below what would slow us down.
_GENEROUS = 64
# Characters kept at most for one visible one, on average: an emoji family takes seven.
_ROOMY = 8


def graphemes(text: str) -> list[str]:
    """The characters a reader sees (extended grapheme clusters): an emoji family is one."""
    return _CLUSTER.findall(text)


def cleaned(text: str, limit: int) -> str:
    """One line of at most `limit` visible characters, composed (NFC), with nothing invisible left in it.

    Joiners inside emoji stay, and so does a no-break space that stands alone: French needs it before a colon.
    """
    usual = _USUAL.match(text, 0, limit + _WORD)
    if usual and usual.end() == len(text) <= limit:
        return text
    if usual and usual.end() > limit + 1:
        return text[: limit - 1].rstrip() + ELLIPSIS
    folded = _folded(_INVISIBLE.sub("", text))[: limit * _GENEROUS]
    joined = _PILED_MARKS.sub("", _STRAY_JOINER.sub("", folded))
    return _cut(_folded(unicodedata.normalize("NFC", joined)), limit)


def blank(text: str) -> bool:
    """Whether a reader sees nothing in it, whatever it holds."""
    return not _folded(_INVISIBLE.sub("", text))


def _folded(text: str) -> str:
    return _SPACES.sub(lambda run: run.group() if run.group() in _UNBREAKABLE else " ", text).strip()


def _cut(text: str, limit: int) -> str:
    seen = graphemes(text)
    if len(seen) <= limit and len(text) <= limit * _ROOMY:
        return text
    return _within(seen[: limit - 1], limit * _ROOMY - 1).rstrip() + ELLIPSIS


def _within(seen: list[str], room: int) -> str:
    """As many whole characters as fit into `room` code points."""
    kept = ""
    for one in seen:
        if len(kept) + len(one) > room:
            break
        kept += one
    return kept
