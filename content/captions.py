"""Ready words to start from: in the person's language, short enough for the network, and saying who speaks.

That one works for the company stands inside the text in plain words: a disclosure that has to be added by
hand is forgotten. Several texts take turns, so that colleagues do not post the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    """For whom and where ready words are chosen; `address` is what readers will follow, if anything."""

    language: str
    employer: str
    network: Network
    address: str | None


def choose(texts: Mapping[str, Sequence[str]], wanted: Wanted) -> tuple[str, ...]:
    """The ready words, in the order in which they were written; none when nobody wrote any.

    `texts` are the moderators' own, by language; a person whose language has none gets those of another.
    """
    language = next((known for known in (wanted.language, *sorted(texts)) if texts.get(known)), None)
    if language is None:
        return ()
    return _fitting(tuple(texts[language]), language, wanted.employer, wanted.network, wanted.address)


def after(words: str, ready: Sequence[str], own: str = "") -> str:
    """The text that follows the one in the field; one's own words are one of the round and are never lost."""
    around = [*ready, own] if own and own not in ready else list(ready)
    if not around:
        return words
    return around[(around.index(words) + 1) % len(around)] if words in around else around[0]


def disclosure(language: str, employer: str) -> str:
    """Who speaks, as one says it: "I work at Acme."."""
    return say(text("caption.disclosure", employer=employer), language)


@lru_cache(maxsize=2048)
def _fitting(
    texts: tuple[str, ...], language: str, employer: str, network: Network, address: str | None
) -> tuple[str, ...]:
    """What a network takes of a story's texts: the same for everybody, but for links of one's own."""
    written = [_disclosed(words, language, employer) for words in texts]
    fitting = [words for words in written if fits(network, words, address)]
    shortest = min(texts, key=len)
    return tuple(dict.fromkeys(fitting or _shortened(shortest, language, employer, network, address)))


def _disclosed(words: str, language: str, employer: str) -> str:
    if EMPLOYER in words:
        return words.replace(EMPLOYER, employer)
    if _SAYS_SO.search(words):
        return words
    return f"{words}{_between(words)}{disclosure(language, employer)}"


def _between(words: str) -> str:
    return "\n\n" if "\n" in words else " "


def _shortened(words: str, language: str, employer: str, network: Network, address: str | None) -> list[str]:
    """The shortest text, cut until the network takes it with its disclosure; perhaps that alone."""
    last = disclosure(language, employer)
    parts = words.replace(EMPLOYER, employer).split()
    while parts:
        cut = f"{' '.join(parts)}{ELLIPSIS} {last}"
        if fits(network, cut, address):
            return [cut]
        parts.pop()
    return [last] if fits(network, last, address) else []


def in_turn(ready: Sequence[str], turn: str) -> tuple[str, ...]:
    """The order in which a person meets them: `turn` names the person and the story."""
    first = crc32(turn.encode()) % len(ready) if ready else 0
    return (*ready[first:], *ready[:first])
