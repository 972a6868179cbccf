"""What a moderator answers when nobody knows whether a card arrived."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class ConfirmSent(Command):
    """The card is there: it is not sent again."""

    wire: ClassVar[str] = "it_is_there"
    id: str


@dataclass(frozen=True, slots=True)
class SendAgain(Command):
    """The card is not there: it goes out again."""

    wire: ClassVar[str] = "send_again"
    id: str
