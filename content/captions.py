"""Ready words to start from: in the person's language, short enough for the network, and saying who speaks.

That one works for the company stands inside the text in plain words: a disclosure that has to be added by
hand is forgotten. Several texts take turns, so that colleagues do not post the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from content.networks import Network, fits
from content.texts import say, text
from content.words import ELLIPSIS

EMPLOYER = "{employer}"
"""What moderators write where the employer's name stands."""

_SAYS_SO = re.compile(
    r"\bI work (?:at|for|with)\b|\bmy (?:employer|company|colleagues?|team)\b|\bwhere I work\b"
    r"|\bje travaille\b|\bmon (?:employeur|entreprise|équipe|collègue)\b|\bmes collègues\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom and where ready words are chosen.

    `address` is what readers will follow, when there is a link; `turn` names the person and the story and
    decides which of several texts comes first.
    """

    language: str
    employer: str
    network: Network
    address: str | None
    turn: str


def choose(texts: Mapping[str, Sequence[str]], wanted: Wanted) -> tuple[str, ...]:
    """The ready words, in the order in which this person meets them; none when nobody wrote any.

    `texts` are the moderators' own, by language; a person whose language has none gets those of another.
    """
    language = next((known for known in (wanted.language, *sorted(texts)) if texts.get(known)), None)
    if language is None:
        return ()
    written = [_disclosed(words, language, wanted.employer) for words in texts[language]]
    fitting = [words for words in written if fits(wanted.network, words, wanted.address)]
    ready = fitting or _shortened(min(texts[language], key=len), language, wanted)
    return _in_turn(list(dict.fromkeys(ready)), wanted.turn)


def after(words: str, ready: Sequence[str], own: str = "") -> str:
    """The text that follows the one in the field; one's own words are one of the round and are never lost."""
    around = [*ready, own] if own and own not in ready else list(ready)
    if not around:
        return words
    return around[(around.index(words) + 1) % len(around)] if words in around else around[0]


def disclosure(language: str, employer: str) -> str:
    """Who speaks, as one says it: "I work at Acme."."""
    return say(text("caption.disclosure", employer=employer), language)


def _disclosed(words: str, language: str, employer: str) -> str:
    if EMPLOYER in words:
        return words.replace(EMPLOYER, employer)
    if _SAYS_SO.search(words):
        return words
    return f"{words}{_between(words)}{disclosure(language, employer)}"


def _between(words: str) -> str:
    return "\n\n" if "\n" in words else " "


def _shortened(words: str, language: str, wanted: Wanted) -> list[str]:
    """The shortest text, cut until the network takes it with its disclosure; perhaps that alone."""
    last = disclosure(language, wanted.employer)
    parts = words.replace(EMPLOYER, wanted.employer).split()
    while parts:
        cut = f"{' '.join(parts)}{ELLIPSIS} {last}"
        if fits(wanted.network, cut, wanted.address):
            return [cut]
        parts.pop()
    return [last] if fits(wanted.network, last, wanted.address) else []


def _in_turn(ready: Sequence[str], turn: str) -> tuple[str, ...]:
    first = crc32(turn.encode()) % len(ready) if ready else 0
    return (*ready[first:], *ready[:first])
