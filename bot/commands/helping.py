"""What somebody asks who wants to know what Herald does, or what there is."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class ShowHelp(Command):
    """See what one can ask, by one's role; `unknown` is what Herald did not understand."""

    wire: ClassVar[str] = "help"
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class ShowHow(Command):
    """Read how Herald works, in a few sentences."""

    wire: ClassVar[str] = "how"


@dataclass(frozen=True, slots=True)
class ShowRecallable(Command):
    """See the stories that could be taken back everywhere."""

    wire: ClassVar[str] = "recallable"
