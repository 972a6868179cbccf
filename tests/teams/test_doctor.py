"""What `doctor` says of Teams: the login, the way in, the package, the rooms; and never a secret."""

import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.test_utils import BaseTestServer, TestServer

from adapters.host.doctor import Stored
from adapters.teams.doctor import examine, knocked
from adapters.teams.places import CHANNEL as STANDARD
from adapters.teams.places import GROUP
from bot.doctoring import Check, Verdict
from content.programmes import Channel, Use
from storage.records import Conversation
from tests.teams.desk import SECRET, cloud, settings
from tests.teams.payloads import CHANNEL
from tests.teams.server import TEAM, TENANT, ConnectorServer, error

W = f"teams:{TENANT}"
GROUP_CHAT = "19:review@thread.v2"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def token(tenant: str = TENANT) -> dict[str, Any]:
    """A login that says which tenant it is for, as Microsoft's do."""
    return {"access_token": jwt.encode({"tid": tenant}, "k" * 32), "expires_in": 3600}


def in_use(use: Use, room: str) -> Channel:
    return Channel(f"{W}/{room}", "P1", W, use, use.value)


def added(room: str, kind: str, team: str = "") -> Conversation:
    return Conversation(f"{W}/{room}", W, kind, room, team)


KNOWN = Stored(
    [],
    (in_use(Use.STORIES, CHANNEL), in_use(Use.REVIEW, GROUP_CHAT)),
    (added(CHANNEL, STANDARD, TEAM), added(GROUP_CHAT, GROUP)),
    {W: NOON},
)


async def look(
    server: ConnectorServer,
    known: Stored = KNOWN,
    answer: Mapping[str, Any] | None = None,
    public_url: str | None = None,
) -> dict[str, Check]:
    """The checks by name; none of them holds the secret."""
    server.rosters.setdefault(GROUP_CHAT, [])
    found = await examine(settings(server), known, public_url, lambda: answer or token())
    assert SECRET not in repr(found)
    return {check.name: check for check in found}


async def test_all_is_well(server: ConnectorServer) -> None:
    found = await look(server)
    assert {name: check.verdict for name, check in found.items()} == {
        "teams": Verdict.OK,
        "teams keys": Verdict.OK,
        "teams address": Verdict.WARNING,
        "teams package": Verdict.OK,
        f"teams inbound {TENANT}": Verdict.OK,
        "teams stories #stories": Verdict.OK,
        "teams review #review": Verdict.OK,
    }
    assert found["teams"].said.endswith(f"in tenant {TENANT}, by client secret")
    assert found["teams package"].said.startswith("manifest 1.29, app version ")
    assert "2026-11-23 12:00 UTC" in found[f"teams inbound {TENANT}"].said


async def test_refused_credentials_leave_the_rest_to_be_told(server: ConnectorServer) -> None:
    refused = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret"}
    found = await look(server, answer=refused)
    assert found["teams"].verdict is Verdict.FAILED
    assert "AADSTS7000215" in found["teams"].said
    assert found["teams keys"].verdict is Verdict.OK
    assert not any("review" in name for name in found)


async def test_microsoft_out_of_reach_is_told_apart(server: ConnectorServer) -> None:
    def lost() -> Mapping[str, Any]:
        raise OSError

    (first, *_) = await examine(settings(server), KNOWN, None, lost)
    assert (first.verdict, "can this machine reach" in first.todo) == (Verdict.FAILED, True)


async def test_a_token_for_another_tenant(server: ConnectorServer) -> None:
    found = (await look(server, answer=token("T9")))["teams"]
    assert (found.verdict, found.todo) == (Verdict.FAILED, "MicrosoftAppTenantId should begin with T9")


async def test_no_keys_means_no_door(server: ConnectorServer) -> None:
    nowhere = replace(cloud(server), metadata=f"{server.url}nothing")
    found = await examine(settings(server, cloud=nowhere), KNOWN, None, token)
    assert {check.name: check.verdict for check in found}["teams keys"] is Verdict.FAILED


async def test_every_room_in_use_is_looked_at(server: ConnectorServer) -> None:
    """A review channel that everybody reads, one that is gone, and a connector that is down."""
    everybody = Stored([], (in_use(Use.REVIEW, CHANNEL), in_use(Use.DIGEST, "19:x@thread.tacv2")),
                      (added(CHANNEL, STANDARD, TEAM),))  # fmt: skip
    found = await look(server, everybody)
    assert "is public" in found["teams review #review"].todo
    assert "Add the Herald app there" in found["teams digest #digest"].todo
    server.faults.append(error(503))
    assert (await look(server, everybody))["teams review #review"].said == "Unreachable"


async def test_an_app_that_was_added_nowhere_and_hears_nothing(server: ConnectorServer) -> None:
    found = await look(server, Stored([]))
    assert found[f"teams channels {TENANT}"].said == "Herald was added nowhere yet"
    assert "Configuration" in found[f"teams inbound {TENANT}"].todo


@pytest.mark.parametrize(
    "address", ["http://herald.acme.example", "https://127.0.0.1:3000", "https://localhost"]
)
async def test_an_address_that_teams_cannot_reach(server: ConnectorServer, address: str) -> None:
    assert (await look(server, public_url=address))["teams address"].verdict is Verdict.FAILED


@pytest.fixture
async def door() -> AsyncIterator[BaseTestServer]:
    """What may stand at our public address: Herald, or something else."""
    app = web.Application()
    app.router.add_post("/{status}", _said)
    async with TestServer(app, host="127.0.0.1") as server:
        yield server


async def _said(request: web.Request) -> web.Response:
    return web.Response(status=int(request.match_info["status"]))


@pytest.mark.parametrize(("path", "verdict"), [("/401", Verdict.OK), ("/404", Verdict.FAILED)])
async def test_who_answers_at_our_address(door: BaseTestServer, path: str, verdict: Verdict) -> None:
    async with aiohttp.ClientSession() as session:
        assert (await knocked(session, str(door.make_url(path)))).verdict is verdict


async def test_nobody_at_our_address_is_a_question(unused_tcp_port: int) -> None:
    async with aiohttp.ClientSession() as session:
        found = await knocked(session, f"http://127.0.0.1:{unused_tcp_port}/api/messages")
    assert (found.verdict, "is Herald running" in found.todo) == (Verdict.WARNING, True)


async def test_a_certificate_that_nobody_trusts_is_a_failure() -> None:
    class Distrusting(aiohttp.BaseConnector):
        async def connect(self, *_args: object, **_more: object) -> Any:  # noqa: ANN401  aiohttp's own
            key = ConnectionKey("herald.example", 443, True, True, None, None, None)
            raise aiohttp.ClientConnectorCertificateError(key, ssl.SSLCertVerificationError("expired"))

    async with aiohttp.ClientSession(connector=Distrusting()) as session:
        found = await knocked(session, "https://herald.example/api/messages")
    assert (found.verdict, "renew" in found.todo) == (Verdict.FAILED, True)


async def test_without_credentials_there_is_nothing_to_ask(server: ConnectorServer) -> None:
    (found,) = await examine(settings(server, anonymous=True), KNOWN, None)
    assert (found.verdict, server.calls) == (Verdict.WARNING, [])
