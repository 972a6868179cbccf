"""A first post is held back when it became too late while it connected."""

import aiohttp
import pytest

from adapters.slack.api import Api
from bot.patience import AT_LAST
from bot.ports import Unreachable
from tests.slack.server import TOKEN, slack_server


async def test_nothing_leaves_when_it_is_too_late() -> None:
    """It surely did not act, so it may be tried again; and the next one goes out."""
    async with slack_server() as server, aiohttp.ClientSession() as session:
        server.channels["C1"] = {"id": "C1"}
        api = Api(session, server.url, TOKEN)
        token = AT_LAST.set(lambda: False)
        with pytest.raises(Unreachable, match="too late"):
            await api.post("chat.postMessage", {"channel": "C1", "text": "Hello"})
        assert server.calls == []
        AT_LAST.reset(token)
        await api.post("chat.postMessage", {"channel": "C1", "text": "Hello"})
    assert server.made("chat.postMessage") == [{"channel": "C1", "text": "Hello"}]
