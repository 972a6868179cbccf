"""Stock Bolt as its documentation has it: `bolt.py PORT MODE SLACK FILE`.

Modes: `default` and `before` (process_before_response) only acknowledge; `orm` commits one row in a session
of its own per request; `share` does that and opens a view.
"""

import asyncio
import sys
from datetime import UTC, datetime

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel
from ulid import ULID

from adapters.host.loop import LOOP
from bench.peers.listening import serve as listening
from bench.presses import SECRET, TOKEN

VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Share"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "In your own words"}}],
}


class Press(SQLModel, table=True):
    """One press."""

    id: str = Field(primary_key=True)
    member: str = Field(index=True)
    value: str
    at: datetime


def engine(path: str) -> AsyncEngine:
    """SQLite as durable as Herald's."""
    made = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(made.sync_engine, "connect")
    def prepare(dbapi, _):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202  SQLAlchemy's own types
        cursor = dbapi.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return made


def app(mode: str, slack: str, database: AsyncEngine) -> AsyncApp:
    """One app with one action listener."""
    bolt = AsyncApp(
        signing_secret=SECRET,
        process_before_response=mode != "default",
        client=AsyncWebClient(token=TOKEN, base_url=slack),
        authorize=authorize,
    )
    sessions = async_sessionmaker(database, expire_on_commit=False)

    @bolt.action("herald:0")
    async def pressed(ack: AsyncAck, body: dict, client: AsyncWebClient) -> None:  # type: ignore[type-arg]
        await ack()
        if mode in {"orm", "share"}:
            async with sessions() as session:
                value = body["actions"][0]["value"]
                session.add(
                    Press(id=str(ULID()), member=body["user"]["id"], value=value, at=datetime.now(UTC))
                )
                await session.commit()
        if mode == "share":
            await client.views_open(trigger_id=body["trigger_id"], view=VIEW)

    return bolt


async def authorize() -> AuthorizeResult:
    """No auth.test per request, for Bolt too."""
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="UHERALD", bot_token=TOKEN)


async def serve(port: int, mode: str, slack: str, path: str) -> None:
    """Listen on loopback until killed."""
    database = engine(path)
    async with database.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    bolt = app(mode, slack, database)

    async def answer(request: web.Request) -> web.Response:
        made = await to_bolt_request(request)
        return await to_aiohttp_response(await bolt.async_dispatch(made))

    await listening(port, web.post("/slack/events", answer))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=LOOP) as runner:  # the loop that Herald has
        runner.run(serve(int(sys.argv[1]), *sys.argv[2:]))
