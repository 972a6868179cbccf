"""What somebody asks who has an idea."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command, typed


@dataclass(frozen=True, slots=True)
class SuggestStory(Command):
    """Hand an idea to the moderators: a link, what happened, or both; why; perhaps a picture.

    `link` was there when the form was opened; `source` names the author of a public message it came from;
    `again` is one's own idea that was declined, to start from.
    """

    wire: ClassVar[str] = "suggest"
    link: str = ""
    source: str = ""
    private: bool = False
    again: str = ""
    what: str = typed()
    why: str = typed()
    picture: str = typed()
    shows: str = typed()


@dataclass(frozen=True, slots=True)
class WithdrawIdea(Command):
    """Take one's own idea back."""

    wire: ClassVar[str] = "withdraw"
    id: str


@dataclass(frozen=True, slots=True)
class EditIdea(Command):
    """Change one's own idea while it waits."""

    wire: ClassVar[str] = "edit_idea"
    id: str
    what: str = typed()
    why: str = typed()
    picture: str = typed()
    shows: str = typed()


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    """Answer what a moderator asked about one's idea."""

    wire: ClassVar[str] = "answer"
    id: str
    answer: str = typed()


@dataclass(frozen=True, slots=True)
class ShowMyIdeas(Command):
    """See one's own ideas and where they stand."""

    wire: ClassVar[str] = "my_ideas"
