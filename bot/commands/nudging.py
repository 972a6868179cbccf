"""What somebody asks about reminders; `id` is the story of the reminder whose button was pressed."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class TurnOnReminders(Command):
    """Get a sign now and then, from the start or again."""

    wire: ClassVar[str] = "remind_on"
    id: str = ""


@dataclass(frozen=True, slots=True)
class StopReminders(Command):
    """Get no more reminders."""

    wire: ClassVar[str] = "remind_stop"
    id: str = ""


@dataclass(frozen=True, slots=True)
class SkipReminder(Command):
    """Not this story."""

    wire: ClassVar[str] = "remind_skip"
    id: str


@dataclass(frozen=True, slots=True)
class RemindTomorrow(Command):
    """The same story once more, tomorrow at ten."""

    wire: ClassVar[str] = "remind_tomorrow"
    id: str


@dataclass(frozen=True, slots=True)
class RemindLess(Command):
    """Half as often as now."""

    wire: ClassVar[str] = "remind_less"
    id: str = ""


@dataclass(frozen=True, slots=True)
class PauseReminders(Command):
    """None for a month."""

    wire: ClassVar[str] = "remind_pause"
    id: str = ""


@dataclass(frozen=True, slots=True)
class ShowReminders(Command):
    """See how one's own reminders stand."""

    wire: ClassVar[str] = "reminders"


@dataclass(frozen=True, slots=True)
class StopAll(Command):
    """Get no personal message any more that one did not ask for."""

    wire: ClassVar[str] = "stop"


@dataclass(frozen=True, slots=True)
class StartAll(Command):
    """Take `StopAll` back."""

    wire: ClassVar[str] = "start"
