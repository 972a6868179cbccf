"""One workspace of Slack: who we are there, how we speak there, and its own Bolt."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.courtesies import Courtesies
from adapters.slack.failed import Failed
from adapters.slack.herald import Herald
from adapters.slack.listeners import Listeners
from adapters.slack.pictures import Pictures
from adapters.slack.settings import SlackSettings
from adapters.slack.showing import Screen
from adapters.slack.who import Ours
from bot.after import Afterwards
from bot.commands.spoken import understood
from bot.proxies import proxy_of


@dataclass(frozen=True, slots=True)
class Joined:
    """A workspace that Herald has a token of."""

    ours: Ours
    chat: SlackChat
    app: AsyncApp
    listeners: Listeners


def joined(
    bot: Herald,
    settings: SlackSettings,
    session: aiohttp.ClientSession,
    after: Afterwards,
    ours: Ours,
) -> Joined:
    """The workspace of `settings.bot_token`, wired; nothing listens yet."""
    api = Api(session, settings.api_url, settings.bot_token)
    chat = SlackChat(api, ours)
    app = bolt(settings, session, ours)
    screen = Screen(bot, chat)
    failed = Failed(screen, chat, ours, after)
    courtesies, pictures = Courtesies(after), Pictures(bot, api)
    listeners = Listeners(bot, chat, ours, after, understood, screen, courtesies, failed, pictures)
    listeners.register(app)
    return Joined(ours, chat, app, listeners)


def bolt(settings: SlackSettings, session: aiohttp.ClientSession, ours: Ours) -> AsyncApp:
    """Bolt with our own authorization (no auth.test per request); it acknowledges what is done."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=ours.enterprise,
            team_id=ours.team,
            bot_user_id=ours.bot_user,
            bot_id=ours.bot,
            bot_token=settings.bot_token,
        )

    with unread():
        return AsyncApp(
            name="herald",
            logger=logging.getLogger("herald.slack.bolt"),
            process_before_response=True,
            signing_secret=settings.signing_secret,
            client=client(settings, session, None),
            authorize=authorize,
        )


@contextmanager
def unread() -> Iterator[None]:
    """Hide `SLACK_*` from Bolt, which reads them by itself: a client id would make it install by OAuth."""
    hidden = {name: os.environ.pop(name) for name in tuple(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def client(settings: SlackSettings, session: aiohttp.ClientSession, token: str | None) -> AsyncWebClient:
    """slack_sdk's client, which Bolt and Socket Mode want; Herald's own calls go through `Api`."""
    made = AsyncWebClient(token=token, base_url=settings.api_url, session=session, retry_handlers=[])
    made.proxy = proxy_of(settings.api_url)
    return made
