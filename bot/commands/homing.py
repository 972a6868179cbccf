"""What somebody asks in Home: more to share, their choices, their language."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command, typed


@dataclass(frozen=True, slots=True)
class ShowHome(Command):
    """See Home where there is no tab for it."""

    wire: ClassVar[str] = "home"


@dataclass(frozen=True, slots=True)
class ShowMoreStories(Command):
    """See every story one has not shared yet."""

    wire: ClassVar[str] = "more_stories"


@dataclass(frozen=True, slots=True)
class ChangeChoices(Command):
    """Look at the two boxes again: thanked by name, reminded."""

    wire: ClassVar[str] = "choices"


@dataclass(frozen=True, slots=True)
class ChangeLanguage(Command):
    """Choose the language Herald speaks with one; `platform` follows the platform's again."""

    wire: ClassVar[str] = "language"
    language: str = typed()


@dataclass(frozen=True, slots=True)
class AskForLinks(Command):
    """Share through links of one's own, so that one sees one's own visits."""

    wire: ClassVar[str] = "own_links"


@dataclass(frozen=True, slots=True)
class GiveLinksBack(Command):
    """Share through the story's own links again."""

    wire: ClassVar[str] = "shared_links"
