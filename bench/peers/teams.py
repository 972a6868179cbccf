"""Stock botbuilder, recording nothing: `teams.py PORT`. No credentials, as Herald has none here."""

import asyncio
import sys

from aiohttp import web
from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.auth import (
    AuthenticationConfiguration,
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)

from adapters.host.loop import LOOP


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


async def serve(port: int) -> None:
    """Listen on loopback until killed."""
    stock = adapter()

    async def answer(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        done = await stock.process_activity("", activity, on_turn)
        return web.json_response(done.body, status=done.status)

    async def well(request: web.Request) -> web.Response:
        del request
        return web.Response(text="ok\n")

    site = web.Application()
    site.add_routes([web.post("/api/messages", answer), web.get("/readyz", well)])
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=LOOP) as runner:  # the loop that Herald has
        runner.run(serve(int(sys.argv[1])))
