"""The fault server for Teams, by script: each way a call fails, by its kind, and whether Teams acted."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from adapters.teams.chat import TeamsChat
from bot.cards import Body, Card
from bot.ports import LockedOut, Throttled, Unknown, Unreachable
from tests.faults.replica import on_teams
from tests.faults.teams import BLOCKED, EVERY, SLOWER, WRITING, FaultyTeams, faulty_teams
from tests.teams.server import Fault

ROOM = "19:stories@thread.tacv2"
CARD = Card("New", (Body("New"),))


@dataclass
class Tenant:
    """A server that fails, and a chat that speaks to it."""

    server: FaultyTeams
    chat: TeamsChat


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    async with faulty_teams() as server, aiohttp.ClientSession() as session:
        server.opens(ROOM)
        yield Tenant(server, on_teams(session, server.url, []))


async def test_a_script_names_the_kind_of_call_that_fails(tenant: Tenant) -> None:
    """A post gets through while updates are refused, once each."""
    tenant.server.scripted = [("update", SLOWER), ("update", WRITING)]
    ref = await tenant.chat.send(ROOM, CARD, "en", "op1")
    with pytest.raises(Throttled):
        await tenant.chat.redraw(ref, CARD, "en")
    with pytest.raises(Unreachable):
        await tenant.chat.redraw(ref, CARD, "en")
    await tenant.chat.redraw(ref, CARD, "en")
    assert tenant.server.scripted == []


@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: f"{fault.status} {fault.drop} {fault.body}"[:30])
async def test_a_post_that_failed_is_in_doubt_unless_teams_refused_it(tenant: Tenant, fault: Fault) -> None:
    """And stands there if, and only if, Teams acted before it failed."""
    tenant.server.scripted = [("post", fault)]
    refused = {429: Throttled, 412: Unreachable}
    with pytest.raises(refused.get(fault.status, Unknown)):
        await tenant.chat.send(ROOM, CARD, "en", "op1")
    assert len(tenant.server.messages) == (fault.drop in ("after", "acted"))


async def test_an_app_that_was_blocked_is_locked_out(tenant: Tenant) -> None:
    tenant.server.scripted = [("post", BLOCKED)]
    with pytest.raises(LockedOut):
        await tenant.chat.send(ROOM, CARD, "en", "op1")
