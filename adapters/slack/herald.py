"""The bot as this adapter uses it; `bot.bot.Bot` is one."""

from typing import Protocol

from bot.answering import Later
from bot.cards import Card
from bot.commands import Command
from bot.holding import Elsewhere
from bot.ports import Answer, By


class Herald(Protocol):
    """What Slack's listeners ask of the bot. Refusals are answers; an exception is a bug."""

    async def do(self, command: Command, by: By) -> Answer:
        """Do what a command says, once per `by.key`."""
        ...

    async def press(self, command: Command, by: By) -> Answer | Later:
        """The same for a button: what can be drawn later is named, and drawn by `form`."""
        ...

    async def form(self, command: Command, by: By) -> Answer:
        """The form that a command of `OPENS` opens, from a reading alone."""
        ...

    async def opened(self, command: Command, by: By) -> None:
        """A form was shown: what that is evidence of is noted after it, so that no opening waits."""
        ...

    async def home(self, by: By) -> tuple[Card, str]:
        """This person's Home, and the language it is in."""
        ...

    async def language(self, by: By) -> str:
        """The language Herald speaks with this person."""
        ...

    def remembers(self, by: By) -> bool:
        """Whether this process has met somebody, so that nothing has to be looked up."""
        ...

    async def known(self, by: By) -> bool:
        """Whether the platform need not be asked who this is."""
        ...

    async def meet(self, by: By) -> None:
        """Ask the platform who this is, and remember it."""
        ...

    async def take_over(self, there: Elsewhere, by: By) -> None:
        """Keep a picture that Slack holds, where Herald can show it."""
        ...
