"""One workspace per platform for the contract of `Chat`: people go in, what is shown comes out."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

import aiohttp

from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.who import Ours
from adapters.teams.api import Api as TeamsApi
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.places import Places
from adapters.teams.roster import Roster
from adapters.teams.tokens import NoTokens
from adapters.teams.who import Ours as TeamsOurs
from bot.cards import Card
from bot.ports import Account, Chat, Place
from content.texts import say
from tests.fakes import FakeChat
from tests.slack.server import TOKEN, SlackServer, slack_server
from tests.teams.server import APP, TEAM, ConnectorServer, connector_server


class Workspace(Protocol):
    """A platform's workspace behind a chat."""

    chat: Chat

    def person(self, account: Account) -> None:
        """Somebody has an account here."""
        ...

    def channel(self, place: Place, members: tuple[str, ...] = ()) -> None:
        """There is a channel, with people in it."""
        ...

    def shown(self, address: str) -> list[str]:
        """The notices of the messages at an address as they stand now, oldest first."""
        ...

    def told(self, user: str) -> list[str]:
        """What one person was told."""
        ...

    def home(self, user: str) -> int:
        """How often somebody's Home was published."""
        ...


class Faked:
    """The fake that the bot's tests use."""

    def __init__(self) -> None:
        self.fake = FakeChat("slack", lambda: datetime(2026, 11, 23, tzinfo=UTC))
        self.chat: Chat = self.fake

    def person(self, account: Account) -> None:
        self.fake.knows(account)

    def channel(self, place: Place, members: tuple[str, ...] = ()) -> None:
        self.fake.places[place.channel] = place
        self.fake.people[place.channel] = members

    def shown(self, address: str) -> list[str]:
        return [say(sent.card.notice, sent.language) for sent in self.fake.at(address)]

    def told(self, user: str) -> list[str]:
        said = [words for to, _, words in self.fake.whispers if to == user]
        return [say(words.notice if isinstance(words, Card) else words, "en") for words in said]

    def home(self, user: str) -> int:
        return int(user in self.fake.homes)


class OnSlack:
    """Slack's chat against a loopback Slack."""

    def __init__(self, server: SlackServer, chat: SlackChat) -> None:
        self.server = server
        self.chat: Chat = chat

    def person(self, account: Account) -> None:
        self.server.users[account.user] = {
            "id": account.user,
            "team_id": account.home,
            "deleted": account.gone,
            "is_bot": account.bot,
            "is_restricted": account.guest,
            "is_admin": account.owner,
            "tz": account.zone,
            "locale": {"en": "en-GB", "fr": "fr-FR"}[account.language],
            "is_email_confirmed": True,
            "profile": {"display_name": account.name, "email": account.email},
        }

    def channel(self, place: Place, members: tuple[str, ...] = ()) -> None:
        self.server.channels[place.channel] = {
            "id": place.channel,
            "name": place.name,
            "is_private": place.private,
            "is_ext_shared": place.shared,
            "is_archived": place.archived,
            "is_member": place.joined,
        }
        self.server.members[place.channel] = list(members)

    def shown(self, address: str) -> list[str]:
        channel = f"D{address[1:]}" if address in self.server.users else address
        return [message["text"] for (at, _), message in self.server.messages.items() if at == channel]

    def told(self, user: str) -> list[str]:
        return [call["text"] for call in self.server.made("chat.postEphemeral") if call["user"] == user]

    def home(self, user: str) -> int:
        return [call["user_id"] for call in self.server.made("views.publish")].count(user)


class OnTeams:
    """Teams' chat against a loopback Bot Connector."""

    def __init__(self, server: ConnectorServer, chat: TeamsChat, places: Places) -> None:
        self.server = server
        self.chat: Chat = chat
        self.places = places

    def person(self, account: Account) -> None:
        self.server.users[account.user] = {
            "id": f"29:{account.user}",
            "aadObjectId": account.user,
            "name": account.name,
            "email": account.email,
            "tenantId": account.home,
            "userRole": "guest" if account.guest else "user",
        }
        self.places.note(account.user, language=f"{account.language}-XX", zone=account.zone)

    def channel(self, place: Place, members: tuple[str, ...] = ()) -> None:
        """Herald was added to the team; an archived one it was taken out of is told by an event alone."""
        kind = "shared" if place.shared else "private" if place.private else "standard"
        listed = {"id": place.channel, "name": place.name, "type": kind}
        self.server.channels.setdefault(TEAM, []).append(listed)
        self.server.rosters[place.channel] = list(members)
        self.places.listed(TEAM, "Acme", [listed])
        if place.archived:
            self.places.archive(TEAM, archived=True)

    def shown(self, address: str) -> list[str]:
        where = self.server.chat_of(address) if address in self.server.users else address
        return [message["summary"] for message in self.server.at(where)]

    def told(self, user: str) -> list[str]:
        return [sent.get("text") or sent["summary"] for sent in self.server.at(self.server.chat_of(user))]

    def home(self, user: str) -> int:
        return len(self.server.at(self.server.chat_of(user)))


@asynccontextmanager
async def faked() -> AsyncIterator[Workspace]:
    yield Faked()


@asynccontextmanager
async def on_slack() -> AsyncIterator[Workspace]:
    async with slack_server() as server, aiohttp.ClientSession() as session:
        yield OnSlack(server, SlackChat(Api(session, server.url, TOKEN), Ours("T1", "UHERALD")))


@asynccontextmanager
async def on_teams() -> AsyncIterator[Workspace]:
    async with connector_server() as server, aiohttp.ClientSession() as session:
        places = Places(TeamsOurs("T1", APP), server.service_url)
        connector = Connector(TeamsApi(session, NoTokens()), places.ours, places.base)
        yield OnTeams(server, TeamsChat(connector, places, Roster(connector, places)), places)


WORKSPACES: dict[str, Callable[[], AbstractAsyncContextManager[Workspace]]] = {
    "fake": faked,
    "slack": on_slack,
    "teams": on_teams,
}
