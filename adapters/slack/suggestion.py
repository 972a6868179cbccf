"""An idea from `/story` or from somebody's message: the link, and no more of a private message than that."""

import re

from adapters.slack.plain import Json, unescape
from adapters.slack.who import Ours
from bot.commands.suggesting import SuggestStory

MOST = 1_000
"""Characters of a link that travel in a form; longer ones are left to the person to paste."""

_WRAPPED = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
_BARE = re.compile(r"https?://[^\s<>]+")
_PRIVATE = ("directmessage", "privategroup")
"""What Slack calls a 1:1 and a private channel in a message shortcut."""


def idea(words: str) -> SuggestStory:
    """`/story` with a link, with words, with both or with neither."""
    link = first_link(words)
    return SuggestStory(link=link, what="" if words in (link, f"<{link}>") else words)


def shared(payload: Json, ours: Ours) -> SuggestStory:
    """The shortcut on a message: from a private place the link alone, else its author as the source too."""
    message = payload["message"]
    link = first_link(message.get("text") or "")
    if _private(payload.get("channel") or {}):
        return SuggestStory(link=link, private=True)
    author = message.get("user") or ""
    foreign = message.get("team") not in (None, ours.team)
    return SuggestStory(link=link, source=ours.within(author) if author and not foreign else "")


def first_link(words: str) -> str:
    """The first link in Slack's text, empty when there is none."""
    found = _WRAPPED.search(words)
    bare = None if found else _BARE.search(words)
    link = unescape(found[1]) if found else bare[0] if bare else ""
    return link if len(link) <= MOST else ""


def _private(channel: Json) -> bool:
    """Everything that is not surely a public channel is private."""
    name, platform_id = str(channel.get("name") or ""), str(channel.get("id") or "")
    return name in _PRIVATE or name.startswith("mpdm-") or not platform_id.startswith("C")
