"""Pictures from Slack's forms: Slack shows them on its own cards alone, so Herald asks for a copy.

A file of a form is private to whoever sent it; its address wants our token, with the scope `files:read`.
https://docs.slack.dev/reference/objects/file-object
"""

from dataclasses import dataclass
from functools import partial
from secrets import token_urlsafe

from adapters.slack.api import Api
from adapters.slack.herald import Herald
from bot.commands import Command
from bot.holding import Elsewhere
from bot.ports import Answer, By, Gone, Wrong
from content.pictures import LARGEST


@dataclass(frozen=True, slots=True)
class Pictures:
    """What came with a form, fetched after the answer."""

    bot: Herald
    api: Api

    async def brought(self, command: Command | None, answer: Answer, by: By) -> None:
        """A form was sent: its picture, if it has one and was taken."""
        file = getattr(command, "picture", "")
        if isinstance(file, str) and file and not isinstance(answer, Wrong):
            there = Elsewhere(file, token_urlsafe(16), partial(self._fetch, file))
            await self.bot.take_over(there, by)

    async def _fetch(self, file: str) -> bytes:
        """The file itself, one byte longer than the most at most: what is longer is no picture for a card."""
        found = (await self.api.ask("files.info", file=file)).get("file") or {}
        address = found.get("url_private_download") or found.get("url_private")
        if not isinstance(address, str):
            raise Gone(f"{file}: no address")
        return await self.api.download(address, LARGEST + 1)
