"""The bot as this adapter uses it; `bot.bot.Bot` is one."""

from typing import Protocol

from bot.cards import Card
from bot.commands import Command
from bot.pictures import Sent
from bot.ports import Answer, By


class Herald(Protocol):
    """What Teams' activities ask of the bot. Refusals are answers; an exception is a bug."""

    async def do(self, command: Command, by: By) -> Answer:
        """Do what a command says, once per `by.key`."""
        ...

    async def form(self, command: Command, by: By) -> Answer:
        """The form that a command of `OPENS` opens, from a reading alone."""
        ...

    async def opened(self, command: Command, by: By) -> None:
        """A form was shown: what that is evidence of is noted after it, so that no opening waits."""
        ...

    async def picture(self, sent: Sent, by: By) -> Answer:
        """A picture sent outside any form: kept, with the ways to use it."""
        ...

    async def home(self, by: By) -> tuple[Card, str]:
        """This person's Home, and the language it is in."""
        ...

    async def shown(self, command: Command, by: By) -> Card:
        """What a command of `SHOWS` shows, as it is by now, from a reading alone."""
        ...

    async def shows(self, ref: str, by: By) -> tuple[Card, str] | None:
        """What one of our messages shows by now, and in which language; None when it is no copy."""
        ...

    async def language(self, by: By) -> str:
        """The language Herald speaks with this person."""
        ...

    async def programme(self, workspace: str) -> str | None:
        """The programme of a tenant; None while nobody set one up."""
        ...

    async def known(self, by: By) -> bool:
        """Whether the platform need not be asked who this is."""
        ...

    async def meet(self, by: By) -> None:
        """Ask the platform who this is, and remember it."""
        ...
