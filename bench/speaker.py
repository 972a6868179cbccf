"""Herald's own way out on Teams, told what to send: `speaker.py PORT CONNECTOR LOGIN DATABASE`.

What `connect` wires, without the door; each card is drawn anew. No credentials without a LOGIN.
"""

import asyncio
import sys
from dataclasses import replace

import aiohttp

from adapters.host.loop import LOOP
from adapters.teams.api import Api
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.places import Places
from adapters.teams.roster import Roster
from adapters.teams.settings import PUBLIC, TeamsSettings
from adapters.teams.tokens import NoTokens, Tokens, login
from adapters.teams.who import Ours
from bench.company import story_card
from bench.peers.proactive import APP
from bench.peers.sending import CHATS, chat, told
from bot.cards import Card


class Speaker:
    """Sends to people whose chats are known, as they are to a Herald that runs."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, connector: str, card: Card) -> None:
        """As one tenant is wired."""
        places = Places(Ours("adfs", APP), connector)
        for number in range(CHATS):
            places.note(person(number), chat=chat(number))
        teams = Connector(Api(session, tokens), places.ours, places.base)
        self._chat = TeamsChat(teams, places, Roster(teams, places))
        self._card = card

    async def send(self, number: int) -> None:
        """One card."""
        await self._chat.send(person(number), replace(self._card), "en", "")  # no card was drawn before


def person(number: int) -> str:
    """Somebody's object id."""
    return f"00000000-0000-4000-8000-{number:012d}"


def tokens(address: str) -> Tokens:
    """With MSAL, at a login of ours."""
    if not address:
        return NoTokens()
    settings = TeamsSettings(APP, "secret", ("adfs",), cloud=replace(PUBLIC, login=address))
    return Tokens(login(settings))


async def main(port: int, connector: str, address: str, database: str) -> None:
    """Listen until killed."""
    card = await story_card(database)
    async with aiohttp.ClientSession() as session:
        await told(port, Speaker(session, tokens(address), connector, card).send)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=LOOP) as runner:
        runner.run(main(int(sys.argv[1]), *sys.argv[2:]))
