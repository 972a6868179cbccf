"""One human, several accounts: who may be taken for one, and which choices hold once they are linked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from content.people import Member

ALIKE = ("named", "reminded", "asked", "quiet", "pace", "paused_until")
"""Choices that linked accounts have in common; own links and the language stay each account's."""


def one_human(bearing: Sequence[Member]) -> bool:
    """Whether accounts with the same address are one human's: one in each workspace, and nobody says no.

    An address that two accounts of one workspace share says nothing about anybody.
    """
    workspaces = {member.workspace for member in bearing}
    return 1 < len(bearing) == len(workspaces) and not any(member.alone for member in bearing)


def agreed(one: Member, other: Member, now: datetime) -> Member:
    """The choices of two accounts as they hold for both from now on: where both chose, the stricter."""
    both = _chose(one) and _chose(other)
    named = _on(one.named, other.named, both=both)
    reminded = _on(one.reminded, other.reminded, both=both)
    asked = [member.asked for member in (one, other) if member.asked]
    paused = [member.paused_until for member in (one, other) if member.paused_until]
    return replace(
        one, named=named, named_since=(one.named_since or now) if named else None, reminded=reminded,
        asked=min(asked, default=None), quiet=one.quiet or other.quiet, pace=max(one.pace, other.pace),
        paused_until=max(paused, default=None),
    )  # fmt: skip


def following(member: Member, after: Member, charter: int, now: datetime) -> Member:
    """An account with the choices of one it is linked with; a name is given or taken from that moment on."""
    choices = {name: getattr(after, name) for name in ALIKE}
    joining = after.named or after.reminded or member.links
    since = (member.named_since if member.named else now) if after.named else None
    return replace(
        member, **choices, named_since=since,
        joined=(member.joined or after.joined or charter) if joining else None,
        joined_at=(member.joined_at or now) if joining else None,
    )  # fmt: skip


def _chose(member: Member) -> bool:
    return member.asked is not None or member.joined is not None


def _on(one: bool, other: bool, *, both: bool) -> bool:  # noqa: FBT001  two choices, and whether both count
    return (one and other) if both else (one or other)
