"""What people do becomes what Slack sends; what Herald answers becomes what people see."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.local.clockwork import jump, next_at
from adapters.local.hands import Hands
from adapters.local.network import links, own
from adapters.local.payloads import typed
from adapters.local.people import ANA, LEA, REVIEW, STORIES, TEAM
from adapters.local.values import state_values
from adapters.local.words import words
from adapters.local.workspace import LocalWorkspace, Offers
from tests.local.conftest import Page
from tests.local.small_herald import SECRET, Json, Small

PAGE = Path(__file__).parents[2] / "adapters/local/page"


async def test_a_wrong_signature_is_noticed_as_at_slack(page: Page, workspace: LocalWorkspace) -> None:
    workspace.wire._secret = b"other"  # noqa: SLF001  the door must not open

    outcome = await page.act("say", channel=STORIES, text="/story")

    assert (outcome["note"], outcome["detail"]) == ("refused", "401")
    assert (await page.screen())["modals"] == []


async def test_the_signature_is_slacks(workspace: LocalWorkspace) -> None:
    documented = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    workspace.wire._secret = b"8f742231b10e8888abcd99yyyzzz85a5"  # noqa: SLF001  the one of Slack's own example

    assert workspace.wire.signature("1531420618", body) == documented


async def test_no_answer_is_said_visibly(page: Page, small: Small) -> None:
    small.workspace.wire.url = "http://127.0.0.1:9/slack/events"

    outcome = await page.act("say", channel=STORIES, text="/story")

    assert outcome["note"] == "silent"


async def test_the_words_of_an_acknowledgement_are_only_for_you(page: Page) -> None:
    await page.act("say", channel=STORIES, text="/herald help")

    assert "*Herald* helps" in str(await page.screen(LEA))
    assert "*Herald* helps" not in str(await page.screen(ANA))


async def test_an_unknown_command_is_not_sent(page: Page, small: Small) -> None:
    outcome = await page.act("say", channel=STORIES, text="/dance now")

    assert (outcome["note"], outcome["detail"]) == ("unknown_command", "/dance")
    assert small.payloads == []


async def test_nobody_acts_where_they_are_not(page: Page, small: Small) -> None:
    outcome = await page.act("say", person=LEA, channel=REVIEW, text="/story")

    assert (outcome["note"], outcome["detail"]) == ("slack", "not_in_channel")
    assert small.payloads == []


async def test_closing_is_told_when_the_form_asked_for_it(page: Page, small: Small) -> None:
    await page.act("say", channel=STORIES, text="/story")
    (view,) = (await page.screen())["modals"]

    await page.act("close", view=view["id"], given={"what": {"what": {"value": "half a thought"}}})

    sent = small.payloads[-1]
    assert sent["type"] == "view_closed"
    assert sent["is_cleared"] is False
    assert "trigger_id" not in sent
    assert (await page.screen())["modals"] == []


async def test_the_shortcut_carries_the_message(page: Page, small: Small) -> None:
    await page.act(
        "say", person=ANA, channel=STORIES, text="Read https://example.com/a?b=1&c=2. Good & short"
    )
    (message,) = next(room for room in (await page.screen())["rooms"] if room["id"] == STORIES)["messages"]

    await page.act("shortcut", channel=STORIES, ts=message["ts"], callback="suggest")

    sent = small.payloads[-1]
    assert (sent["type"], sent["callback_id"]) == ("message_action", "suggest")
    assert sent["message"]["user"] == ANA
    assert sent["message"]["team"] == TEAM
    assert sent["message"]["text"] == "Read <https://example.com/a?b=1&amp;c=2>. Good &amp; short"
    assert (await page.screen())["modals"]


def test_a_typed_message_is_escaped_before_its_links_are_marked() -> None:
    assert typed("<!channel> https://a.example/x, <@U0LEA>") == (
        "&lt;!channel&gt; <https://a.example/x>, &lt;@U0LEA&gt;"
    )


async def test_opening_herald_is_an_event_with_the_tab(page: Page, small: Small) -> None:
    await page.act("herald", tab="home")
    await page.act("herald", tab="home")

    first, second = (sent["event"] for sent in small.payloads)
    assert (first["type"], first["tab"], first["user"]) == ("app_home_opened", "home", LEA)
    assert "view" not in first
    assert second["view"]["type"] == "home"
    assert small.payloads[0]["authorizations"][0]["team_id"] == TEAM
    assert small.payloads[0]["event_id"] != small.payloads[1]["event_id"]
    assert (await page.screen())["home"]["blocks"][0]["text"]["text"] == "Stories to share"


async def test_a_message_to_herald_is_an_event(page: Page, small: Small, workspace: LocalWorkspace) -> None:
    direct = workspace.board.direct(LEA).id

    await page.act("say", channel=direct, text="hello")
    await page.act("say", channel=STORIES, text="not for Herald")

    (sent,) = small.payloads
    assert (sent["event"]["channel_type"], sent["event"]["text"]) == ("im", "hello")


async def test_a_read_only_tab_takes_no_message(page: Page, small: Small, workspace: LocalWorkspace) -> None:
    workspace.offers = Offers(writable=False)
    direct = workspace.board.direct(LEA).id

    outcome = await page.act("say", channel=direct, text="hello")

    assert outcome["detail"] == "messages_tab_disabled"
    assert (await room(page, direct))["writable"] is False
    assert (await room(page, STORIES))["writable"] is True
    assert small.payloads == []


async def room(page: Page, channel: str) -> Json:
    found: Json = next(one for one in (await page.screen())["rooms"] if one["id"] == channel)
    return found


async def test_an_invitation_is_an_event(page: Page, small: Small, workspace: LocalWorkspace) -> None:
    await page.act("say", person=ANA, channel=REVIEW, text="/invite @gil")

    (sent,) = small.payloads
    assert sent["event"]["type"] == "member_joined_channel"
    assert (sent["event"]["user"], sent["event"]["inviter"]) == ("U0GIL", ANA)
    assert "U0GIL" in workspace.board.rooms[REVIEW].members


async def test_only_events_of_the_manifest_are_sent(page: Page, small: Small) -> None:
    small.workspace.offers = Offers(events=frozenset())

    await page.act("herald", tab="home")

    assert small.payloads == []


def test_a_manifest_says_what_slack_sends() -> None:
    manifest: Json = {
        "features": {
            "slash_commands": [{"command": "/story"}],
            "shortcuts": [
                {"name": "Suggest a story", "type": "message", "callback_id": "suggest"},
                {"name": "Elsewhere", "type": "global", "callback_id": "x"},
            ],
        },
        "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
    }

    assert Offers.of(manifest) == Offers(
        ("/story",), {"suggest": "Suggest a story"}, frozenset({"app_home_opened"})
    )


async def test_a_failed_event_comes_once_more_with_slacks_headers(small: Small, page: Page) -> None:
    small.fails = 1

    outcome = await page.act("herald", tab="messages")

    assert small.retries == [None, "1"]
    assert outcome["note"] == ""


async def test_a_response_url_serves_five_times(page: Page, workspace: LocalWorkspace) -> None:
    address = workspace.response_url(LEA, STORIES)
    statuses = []
    for number in range(6):
        async with page.session.post(address, json={"text": f"answer {number}"}) as answer:
            statuses.append(answer.status)

    assert statuses == [200] * 5 + [404]
    assert "answer 4" in str(await page.screen(LEA))
    assert "answer 4" not in str(await page.screen(ANA))


async def test_reset_empties_both_sides(page: Page, small: Small) -> None:
    await page.act("say", channel=STORIES, text="hello")
    await page.act("reset")

    assert small.resets == 1
    assert all(not room["messages"] for room in (await page.screen())["rooms"])
    assert await (await page.session.get(f"{page.origin}/local/wire")).json() == []


async def test_what_was_sent_shows_both_ways_without_the_token(page: Page) -> None:
    await page.act("say", channel=STORIES, text="/story")
    async with page.session.get(f"{page.origin}/local/wire") as answer:
        text = await answer.text()

    assert {one["way"] for one in json.loads(text)} == {"in", "out"}
    assert "xoxb-local" not in text
    assert SECRET not in text


async def test_a_reader_is_followed_on_this_machine_only(page: Page, small: Small) -> None:
    here = await page.act("reader", text=f"See {small.origin}/s/abc.", url="")
    there = await page.act("reader", text="See https://example.com/story", url="")
    none = await page.act("reader", text="no link", url="")

    assert (here["note"], here["detail"]) == ("counted", "https://www.example.com/zoe")
    assert (there["note"], none["note"]) == ("outside", "none")
    (agent,) = small.visits
    assert agent.startswith("Mozilla/5.0")


def test_a_composers_address_carries_the_storys_link() -> None:
    composer = "https://www.linkedin.com/sharing/share-offsite/?url=http%3A%2F%2F127.0.0.1%3A3000%2Fs%2Fabc"

    found = links("my words", composer)

    assert own(found, 3000) == ["http://127.0.0.1:3000/s/abc"]
    assert own(found, 3001) == []


NOW = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "there"),
    [
        ("minute", NOW + timedelta(minutes=1)),
        ("hour", NOW + timedelta(hours=1)),
        ("tuesday", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        ("monday", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
    ],
)
def test_jumps_land_on_the_hour_of_the_workspace(step: str, there: datetime) -> None:
    assert NOW + jump(step, NOW) == there


def test_a_jump_across_the_change_of_clocks_lands_on_the_same_wall_hour() -> None:
    before = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)

    assert next_at(before, 0, 9) == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)
    assert next_at(datetime(2026, 10, 26, 8, 0, tzinfo=UTC), 0, 9) == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def test_fields_start_with_what_the_form_says_and_an_empty_text_is_none() -> None:
    option = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
    blocks: list[Json] = [
        {"type": "input", "block_id": "a", "element": {"type": "plain_text_input", "action_id": "a"}},
        {
            "type": "input",
            "block_id": "b",
            "element": {
                "type": "checkboxes",
                "action_id": "b",
                "options": [option],
                "initial_options": [option],
            },
        },
        {"type": "actions", "block_id": "c", "elements": [{"type": "button", "action_id": "c"}]},
    ]

    held = state_values(blocks, {"a": {"a": {"value": ""}}, "gone": {"x": {"value": "1"}}})

    assert held == {
        "a": {"a": {"type": "plain_text_input", "value": None}},
        "b": {"b": {"type": "checkboxes", "selected_options": [option]}},
    }


def braces(said: str) -> set[str]:
    return set(re.findall(r"{\w+}", said))


def test_the_page_speaks_both_languages_with_the_same_braces() -> None:
    english, french = words("en"), words("fr")

    assert english["banner"] != french["banner"]
    assert {key: braces(said) for key, said in english.items()} == {
        key: braces(said) for key, said in french.items()
    }


def test_every_word_the_page_asks_for_exists() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js"))
    plain = set(re.findall(r"""\bt\("([a-z0-9_.]+)\"""", scripts))
    begun = set(re.findall(r"""\bt\(`([a-z_]+\.)\$\{""", scripts))
    known = words("en").keys()

    assert plain - known == set()
    assert begun
    assert {start for start in begun if not any(key.startswith(start) for key in known)} == set()


async def test_hands_find_an_option_of_a_menu(page: Page, small: Small, workspace: LocalWorkspace) -> None:
    await page.act("say", channel=STORIES, text="/story")
    await Hands(workspace, LEA).submit(what="A long enough idea")

    await Hands(workspace, ANA).press(REVIEW, "edit")

    assert small.payloads[-1]["actions"][0]["selected_option"]["value"] == "edit?id=1"
