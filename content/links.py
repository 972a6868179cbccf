"""Addresses: the one form of each, the one in what people write, and what a link carries to its readers."""

import re
import secrets
import string
import unicodedata
from urllib.parse import quote

import regex
from yarl import URL

from content.refusals import Refusal
from content.texts import text

LONGEST = 2000
"""Characters of an address we keep; browsers, Slack's buttons and LinkedIn's queries all take more."""

# What senders add to recognise a click. Ours, after the families that ClearURLs documents.
_TRACKERS = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|__?hs\w+|hsa_\w+|hsctatracking"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|mc_cid|mc_eid|mkt_tok"
    r"|igshid|igsh|ref_src|_ga|_gl|_openstat|vero_id|vero_conv|oly_enc_id",
    re.IGNORECASE,
)
# Names too common to drop everywhere: only where they are known to track.
_TRACKERS_OF = {
    "linkedin.com": frozenset({"trk", "trackingid", "rcm", "lipi", "lici", "originalsubdomain"}),
    "youtube.com": frozenset({"si", "feature", "pp"}),
    "youtu.be": frozenset({"si", "feature"}),
    "x.com": frozenset({"s", "t"}),
    "twitter.com": frozenset({"s", "t"}),
}
# What is in its one form already, as most are: letters of paths that nobody escapes, and no step up.
_CANONICAL = re.compile(r"https?://[a-z][a-z0-9-]*+(?:\.[a-z][a-z0-9-]*+)++(?:/(?!\.)[A-Za-z0-9_~.-]*+)++")
_USER = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)
_SLACK_FORM = re.compile(r"<(https?://[^\s|<>]+)(?:\|[^<>]*)?>", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"`|\\^{}]+", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "»": "«", "”": "“", "\u2019": "\u2018"}
_AFTER = ".,;:!?…'*_~"
_UNSAFE = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\s]")
_READABLE_HOST = regex.compile(r"[\p{Latin}\d.:-]+")
_DOORS = ("www.", "m.", "amp.", "mobile.")
_LETTERS = string.ascii_letters + string.digits
_CAMPAIGN = 60  # characters of a campaign's name that statistics show whole
_TOKEN_LENGTH = 17  # 62 ** 17 is more than 2 ** 96


class NotAnAddress(Refusal):
    """What somebody gave is no web address that Herald could open or share."""

    def __init__(self, field: str | None = None) -> None:
        """Blame `field` when a form asked."""
        super().__init__(text("link.not_an_address"), field)


def canonical(address: str) -> str:
    """The one form of an address: the same page looks the same, and nothing in it follows its reader.

    Lower case host, no port that goes without saying, no user, no trackers, query sorted by name; the
    fragment goes unless it is a page of its own (`#!…`). Raises `NotAnAddress`.
    """
    if _CANONICAL.fullmatch(address) and len(address) <= LONGEST:
        return address
    url = _parsed(address)
    path = url.raw_path or "/"
    query = _without_trackers(url.raw_query_string, _bare(url.raw_host or ""))
    fragment = f"#{url.raw_fragment}" if url.raw_fragment.startswith("!") else ""
    return f"{url.scheme}://{_authority(url)}{path}{f'?{query}' if query else ''}{fragment}"


def found_in(words: str) -> str | None:
    """The first web address in what somebody wrote, as written; also Slack's `<https://…|label>`."""
    for found in _BARE.finditer(words):
        wrapped = _SLACK_FORM.match(words, found.start() - 1) if found.start() else None
        address = wrapped.group(1).replace("&amp;", "&") if wrapped else _trimmed(found.group())
        if is_address(address):
            return address
    return None


def anonymous(address: str) -> str:
    """An address as written, without the name and password that a browser may have put into it."""
    return _USER.sub(r"\1", address)


def is_address(address: str) -> bool:
    """Whether this is an http(s) address that Herald could keep."""
    try:
        _parsed(address)
    except NotAnAddress:
        return False
    return True


def host(address: str) -> str:
    """The host as people read it, without `www.`; in ASCII when its letters could imitate others.

    Raises `NotAnAddress`.
    """
    url = _parsed(address)
    shown = url.host or ""
    return (shown if _READABLE_HOST.fullmatch(shown) else url.raw_host or "").removeprefix("www.").rstrip(".")


def same_site(one: str, other: str) -> bool:
    """Whether two addresses surely have one owner: the same host, its `www.`, or one the parent of the other.

    Stricter than the public suffix list, which somebody would have to keep up to date: `blog.a.com` and
    `news.a.com` are not taken for one, nor are two guests of the same hosting domain.
    """
    first, second = (_bare(_parsed(each).raw_host or "") for each in (one, other))
    shorter = min(first, second, key=len)
    parent = "." in shorter and not shorter[-1].isdigit()
    return first == second or (parent and max(first, second, key=len).endswith(f".{shorter}"))


def measured(address: str, *, network: str, campaign: str) -> str:
    """The address with the three UTM parameters that are not there yet; query and fragment stay as they are.

    No person ever stands in them: they end in other people's statistics.
    """
    page, mark, fragment = address.partition("#")
    wanted = {
        "utm_source": network.lower(),
        "utm_medium": "employee_advocacy",
        "utm_campaign": campaign.lower(),
    }
    _, _, query = page.partition("?")
    present = {part.partition("=")[0].lower() for part in query.split("&")}
    added = "&".join(
        f"{name}={quote(value, safe='')}" for name, value in wanted.items() if name not in present
    )
    return f"{page}{_joint(page, query) if added else ''}{added}{mark}{fragment}"


def campaign(title: str, otherwise: str) -> str:
    """A story's name for statistics: its title in small ASCII letters, or `otherwise` when none are left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_CAMPAIGN].strip("-")
    return slug or otherwise.lower()


def new_token() -> str:
    """A token nobody guesses: more than 96 random bits in letters and digits (LinkedIn breaks at `_`)."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_TOKEN_LENGTH))


def _parsed(address: str) -> URL:
    trimmed = address.strip()
    if len(trimmed) > LONGEST or _UNSAFE.search(trimmed):
        raise NotAnAddress
    try:
        url = URL(trimmed)
    except ValueError as wrong:
        raise NotAnAddress from wrong
    name = (url.raw_host or "").strip(".")
    if url.scheme not in {"http", "https"} or not name or "%" in name:
        raise NotAnAddress
    return url


def _authority(url: URL) -> str:
    name = (url.raw_host or "").rstrip(".")
    shown = f"[{name}]" if ":" in name else name
    return shown if url.is_default_port() else f"{shown}:{url.port}"


def _bare(name: str) -> str:
    bare = name.lower().rstrip(".")
    door = next((each for each in _DOORS if bare.startswith(each)), "")
    return bare.removeprefix(door) if bare.count(".") > 1 else bare


def _without_trackers(query: str, site: str) -> str:
    known = next(
        (names for owner, names in _TRACKERS_OF.items() if f".{site}".endswith(f".{owner}")), frozenset()
    )
    parts = [(part.partition("=")[0], part) for part in query.split("&") if part]
    kept = [
        (name, part) for name, part in parts if not _TRACKERS.fullmatch(name) and name.lower() not in known
    ]
    return "&".join(part for _, part in sorted(kept, key=lambda pair: pair[0]))


def _trimmed(found: str) -> str:
    """Without the punctuation of the sentence around it; brackets stay when they belong to the address."""
    address = found
    while address:
        last = address[-1]
        opening = _CLOSING.get(last)
        stray = opening is not None and address.count(last) > address.count(opening)
        if last not in _AFTER and not stray:
            break
        address = address[:-1]
    return address


def _joint(page: str, query: str) -> str:
    if "?" not in page:
        return "?"
    return "&" if query and not query.endswith("&") else ""
