"""What somebody asks who wants to share, in their own words."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command, typed


@dataclass(frozen=True, slots=True)
class ShareStory(Command):
    """Open the sheet for a network; from another network's sheet, with the words as they stand there."""

    wire: ClassVar[str] = "share"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class ChooseNetwork(Command):
    """Choose another network than the first."""

    wire: ClassVar[str] = "networks"
    id: str


@dataclass(frozen=True, slots=True)
class TakeOtherWords(Command):
    """Start from another ready text; the words in the field are kept when they are one's own."""

    wire: ClassVar[str] = "other_words"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class SendMeTheText(Command):
    """Get the words and the link as one plain 1:1 message, to copy on a phone."""

    wire: ClassVar[str] = "send_text"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class OpenNetwork(Command):
    """The network was opened from the sheet: an intent, and a draft worth keeping."""

    wire: ClassVar[str] = "open"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class KeepDraft(Command):
    """The sheet was closed: keep the words for seven days."""

    wire: ClassVar[str] = "keep"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class DoNotCountMe(Command):
    """Leave this person out of this story's counts."""

    wire: ClassVar[str] = "uncount"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class SayPosted(Command):
    """Say "I posted it"."""

    wire: ClassVar[str] = "said"
    id: str
    network: str = "linkedin"
    words: str = typed()


@dataclass(frozen=True, slots=True)
class DenyPosted(Command):
    """Answer "No" to "Did you post it?" in Home."""

    wire: ClassVar[str] = "not_said"
    id: str


@dataclass(frozen=True, slots=True)
class SaveThanks(Command):
    """The two boxes after the first *I posted it*; skipping is an answer too."""

    wire: ClassVar[str] = "thanks"
    choices: tuple[str, ...] = typed(())


@dataclass(frozen=True, slots=True)
class ExplainThanks(Command):
    """Read what ticking a box means, with the boxes still there."""

    wire: ClassVar[str] = "thanks_what"
    choices: tuple[str, ...] = typed(())


@dataclass(frozen=True, slots=True)
class ReportProblem(Command):
    """Tell the moderators that something is wrong with a live story."""

    wire: ClassVar[str] = "problem"
    id: str
    words: str = typed()


@dataclass(frozen=True, slots=True)
class ExplainCard(Command):
    """Ask why this card is here."""

    wire: ClassVar[str] = "why_here"
    id: str
