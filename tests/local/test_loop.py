"""The loop of the guided list, through Bolt: it verifies every signature and parses every payload."""

from typing import Any

from adapters.local.hands import Hands
from adapters.local.people import ANA, LEA, REVIEW, SAMPLES, STORIES, TEAM
from adapters.local.workspace import LocalWorkspace
from tests.local.conftest import Page
from tests.local.small_herald import Small

IDEA = "Zoé trained ten apprentices"


def given(block: str, value: str) -> dict[str, Any]:
    return {block: {block: {"value": value}}}


async def suggest(page: Page) -> None:
    await page.act("say", channel=STORIES, text="/story a link")
    (view,) = (await page.screen())["modals"]
    await page.act("submit", view=view["id"], given=given("what", IDEA))


async def test_a_slash_command_opens_a_form_and_a_wrong_field_is_named(page: Page, small: Small) -> None:
    outcome = await page.act("say", channel=STORIES, text="/story a link")
    (view,) = (await page.screen())["modals"]

    wrong = await page.act("submit", view=view["id"], given=given("what", "short"))

    assert outcome["note"] == ""
    assert small.payloads[0]["text"] == "a link"
    assert small.payloads[0]["user_id"] == LEA
    assert wrong["errors"] == {"what": "A few words more, please."}
    assert (await page.screen())["modals"] == [view]


async def test_an_accepted_form_shows_its_receipt_and_the_card_appears_for_moderators(page: Page) -> None:
    await suggest(page)

    (receipt,) = (await page.screen())["modals"]
    (card,) = messages(await page.screen(ANA), REVIEW)

    assert receipt["title"]["text"] == "Thank you"
    assert IDEA in card["text"]
    assert REVIEW not in [room["id"] for room in (await page.screen(LEA))["rooms"]]


def messages(screen: dict[str, Any], channel: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(room["messages"] for room in screen["rooms"] if room["id"] == channel)
    return found


async def test_a_press_carries_what_slack_sends(page: Page, small: Small, workspace: LocalWorkspace) -> None:
    await suggest(page)
    small.payloads.clear()

    await Hands(workspace, ANA).press(REVIEW, "approve")

    (sent,) = small.payloads
    assert sent["type"] == "block_actions"
    assert sent["user"] == {"id": ANA, "username": "ana", "name": "ana", "team_id": TEAM}
    assert sent["container"]["channel_id"] == REVIEW
    assert sent["message"]["ts"] == sent["container"]["message_ts"]
    assert sent["actions"][0]["value"] == "approve?id=1&version=1"
    assert sent["channel"]["name"] == "privategroup"
    assert [one["text"] for one in messages(await page.screen(ANA), REVIEW)] == [f"Approved by <@{ANA}>"]
    assert [one["text"] for one in messages(await page.screen(LEA), STORIES)] == [IDEA]


async def test_the_guided_list_is_ticked_by_what_happened(page: Page, workspace: LocalWorkspace) -> None:
    assert await done(page) == []
    await suggest(page)
    assert await done(page) == ["suggest"]
    await Hands(workspace, ANA).press(REVIEW, "approve")
    lea = Hands(workspace, LEA)
    await lea.press(STORIES, "share")
    assert await done(page) == ["suggest", "approve", "share"]
    await lea.press_in_form("open")
    await page.act("publish", text="I work at Example.")
    assert await done(page) == ["suggest", "approve", "share", "publish"]
    await page.act("colleagues")
    await page.act("clock", step="monday")
    await workspace_post(page)
    assert await done(page) == ["suggest", "approve", "share", "publish", "colleagues", "monday"]
    await lea.press(STORIES, "add_name")
    assert await done(page) == ["suggest", "approve", "share", "publish", "colleagues", "monday", "name"]


async def workspace_post(page: Page) -> None:
    digest = {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": "Add"},
                "action_id": "herald:0",
                "value": "add_name?week=47",
            }
        ],
    }
    answer = await page.call("chat.postMessage", {"channel": STORIES, "text": "Week", "blocks": [digest]})
    assert answer["ok"], answer


async def done(page: Page) -> list[str]:
    return [step["name"] for step in (await page.screen())["guide"] if step["done"]]


async def test_looking_at_the_list_ticks_nothing_and_the_approval_of_an_outsider_neither(
    page: Page, workspace: LocalWorkspace
) -> None:
    await suggest(page)
    workspace.board.rooms[REVIEW].members.append("U0GIL")

    await Hands(workspace, "U0GIL").press(REVIEW, "approve")

    assert await done(page) == ["suggest"]


async def test_eight_colleagues_share_through_the_same_buttons(
    page: Page, small: Small, workspace: LocalWorkspace
) -> None:
    await suggest(page)
    await Hands(workspace, ANA).press(REVIEW, "approve")
    small.payloads.clear()

    outcome = await page.act("colleagues")

    said = [one for one in small.payloads if one["type"] == "view_submission" and is_said(one)]
    assert outcome["note"] == ""
    assert [one["user"]["id"] for one in said] == [person.id for person in SAMPLES]
    assert all(one["view"]["state"]["values"]["words"]["words"]["value"] for one in said)
    named = [one for one in small.payloads if one.get("view", {}).get("callback_id") == "thanks"]
    assert len([one for one in named if one["type"] == "view_submission"]) == 3


def is_said(payload: dict[str, Any]) -> bool:
    return bool(payload["view"]["callback_id"] == "said")


async def test_colleagues_without_a_story_say_what_is_missing(page: Page, monkeypatch: Any) -> None:  # noqa: ANN401
    monkeypatch.setattr("adapters.local.hands.PATIENCE", 0.01)

    outcome = await page.act("colleagues")

    assert (outcome["note"], outcome["detail"]) == ("not_there", "share")
    assert (await page.screen())["busy"] == ""
