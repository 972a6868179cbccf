"""E-mail domains that a programme trusts to tell that two accounts are one colleague's."""

import re
from collections.abc import Collection

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 253
"""Characters of a name in DNS."""
MOST = 20
"""Domains of one company."""


def domain(written: str) -> str | None:
    """What somebody wrote (`Acme.example`, `@acme.example`) as domains are compared; None when it is none."""
    try:
        plain = written.strip().removeprefix("@").rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return None
    labels = plain.split(".")
    fits = len(labels) > 1 and len(plain) <= LONGEST and all(map(_LABEL.fullmatch, labels))
    return plain if fits and not labels[-1].isdigit() else None


def listed(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The domains in a list, sorted, and what in it is none."""
    words = [word for word in re.split(r"[\s,;]+", written) if word]
    found = {word: domain(word) for word in words}
    wrong = tuple(word for word, read in found.items() if read is None)
    return tuple(sorted({read for read in found.values() if read})), wrong


def trusted(address: str | None, domains: Collection[str]) -> tuple[str, str] | None:
    """The domain and the address as they are compared, when that very domain is on the list; else None.

    Capitals do not matter. Nothing else is taken for the same: no dots, no tags, no subdomain.
    """
    local, at, host = (address or "").strip().rpartition("@")
    known = domain(host) if at and local and "@" not in local else None
    if known is None or known not in domains or host.startswith("@"):
        return None
    return known, f"{local.casefold()}@{known}"
