"""Words on Slack: cleaned, cut and escaped.

Everything that people wrote goes into `plain_text` objects and `rich_text` elements, which Slack shows
letter by letter. Herald never sends `mrkdwn` blocks: that syntax has no escape for `*_~` and the backtick,
and zero-width tricks would end up in what people copy. Only a message's top-level `text` is parsed, so only
there the three control characters are escaped
(https://docs.slack.dev/messaging/formatting-message-text#escaping).
"""

import json
from typing import Any

import orjson

from bot.lettering import cut

Json = dict[str, Any]
"""A piece of Slack's JSON. Plain dicts: slack_sdk's objects take 260 times as long to make."""


def packed(payload: Json) -> bytes:
    """A payload as JSON. Words that Slack gave back may hold half a character, which orjson refuses."""
    try:
        return orjson.dumps(payload)
    except TypeError:
        return json.dumps(payload).encode()


def unpacked(raw: str | bytes) -> Any:  # noqa: ANN401  any JSON
    """JSON of Slack's, half characters included; raises `ValueError` for anything else."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw)


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


def plain_text(words: str, most: int) -> Json:
    """A text object that Slack shows as it is, within `most` characters."""
    return {"type": "plain_text", "text": cut(words, most), "emoji": False}
