"""How Slack fails, and the family the bot sees: nothing is lost, nothing is posted twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest

from adapters.slack import api
from adapters.slack.api import Api
from adapters.slack.chat import SlackChat
from adapters.slack.who import Ours
from bot.cards import Body, Card, Image
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from tests.slack.server import TOKEN, Fault, SlackServer, error, slack_server

CARD = Card("New", (Body("New"),))
Calls = Callable[[SlackChat], Awaitable[object]]
Families = dict[str, type[Exception]]
CALLS: dict[str, Calls] = {
    "post": lambda chat: chat.send("CSTORIES", CARD, "en", "op1"),
    "update": lambda chat: chat.redraw("CSTORIES:1.1", CARD, "en"),
    "read": lambda chat: chat.account("ULEA"),
}
LOST: Families = {"post": Unknown, "update": Unreachable, "read": Unreachable}
NOT_DONE: Families = dict.fromkeys(CALLS, Unreachable)
LOCKED: Families = dict.fromkeys(CALLS, LockedOut)
GONE: Families = dict.fromkeys(CALLS, Gone)
REJECTED: Families = dict.fromkeys(CALLS, Rejected)
SLOWER: Families = dict.fromkeys(CALLS, Throttled)

FAULTS: dict[str, tuple[Fault, Families]] = {
    "429": (Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "7"}), SLOWER),
    "429 without a body": (Fault(429, "slow down", {"Retry-After": "7"}, kind="text/plain"), SLOWER),
    "ratelimited in a 200": (error("ratelimited"), SLOWER),
    "rate_limited in a 200": (error("rate_limited"), SLOWER),
    "500": (Fault(500, "oops"), LOST),
    "503": (Fault(503, "<html>busy</html>", kind="text/html"), LOST),
    "internal_error": (error("internal_error"), LOST),
    "fatal_error": (error("fatal_error"), LOST),
    "not JSON": (Fault(200, "<html>login</html>", kind="text/html"), LOST),
    "text": (Fault(200, "no", kind="text/plain"), LOST),
    "wrong JSON": (Fault(200, "[1, 2", kind="application/json"), LOST),
    "a list": (Fault(200, "[]", kind="application/json"), LOST),
    "dropped before": (Fault(drop="before"), LOST),
    "dropped after": (Fault(drop="after"), LOST),
    "service_unavailable": (error("service_unavailable"), NOT_DONE),
    "team_added_to_org": (error("team_added_to_org"), NOT_DONE),
    "request_timeout": (error("request_timeout"), NOT_DONE),
    "invalid_auth": (error("invalid_auth"), LOCKED),
    "token_revoked": (error("token_revoked"), LOCKED),
    "account_inactive": (error("account_inactive"), LOCKED),
    "missing_scope": (error("missing_scope"), LOCKED),
    "channel_not_found": (error("channel_not_found"), GONE),
    "is_archived": (error("is_archived"), GONE),
    "not_in_channel": (error("not_in_channel"), GONE),
    "message_not_found": (error("message_not_found"), GONE),
    "user_not_found": (error("user_not_found"), GONE),
    "cannot_dm_bot": (error("cannot_dm_bot"), GONE),
    "invalid_blocks": (error("invalid_blocks"), REJECTED),
    "msg_blocks_too_long": (error("msg_blocks_too_long"), REJECTED),
    "invalid_arguments": (error("invalid_arguments"), REJECTED),
    "something new": (error("something_new"), REJECTED),
}


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with slack_server() as slack:
        slack.users["ULEA"] = {"id": "ULEA", "profile": {}}
        slack.channels["CSTORIES"] = {"id": "CSTORIES"}
        slack.messages["CSTORIES", "1.1"] = {"text": "Old"}
        yield slack


@pytest.fixture
async def chat(server: SlackServer) -> AsyncIterator[SlackChat]:
    async with aiohttp.ClientSession() as session:
        yield SlackChat(Api(session, server.url, TOKEN), Ours("T1", "UHERALD"))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failure_has_its_family(server: SlackServer, chat: SlackChat, fault: str, call: str) -> None:
    failing, families = FAULTS[fault]
    server.faults.append(failing)
    with pytest.raises(families[call]) as raised:
        await CALLS[call](chat)
    assert type(raised.value) is families[call]
    assert server.faults == []
    await CALLS[call](chat)


@pytest.mark.parametrize("call", CALLS)
async def test_nothing_is_asked_twice_by_itself(server: SlackServer, chat: SlackChat, call: str) -> None:
    server.faults.append(Fault(drop="after"))
    with pytest.raises((Unknown, Unreachable)):
        await CALLS[call](chat)
    assert len(server.calls) == 1


async def test_a_lost_answer_leaves_the_card_and_its_operation(server: SlackServer, chat: SlackChat) -> None:
    server.faults.append(Fault(drop="after"))
    with pytest.raises(Unknown):
        await chat.send("CSTORIES", CARD, "en", "op1")
    (posted,) = server.made("chat.postMessage")
    assert posted["metadata"] == {"event_type": "herald_card", "event_payload": {"op": "op1"}}
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)


@pytest.mark.parametrize("call", CALLS)
async def test_silence_ends(
    server: SlackServer, chat: SlackChat, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "TIMEOUT", 0.05)
    server.faults.append(Fault(drop="never"))
    with pytest.raises(LOST[call]):
        await CALLS[call](chat)


@pytest.mark.parametrize("call", CALLS)
async def test_a_refused_connection_did_nothing(call: str, unused_tcp_port: int) -> None:
    async with aiohttp.ClientSession() as session:
        nobody = SlackChat(Api(session, f"http://127.0.0.1:{unused_tcp_port}/api/", TOKEN), Ours("T1", "U"))
        with pytest.raises(Unreachable):
            await CALLS[call](nobody)


@pytest.mark.parametrize(
    ("call", "word", "scope"),
    [
        ("post", "ratelimited", "address"),
        ("update", "ratelimited", "method"),
        ("read", "ratelimited", "method"),
        ("post", "message_limit_exceeded", "workspace"),
    ],
)
async def test_slower_says_how_long_and_about_what(
    server: SlackServer, chat: SlackChat, call: str, word: str, scope: str
) -> None:
    server.faults += [
        error(word, **{"Retry-After": "7"}),
        error(word),
        error(word, **{"Retry-After": "soon"}),
    ]
    waits = []
    for _ in range(3):
        with pytest.raises(Throttled) as raised:
            await CALLS[call](chat)
        assert raised.value.scope == scope
        waits.append(raised.value.seconds)
    assert waits == [7.0, api.WAIT, api.WAIT]


async def test_what_slack_refused_is_named(server: SlackServer, chat: SlackChat) -> None:
    messages = ["[ERROR] missing required field: text [json-pointer:/blocks/0/text]"]
    body = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": messages}}
    server.faults.append(Fault(200, body))
    with pytest.raises(Rejected, match="json-pointer:/blocks/0/text"):
        await chat.send("CSTORIES", CARD, "en", "op1")


async def test_a_picture_slack_cannot_load_costs_the_picture_only(
    server: SlackServer, chat: SlackChat
) -> None:
    pictured = Card("New", (Image("https://e.example/p.png", "Zoé"), Body("New")))
    server.faults.append(error("invalid_blocks"))
    ref = await chat.send("CSTORIES", pictured, "en", "op1")
    first, second = server.made("chat.postMessage")
    assert [block["type"] for block in first["blocks"]] == ["image", "section"]
    assert [block["type"] for block in second["blocks"]] == ["section"]
    server.faults.append(error("invalid_blocks"))
    await chat.redraw(ref, pictured, "en")
    assert [block["type"] for block in server.made("chat.update")[-1]["blocks"]] == ["section"]


async def test_without_the_scope_to_join_an_invitation_is_needed(
    server: SlackServer, chat: SlackChat
) -> None:
    server.faults += [error("missing_scope"), error("invalid_auth")]
    with pytest.raises(Gone):
        await chat.join("CSTORIES")
    with pytest.raises(LockedOut):
        await chat.join("CSTORIES")


async def test_calls_share_one_connection(server: SlackServer, chat: SlackChat) -> None:
    await asyncio.gather(*(chat.account("ULEA") for _ in range(3)))
    assert {call.kind for call in server.calls} == {"application/x-www-form-urlencoded"}
    await chat.redraw("CSTORIES:1.1", CARD, "en")
    assert server.calls[-1].kind == "application/json"


ODD_ACCOUNTS = {
    "is_stranger": "guest",
    "is_ultra_restricted": "guest",
    "is_workflow_bot": "bot",
    "is_connector_bot": "bot",
    "is_primary_owner": "owner",
    "is_owner": "owner",
}


@pytest.mark.parametrize(("flag", "means"), ODD_ACCOUNTS.items())
async def test_slacks_flags_are_read(server: SlackServer, chat: SlackChat, flag: str, means: str) -> None:
    server.users["ULEA"] = {"id": "ULEA", "profile": {}, flag: True}
    account = await chat.account("ULEA")
    assert [name for name in ("guest", "bot", "owner") if getattr(account, name)] == [means]


async def test_an_unconfirmed_address_is_nobodys(server: SlackServer, chat: SlackChat) -> None:
    profile = {"real_name": "Léa", "email": "lea@acme.example"}
    server.users["ULEA"] = {"id": "ULEA", "is_email_confirmed": False, "profile": profile}
    assert (await chat.account("ULEA")).email is None
    assert (await chat.account("ULEA")).name == "Léa"


async def test_colleagues_of_the_organisation_are_at_home(server: SlackServer) -> None:
    server.users["ULEA"] = {
        "id": "ULEA",
        "team_id": "T2",
        "profile": {},
        "enterprise_user": {"enterprise_id": "E1"},
    }
    async with aiohttp.ClientSession() as session:
        link = Api(session, server.url, TOKEN)
        assert (await SlackChat(link, Ours("T1", "U", enterprise="E1")).account("ULEA")).home == "T1"
        assert (await SlackChat(link, Ours("T1", "U", enterprise="E2")).account("ULEA")).home == "T2"
        assert (await SlackChat(link, Ours("T1", "U")).account("ULEA")).home == "T2"


async def test_a_channel_about_to_be_shared_is_shared(server: SlackServer, chat: SlackChat) -> None:
    server.channels["CSTORIES"] = {"id": "CSTORIES", "name": "x", "is_pending_ext_shared": True}
    assert (await chat.place("CSTORIES")).shared
