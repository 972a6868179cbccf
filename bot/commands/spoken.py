"""What people type after `/herald`: English and French words for commands, with or without accents."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from bot.commands.digesting import ShowWeek
from bot.commands.feeding import ShowFeeds
from bot.commands.helping import ShowHelp, ShowRecallable
from bot.commands.homing import ShowHome
from bot.commands.moderation import ShowQueue, ShowStories
from bot.commands.nudging import ShowReminders, StopAll
from bot.commands.privacy import ShowMyData, ShowTransparency
from bot.commands.settling import ShowSetup
from bot.commands.suggesting import SuggestStory
from bot.commands.wire import Command

GREETINGS: Final = ("hello", "hi", "hey", "bonjour", "bonsoir", "salut", "coucou")
"""What people say first to somebody they can talk to."""
WORDS: Final[Mapping[str, Command]] = {
    "": ShowHelp(),
    "help": ShowHelp(),
    "aide": ShowHelp(),
    "setup": ShowSetup(),
    "reglages": ShowSetup(),
    "queue": ShowQueue(),
    "file": ShowQueue(),
    "feeds": ShowFeeds(),
    "flux": ShowFeeds(),
    "stories": ShowStories(),
    "actus": ShowStories(),
    "story": SuggestStory(),
    "actu": SuggestStory(),
    "week": ShowWeek(),
    "semaine": ShowWeek(),
    "reminders": ShowReminders(),
    "rappels": ShowReminders(),
    "my-data": ShowMyData(),
    "mes-donnees": ShowMyData(),
    "transparency": ShowTransparency(),
    "transparence": ShowTransparency(),
    "stop": StopAll(),
    "arreter": StopAll(),
    "recall": ShowRecallable(),
    "retirer": ShowRecallable(),
    "home": ShowHome(),
    "accueil": ShowHome(),
    **dict.fromkeys(GREETINGS, ShowHelp()),
}
"""Every word, without accents and with hyphens between its parts."""
SHOWN = 60
"""Characters of unknown words that are said back."""


def understood(words: str) -> Command:
    """The command that some words ask for; what Herald does not know gets help."""
    return WORDS.get(_plain(words)) or ShowHelp(unknown=words.strip()[:SHOWN])


def _plain(words: str) -> str:
    bare = unicodedata.normalize("NFKD", words.strip().casefold())
    return "-".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())
