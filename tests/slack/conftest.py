"""A Slack to talk to, a bot to answer."""

from collections.abc import AsyncIterator

import pytest

from tests.slack.desk import Desk, FakeBot, desk
from tests.slack.server import SlackServer, slack_server


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with slack_server() as slack:
        slack.users["ULEA"] = {"id": "ULEA", "team_id": "T1", "profile": {"display_name": "Léa"}}
        slack.channels["CSTORIES"] = {"id": "CSTORIES", "name": "stories", "is_member": True}
        yield slack


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
async def at(bot: FakeBot, server: SlackServer) -> AsyncIterator[Desk]:
    async with desk(bot, server) as open_desk:
        yield open_desk
