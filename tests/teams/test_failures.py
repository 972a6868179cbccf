"""How Teams fails, and the family the bot sees: nothing is lost, nothing is posted twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import pytest
import requests

from adapters.teams import api
from adapters.teams.api import Api
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.places import Places
from adapters.teams.roster import Roster
from adapters.teams.tokens import NoTokens, Tokens
from adapters.teams.who import Ours
from bot.cards import Body, Card
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from tests.teams.payloads import CHANNEL, LEA
from tests.teams.server import APP, TEAM, ConnectorServer, Fault, error

CARD = Card("New", (Body("New"),))
GROUP = "19:few@thread.v2"
Calls = Callable[[TeamsChat], Awaitable[object]]
Families = dict[str, type[Exception]]
CALLS: dict[str, Calls] = {
    "post in a channel": lambda chat: chat.send(CHANNEL, CARD, "en", "op1"),
    "post in a chat": lambda chat: chat.send(GROUP, CARD, "en", "op1"),
    "update": lambda chat: chat.redraw(f"{CHANNEL}/1", CARD, "en"),
    "read": lambda chat: chat.members(CHANNEL),
}
POSTS = [name for name in CALLS if name.startswith("post")]
LOST: Families = {name: Unknown if name in POSTS else Unreachable for name in CALLS}
NOT_DONE: Families = dict.fromkeys(CALLS, Unreachable)
LOCKED: Families = dict.fromkeys(CALLS, LockedOut)
GONE: Families = dict.fromkeys(CALLS, Gone)
REJECTED: Families = dict.fromkeys(CALLS, Rejected)
SLOWER: Families = dict.fromkeys(CALLS, Throttled)

FAULTS: dict[str, tuple[Fault, Families]] = {
    "429": (error(429, "TooManyRequests", **{"Retry-After": "7"}), SLOWER),
    "429 without a body": (Fault(429, "slow down", {"Retry-After": "7"}, kind="text/plain"), SLOWER),
    "412": (error(412, "PreconditionFailed"), NOT_DONE),
    "403 for one conversation": (error(403, "MessageWritesBlocked"), GONE),
    "403 not in the roster": (error(403, "BotNotInConversationRoster"), GONE),
    "403 without a word": (Fault(403, "<html>no</html>", kind="text/html"), GONE),
    "403 for the whole tenant": (error(403, "BotDisabledByAdmin"), LOCKED),
    "404": (error(404, "ConversationNotFound"), GONE),
    "400": (error(400, "BadSyntax"), REJECTED),
    "413": (error(413, "MessageSizeTooBig"), REJECTED),
    "405": (error(405), REJECTED),
    "408": (error(408), LOST),
    "500": (Fault(500, "oops"), LOST),
    "502": (Fault(502, "<html>bad gateway</html>", kind="text/html"), LOST),
    "503": (error(503, "ServiceUnavailable"), LOST),
    "504": (error(504, "GatewayTimeout"), LOST),
    "not JSON": (Fault(200, "<html>login</html>", kind="text/html"), LOST),
    "half an answer": (Fault(201, '{"id": "17'), LOST),
    "dropped before": (Fault(drop="before"), LOST),
    "dropped after": (Fault(drop="after"), LOST),
    "a redirection": (Fault(302, "", {"Location": "https://evil.example/"}), REJECTED),
}


@pytest.fixture
def login() -> list[str]:
    """Every login there was."""
    return []


@pytest.fixture
async def chat(server: ConnectorServer, login: list[str]) -> AsyncIterator[TeamsChat]:
    def log_in() -> Mapping[str, Any]:
        login.append("asked")
        return {"access_token": f"token-{len(login)}", "expires_in": 3600}

    server.rosters[GROUP] = [LEA]
    server.messages[CHANNEL, "1"] = {}
    async with aiohttp.ClientSession() as session:
        yield chat_over(session, server.service_url, Tokens(log_in))


def tries(call: str, fault: Fault) -> int:
    """After a dropped connection aiohttp asks once more for what may be repeated, never for a post."""
    return 2 if fault.drop and call not in POSTS else 1


def chat_over(session: aiohttp.ClientSession, service_url: str, tokens: Tokens) -> TeamsChat:
    places = Places(Ours("T1", APP), service_url)
    places.listed(TEAM, "Acme", [{"id": CHANNEL, "name": "stories"}])
    connector = Connector(Api(session, tokens), places.ours, places.base)
    return TeamsChat(connector, places, Roster(connector, places))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failure_has_its_family(
    server: ConnectorServer, chat: TeamsChat, fault: str, call: str
) -> None:
    failing, families = FAULTS[fault]
    server.faults += [failing] * tries(call, failing)
    with pytest.raises(families[call]) as raised:
        await CALLS[call](chat)
    assert type(raised.value) is families[call]
    assert server.faults == []
    await CALLS[call](chat)


@pytest.mark.parametrize("call", POSTS)
@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_post_is_never_made_twice_by_itself(
    server: ConnectorServer, chat: TeamsChat, call: str, drop: str
) -> None:
    server.faults.append(Fault(drop=drop))
    with pytest.raises(Unknown):
        await CALLS[call](chat)
    assert len(server.calls) == (drop == "after")


@pytest.mark.parametrize("call", CALLS)
async def test_a_refused_token_is_renewed_once(
    server: ConnectorServer, chat: TeamsChat, call: str, login: list[str]
) -> None:
    """A refused call was surely not done, so it may be made again."""
    server.faults.append(error(401, "Unauthorized"))
    await CALLS[call](chat)
    assert [sent.headers["Authorization"] for sent in server.calls] == ["Bearer token-1", "Bearer token-2"]
    server.faults += [error(401), error(401)]
    with pytest.raises(LockedOut):
        await CALLS[call](chat)
    assert login == ["asked"] * 3


@pytest.mark.parametrize("call", CALLS)
async def test_silence_ends(
    server: ConnectorServer, chat: TeamsChat, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "TIMEOUT", 0.05)
    server.faults.append(Fault(drop="never"))
    with pytest.raises(LOST[call]):
        await CALLS[call](chat)


@pytest.mark.parametrize("call", CALLS)
async def test_a_refused_connection_did_nothing(call: str, unused_tcp_port: int) -> None:
    async with aiohttp.ClientSession() as session:
        nobody = chat_over(session, f"http://127.0.0.1:{unused_tcp_port}/", NoTokens())
        with pytest.raises(Unreachable):
            await CALLS[call](nobody)


@pytest.mark.parametrize(("call", "scope"), [("post in a channel", "address"), ("read", "method")])
async def test_slower_says_how_long_and_about_what(
    server: ConnectorServer, chat: TeamsChat, call: str, scope: str
) -> None:
    server.faults += [error(429, **{"Retry-After": "7"}), error(429), error(429, **{"Retry-After": "soon"})]
    waits = []
    for _ in range(3):
        with pytest.raises(Throttled) as raised:
            await CALLS[call](chat)
        assert raised.value.scope == scope
        waits.append(raised.value.seconds)
    assert waits == [7.0, api.WAIT, api.WAIT]


async def test_what_teams_refused_is_named(server: ConnectorServer, chat: TeamsChat) -> None:
    server.faults.append(error(400, "BadSyntax"))
    with pytest.raises(Rejected, match="BadSyntax was refused"):
        await chat.send(CHANNEL, CARD, "en", "op1")


async def test_a_refusal_to_look_is_no_news_about_a_person(server: ConnectorServer, chat: TeamsChat) -> None:
    """Whoever has not installed the app is still a colleague: only "not found" says that somebody left."""
    server.faults.append(error(403, "ForbiddenOperationException"))
    with pytest.raises(Unreachable):
        await chat.account(LEA)
    server.faults.append(error(404, "MemberNotFound"))
    with pytest.raises(Gone):
        await chat.account(LEA)
    assert (await chat.account(LEA)).name == "Léa Martin"


async def test_a_one_to_one_chat_is_made_once(server: ConnectorServer, chat: TeamsChat) -> None:
    await asyncio.gather(chat.send(LEA, CARD, "en", "op1"))
    await chat.send(LEA, CARD, "en", "op2")
    made = server.made("POST", "/conversations")
    assert made == [
        {
            "isGroup": False,
            "bot": {"id": f"28:{APP}"},
            "members": [{"id": LEA}],
            "tenantId": "T1",
            "channelData": {"tenant": {"id": "T1"}},
        }
    ]
    assert len(server.at(server.chat_of(LEA))) == 2


# ------------------------------------------------------------------------------------------------- tokens


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def test_one_login_serves_everybody_and_is_renewed_before_its_end() -> None:
    logins: list[int] = []

    def log_in() -> Mapping[str, Any]:
        logins.append(len(logins) + 1)
        return {"access_token": f"token-{len(logins)}", "expires_in": 3600}

    clock = Hands()
    tokens = Tokens(log_in, clock)
    first = await asyncio.gather(*(tokens.headers() for _ in range(20)))
    assert {each["Authorization"] for each in first} == {"Bearer token-1"}
    clock.now += 3_100
    assert (await tokens.headers())["Authorization"] == "Bearer token-1"
    await tokens.close()
    assert (await tokens.headers())["Authorization"] == "Bearer token-2"
    clock.now += 3_700
    assert (await tokens.headers())["Authorization"] == "Bearer token-3"
    assert logins == [1, 2, 3]


@pytest.mark.parametrize(
    ("answer", "family"),
    [
        ({"error": "invalid_client", "error_description": "AADSTS7000215"}, LockedOut),
        ({"error": "unauthorized_client"}, LockedOut),
        ({"error": "temporarily_unavailable"}, Unreachable),
        ({}, LockedOut),
    ],
)
async def test_a_refused_login_has_its_family(answer: dict[str, str], family: type[Exception]) -> None:
    with pytest.raises(family):
        await Tokens(lambda: answer).headers()


@pytest.mark.parametrize("failing", [requests.ConnectionError("no"), OSError("no")])
async def test_a_login_that_cannot_be_reached_is_unreachable(failing: Exception) -> None:
    def log_in() -> Mapping[str, Any]:
        raise failing

    with pytest.raises(Unreachable):
        await Tokens(log_in).headers()
