from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.peers.local_slack import BASE_URL, local_slack

CONFIG = {
    "workspace": {"name": "Acme", "domain": "acme", "teamId": "T01ACME"},
    "app": {
        "appId": "A01HERALD",
        "botUserId": "U01HERALD",
        "botName": "herald",
        "botToken": "xoxb-test",
        "appToken": "xapp-test",
        "signingSecret": "secret",
        "mode": "events",
        "requestUrl": "http://127.0.0.1:9/slack/events",
    },
    "users": [{"id": "U01ANA", "name": "ana", "real_name": "Ana", "email": "ana@acme.example"}],
    "channels": [
        {"id": "C01GEN", "name": "general", "is_private": False, "members": ["U01ANA", "U01HERALD"]}
    ],
}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[AsyncWebClient]:
    async with local_slack(tmp_path, CONFIG):
        yield AsyncWebClient("xoxb-test", base_url=BASE_URL, retry_handlers=[])


async def test_it_knows_the_bot_by_its_token(client: AsyncWebClient) -> None:
    known = await client.auth_test()

    assert (known["team_id"], known["user_id"]) == ("T01ACME", "U01HERALD")


async def test_it_answers_like_slack_for_a_channel_that_is_not_there(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C01NOWHERE", text="Hello")

    assert refused.value.response["error"] == "channel_not_found"
