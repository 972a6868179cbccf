"""A first post is held back when it became too late while it connected."""

import aiohttp
import pytest

from adapters.teams.api import Api, Call
from adapters.teams.tokens import Tokens
from bot.patience import AT_LAST
from bot.ports import Unreachable
from tests.teams.desk import logged_in
from tests.teams.payloads import CHANNEL
from tests.teams.server import ConnectorServer


async def test_nothing_leaves_when_it_is_too_late(server: ConnectorServer) -> None:
    """It surely did not act, so it may be tried again; and the next one goes out, once."""
    address = f"{server.service_url}v3/conversations/{CHANNEL}/activities"
    post = Call("POST", address, {"type": "message", "text": "Hello"}, once=True)
    async with aiohttp.ClientSession() as session:
        api = Api(session, Tokens(logged_in))
        token = AT_LAST.set(lambda: False)
        with pytest.raises(Unreachable, match="too late"):
            await api.call(post)
        assert server.calls == []
        AT_LAST.reset(token)
        await api.call(post)
    assert server.made("POST", "/activities") == [{"type": "message", "text": "Hello"}]


async def test_a_redraw_asks_nobody(server: ConnectorServer) -> None:
    """It is made whenever it is wanted: twice is as good as once."""
    server.messages[CHANNEL, "1"] = {"type": "message", "text": "Hello"}
    address = f"{server.service_url}v3/conversations/{CHANNEL}/activities/1"
    async with aiohttp.ClientSession() as session:
        token = AT_LAST.set(lambda: False)
        await Api(session, Tokens(logged_in)).call(Call("PUT", address, {"type": "message", "text": "Anew"}))
        AT_LAST.reset(token)
    assert server.at(CHANNEL) == [{"type": "message", "text": "Anew"}]
