"""The local workspace over real loopback HTTP, with the small app that Bolt drives."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from adapters.local.workspace import TOKEN, LocalWorkspace
from tests.local.small_herald import Json, Small


@dataclass(slots=True)
class Page:
    """What the page does, over HTTP."""

    session: aiohttp.ClientSession
    origin: str

    async def act(self, name: str, person: str = "U0LEA", **body: Any) -> Json:  # noqa: ANN401  any JSON
        sent = {"person": person, **body}
        async with self.session.post(f"{self.origin}/local/act/{name}", json=sent) as answer:
            found: Json = await answer.json()
            return found

    async def screen(self, person: str = "U0LEA") -> Json:
        async with self.session.get(f"{self.origin}/local/screen", params={"person": person}) as answer:
            found: Json = await answer.json()
            return found

    async def call(self, method: str, body: Json | None = None, token: str = TOKEN) -> Json:
        headers = {"Authorization": f"Bearer {token}"}
        address = f"{self.origin}/local/slack/api/{method}"
        async with self.session.post(address, json=body or {}, headers=headers) as answer:
            found: Json = await answer.json()
            return found


@pytest.fixture
async def small() -> AsyncIterator[Small]:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    app = Small(f"http://127.0.0.1:{door.getsockname()[1]}")
    runner = web.AppRunner(app.site(), shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, door).start()
    yield app
    await app.workspace.close()
    await runner.cleanup()


@pytest.fixture
def workspace(small: Small) -> LocalWorkspace:
    return small.workspace


@pytest.fixture
async def page(small: Small) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, small.origin)
