"""What anybody may ask about what Herald keeps."""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command


@dataclass(frozen=True, slots=True)
class ShowMyData(Command):
    """See everything that is kept about oneself."""

    wire: ClassVar[str] = "my_data"


@dataclass(frozen=True, slots=True)
class DeleteMyData(Command):
    """Have it deleted; asked once more before it is done."""

    wire: ClassVar[str] = "delete_my_data"


@dataclass(frozen=True, slots=True)
class ShowTransparency(Command):
    """See what this Herald measures, keeps and shows, and to whom."""

    wire: ClassVar[str] = "transparency"
