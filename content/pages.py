"""What a web page says of itself: title, picture and words, read from hostile HTML."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser
from yarl import URL

from content.links import LONGEST, canonical, host, is_address, same_site
from content.refusals import Refusal
from content.texts import Text, text
from content.words import cleaned

TITLE = 200
"""Visible characters of a title we keep."""
DESCRIPTION = 300
SITE = 80

Reason = Literal[
    "bad_address",  # not http(s), or with a user in it
    "not_allowed",  # leads inside somebody's network, or to another port
    "no_answer",  # no such host, no connection, a broken answer
    "too_slow",
    "too_big",
    "too_many_redirects",
    "missing",  # 404
    "closed",  # 401 or 403
    "status",  # another error; `code` says which
    "busy",  # 429 or 503; `retry_after` may say until when
    "gone",  # 410: for good
    "not_a_page",
    "not_a_feed",
]

_SAID: Mapping[Reason, Text] = {
    "bad_address": text("unreadable.bad_address"),
    "not_allowed": text("unreadable.not_allowed"),
    "no_answer": text("unreadable.no_answer"),
    "too_slow": text("unreadable.too_slow"),
    "too_big": text("unreadable.too_big"),
    "too_many_redirects": text("unreadable.too_many_redirects"),
    "missing": text("unreadable.missing"),
    "closed": text("unreadable.closed"),
    "status": text("unreadable.status"),
    "busy": text("unreadable.busy"),
    "gone": text("unreadable.gone"),
    "not_a_page": text("unreadable.not_a_page"),
    "not_a_feed": text("unreadable.not_a_feed"),
}

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = 1024  # bytes in which a page must declare its charset (HTML standard, 4.2.5.4)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][\w-]{1,20})?", re.IGNORECASE)


class Unreadable(Refusal):
    """A page or a feed that Herald could not read. `reason` is stable, for reports and retries.

    `retry_after` (seconds) is what the site asked for. The words have no values: the key can be kept.
    """

    def __init__(self, reason: Reason, *, code: int | None = None, retry_after: float | None = None) -> None:
        """Name what happened; `code` is the site's status where it is the reason."""
        super().__init__(_SAID[reason])
        self.reason = reason
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself. `title` and `description` may be empty; `image` is https or nothing.

    `address` is canonical, `site` the name readers know it by, `language` a short code such as `fr`.
    """

    address: str
    title: str
    description: str
    image: str | None
    language: str | None
    site: str


def read(html: bytes, address: str, content_type: str = "") -> Page:
    """Read a page fetched from `address`; any bytes are a page. Raises `NotAnAddress` for a bad address."""
    tree = LexborHTMLParser(_decoded(html, content_type))
    meta = _metas(tree)
    return Page(
        address=_address(tree, address),
        title=cleaned(_first(meta, "og:title", "twitter:title") or _heading(tree), TITLE),
        description=cleaned(
            _first(meta, "og:description", "twitter:description", "description"), DESCRIPTION
        ),
        image=_image(meta, _base(tree, address)),
        language=_language(tree, meta),
        site=cleaned(_first(meta, "og:site_name", "application-name"), SITE) or host(address),
    )


def announced(html: bytes, address: str, content_type: str) -> str | None:
    """The feed that a page fetched from `address` names first, if it is of the same origin.

    Another's could lead where whoever gave the page's address may not go.
    """
    tree = LexborHTMLParser(_decoded(html, content_type))
    base, kinds = (
        _base(tree, address),
        ",".join(f'link[rel~="alternate" i][type="{kind}" i]' for kind in _FEEDS),
    )
    named = [_joined(base, node.attributes.get("href") or "") for node in tree.css(kinds)]
    return next((each for each in named if each and _same_origin(URL(each), URL(address))), None)


def short_language(tag: str | None) -> str | None:
    """`fr` from `fr-FR` or `fr_FR.UTF-8`; None when it is no language tag."""
    found = _LANGUAGE.match(tag.strip()) if tag else None
    return found.group(1).lower() if found else None


def _decoded(html: bytes, content_type: str) -> str:
    """Byte order mark, header, declaration, UTF-8, then the web's old default: the HTML standard's order."""
    marked = next((name for mark, name in _BOMS if html.startswith(mark)), None)
    declared = html[:_DECLARED].decode("ascii", "replace")
    named = [found.group(1) for source in (content_type, declared) if (found := _CHARSET.search(source))]
    for name in [marked, *named, "utf-8"]:
        if name and (words := _tried(html, name)) is not None:
            return words
    return html.decode("cp1252", "replace")


def _tried(html: bytes, charset: str) -> str | None:
    """Decoded, when the charset exists, decodes text and the bytes are in it."""
    try:
        return str(html, charset)
    except (LookupError, ValueError):
        return None


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """The first value that says something under each name."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").strip().lower()
        value = (node.attributes.get("content") or "").strip()
        if name and value:
            found.setdefault(name, value)
    return found


def _first(meta: dict[str, str], *names: str) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _heading(tree: LexborHTMLParser) -> str:
    """The page's own title, else its first heading; a drawing's `<title>` is neither."""
    nodes = (tree.css_first("head > title"), tree.css_first("h1"))
    return next((words for node in nodes if node and (words := node.text().strip())), "")


def _address(tree: LexborHTMLParser, address: str) -> str:
    """The address the page gives itself, if surely the same owner's and no lazy pointer to the front page."""
    node = tree.css_first('link[rel~="canonical" i][href]')
    given = _joined(URL(address), (node.attributes.get("href") or "") if node else "")
    if given is None or not same_site(given, address):
        return canonical(address)
    if URL(given).path == "/" and URL(address).path != "/":
        return canonical(address)
    return canonical(given)


def _base(tree: LexborHTMLParser, address: str) -> URL:
    node = tree.css_first("base[href]")
    given = _joined(URL(address), (node.attributes.get("href") or "") if node else "")
    return URL(given or address)


def _joined(base: URL, reference: str) -> str | None:
    """The absolute http(s) address behind a reference of a page; None when there is none worth keeping."""
    trimmed = reference.strip()
    if not trimmed or len(trimmed) > LONGEST:
        return None
    try:
        address = str(base.join(URL(trimmed)))
    except ValueError:
        return None
    return address if is_address(address) else None


def _same_origin(one: URL, other: URL) -> bool:
    return one.user is None and one.origin() == other.origin()


def _image(meta: dict[str, str], base: URL) -> str | None:
    """The first picture with an https address: chats fetch it themselves, and refuse a card with another."""
    names = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    found = (_joined(base, meta[name]) for name in names if name in meta)
    return next((address for address in found if address and address.startswith("https:")), None)


def _language(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    root = tree.css_first("html")
    said = (
        root.attributes.get("lang") if root else None,
        meta.get("og:locale"),
        meta.get("content-language"),
    )
    return next((language for tag in said if (language := short_language(tag))), None)
