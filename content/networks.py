"""The networks people share on: how each one's composer is opened, and how much it takes. Data, no calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from urllib.parse import quote

import regex

from content.texts import Text, text
from content.words import graphemes

Composer = Callable[[str | None, str], str]
"""Opens a network's own composer for an address (None: a story without a link) and words."""

_BUTTON = 3000  # characters of a link button on Slack, the tightest of our surfaces
_SAFE = 2000  # characters of an address that LinkedIn's composer and mail programs take
_URL = regex.compile(r"https?://\S+", regex.IGNORECASE)
_TWITTER_URL = 23  # t.co's length, whatever the address (docs.x.com, Counting characters)
_PICTURE = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
_NARROW = regex.compile(r"[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")  # twitter-text, version 3


@dataclass(frozen=True, slots=True)
class Network:
    """One place to share: its composer, and its `limit` in characters as `count` counts them.

    `prefilled` opens the composer with the words in it where that only works on computers.
    """

    key: str
    limit: int
    composer: Composer
    count: Callable[[str], int]
    address_in_words: bool = False
    prefilled: Composer | None = None

    @property
    def name(self) -> Text:
        """What people call it."""
        return text(f"network.{self.key}")

    @property
    def on_the_web(self) -> bool:
        """Whether it is a site one can be sent on to; e-mail opens a program instead."""
        return _on_the_web(self.composer)


@cache
def _on_the_web(composer: Composer) -> bool:
    return composer(None, "").startswith("https://")


def fits(network: Network, words: str, address: str | None = None) -> bool:
    """Whether the network takes these words, with the address where it travels among them."""
    return length(network, words, address) <= network.limit


def length(network: Network, words: str, address: str | None = None) -> int:
    """How long the network finds these words, in its own characters."""
    return network.count(_with_address(address, words) if network.address_in_words else words)


def _with_address(address: str | None, words: str) -> str:
    return " ".join(part for part in (words, address) if part)


def _units(words: str) -> int:
    """UTF-16 units: what a browser's text field counts."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _characters(words: str) -> int:
    return len(graphemes(words))


def _characters_and_short_urls(words: str) -> int:
    return _characters(_URL.sub("x" * _TWITTER_URL, words))


def _weighted(words: str) -> int:
    """X's count: an emoji 2 whatever its length, Latin and its neighbours 1, others 2, an address 23."""
    return sum(_weight(one) for one in graphemes(_URL.sub("x" * _TWITTER_URL, words)))


def _weight(one: str) -> int:
    if _PICTURE.search(one) and not one.isascii():
        return 2
    return sum(1 if _NARROW.match(point) else 2 for point in one)


def _encoded(words: str) -> str:
    """Percent-encoded whole; half an emoji, which JSON can carry, becomes a question mark."""
    return quote(words, safe="", errors="replace")


def _query(base: str, **values: str | None) -> str:
    """The base with its values; spaces as `%20`: Threads, WhatsApp and mail show a plus as a plus."""
    given = "&".join(f"{name}={_encoded(value)}" for name, value in values.items() if value)
    return f"{base}{'?' if given else ''}{given}"


def _within(room: int, composer: Composer) -> Composer:
    """The composer, opened with less when all would be longer than `room`: the words are on the clipboard."""

    def opened(address: str | None, words: str) -> str:
        tries = ((address, words), (address, ""))
        return next((url for each in tries if len(url := composer(*each)) <= room), composer(None, ""))

    return opened


def _linkedin(address: str | None, _words: str) -> str:
    if address is None:
        return "https://www.linkedin.com/feed/?shareActive=true"
    return _query("https://www.linkedin.com/sharing/share-offsite/", url=address)


def _linkedin_prefilled(address: str | None, words: str) -> str:
    """Undocumented and for computers only: the app on phones opens without the words."""
    written = _encoded(_with_address(address, words))
    url = f"https://www.linkedin.com/feed/?shareActive=true{'&text=' if written else ''}{written}"
    return url if len(url) <= _SAFE else _linkedin(address, words)


def _facebook(address: str | None, _words: str) -> str:
    if address is None:
        return "https://www.facebook.com/"
    return _query("https://www.facebook.com/sharer/sharer.php", u=address)


def _x(address: str | None, words: str) -> str:
    return _query("https://x.com/intent/tweet", text=words, url=address)


def _threads(address: str | None, words: str) -> str:
    return _query("https://www.threads.com/intent/post", text=words, url=address)


def _text_at(base: str, address: str | None, words: str) -> str:
    return _query(base, text=_with_address(address, words))


def _mastodon(address: str | None, words: str) -> str:
    """The words travel in the fragment: the page that asks for the person's server never receives them."""
    return f"https://share.joinmastodon.org/#text={_encoded(_with_address(address, words))}"


def _email(address: str | None, words: str) -> str:
    """RFC 6068; lines end in CRLF, and the first one is the subject when it is short enough for one."""
    lines = words.splitlines()
    subject = lines[0] if lines and len(lines[0]) <= 78 else None  # noqa: PLR2004 - RFC 5322's line
    body = "\r\n".join([*lines, *(["", address] if lines and address else [address] if address else [])])
    return _query("mailto:", subject=subject, body=body)


_LINKEDIN = Network("linkedin", 3000, _within(_BUTTON, _linkedin), _units, prefilled=_linkedin_prefilled)
_BLUESKY = partial(_text_at, "https://bsky.app/intent/compose")
_WHATSAPP = partial(_text_at, "https://wa.me/")

NETWORKS: Mapping[str, Network] = MappingProxyType(
    {
        network.key: network
        for network in (
            _LINKEDIN,
            Network("x", 280, _within(_BUTTON, _x), _weighted, address_in_words=True),
            Network("bluesky", 300, _within(_BUTTON, _BLUESKY), _characters, address_in_words=True),
            Network("facebook", 63206, _within(_BUTTON, _facebook), _units),
            Network("email", 1500, _within(_SAFE, _email), _units),
            Network("threads", 500, _within(_BUTTON, _threads), _units, address_in_words=True),
            Network(
                "mastodon",
                500,
                _within(_BUTTON, _mastodon),
                _characters_and_short_urls,
                address_in_words=True,
            ),
            Network("whatsapp", 4096, _within(_BUTTON, _WHATSAPP), _units, address_in_words=True),
        )
    }
)
"""Every network by its key, in the order people are offered them."""

OFFERED: tuple[str, ...] = ("linkedin", "x", "bluesky", "facebook", "email")
"""The networks a sheet offers; links are made for these when a story goes out."""
