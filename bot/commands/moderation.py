"""What a moderator asks. Every decision names the version it was made on."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command, typed
from bot.commands.writing import Written


@dataclass(frozen=True, slots=True)
class ApproveStory(Command):
    """Let a story out, after the hold.

    `own` is the only moderator's confirmed approval of their own story.
    """

    wire: ClassVar[str] = "approve"
    id: str
    version: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class UndoApproval(Command):
    """Take an approval back, possible until the story goes out."""

    wire: ClassVar[str] = "undo"
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class AskAuthor(Command):
    """Ask the author one question, in a 1:1 message."""

    wire: ClassVar[str] = "ask"
    id: str
    version: int
    question: str = typed()


@dataclass(frozen=True, slots=True)
class DeclineStory(Command):
    """Say no, with a reason: one of the ready ones, own words, or both."""

    wire: ClassVar[str] = "decline"
    id: str
    version: int
    reason: str = typed()
    words: str = typed()


@dataclass(frozen=True, slots=True)
class ScheduleStory(Command):
    """Approve a story for a later hour; `at` is in seconds since 1970, UTC."""

    wire: ClassVar[str] = "schedule"
    id: str
    version: int
    at: str = typed()


@dataclass(frozen=True, slots=True)
class EditStory(Written):
    """Prepare or correct what people will see and the words they may start from."""

    wire: ClassVar[str] = "edit"
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class WriteStory(Written):
    """Start a story of the moderators' own."""

    wire: ClassVar[str] = "write"
    picture: str = typed()


@dataclass(frozen=True, slots=True)
class ChooseChannels(Command):
    """Say which story channels a story goes to."""

    wire: ClassVar[str] = "channels"
    id: str
    version: int
    channels: tuple[str, ...] = typed(())


@dataclass(frozen=True, slots=True)
class EndStory(Command):
    """End a live story: its cards stay and say so."""

    wire: ClassVar[str] = "end"
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class RecallStory(Command):
    """Take a live story back everywhere, with words for those who already shared it."""

    wire: ClassVar[str] = "recall"
    id: str
    version: int
    words: str = typed()


@dataclass(frozen=True, slots=True)
class RemindModerators(Command):
    """Ask the other moderators, once, to look at one's own story."""

    wire: ClassVar[str] = "remind_mods"
    id: str


@dataclass(frozen=True, slots=True)
class ShowQueue(Command):
    """See what waits for a decision."""

    wire: ClassVar[str] = "queue"


@dataclass(frozen=True, slots=True)
class ShowStories(Command):
    """See the stories that are out."""

    wire: ClassVar[str] = "stories"
