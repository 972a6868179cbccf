"""Words on Slack: cleaned, cut and escaped.

Everything that people wrote goes into `plain_text` objects and `rich_text` elements, which Slack shows
letter by letter. Herald never sends `mrkdwn` blocks: that syntax has no escape for `*_~` and the backtick,
and zero-width tricks would end up in what people copy. Only a message's top-level `text` is parsed, so only
there the three control characters are escaped
(https://docs.slack.dev/messaging/formatting-message-text#escaping).
"""

import json
import re
from typing import Any

import orjson

Json = dict[str, Any]
"""A piece of Slack's JSON. Plain dicts: slack_sdk's objects take 260 times as long to make."""

ELLIPSIS = "…"

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks at which a line may end; the no-break spaces of French stay."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, direction overrides (they would turn our own labels round) and halves of characters."""


def packed(payload: Json) -> bytes:
    """A payload as JSON. Words that Slack gave back may hold half a character, which orjson refuses."""
    try:
        return orjson.dumps(payload)
    except TypeError:
        return json.dumps(payload).encode()


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


def escape(words: str) -> str:
    """The words as top-level `text`: no mention, no channel, no link can come out of them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(words: str) -> str:
    """What somebody typed, from a payload where Slack escaped it."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def raw(given: Any) -> Any:  # noqa: ANN401  any JSON
    """What Slack gave back of our own blocks, as it was sent: it escapes texts (slackapi/bolt-python#513)."""
    if isinstance(given, str):
        return unescape(given)
    if isinstance(given, dict):
        return {key: raw(value) for key, value in given.items()}
    return [raw(value) for value in given] if isinstance(given, list) else given


def one_line(words: str) -> str:
    """The words on one line, for titles and labels."""
    return _BREAKS.sub(" ", words).strip()


def plain_text(words: str, most: int) -> Json:
    """A text object that Slack shows as it is, within `most` characters."""
    return {"type": "plain_text", "text": cut(words, most), "emoji": False}
