"""JSON Feed 1 and 1.1 (jsonfeed.org), read with the same distrust as everything from outside."""

import json
from datetime import UTC, datetime

from yarl import URL

from content.feeds import SUMMARY, Document, Entry, itemised
from content.markup import plain
from content.pages import TITLE, short_language
from content.words import cleaned


def read(body: bytes, address: str) -> Document | None:
    """The feed in these bytes; None when they are something else."""
    try:
        found: object = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not _word(found, "version").startswith(
        "https://jsonfeed.org/version/1"
    ):
        return None
    items = found.get("items")
    given = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    return Document(
        title=cleaned(_word(found, "title"), TITLE),
        language=short_language(_word(found, "language")),
        items=itemised(_entry(each, address) for each in given),
    )


def _entry(item: dict[str, object], address: str) -> Entry:
    words = _word(item, "summary") or _word(item, "content_text")
    return Entry(
        guid=_word(item, "id"),
        link=_absolute(_word(item, "url") or _word(item, "external_url"), address),
        title=cleaned(_word(item, "title"), TITLE),
        summary=cleaned(words, SUMMARY) or plain(_word(item, "content_html"), SUMMARY),
        published=_moment(_word(item, "date_published")),
        language=_word(item, "language") or None,
    )


def _word(thing: dict[str, object], name: str) -> str:
    """A text, or a number written as one: version 1.1 tells readers to take numeric ids."""
    value = thing.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _absolute(link: str, address: str) -> str:
    try:
        return str(URL(address).join(URL(link))) if link else ""
    except ValueError:
        return ""


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
