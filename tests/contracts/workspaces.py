"""One workspace per platform for the contract of `Chat`: people go in, what is shown comes out."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

import aiohttp

from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.who import Ours
from bot.cards import Card
from bot.ports import Account, Chat, Place
from content.texts import say
from tests.fakes import FakeChat
from tests.slack.server import TOKEN, SlackServer, slack_server


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


@asynccontextmanager
async def faked() -> AsyncIterator[Workspace]:
    yield Faked()


@asynccontextmanager
async def on_slack() -> AsyncIterator[Workspace]:
    async with slack_server() as server, aiohttp.ClientSession() as session:
        yield OnSlack(server, SlackChat(Api(session, server.url, TOKEN), Ours("T1", "UHERALD")))


WORKSPACES: dict[str, Callable[[], AbstractAsyncContextManager[Workspace]]] = {
    "fake": faked,
    "slack": on_slack,
}
