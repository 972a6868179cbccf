"""What runs in the worker process: other people's bytes become our dataclasses, or None.

Never raises a `Refusal` (exceptions with words of their own do not travel between processes), never fetches:
feedparser is given bytes, as with an address it would open it by itself, past every guard.
"""

import calendar
from datetime import UTC, datetime
from typing import Any

import feedparser

from adapters.fetch import ordinary
from adapters.fetch.periods import seconds
from content import jsonfeed
from content.feeds import SUMMARY, Document, Entry, itemised
from content.markup import plain
from content.pages import TITLE, short_language
from content.words import cleaned


def document(body: bytes, address: str, content_type: str) -> Document | None:
    """The feed in these bytes: RSS, Atom or JSON Feed; None when it is something else, such as a page."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return jsonfeed.read(body, address)
    return ordinary.read(body, content_type, len(body)) or anything(body, address, content_type)


def anything(body: bytes, address: str, content_type: str) -> Document | None:
    """The same by feedparser, whatever it is."""
    found = feedparser.parse(
        body, response_headers={"content-location": address, "content-type": content_type}
    )
    if not found.entries and (found.bozo or not found.get("version")):
        return None
    return Document(
        title=_words(found.feed, "title", TITLE),
        language=short_language(found.feed.get("language")),
        items=itemised(_entry(each) for each in found.entries),
        ttl=_ttl(found.feed),
    )


def _entry(entry: Any) -> Entry:  # noqa: ANN401 - feedparser is published without types
    return Entry(
        guid=entry.get("id", ""),
        link=entry.get("feedburner_origlink") or entry.get("link", ""),
        title=_words(entry, "title", TITLE),
        summary=_words(entry, "summary", SUMMARY),
        published=_moment(entry.get("published_parsed") or dict.get(entry, "updated_parsed")),
        language=(entry.get("title_detail") or {}).get("language"),
    )


def _words(part: Any, name: str, limit: int) -> str:  # noqa: ANN401 - as above
    """Plain words, whatever markup the feed declares for them."""
    value = str(part.get(name) or "")
    kind = (part.get(f"{name}_detail") or {}).get("type", "text/html")
    return cleaned(value, limit) if kind == "text/plain" else plain(value, limit)


def _moment(parsed: Any) -> datetime | None:  # noqa: ANN401 - as above
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _ttl(feed: Any) -> float | None:  # noqa: ANN401 - as above
    said = ("ttl", "sy_updateperiod", "sy_updatefrequency")
    return seconds(*(str(feed.get(name, "")) for name in said))
