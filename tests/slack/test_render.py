"""Cards in Block Kit: every role, every limit, whatever the words are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.buttons import NOTHING, carried
from adapters.slack.render import blocks, render, render_words
from bot import cards
from bot.cards import Button, Card, Chart, Confirm, Facts, Role, Title, buttons
from bot.commands import load
from bot.commands.moderation import ApproveStory, EndStory
from bot.commands.sharing import ExplainCard, ShareStory
from tests.contracts.any_card import any_role, any_words
from tests.laws import tries
from tests.slack.limits import message_problems, nodes, view_problems

Json = dict[str, Any]
HOSTILE = "<!channel> <@U1> <#C1> *b* _i_ ~s~ `c`\n> & <https://evil.example|x> \u202e:tada: @here"

words = any_words(HOSTILE, "a " * 4_000)
role = any_role(words, most_buttons=40)


@tries(150)
@given(st.lists(role, max_size=70), st.sampled_from(["en", "fr"]))
def test_any_card_is_one_slack_takes(roles: list[Role], language: str) -> None:
    message = render(Card("Something", tuple(roles)), language)
    assert message_problems(message) == []
    home = {"type": "home", "blocks": blocks(tuple(roles), language, "home", "Home")}
    assert view_problems(home) == []


@given(st.text())
def test_words_stand_in_a_card_letter_by_letter(said: str) -> None:
    shown = render(Card("x", (cards.Body(f"[{said}]"),)), "en")["blocks"][0]["text"]
    kept = [letter for letter in said if letter.isprintable()]
    assert shown["type"] == "plain_text"
    assert [letter for letter in shown["text"][1:-1] if letter.isprintable()] == kept


def test_no_word_becomes_a_mention_or_markup() -> None:
    roles = (
        Title(HOSTILE, "https://e.example"),
        cards.Quote(HOSTILE),
        Facts(((HOSTILE, HOSTILE),)),
        cards.Small(HOSTILE),
    )
    message = render(Card(HOSTILE, roles), "en")
    assert not any(
        node.get("type") in {"mrkdwn", "user", "channel", "broadcast", "emoji"} for node in nodes(message)
    )
    assert "<" not in message["text"]
    assert "&lt;!channel&gt;" in message["text"]


def test_a_plain_card_is_text_to_copy() -> None:
    assert render(Card("Zoé & co\nhttps://e.example", plain=True), "en") == {
        "text": "Zoé &amp; co\nhttps://e.example",
        "mrkdwn": False,
    }


def test_a_title_is_a_bold_link() -> None:
    (block,) = render(Card("x", (Title("Zoé\nwelds", "https://e.example"),)), "en")["blocks"]
    (section,) = block["elements"]
    assert section["elements"] == [
        {"type": "link", "url": "https://e.example", "text": "Zoé welds", "style": {"bold": True}}
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//e.example", "https://e.example/" + "x" * 3_000])
def test_an_odd_address_is_no_link(link: str) -> None:
    (block,) = render(Card("x", (Title("Zoé", link),)), "en")["blocks"]
    assert block["elements"][0]["elements"][0]["type"] == "text"


def test_a_chart_has_its_text_twin_and_six_bars() -> None:
    bars = tuple((f"The same beginning, story {number}", 1_000 + number) for number in range(8))
    chart, twin = render(Card("x", (Chart("Week", bars),)), "fr")["blocks"]
    assert len(chart["chart"]["axis_config"]["categories"]) == 6
    assert len(set(chart["chart"]["axis_config"]["categories"])) == 6
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == list(range(1_000, 1_006))
    assert "story 7\u00a0: 1\u202f007" in twin["text"]["text"]


def test_a_modal_gets_the_twin_alone() -> None:
    (twin,) = blocks((Chart("Week", (("Zoé", 3),)),), "en", "modal")
    assert twin["text"]["text"] == "Week\nZoé: 3"


def test_common_buttons_stand_rare_ones_fold() -> None:
    row = buttons(
        Button("Approve", ApproveStory("1", 2), primary=True, spoken="Approve “Zoé”"),
        Button("Why?", ExplainCard("1"), rare=True),
        Button("Other", address="https://e.example", rare=True),
        Button("End", EndStory("1", 2), rare=True, confirm=Confirm("End it?", "It stays.", "End", "Back")),
    )
    (block,) = blocks((row,), "en", "message")
    approve, end, menu = block["elements"]
    assert [element["action_id"] for element in block["elements"]] == ["herald:0", "herald:1", "herald:2"]
    assert (approve["style"], approve["accessibility_label"]) == ("primary", "Approve “Zoé”")
    assert end["confirm"]["confirm"]["text"] == "End"
    assert [option["value"] for option in menu["options"]] == ["why_here?id=1", NOTHING]
    assert menu["options"][1]["url"] == "https://e.example"


def test_a_single_rare_button_is_a_plain_one() -> None:
    (block,) = blocks((buttons(Button("Why?", ExplainCard("1"), rare=True)),), "en", "message")
    assert [element["type"] for element in block["elements"]] == ["button"]


def test_what_a_button_carries_comes_back() -> None:
    (block,) = blocks((buttons(Button("Approve", ApproveStory("1", 2))),), "en", "message")
    sent = block["elements"][0]["value"]
    assert load(carried({"value": sent.replace("&", "&amp;")})) == ApproveStory("1", 2)
    assert load(carried({"selected_option": {"value": sent}})) == ApproveStory("1", 2)
    assert carried({"url": "https://e.example"}) == NOTHING


def test_long_messages_keep_their_buttons() -> None:
    many = tuple(cards.Body(f"{number} " + "é" * 400) for number in range(80))
    message = render(Card("x", (*many, buttons(Button("Share", ShareStory("1"))))), "en")
    assert len(message["blocks"]) <= 50
    assert message["blocks"][-1]["type"] == "actions"


def test_words_alone_are_a_message() -> None:
    assert render_words("a & b", "en") == {
        "text": "a &amp; b",
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "a & b", "emoji": False}}],
    }
