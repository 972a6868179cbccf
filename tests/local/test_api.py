"""The Web API's contract, through slack_sdk over real loopback HTTP."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.local.api import METHODS
from adapters.local.people import ANA, BOT, LEA, REVIEW, STORIES, TEAM
from adapters.local.workspace import LocalWorkspace
from tests.local.conftest import Page
from tests.local.small_herald import FORM, Json, Small, mrkdwn, plain

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


@pytest.fixture
def client(small: Small) -> AsyncWebClient:
    return small.client


async def refused(call: Any, **arguments: Any) -> str:  # noqa: ANN401  any method
    with pytest.raises(SlackApiError) as caught:
        await call(**arguments)
    return str(caught.value.response["error"])


async def test_who_we_are(client: AsyncWebClient) -> None:
    assert (await client.auth_test())["user_id"] == BOT
    assert (await client.team_info())["team"]["id"] == TEAM
    assert (await client.bots_info())["bot"]["user_id"] == BOT


async def test_people_are_described_as_slack_does(client: AsyncWebClient) -> None:
    lea = (await client.users_info(user=LEA, include_locale=True))["user"]
    users = {user["name"]: user for user in (await client.users_list())["members"]}

    assert lea["locale"] == "en-GB"
    assert lea["tz"] == "Europe/Paris"
    assert lea["profile"]["email"] == "lea@example.com"
    assert "locale" not in (await client.users_info(user=LEA))["user"]
    assert users["max"]["is_restricted"]
    assert users["ida"]["is_owner"]
    assert users["herald"]["is_bot"]
    assert await refused(client.users_info, user="U0NOBODY") == "user_not_found"


async def test_the_language_switch_is_everybodys_locale(page: Page, client: AsyncWebClient) -> None:
    await page.act("language", language="fr")

    assert (await client.users_info(user=LEA, include_locale=True))["user"]["locale"] == "fr-FR"
    assert (await page.act("language", language="de"))["note"] == "bad_request"


async def test_a_message_is_posted_changed_and_deleted(client: AsyncWebClient, page: Page) -> None:
    posted = await client.chat_postMessage(channel=STORIES, text="Hello", blocks=[SECTION])
    ts = posted["ts"]
    changed = await client.chat_update(channel=STORIES, ts=ts, text="Bye")

    (message,) = await history(client)
    assert message["ts"] == ts == changed["ts"]
    assert message["text"] == "Bye"
    assert "blocks" not in message

    await client.chat_delete(channel=STORIES, ts=ts)
    assert await history(client) == []


async def history(client: AsyncWebClient, **more: Any) -> list[Json]:  # noqa: ANN401  any argument
    found: list[Json] = (await client.conversations_history(channel=STORIES, **more))["messages"]
    return found


async def test_metadata_is_kept_and_told_when_asked_for(client: AsyncWebClient) -> None:
    metadata: Json = {"event_type": "herald", "event_payload": {"op_id": "01J"}}
    await client.chat_postMessage(channel=STORIES, text="One", metadata=metadata)

    assert (await history(client, include_all_metadata=True))[0]["metadata"] == metadata
    assert "metadata" not in (await history(client))[0]
    wrong = {"event_type": "herald"}
    assert await refused(client.chat_postMessage, channel=STORIES, text="x", metadata=wrong) == (
        "invalid_metadata_format"
    )


async def test_history_is_newest_first_within_its_bounds(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=STORIES, text=str(n)))["ts"] for n in range(3)]

    assert [one["text"] for one in await history(client)] == ["2", "1", "0"]
    assert [one["text"] for one in await history(client, oldest=stamps[0])] == ["2", "1"]
    assert [one["text"] for one in await history(client, oldest=stamps[0], inclusive=True)] == ["2", "1", "0"]
    assert [one["text"] for one in await history(client, limit=1)] == ["2"]


async def test_an_only_you_message_reaches_one_person_of_the_channel(
    client: AsyncWebClient, page: Page
) -> None:
    posted = await client.chat_postEphemeral(channel=STORIES, user=LEA, text="Psst")

    assert "Psst" in str(await page.screen(LEA))
    assert "Psst" not in str(await page.screen(ANA))
    assert await history(client) == []
    assert await refused(client.chat_postEphemeral, channel=REVIEW, user=LEA, text="x") == (
        "user_not_in_channel"
    )
    await page.act("dismiss", ts=posted["message_ts"])
    assert "Psst" not in str(await page.screen(LEA))


async def test_a_direct_message_opens_by_person_or_by_its_channel(client: AsyncWebClient) -> None:
    opened = (await client.conversations_open(users=LEA))["channel"]["id"]
    posted = await client.chat_postMessage(channel=LEA, text="Hello")

    assert posted["channel"] == opened
    assert await refused(client.conversations_open, users="U0NOBODY") == "user_not_found"


async def test_channels_tell_who_is_in_them(client: AsyncWebClient, workspace: LocalWorkspace) -> None:
    info = (await client.conversations_info(channel=REVIEW))["channel"]
    public = [one["name"] for one in (await client.conversations_list())["channels"]]
    every = (await client.conversations_list(types="public_channel,private_channel"))["channels"]

    assert info["is_private"]
    assert info["is_member"]
    assert (await client.conversations_members(channel=REVIEW))["members"] == ["U0ANA", "U0TOM", BOT]
    assert public == ["stories", "lyon", "general"]
    assert [one["name"] for one in every] == ["stories", "lyon", "general", "comms-review"]
    mine = (await client.users_conversations(user=LEA))["channels"]
    assert [one["name"] for one in mine] == ["stories", "lyon", "general"]
    workspace.board.rooms[STORIES].members.remove(BOT)
    assert await refused(client.chat_postMessage, channel=STORIES, text="x") == "not_in_channel"
    await client.conversations_join(channel=STORIES)
    assert BOT in workspace.board.rooms[STORIES].members


@pytest.mark.parametrize(
    ("method", "body", "error"),
    [
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": STORIES}, "no_text"),
        ("chat.update", {"channel": STORIES, "ts": "1.1", "text": "x"}, "message_not_found"),
        ("chat.update", {"channel": LEA, "ts": "1.1", "text": "x"}, "channel_not_found"),
        ("views.open", {"trigger_id": "1.2.3", "view": FORM}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V0", "view": FORM}, "not_found"),
        ("views.open", {"trigger_id": "1"}, "invalid_arguments"),
        ("conversations.info", {"channel": "C0"}, "channel_not_found"),
        ("files.info", {"file": "F0"}, "file_not_found"),
        ("chat.scheduleMessage", {}, "unknown_method"),
    ],
)
async def test_refusals_are_slacks(page: Page, method: str, body: Json, error: str) -> None:
    answer = await page.call(method, body)

    assert (answer["ok"], answer["error"]) == (False, error)


async def test_without_the_right_token_nothing_is_told(page: Page) -> None:
    for method in METHODS:
        assert (await page.call(method, {"channel": STORIES}, token="xoxb-1"))["error"] == "invalid_auth"
    assert (await page.call("auth.test", token=""))["error"] == "not_authed"


def many(count: int) -> list[Json]:
    return [{"type": "divider"} for _ in range(count)]


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


BUTTON = {"type": "button", "text": plain("Go"), "action_id": "go"}
OPTION = {"text": plain("One"), "value": "1"}


BROKEN: dict[str, list[Json]] = {
    "51 blocks": many(51),
    "long section": [{"type": "section", "text": mrkdwn("x" * 3001)}],
    "empty section": [{"type": "section"}],
    "long field": [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
    "long header": [{"type": "header", "text": plain("x" * 151)}],
    "header with markup": [{"type": "header", "text": mrkdwn("x")}],
    "unknown block": [{"type": "marquee", "text": plain("x")}],
    "picture without words": [{"type": "image", "image_url": "https://example.com/a.png"}],
    "words without picture": [{"type": "image", "alt_text": "A"}],
    "long button": [actions(BUTTON | {"text": plain("x" * 76)})],
    "long value": [actions(BUTTON | {"value": "x" * 2001})],
    "green button": [actions(BUTTON | {"style": "green"})],
    "same action id": [actions(BUTTON, BUTTON)],
    "26 buttons": [actions(*[BUTTON | {"action_id": str(n)} for n in range(26)])],
    "long menu": [actions({"type": "overflow", "action_id": "o", "options": [OPTION] * 6})],
    "long option": [
        actions({"type": "overflow", "action_id": "o", "options": [OPTION | {"value": "x" * 151}]})
    ],
    "same block id": [SECTION | {"block_id": "a"}, SECTION | {"block_id": "a"}],
    "three charts": [{"type": "data_visualization", "title": "T", "chart": {"type": "bar"}}] * 3,
    "alert in a message": [{"type": "alert", "text": plain("only in forms")}],
}


@pytest.mark.parametrize("blocks", BROKEN.values(), ids=BROKEN)
async def test_blocks_that_slack_refuses_are_refused(page: Page, blocks: list[Json]) -> None:
    answer = await page.call("chat.postMessage", {"channel": STORIES, "text": "x", "blocks": blocks})

    assert answer["error"] == "invalid_blocks"
    assert answer["errors"]


async def test_the_largest_message_still_passes(page: Page) -> None:
    sections = [{"type": "section", "text": plain("x" * 3000)} for _ in range(4)]
    blocks = [*many(46), *sections]

    posted = await page.call("chat.postMessage", {"channel": STORIES, "text": "x", "blocks": blocks})
    too_much = await page.call(
        "chat.postMessage", {"channel": STORIES, "text": "x", "blocks": [*sections, sections[0]]}
    )

    assert posted["ok"], posted
    assert too_much["error"] == "msg_blocks_too_long"


async def test_a_form_needs_a_fresh_trigger_once(
    page: Page, workspace: LocalWorkspace, client: AsyncWebClient
) -> None:
    now = 100.0
    workspace.stage.clock = lambda: now
    first = workspace.stage.trigger(LEA, "test")
    late = workspace.stage.trigger(LEA, "test")

    opened = await client.views_open(trigger_id=first, view=FORM)
    assert (await page.screen())["modals"][0]["id"] == opened["view"]["id"]
    assert await refused(client.views_open, trigger_id=first, view=FORM) == "exchanged_trigger_id"
    now = 103.5
    assert await refused(client.views_open, trigger_id=late, view=FORM) == "expired_trigger_id"


async def test_a_stale_hash_does_not_overwrite(client: AsyncWebClient, workspace: LocalWorkspace) -> None:
    first = await client.views_open(trigger_id=workspace.stage.trigger(LEA, ""), view=FORM)
    view_id, old = first["view"]["id"], first["view"]["hash"]

    await client.views_update(view_id=view_id, hash=old, view=FORM)

    assert await refused(client.views_update, view_id=view_id, hash=old, view=FORM) == "hash_conflict"


async def test_three_forms_lie_on_each_other_and_no_more(
    client: AsyncWebClient, workspace: LocalWorkspace
) -> None:
    await client.views_open(trigger_id=workspace.stage.trigger(LEA, ""), view=FORM)
    for _ in range(2):
        await client.views_push(trigger_id=workspace.stage.trigger(LEA, ""), view=FORM)

    fourth = workspace.stage.trigger(LEA, "")

    assert await refused(client.views_push, trigger_id=fourth, view=FORM) == "push_limit_reached"


@pytest.mark.parametrize(
    "change",
    [
        {"title": plain("x" * 25)},
        {"submit": None},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"type": "home"},
        {"blocks": many(101)},
        {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}]},
    ],
    ids=["title", "submit", "metadata", "callback", "type", "101 blocks", "table"],
)
async def test_a_form_that_slack_refuses_is_refused(
    page: Page, workspace: LocalWorkspace, change: Json
) -> None:
    trigger = workspace.stage.trigger(LEA, "")

    answer = await page.call("views.open", {"trigger_id": trigger, "view": FORM | change})

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"]


async def test_home_is_published_for_one_person(client: AsyncWebClient, page: Page) -> None:
    view = {"type": "home", "blocks": [SECTION]}
    published = await client.views_publish(user_id=LEA, view=view)

    assert (await page.screen(LEA))["home"]["blocks"][0]["text"]["text"] == "Hello"
    assert (await page.screen(ANA))["home"] is None
    await client.views_publish(user_id=LEA, view=view, hash=published["view"]["hash"])
    stale = published["view"]["hash"]
    assert await refused(client.views_publish, user_id=LEA, view=view, hash=stale) == "hash_conflict"


async def test_an_uploaded_picture_can_stand_in_a_message(
    client: AsyncWebClient, page: Page, small: Small
) -> None:
    uploaded = await client.files_upload_v2(filename="chart.png", content=b"\x89PNG", title="Chart")
    info = (await client.files_info(file=uploaded["files"][0]["id"]))["file"]
    image = {"type": "image", "slack_file": {"id": info["id"]}, "alt_text": "Chart"}

    posted = await client.chat_postMessage(channel=STORIES, text="Chart", blocks=[image])
    async with page.session.get(info["url_private"]) as answer:
        served = (answer.status, answer.content_type, await answer.read())

    assert posted["ok"]
    assert info["mimetype"] == "image/png"
    assert served == (200, "image/png", b"\x89PNG")


async def test_a_file_that_is_no_picture_is_only_downloaded(page: Page) -> None:
    address = f"{page.origin}/local/files?name=page.html&person={LEA}"
    async with page.session.post(address, data=b"<script>alert(1)</script>") as answer:
        file = await answer.json()
    async with page.session.get(file["url_private"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500)])
async def test_break_something_spoils_the_next_three_calls(page: Page, kind: str, status: int) -> None:
    await page.act("fault", kind=kind)
    statuses = [await status_of(page) for _ in range(4)]

    assert statuses == [status, status, status, 200]


async def status_of(page: Page) -> int:
    headers = {"Authorization": "Bearer xoxb-local"}
    async with page.session.post(f"{page.origin}/local/slack/api/auth.test", headers=headers) as answer:
        assert answer.status != 429 or answer.headers["Retry-After"] == "2"
        return answer.status


async def test_break_something_can_hang_up_and_be_mended(page: Page) -> None:
    await page.act("fault", kind="nothing")

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await status_of(page)
    await page.act("fault", kind="")
    assert await status_of(page) == 200
    assert (await page.act("fault", kind="magic"))["note"] == "bad_request"


async def test_a_slow_answer_still_comes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.local.faults.SLOW_SECONDS", 0.0)
    await page.act("fault", kind="slow")

    assert await status_of(page) == 200
    assert (await page.screen())["fault"] == {"kind": "slow", "left": 2}


async def test_a_form_encoded_call_is_read_too(page: Page) -> None:
    form = {"channel": STORIES, "text": "Form", "blocks": '[{"type":"divider"}]', "token": "xoxb-local"}
    async with page.session.post(f"{page.origin}/local/slack/api/chat.postMessage", data=form) as answer:
        posted = await answer.json()

    assert posted["message"]["blocks"][0]["type"] == "divider"
    broken = form | {"blocks": "[{"}
    async with page.session.post(f"{page.origin}/local/slack/api/chat.postMessage", data=broken) as answer:
        assert (await answer.json())["error"] == "invalid_json"
