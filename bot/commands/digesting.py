"""What somebody asks about the week."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class AddMyName(Command):
    """Be thanked by name from now on, beginning with the summary of this week (`2026-W47`)."""

    wire: ClassVar[str] = "add_name"
    week: str = ""


@dataclass(frozen=True, slots=True)
class TakeBackName(Command):
    """Be counted without a name again, also in the summaries of the last twelve weeks."""

    wire: ClassVar[str] = "take_name_back"


@dataclass(frozen=True, slots=True)
class ShowWeek(Command):
    """See the running week, as a moderator; everybody else sees the last summary."""

    wire: ClassVar[str] = "week"


@dataclass(frozen=True, slots=True)
class AboutNumbers(Command):
    """Read where the numbers of a summary come from, and what they leave out."""

    wire: ClassVar[str] = "about_numbers"
