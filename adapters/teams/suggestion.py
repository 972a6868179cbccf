"""An idea from what somebody types to Herald, or from somebody's message: of a private one the link alone."""

import html
import re

from adapters.teams.places import Places
from adapters.teams.plain import Json
from adapters.teams.wire import ExtensionOpened, Scene
from bot.commands.suggesting import SuggestStory

MOST = 1_000
"""Characters of a link that travel in a form; longer ones are left to the person to paste."""
STORY = ("story", "actu")
"""The word in front of an idea, in English and French."""

_LINKED = re.compile(r"""<a\b[^>]*\bhref=["'](https?://[^"']+)["']""", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
"""A picture has an address too, which is no link of a story."""
_BARE = re.compile(r"https?://[^\s<>\"']+")


def idea(words: str, at: Scene) -> SuggestStory | None:
    """`story` with a link, with words, with both or with neither; in the 1:1 chat a link alone is enough."""
    word, _, rest = words.strip().partition(" ")
    if word.casefold() in STORY:
        return _suggested(rest.strip())
    alone = at.personal and _BARE.fullmatch(words.strip())
    return _suggested(words.strip()) if alone else None


def shared(opened: ExtensionOpened, places: Places) -> SuggestStory:
    """The message extension, on a message or not. Only in a whole team's channel its author is named."""
    if opened.message is None:
        return SuggestStory()
    link = first_link(_content(opened.message))
    if opened.at.personal or not places.public(opened.at.conversation):
        return SuggestStory(link=link, private=True)
    author = _author(opened.message)
    return SuggestStory(link=link, source=places.ours.within(author) if author else "")


def first_link(words: str) -> str:
    """The first link in HTML or text, empty when there is none."""
    words = _IMAGE.sub(" ", words)
    found = _LINKED.search(words) or _BARE.search(html.unescape(words))
    link = html.unescape(found[found.lastindex or 0]) if found else ""
    return link if len(link) <= MOST else ""


def _suggested(words: str) -> SuggestStory:
    link = first_link(words)
    return SuggestStory(link=link, what="" if words == link else words)


def _content(message: Json) -> str:
    body = message.get("body")
    found = body.get("content") if isinstance(body, dict) else ""
    return found if isinstance(found, str) else ""


def _author(message: Json) -> str:
    """The Entra object id of a message's author; apps have none."""
    sender = message.get("from")
    user = sender.get("user") if isinstance(sender, dict) else None
    found = user.get("id") if isinstance(user, dict) else ""
    return found if isinstance(found, str) else ""
