"""What one agrees to by joining: by name, with reminders, with own links. Before it, one is only counted."""

from content.texts import Text, text

VERSION = 1
"""The present charter. Each person's row keeps the version they saw; a change of meaning is a new version."""

_LINES = {1: ("choice", "yourself", "disclose", "shown", "never")}


def charter(version: int) -> tuple[Text, ...]:
    """The sentences of a version; of the present one when that version is not known here."""
    known = version if version in _LINES else VERSION
    return tuple(text(f"charter.{known}.{line}") for line in _LINES[known])
