"""What `TeamsChat` does that no other platform's chat does."""

from dataclasses import replace

import aiohttp
import pytest

from adapters.teams import chat as chats
from adapters.teams.api import Api
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.places import Places
from adapters.teams.render import message
from adapters.teams.roster import Roster
from adapters.teams.tokens import NoTokens
from adapters.teams.who import Ours
from bot.cards import Body, Card
from content.texts import text
from tests.teams.server import APP, TENANT, connector_server


async def test_a_card_for_many_is_drawn_once_and_anew_in_another_language() -> None:
    drawn: list[str] = []

    def counted(card: Card, language: str) -> dict[str, object]:
        drawn.append(language)
        return message(card, language)

    card = Card(text("busy"), (Body(text("busy")),))
    async with connector_server() as server, aiohttp.ClientSession() as session:
        places = Places(Ours(TENANT, APP), server.service_url)
        connector = Connector(Api(session, NoTokens()), places.ours, places.base)
        server.users |= {user: {"id": user} for user in ("Ua", "Ub", "Uc")}
        chat = TeamsChat(connector, places, Roster(connector, places))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(chats, "message", counted)
            first, second = [await chat.send(user, card, "en", "") for user in ("Ua", "Ub")]
            third = await chat.send("Uc", card, "fr", "")
            await chat.redraw(third, replace(card), "fr")
        shown = [
            body["attachments"] for ref in (first, second, third) for body in server.at(ref.split("/")[0])
        ]
        assert drawn == ["en", "fr", "fr"]
        assert shown[0] == shown[1] != shown[2]


async def test_somebody_just_seen_has_the_language_they_were_heard_in_since() -> None:
    """A roster tells neither language nor zone: only what somebody sends does, and it counts at once."""
    async with connector_server() as server, aiohttp.ClientSession() as session:
        places = Places(Ours(TENANT, APP), server.service_url)
        roster = Roster(Connector(Api(session, NoTokens()), places.ours, places.base), places)
        server.users |= {"Ua": {"id": "Ua"}}
        assert (await roster.account("Ua")).language == ""
        places.note("Ua", language="fr-FR", zone="Europe/Paris")
        seen = await roster.account("Ua")
        assert (seen.language, seen.zone) == ("fr-FR", "Europe/Paris")
