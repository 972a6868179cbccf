"""`HERALD_FETCH_ALLOW`: hosts an administrator opens by name, for feeds of the own network."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from yarl import URL

from adapters.fetch.guard import WEB_PORTS
from content.links import is_address
from content.pages import Unreadable

_HIDDEN = re.compile(r"%2f|%5c|%00|\\", re.IGNORECASE)  # some servers decode these before they look


@dataclass(frozen=True, slots=True)
class Allowed:
    """One entry: a host that may be private, on one port or on the web's two.

    Without a prefix it serves administrators' feeds only; with one (`/` is the whole host) it serves what is
    under it, previews too.
    """

    host: str
    port: int | None = None
    prefix: str | None = None

    @classmethod
    def parse(cls, entry: str) -> Self:
        """Read `host[:port][/prefix]`; raises ValueError that names the entry."""
        if not is_address(f"http://{entry}") or any(sign in entry for sign in ("@", "?", "#", "*", "://")):
            raise ValueError(f"HERALD_FETCH_ALLOW: {entry!r} is not host[:port][/prefix]")
        url = URL(f"http://{entry}")
        return cls(_name(url), url.explicit_port, url.raw_path if "/" in entry else None)

    def covers(self, url: URL, *, preview: bool) -> bool:
        """Whether this entry opens the address, for a preview or for a feed."""
        if _name(url) != self.host or not self._has_port(url):
            return False
        return not preview if self.prefix is None else _under(url.raw_path, self.prefix)

    def _has_port(self, url: URL) -> bool:
        return url.port in WEB_PORTS if self.port is None else url.port == self.port


def allowed(setting: str) -> tuple[Allowed, ...]:
    """The entries of the setting, separated by commas or spaces; raises ValueError."""
    return tuple(Allowed.parse(entry) for entry in re.split(r"[\s,]+", setting) if entry)


def opens_inside(url: URL, entries: Iterable[Allowed], *, preview: bool) -> bool:
    """Whether an entry opens this address; raises `Unreadable` when the public web has no such one."""
    if not is_address(str(url)) or url.user is not None or url.password is not None:
        raise Unreadable("bad_address")
    if any(entry.covers(url, preview=preview) for entry in entries):
        return True
    if url.port not in WEB_PORTS:
        raise Unreadable("not_allowed")
    return False


def _under(path: str, prefix: str) -> bool:
    within = path == prefix or path.startswith(f"{prefix.rstrip('/')}/")
    return within and not _HIDDEN.search(path)


def _name(url: URL) -> str:
    return (url.raw_host or "").lower().rstrip(".")
