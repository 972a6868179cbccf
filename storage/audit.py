"""The audit is a chain: each entry is sealed with the one before, so a change in the past shows."""

import hashlib
import json
from collections.abc import Iterable

from storage.records import AuditEntry


def sealed(entry: AuditEntry, before: str) -> str:
    """The seal of an entry that follows one sealed `before`: SHA-256, in hexadecimal."""
    told = [
        entry.programme,
        entry.number,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        before,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def broken(entries: Iterable[AuditEntry]) -> int | None:
    """The number of the first entry that does not fit the chain; None when all do."""
    before = ""
    for position, entry in enumerate(entries, 1):
        if entry.number != position or entry.seal != sealed(entry, before):
            return position
        before = entry.seal
    return None
