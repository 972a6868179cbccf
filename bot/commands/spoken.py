"""What people type after `/herald`: English and French words for commands."""

from typing import Final

from bot.commands.moderation import ShowQueue, ShowStories
from bot.commands.wire import Command

WORDS: Final[dict[str, Command]] = {
    "queue": ShowQueue(),
    "file": ShowQueue(),
    "stories": ShowStories(),
    "actus": ShowStories(),
}


def understood(text: str) -> Command | None:
    """The command that some words ask for; None when Herald does not know them."""
    return WORDS.get(text.strip().casefold())
