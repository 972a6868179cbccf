"""What somebody says about their other accounts. None of them names an account: storage knows which."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class LinkAccounts(Command):
    """Say that the other accounts with one's address are one's own; it takes a press on each side."""

    wire: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class UnlinkAccounts(Command):
    """Choose apart again on each side."""

    wire: ClassVar[str] = "unlink"


@dataclass(frozen=True, slots=True)
class DenyAccounts(Command):
    """Say that the other accounts are somebody else's: they are not even counted as one any more."""

    wire: ClassVar[str] = "not_me"
