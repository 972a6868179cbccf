"""Stock botbuilder, recording nothing: `teams.py PORT`. No credentials, as Herald has none here."""

import sys

from aiohttp import web
from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.auth import (
    AuthenticationConfiguration,
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)

from bench.peers.listening import run


def adapter() -> CloudAdapterBase:
    """As the documentation's sample makes it."""
    made = BotFrameworkAuthenticationFactory.create(
        credential_factory=PasswordServiceClientCredentialFactory("", ""),
        auth_configuration=AuthenticationConfiguration(),
    )
    return CloudAdapterBase(made)


async def on_turn(context: TurnContext) -> None:
    """An invoke gets 200 and a body."""
    body = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Done."}
    answer = Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body=body))
    await context.send_activity(answer)


STOCK = adapter()


async def answer(request: web.Request) -> web.Response:
    """One invoke."""
    activity = Activity().deserialize(await request.json())
    done = await STOCK.process_activity("", activity, on_turn)
    return web.json_response(done.body, status=done.status)


if __name__ == "__main__":
    run(int(sys.argv[1]), web.post("/api/messages", answer))
