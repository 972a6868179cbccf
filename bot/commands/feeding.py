"""What a moderator asks about feeds and what they bring."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command, typed
from bot.commands.writing import Written


@dataclass(frozen=True, slots=True)
class AddFeed(Command):
    """Follow a feed: RSS, Atom or JSON Feed."""

    wire: ClassVar[str] = "add_feed"
    address: str = typed()


@dataclass(frozen=True, slots=True)
class RemoveFeed(Command):
    """Follow a feed no longer; the stories made from it stay."""

    wire: ClassVar[str] = "remove_feed"
    id: str


@dataclass(frozen=True, slots=True)
class ShowFeeds(Command):
    """See the feeds, when each was read, and what is wrong with one."""

    wire: ClassVar[str] = "feeds"


@dataclass(frozen=True, slots=True)
class PrepareItem(Written):
    """Make a story of a feed's item, with a why and ready words; it is then decided like any other."""

    wire: ClassVar[str] = "prepare"
    id: str


@dataclass(frozen=True, slots=True)
class SkipItem(Command):
    """Not this one."""

    wire: ClassVar[str] = "skip"
    id: str
