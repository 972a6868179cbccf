"""Stock botbuilder, sending by itself: `proactive.py PORT CONNECTOR LOGIN CARD`.

No credentials without a LOGIN.
"""

import asyncio
import json
import sys
from pathlib import Path

from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ConversationReference,
)
from botframework.connector.auth import (
    AuthenticationConfiguration,
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)

from adapters.host.loop import LOOP
from adapters.teams.render import KIND
from bench.peers.sending import chat, told

APP = "11111111-2222-4333-8444-555555555555"
PUBLIC = "https://api.botframework.com"


def adapter(login: str) -> CloudAdapterBase:
    """As the documentation's sample makes it, at a login of ours."""
    if not login:
        factory = PasswordServiceClientCredentialFactory("", "")
        made = BotFrameworkAuthenticationFactory.create(
            credential_factory=factory, auth_configuration=AuthenticationConfiguration()
        )
        return CloudAdapterBase(made)
    made = BotFrameworkAuthenticationFactory.create(
        credential_factory=PasswordServiceClientCredentialFactory(APP, "secret", "adfs"),
        auth_configuration=AuthenticationConfiguration(),
        to_channel_from_bot_login_url=f"{login}/adfs",
        to_channel_from_bot_oauth_scope=PUBLIC,
        to_bot_from_channel_token_issuer=PUBLIC,
        oauth_url=PUBLIC,
    )
    return CloudAdapterBase(made)


class Stock:
    """Sends a ready card."""

    def __init__(self, connector: str, login: str, card: object) -> None:
        """With or without a login."""
        self._adapter = adapter(login)
        self._app = APP if login else ""
        self._connector = connector
        self._card = card

    async def send(self, number: int) -> None:
        """One proactive message."""
        reference = ConversationReference(
            channel_id="msteams",
            service_url=self._connector,
            bot=ChannelAccount(id=f"28:{APP}"),
            user=ChannelAccount(id="29:1"),
            conversation=ConversationAccount(id=chat(number)),
        )
        await self._adapter.continue_conversation(reference, self._say, self._app)

    async def _say(self, context: TurnContext) -> None:
        shown = Attachment(content_type=KIND, content=self._card)
        await context.send_activity(Activity(type=ActivityTypes.message, attachments=[shown]))


def main(port: int, connector: str, login: str, card: str) -> None:
    """Listen until killed."""
    stock = Stock(connector, login, json.loads(Path(card).read_text()))
    with asyncio.Runner(loop_factory=LOOP) as runner:
        runner.run(told(port, stock.send))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
