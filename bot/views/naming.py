"""What people are called on cards that outlive their data."""

from collections.abc import Mapping

from content.texts import Words, text


def who(names: Mapping[str, str], member: str | None) -> Words:
    """A colleague's name; nobody's id any more is a colleague who deleted their data."""
    if member is None:
        return text("people.erased")
    return names.get(member) or "…"
