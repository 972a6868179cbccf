"""Ordinary feeds, read the shortest way: about a fiftieth of feedparser's time, and the same entries.

What feedparser reads differently never gets this far: `outline` refuses it, or this does.
"""

import re
from datetime import UTC, datetime
from html import unescape
from html.entities import entitydefs

from adapters.fetch.elements import Attributes, Odd
from adapters.fetch.outline import FEED, RSS, Outline, Part, outline
from adapters.fetch.periods import seconds
from content.feeds import SUMMARY, Document, Entry, itemised
from content.markup import light
from content.pages import TITLE, short_language
from content.words import cleaned

_LONG = 2000
"""Characters of a title; a longer one is none."""
_WHOLE = re.compile(
    r"https?://[\w.-]+(?::\d+)?(?:/[^\s?#;&]*)?(?:\?[^\s?#;]+)?(?:#[^\s?#;]+)?|(?:tag|urn):[^\s?#;&]+",
    re.ASCII,
)
"""Addresses and names that no parser has to complete, nor to repair."""
_REFERENCE = re.compile(r"&(#?\w+);")
_NAMED = re.compile(r"&(?!apos;)([A-Za-z]\w*);")
_CONTROL = re.compile("[\x80-\x9f]")
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MONTHS = dict(
    zip(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        map("{:02}".format, range(1, 13)),
        strict=True,
    )
)
_RSS_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) ((?:19|20)\d\d) (\d\d:\d\d:\d\d) "
    r"(?:GMT|UTC|([+-][01]\d[0-5]\d))"
)
_ATOM_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-][01]\d:[0-5]\d)")


def read(body: bytes, content_type: str, room: int) -> Document | None:
    """The feed in these bytes; None when it is not an ordinary one of at most `room`, or no feed at all."""
    try:
        form = outline(body, content_type, room)
        head = form.head
        _look_at_letters(form)
        return Document(
            title=_title(head.text("title"), "guess" if form.kind is RSS else _type(head.given("title"))),
            language=short_language(_language(form, head)),
            items=itemised(_of_rss(form) if form.kind is RSS else _of_feed(form)),
            ttl=seconds(head.text("ttl"), head.text("sy:updatePeriod"), head.text("sy:updateFrequency")),
        )
    except Odd:
        return None


def _of_rss(form: Outline) -> list[Entry]:
    """Items; those without a description are told by their content."""
    language = form.all.given.get(1, {}).get("xml:lang")
    told = "description" if "description" in form.all.names[form.entries[0] :] else form.content
    free = all(form.all.given.get(place, {}).get("isPermaLink") == "false" for place in form.column("guid"))
    columns = [form.texts(name) for name in ("guid", "link", "title", told, "pubDate")]
    if len(columns[3]) != len(form.entries) - 1:
        raise Odd
    return [
        Entry(
            guid and _name(guid, free=free),
            _name(link, free=False),
            _title(title, "guess"),
            _words(summary, "html"),
            _rss_moment(date) if date else None,
            language,
        )
        for guid, link, title, summary, date in zip(*columns, strict=True)
    ]


def _of_feed(form: Outline) -> list[Entry]:
    """Entries, each with the kinds of text that it says it has, and one page that it leads to."""
    language, parts = form.head.given("feed").get("xml:lang"), list(form.parts())
    for name in ("summary", "content", "published"):
        if len(form.column(name)) != sum(name in part.places for part in parts):
            raise Odd
    return [
        Entry(
            guid=_name(part.text("id"), free=False),
            link=_page(part),
            title=_title(part.text("title"), _type(part.given("title"))),
            summary=_summary(part),
            published=_atom_moment(part.text("published") or part.text("updated")),
            language=language,
        )
        for part in parts
    ]


def _name(written: str, *, free: bool) -> str:
    """A `free` name stays as it is; any other is an address, which feedparser completes."""
    if not (_WHOLE.fullmatch(written) or (free and written.isascii() and written.isprintable())):
        raise Odd
    return written


def _page(part: Part) -> str:
    """The one page that an Atom entry leads to."""
    links = part.every("link")
    pages = [each for each in links if each.get("rel", "alternate") == "alternate"]
    if (
        len(pages) != 1
        or any("href" not in each for each in links)
        or pages[0].get("type", "text/html") not in _HTML
    ):
        raise Odd
    return _name(pages[0].get("href", ""), free=False)


def _title(written: str, kind: str) -> str:
    """Words with references at most; of RSS's, feedparser guesses whether they are meant."""
    if not 0 < len(written) <= _LONG or "<" in written:
        raise Odd
    if "&" not in written or kind == "text":
        return cleaned(written, TITLE)
    named = [name for name in _REFERENCE.findall(written) if not name.startswith("#")]
    if all(name in entitydefs for name in named):
        return cleaned(unescape(written), TITLE)
    if kind == "html":
        raise Odd
    return cleaned(written, TITLE)


def _look_at_letters(form: Outline) -> None:
    """Raise `Odd` where feedparser repairs somebody's letters."""
    if form.doubtful and any(map(_garbled, form.words())):
        raise Odd


def _garbled(written: str) -> bool:
    """Whether feedparser repairs these words: controls that were letters, or bytes encoded twice."""
    if written.isascii():
        return False
    try:
        written.encode("latin-1").decode()
    except UnicodeError:
        return _CONTROL.search(written) is not None
    return True


def _summary(part: Part) -> str:
    """Atom's own summary as the kind of text it is; else the beginning of the content, taken for markup."""
    content = _type(part.given("content"))
    if "summary" in part.places:
        return _words(part.text("summary"), _type(part.given("summary")))
    return _words(part.text("content"), content and "html")


def _words(written: str, kind: str) -> str:
    if kind != "html":
        return cleaned(written, SUMMARY)
    words = light(written, SUMMARY)
    if words is None or ("&" in written and not _known(written)):
        raise Odd
    return words


def _known(written: str) -> bool:
    """Whether feedparser knows every reference: it loses the end of others."""
    return all(name in entitydefs for name in _NAMED.findall(written))


def _type(given: Attributes) -> str:
    """What kind of text an Atom element holds; raises `Odd` for markup of its own."""
    kind = given.get("type", "text")
    if kind not in {"text", "html"}:
        raise Odd
    return kind


def _rss_moment(written: str) -> datetime:
    found = _RSS_DATE.fullmatch(written)
    if found is None:
        raise Odd
    day, month, year, time, zone = found.groups()
    return _moment(f"{year}-{_MONTHS.get(month)}-{day:0>2}T{time}{zone or 'Z'}")


def _atom_moment(written: str) -> datetime:
    if not _ATOM_DATE.fullmatch(written):
        raise Odd
    return _moment(written)


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as never:
        raise Odd from never
    if moment.tzinfo is UTC and not moment.microsecond:
        return moment
    return moment.astimezone(UTC).replace(microsecond=0)


def _language(form: Outline, head: Part) -> str | None:
    """Atom's root says it, or RSS's own element; both at once are odd."""
    of_root = form.all.given.get(1, {}).get("xml:lang")
    if "language" not in head.places:
        return of_root
    if of_root or form.kind is FEED:
        raise Odd
    return head.text("language")
