"""The fake Bot Connector: each route that Herald calls, over HTTP, and what it refuses."""

from typing import Any

import pytest

from adapters.local.people import ANA, BOT, LEA
from adapters.local.teams.people import (
    APP_ID,
    BOT_MRI,
    OBJECT_IDS,
    REVIEW,
    STORIES,
    TEAM,
    TEAM_NAME,
    TENANT,
    chat_of,
    mri,
)
from adapters.local.workspace import LocalWorkspace
from tests.local.conftest import Page

Json = dict[str, Any]
EXECUTE: Json = {
    "type": "Action.Execute",
    "title": "Yes",
    "verb": "yes",
    "data": {"herald": {"do": "yes?id=1"}},
}


def card(words: str, *actions: Json, version: str = "1.5") -> Json:
    """A message with one card."""
    block = {"type": "TextBlock", "text": words}
    drawn = {"type": "AdaptiveCard", "version": version, "body": [block], "actions": list(actions)}
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "summary": words, "attachments": [{"contentType": kind, "content": drawn}]}


class Caller:
    """Herald's side of the connector."""

    def __init__(self, page: Page, workspace: LocalWorkspace) -> None:
        self.page = page
        self.bearer = str(workspace.teams.issuer.log_in()["access_token"])

    async def call(self, verb: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        address = f"{self.page.origin}/local/teams/v3/{path}"
        headers = {"Authorization": f"Bearer {self.bearer}"}
        async with self.page.session.request(verb, address, json=body, headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
def herald(page: Page, workspace: LocalWorkspace) -> Caller:
    return Caller(page, workspace)


async def posted(herald: Caller, message: Json, where: str = STORIES) -> str:
    status, answer = await herald.call(
        "POST",
        "conversations",
        {"isGroup": True, "channelData": {"channel": {"id": where}}, "activity": message},
    )
    assert status == 201
    return str(answer["activityId"])


async def seen(page: Page, where: str, person: str = LEA) -> list[Json]:
    rooms = (await page.screen(person))["teams"]["rooms"]
    found: list[Json] = next(room["messages"] for room in rooms if room["id"] == where)
    return found


async def test_a_thread_is_started_and_drawn_anew(herald: Caller, page: Page) -> None:
    id_ = await posted(herald, card("Zoé is out"))
    assert [one["card"]["body"][0]["text"] for one in await seen(page, STORIES)] == ["Zoé is out"]

    assert (await herald.call("PUT", f"conversations/{STORIES}/activities/{id_}", card("Ended")))[0] == 200

    (message,) = await seen(page, STORIES)
    assert (message["id"], message["user"], message["summary"]) == (id_, BOT, "Ended")


async def test_a_thread_of_a_channel_is_that_channel(herald: Caller, page: Page) -> None:
    id_ = await posted(herald, card("Zoé is out"))
    answer = {"type": "message", "text": "Thank you"}

    path = f"conversations/{STORIES};messageid={id_}/activities"
    assert (await herald.call("POST", path, answer))[0] == 201

    assert [one["text"] for one in await seen(page, STORIES)] == ["", "Thank you"]


async def test_messages_stand_in_the_order_they_came(herald: Caller, page: Page) -> None:
    for words in "abc":
        await posted(herald, card(words))
    assert [one["summary"] for one in await seen(page, STORIES)] == ["a", "b", "c"]


async def test_a_message_is_taken_away(herald: Caller, page: Page) -> None:
    path = f"conversations/{STORIES}/activities/{await posted(herald, card('Oops'))}"
    assert (await herald.call("DELETE", path))[0] == 200
    assert await seen(page, STORIES) == []
    assert (await herald.call("DELETE", path))[0] == 404


async def test_only_heralds_own_messages_are_drawn_anew(herald: Caller, page: Page) -> None:
    await page.act("teams_say", conversation=STORIES, text="Hello everybody")
    (message,) = await seen(page, STORIES)

    status, answer = await herald.call(
        "PUT", f"conversations/{STORIES}/activities/{message['id']}", card("x")
    )

    assert (status, answer["error"]["code"]) == (403, "BotCannotEdit")


async def test_a_chat_is_the_same_when_asked_for_again(herald: Caller, page: Page) -> None:
    asked = {
        "isGroup": False,
        "bot": {"id": BOT_MRI},
        "members": [{"id": OBJECT_IDS[LEA]}],
        "tenantId": TENANT,
    }
    first, second = [await herald.call("POST", "conversations", asked) for _ in range(2)]
    assert first == second == (201, {"id": chat_of(LEA)})

    await herald.call(
        "POST", f"conversations/{chat_of(LEA)}/activities", {"type": "message", "text": "Hello"}
    )

    assert [one["text"] for one in await seen(page, chat_of(LEA))] == ["Hello"]
    assert chat_of(LEA) not in [room["id"] for room in (await page.screen(ANA))["teams"]["rooms"]]


async def test_a_message_for_one_person_is_seen_by_nobody_else(herald: Caller, page: Page) -> None:
    path = f"conversations/{STORIES}/activities?isTargetedActivity=true"
    told = {"type": "message", "text": "Only you", "recipient": {"id": mri(LEA)}}
    assert (await herald.call("POST", path, told))[0] == 201

    assert [one["text"] for one in await seen(page, STORIES)] == ["Only you"]
    assert await seen(page, STORIES, ANA) == []
    absent = f"conversations/{REVIEW}/activities?isTargetedActivity=true"
    assert (await herald.call("POST", absent, told))[1]["error"]["code"] == "BotNotInConversationRoster"


async def test_the_roster_names_guests_and_addresses(herald: Caller) -> None:
    _, found = await herald.call("GET", f"conversations/{STORIES}/pagedmembers?pageSize=200")
    roles = {one["name"]: one["userRole"] for one in found["members"]}
    assert roles["Max"] == "guest"
    assert roles["Léa"] == "user"

    for named in (OBJECT_IDS[LEA], mri(LEA)):
        status, member = await herald.call("GET", f"conversations/{STORIES}/members/{named}")
        assert (status, member["email"], member["tenantId"]) == (200, "lea@example.com", TENANT)
    assert (await herald.call("GET", f"conversations/{REVIEW}/members/{OBJECT_IDS[LEA]}"))[0] == 404


async def test_the_team_lists_its_channels_and_gives_the_first_no_name(herald: Caller) -> None:
    _, found = await herald.call("GET", f"teams/{TEAM}/conversations")
    assert {one["id"]: (one["type"], one.get("name")) for one in found["conversations"]} == {
        STORIES: ("standard", "Stories"),
        TEAM: ("standard", None),
        REVIEW: ("private", "Comms review"),
    }
    assert (await herald.call("GET", f"teams/{TEAM}"))[1]["name"] == TEAM_NAME
    assert (await herald.call("GET", "teams/19:other"))[0] == 404


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ({"type": "message"}, (400, "BadSyntax")),
        (card("x", version="1.6"), (400, "BadArgument")),
        (card("x" * 60_000), (413, "MessageSizeTooBig")),
    ],
    ids=["empty", "version", "size"],
)
async def test_what_teams_would_refuse_is_refused(
    herald: Caller, page: Page, message: Json, refused: tuple[int, str]
) -> None:
    status, answer = await herald.call("POST", f"conversations/{STORIES}/activities", message)
    assert (status, answer["error"]["code"]) == refused
    assert await seen(page, STORIES) == []


async def test_without_heralds_token_nothing_is_answered(herald: Caller) -> None:
    herald.bearer = "another"
    assert (await herald.call("GET", f"teams/{TEAM}"))[0] == 401


async def test_a_broken_connector_is_broken_for_teams_as_well(herald: Caller, page: Page) -> None:
    await page.act("fault", kind="429")
    assert (await herald.call("GET", f"teams/{TEAM}"))[0] == 429
    await page.act("fault", kind="")
    assert (await herald.call("GET", f"teams/{TEAM}"))[0] == 200


async def test_the_keys_are_where_the_document_says(page: Page, workspace: LocalWorkspace) -> None:
    async with page.session.get(workspace.teams.metadata) as answer:
        document = await answer.json()
    async with page.session.get(document["jwks_uri"]) as answer:
        (key,) = (await answer.json())["keys"]
    assert (key["kid"], key["endorsements"]) == (workspace.teams.issuer.name, ["msteams"])
    assert not {"d", "p", "q"} & set(key), "the private half"
    assert APP_ID in mri(BOT)


async def test_beginning_again_empties_teams_too(herald: Caller, page: Page) -> None:
    await posted(herald, card("Zoé is out"))
    await page.act("reset")
    assert await seen(page, STORIES) == []
