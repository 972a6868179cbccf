"""A Teams to talk to, a bot to answer."""

from collections.abc import AsyncIterator

import pytest

from tests.teams.desk import Desk, FakeBot, desk
from tests.teams.payloads import CHANNEL, LEA
from tests.teams.server import TEAM, ConnectorServer, connector_server
from tests.teams.signing import jwk


@pytest.fixture
async def server() -> AsyncIterator[ConnectorServer]:
    async with connector_server() as teams:
        teams.keys = [jwk()]
        teams.users[LEA] = {"id": f"29:{LEA}", "aadObjectId": LEA, "name": "Léa Martin"}
        teams.channels[TEAM] = [{"id": TEAM}, {"id": CHANNEL, "name": "stories", "type": "standard"}]
        teams.rosters[CHANNEL] = [LEA]
        yield teams


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
async def at(bot: FakeBot, server: ConnectorServer) -> AsyncIterator[Desk]:
    async with desk(bot, server) as open_desk:
        yield open_desk
