"""Who may speak to us. Each row of this table is one request that must not get in."""

import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from adapters.teams import keys
from adapters.teams.connect import Unconfigured, connect, possible
from adapters.teams.settings import GCC_HIGH, PUBLIC, TeamsSettings
from bot.commands.moderation import ShowQueue
from tests.teams import payloads
from tests.teams.desk import Desk, FakeBot, desk, settings
from tests.teams.server import ConnectorServer
from tests.teams.signing import KID, claims, jwk, key, token

Json = dict[str, Any]
NOW = int(time.time())


def bearer(server: ConnectorServer, **claimed: object) -> str:
    return f"Bearer {token(claims(server.service_url, **claimed))}"


HEADERS: dict[str, Callable[[ConnectorServer], str | None]] = {
    "no header": lambda s: None,
    "an empty header": lambda s: "",
    "another scheme": lambda s: "Basic aGVyYWxk",
    "a bearer of nothing": lambda s: "Bearer ",
    "garbage": lambda s: "Bearer not.a.token",
    "a lone word": lambda s: "Bearer x",
    "letters no token has": lambda s: "Bearer é.ü.ß",
    "expired": lambda s: bearer(s, exp=NOW - 3600),
    "without an end": lambda s: bearer(s, exp=None),
    "not yet": lambda s: bearer(s, nbf=NOW + 3600),
    "another app": lambda s: bearer(s, aud="somebody-else"),
    "no audience": lambda s: bearer(s, aud=None),
    "another issuer": lambda s: bearer(
        s, iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
    ),
    "no issuer": lambda s: bearer(s, iss=None),
    "no serviceurl": lambda s: bearer(s, serviceurl=None),
    "another serviceurl": lambda s: bearer(s, serviceurl="https://smba.trafficmanager.net/emea/"),
    "another key": lambda s: f"Bearer {token(claims(s.service_url), name='forged')}",
    "an unknown key": lambda s: f"Bearer {token(claims(s.service_url), kid='unknown')}",
    "no key named": lambda s: f"Bearer {token(claims(s.service_url), kid=None)}",
    "a key of other channels": lambda s: f"Bearer {token(claims(s.service_url), name='web', kid='web')}",
    "another algorithm": lambda s: f"Bearer {token(claims(s.service_url), algorithm='RS512')}",
    "no algorithm": lambda s: "Bearer " + jwt.encode(claims(s.service_url), "", "none", {"kid": KID}),
    "a signature by the public key": lambda s: "Bearer " + _confused(s),
}


def _confused(server: ConnectorServer) -> str:
    """The oldest trick: our public key as the secret of a symmetric signature."""
    numbers = str(key().public_key().public_numbers().n)
    return jwt.encode(claims(server.service_url), numbers, "HS256", {"kid": KID})


@pytest.mark.parametrize("bad", HEADERS)
async def test_a_bad_token_is_401(at: Desk, bot: FakeBot, bad: str) -> None:
    at.server.keys.append(jwk("web", ("webchat",)))
    header = HEADERS[bad](at.server)
    body = payloads.said("queue") | {"serviceUrl": at.server.service_url}
    sent = {} if header is None else {"Authorization": header}
    raw = {name: value.encode().decode("latin-1") for name, value in sent.items()}
    status, _ = await at.post(json.dumps(body), raw)
    assert (status, bot.asked) == (401, [])


ACTIVITIES: dict[str, Json] = {
    "another channel": {"channelId": "webchat"},
    "no channel": {"channelId": ""},
    "the emulator": {"channelId": "emulator"},
    "another tenant": {"channelData": {"tenant": {"id": "T2"}}, "conversation": {"id": "a:1"}},
    "no tenant": {"channelData": {}, "conversation": {"id": "a:1"}},
    "no conversation": {"conversation": {}, "channelData": {"tenant": {"id": "T1"}}},
}


@pytest.mark.parametrize("odd", ACTIVITIES)
async def test_a_good_token_about_something_else_is_401(at: Desk, bot: FakeBot, odd: str) -> None:
    status, _ = await at.send(payloads.said("queue") | ACTIVITIES[odd])
    assert (status, bot.asked) == (401, [])


ELSEWHERE = [
    "https://evil.example/",
    "http://127.0.0.1:1/teams/",
    "",
    "file:///etc/passwd",
    "http://127.0.0.1@evil.example/",
]


@pytest.mark.parametrize("service_url", ELSEWHERE)
async def test_herald_answers_microsofts_hosts_only(at: Desk, bot: FakeBot, service_url: str) -> None:
    body = payloads.said("queue") | {"serviceUrl": service_url}
    good = token(claims(at.server.service_url))
    status, _ = await at.post(json.dumps(body), {"Authorization": f"Bearer {good}"})
    assert (status, bot.asked) == (401, [])


@pytest.mark.parametrize(
    ("service_url", "public", "government"),
    [
        ("https://smba.trafficmanager.net/emea/", True, False),
        ("https://smba.infra.gcc.teams.microsoft.com/teams", True, False),
        ("https://smba.infra.gov.teams.microsoft.us/teams", False, True),
        ("http://smba.trafficmanager.net/emea/", False, False),
        ("https://smba.trafficmanager.net.evil.example/", False, False),
        ("https://evilteams.microsoft.com/", False, False),
        ("https://teams.microsoft.com.evil.example/", False, False),
        ("https://user:pass@smba.trafficmanager.net/", False, False),
        ("https://[::1", False, False),
        ("", False, False),
    ],
)
def test_hosts_of_each_cloud(service_url: str, public: bool, government: bool) -> None:
    assert (PUBLIC.trusts(service_url), GCC_HIGH.trusts(service_url)) == (public, government)


async def test_a_good_token_gets_in(at: Desk, bot: FakeBot) -> None:
    assert (await at.send(payloads.said("queue")))[0] == 200
    assert [command for command, _ in bot.asked] == [ShowQueue()]


@pytest.mark.parametrize("body", ["", "not json", "[1]", "null", '"x"', '{"type":', "[" * 100_000])
async def test_what_is_not_json_is_400_and_says_nothing_else(at: Desk, body: str) -> None:
    good = token(claims(at.server.service_url))
    assert await at.post(body, {"Authorization": f"Bearer {good}"}) == (400, {"text": "malformed"})


@pytest.mark.parametrize("body", [b"\xff\xfe", b"not json"])
async def test_a_stranger_learns_nothing_from_a_broken_body(at: Desk, body: bytes) -> None:
    assert await at.post(body, {}) == (401, {"text": "unverified"})


async def test_an_unknown_key_is_looked_for_once_in_a_while(at: Desk, server: ConnectorServer) -> None:
    for name in ("made-up-1", "made-up-2", "made-up-3"):
        bad = token(claims(server.service_url), kid=name)
        assert (await at.post("{}", {"Authorization": f"Bearer {bad}"}))[0] == 401
    assert [call.path for call in server.calls] == ["/keys"]


async def test_a_new_key_is_found_without_a_restart(
    at: Desk, server: ConnectorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await at.send(payloads.said("queue")))[0] == 200
    monkeypatch.setattr(keys, "AGAIN", -1.0)
    server.keys = [jwk("microsoft-2")]
    body = payloads.said("queue") | {"serviceUrl": server.service_url}
    fresh = token(claims(server.service_url), name="microsoft-2", kid="microsoft-2")
    assert (await at.post(json.dumps(body), {"Authorization": f"Bearer {fresh}"}))[0] == 200
    assert (await at.send(payloads.said("queue")))[0] == 401


async def test_without_any_keys_nobody_gets_in_and_microsoft_may_try_again(
    at: Desk, server: ConnectorServer, bot: FakeBot
) -> None:
    server.url = "http://127.0.0.1:9/"
    good = token(claims(at.server.service_url))
    status, _ = await at.post("{}", {"Authorization": f"Bearer {good}"})
    assert (status, bot.asked) == (503, [])


# --------------------------------------------------------------------------------------- without credentials


async def test_without_credentials_teams_does_not_start(server: ConnectorServer, bot: FakeBot) -> None:
    for missing in ({"app_id": ""}, {"password": " "}, {"tenants": ()}):
        with pytest.raises(Unconfigured):
            await connect(bot, settings(server, **missing))
    with pytest.raises(Unconfigured):
        possible(TeamsSettings(app_id="herald", anonymous=True))
    assert TeamsSettings(app_id="a", tenants=("T",), kind="userassignedmsi").missing() == []


async def test_the_playground_needs_no_token_but_this_machine(server: ConnectorServer, bot: FakeBot) -> None:
    async with desk(bot, server, app_id="", password="", anonymous=True) as at:
        good = json.dumps(payloads.said("queue") | {"serviceUrl": server.service_url})
        assert (await at.post(good, {}))[0] == 200
        assert len(bot.asked) == 1
        for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            assert (await at.post(good, {header: "127.0.0.1"}))[0] == 401
        far = json.dumps(payloads.said("queue") | {"serviceUrl": "https://smba.trafficmanager.net/emea/"})
        assert (await at.post(far, {}))[0] == 401
        assert len(bot.asked) == 1
