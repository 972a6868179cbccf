"""What somebody reads in a browser: one thing said, in the language that their browser asks for."""

import re
from html import escape

from content.texts import LANGUAGES, Words, say

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Language",
}
"""What goes with every such page."""

_WISH = re.compile(r"\s*([a-z]{1,8})[a-z0-9-]*\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*", re.IGNORECASE)
_LONGEST = 200  # characters of Accept-Language that matter
_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1.5rem }}
</style>
<main><h1>{title}</h1><p>{words}</p></main></html>
"""


def page(title: Words, words: Words, accepted: str) -> str:
    """The page as HTML; `accepted` is what the browser said of languages (Accept-Language)."""
    language = language_of(accepted)
    said = (escape(say(part, language)) for part in (title, words))
    return _PAGE.format(language=language, **dict(zip(("title", "words"), said, strict=True)))


def language_of(accepted: str) -> str:
    """The first of our languages that a browser accepts, by its weights; English when there is none."""
    wishes = [_WISH.fullmatch(part) for part in accepted[:_LONGEST].split(",")]
    weighed = [(_weight(wish[2]), wish[1].lower()) for wish in wishes if wish]
    known = [(weight, short) for weight, short in weighed if weight > 0 and short in LANGUAGES]
    return max(known, key=lambda wish: wish[0])[1] if known else LANGUAGES[0]


def _weight(written: str | None) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0
