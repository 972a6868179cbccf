"""What HTTP headers say about when and whether to ask again."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from content.feeds import Hints, Validators

AGENT = "Herald/0.1 (employee advocacy bot; reads pages and feeds people name)"

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_LONGEST = 500  # characters of a validator worth keeping


def conditional(headers: Mapping[str, str]) -> bool:
    """Whether a request asked to be told that nothing changed."""
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def asking(seen: Validators) -> dict[str, str]:
    """What to send so that an unchanged feed is not sent again: the server's own words, to the letter."""
    said = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in said.items() if value}


def validators(headers: Mapping[str, str]) -> Validators:
    """What the server gave to recognise this answer; nothing that could not be kept and sent as it is."""
    return Validators(_kept(headers.get("ETag")), _kept(headers.get("Last-Modified")))


def hints(headers: Mapping[str, str], ttl: float | None = None) -> Hints:
    """How long the answer is good: the header's word, and the feed's own (`ttl`, seconds)."""
    found = _MAX_AGE.search(headers.get("Cache-Control", ""))
    return Hints(max_age=float(found.group(1)) if found else None, ttl=ttl)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, said as a number or a date (RFC 9110, 10.2.3); None when nothing sensible is said."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _kept(value: str | None) -> str | None:
    return value if value and len(value) <= _LONGEST and value.isascii() and value.isprintable() else None
