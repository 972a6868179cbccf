"""Cards in Adaptive Cards: every role, every limit, whatever the words are."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.teams.carried import Carried, carried
from adapters.teams.forms import Dialog, shown_card
from adapters.teams.inputs import Drawing
from adapters.teams.plain import JOINER, escape, weight
from adapters.teams.render import lines, message, worded
from bot import cards
from bot.cards import Button, Card, Chart, Confirm, Facts, Role, Title, Tone, buttons
from bot.commands import load
from bot.commands.moderation import ApproveStory, DeclineStory, EndStory
from bot.commands.sharing import ExplainCard, ShareStory
from bot.lettering import clean
from tests.contracts.any_card import any_role, any_words
from tests.laws import tries
from tests.teams.limits import LINK, card_problems, message_problems, nodes

Json = dict[str, Any]
HOSTILE = (
    "<at>Ana</at> **b** _i_ ~~s~~ `c` [x](https://evil.example) # h\n- list\n1. one\n"
    "{{DATE(2026-11-23T09:00:00Z,SHORT)}} ${x} & <script> \u202e"
)

words = any_words(HOSTILE, "😀" * 3_000, '"\\' * 3_000)
role = any_role(words, most_buttons=12)


@tries(150)
@given(st.lists(role, max_size=40), st.sampled_from(["en", "fr"]))
def test_any_card_is_one_teams_takes(roles: list[Role], language: str) -> None:
    assert message_problems(message(Card("Something", tuple(roles)), language)) == []
    dialog = shown_card(Card("Something", tuple(roles)), Dialog(Drawing(language)))
    assert card_problems(dialog["task"]["value"]["card"]["content"], dialog=True) == []


def runs(card: Json) -> str:
    return "\n".join(node["text"] for node in nodes(card) if node.get("type") == "TextRun")


@given(st.text())
def test_words_stand_in_a_card_letter_by_letter(said: str) -> None:
    shown = runs(message(Card("x", (cards.Body(f"[{said}]"),)), "en"))
    seen = [letter for letter in shown if not letter.isspace() and letter != JOINER]
    assert seen == [letter for letter in clean(f"[{said}]") if not letter.isspace() and letter != JOINER]


@given(st.text())
def test_escaping_loses_no_letter_and_leaves_no_mark(said: str) -> None:
    escaped = escape(said)
    assert re.sub(r"\\(.)", r"\1", escaped, flags=re.DOTALL).replace(JOINER, "") == said.replace(JOINER, "")
    assert not re.search(r"(?<!\\)(\\\\)*[*_`~\[\]<]", escaped)
    assert "{{" not in escaped


def test_no_word_becomes_a_mention_a_link_or_markup() -> None:
    roles = (
        Title(HOSTILE, "https://e.example"), cards.Quote(HOSTILE), Facts(((HOSTILE, HOSTILE),)),
        cards.Small(HOSTILE), cards.Heading(HOSTILE),
    )  # fmt: skip
    shown = message(Card(HOSTILE, roles), "en")
    assert message_problems(shown) == []
    assert "entities" not in shown
    links = [node["text"] for node in nodes(shown) if LINK.fullmatch(node.get("text", ""))]
    assert [link.endswith("](https://e.example)") for link in links] == [True]


def test_a_plain_card_is_text_to_copy() -> None:
    shown = {"type": "message", "textFormat": "plain", "text": "Zoé & *co*\nhttps://e.example"}
    assert message(Card("Zoé & *co*\nhttps://e.example", plain=True), "en") == shown
    assert worded("a & b") == {"type": "message", "textFormat": "plain", "text": "a & b"}


def test_a_title_is_large_bold_and_linked() -> None:
    (block,) = body(Title("Zoé\n[welds](x)", "https://e.example/a_(b)"))
    written = "[Zoé \\[welds\\](x)](https://e.example/a_%28b%29)"
    assert block == {
        "type": "TextBlock", "text": written, "wrap": True, "size": "Large", "weight": "Bolder",
    }  # fmt: skip


@given(st.text())
@example("](https://evil.example)")
@example("\\")
def test_a_title_is_one_link_whatever_it_says(said: str) -> None:
    (block,) = body(Title(f"a{said}", "https://e.example")) or [{}]
    assert LINK.fullmatch(block["text"])
    assert block["text"].endswith("](https://e.example)")


@given(st.text())
def test_an_address_ends_where_it_ends(path: str) -> None:
    (block,) = body(Title("Zoé", f"https://e.example/{path}")) or [{}]
    assert "inlines" in block or LINK.fullmatch(block["text"])


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//e.example", "https://e.example/" + "x" * 3_000])
def test_an_odd_address_is_no_link(link: str) -> None:
    assert [each["text"] for each in body(Title("Zoé", link))[0]["inlines"]] == ["Zoé"]


@pytest.mark.parametrize(
    ("tone", "style", "sign"),
    [(Tone.GOOD, "good", "✓"), (Tone.WAITING, "emphasis", "○"), (Tone.STOPPED, "attention", "✕")],
)
def test_a_status_has_its_colour_and_says_it_without(tone: Tone, style: str, sign: str) -> None:
    (box,) = body(cards.Status("Approved", tone))
    assert (box["style"], runs(box)) == (style, f"{sign} Approved")


def test_lines_stay_lines_and_paragraphs_stand_apart() -> None:
    assert [block.get("spacing") for block in lines("one\ntwo\n\nthree")] == [None, "None", None]
    assert len(lines("\n".join("abcdefghij" * 10))) == 40


def test_facts_are_a_factset() -> None:
    (facts,) = body(Facts((("Goes to", "#stories (R&D)"), ("Empty", ""), ("Missing", "French *words*"))))
    assert facts["facts"] == [
        {"title": "Goes to", "value": "#stories (R&D)"},
        {"title": "Missing", "value": "French \\*words\\*"},
    ]


def test_a_chart_has_its_text_twin_and_drops_where_it_cannot_be_drawn() -> None:
    chart, *twin = body(Chart("Week", (("Zoé, welder", 1_200), ("", 3))), language="fr")
    assert (chart["type"], chart["fallback"]) == ("Chart.HorizontalBar", "drop")
    assert chart["data"] == [{"x": "Zoé, welder", "y": 1_200}, {"x": "2", "y": 3}]
    assert "Zoé, welder\u00a0: 1\u202f200" in runs({"body": twin})
    many = body(*(Chart(f"Chart {number}", (("a", 1),)) for number in range(4)))
    assert [each["type"] for each in many].count("Chart.HorizontalBar") == 2
    assert "Chart 3" in runs({"body": many})


def body(*roles: Role, language: str = "en") -> list[Json]:
    shown: list[Json] = message(Card("x", roles), language)["attachments"][0]["content"]["body"]
    return shown


# ------------------------------------------------------------------------------------------ buttons


def test_a_button_that_opens_a_form_says_so_and_the_others_execute() -> None:
    row = buttons(
        Button("Share", ShareStory("1"), primary=True, spoken="Share “Zoé”"), Button("End", EndStory("1", 2))
    )
    ((opens, does),) = ([*part["actions"]] for part in body(row))
    assert opens == {
        "type": "Action.Submit",
        "title": "Share",
        "data": {"msteams": {"type": "task/fetch"}, "herald": {"do": "share?id=1"}},
        "tooltip": "Share “Zoé”",
        "style": "positive",
    }
    assert (does["type"], does["verb"], does["data"]) == (
        "Action.Execute",
        "end",
        {"herald": {"do": "end?id=1&version=2"}},
    )
    assert does["fallback"] == {"type": "Action.Submit", "title": "End", "data": does["data"]}


def test_rare_buttons_fold_and_questions_unfold() -> None:
    sure = Confirm("End it?", "It stays.", "End it", "Back")
    row = buttons(
        Button("Approve", ApproveStory("1", 2), primary=True),
        Button("Why?", ExplainCard("1"), rare=True),
        Button("Other", address="https://e.example", rare=True),
        Button("End", EndStory("1", 2), rare=True, confirm=sure),
    )
    (part,) = body(row)
    approve, end, why, other = part["actions"]
    assert [each.get("mode") for each in part["actions"]] == [None, None, "secondary", "secondary"]
    assert (approve["title"], why["verb"], other["url"]) == ("Approve", "why_here", "https://e.example")
    assert (end["type"], runs(end["card"])) == ("Action.ShowCard", "End it?\nIt stays.")
    (yes,) = end["card"]["actions"]
    assert (yes["title"], yes["verb"], "fallback" in yes) == ("End it", "end", True)


def test_long_labels_stand_one_per_line_and_the_rest_goes_with_the_last() -> None:
    row = buttons(
        Button("Demander à Léa", DeclineStory("1", 2)),
        Button("Partager sur LinkedIn", ShareStory("1")),
        Button("Pourquoi ce message ?", ExplainCard("1"), rare=True),
    )
    assert [[each["title"] for each in part["actions"]] for part in body(row)] == [
        ["Demander à Léa"],
        ["Partager sur LinkedIn", "Pourquoi ce message ?"],
    ]


def test_only_rare_buttons_still_show_one() -> None:
    """A menu without a button beside it is not drawn on every phone."""
    (part,) = body(
        buttons(Button("Why?", ExplainCard("1"), rare=True), Button("Share", ShareStory("1"), rare=True))
    )
    assert [each.get("mode") for each in part["actions"]] == [None, "secondary"]


def test_six_buttons_in_all_the_sixth_leads_to_the_rest() -> None:
    row = buttons(*(Button(f"Number {number}", EndStory(str(number), 1)) for number in range(9)))
    first, more = body(row)
    assert [each["title"] for each in first["actions"]] == [f"Number {number}" for number in range(5)]
    assert more["actions"][0]["title"] == "More…"


def test_what_a_button_carries_comes_back() -> None:
    state = Carried("approve?id=1&version=2", "submit", "name", "share?id=1", "Europe/Paris", "home", "more")
    assert carried({"other": 1, **state.written()}) == state
    assert load(state.wire) == ApproveStory("1", 2)
    assert carried({"herald": ["x"]}) == carried({}) == Carried()


def test_heavy_words_leave_something_to_show() -> None:
    """A face is four bytes: what is few characters can still be more than a card takes."""
    rows = tuple((f"{number}", "😀*" * 900) for number in range(15))
    (facts,) = body(Facts(rows))
    assert len(facts["facts"]) > 3
    assert weight(facts) < 25_000


def test_a_heavy_card_keeps_its_buttons() -> None:
    many = tuple(cards.Facts(tuple((f"{number}", "é" * 400) for number in range(15))) for _ in range(20))
    row = buttons(Button("Share", ShareStory("1")))
    card = message(
        Card("x", (*many, *(Title("T" * 300, "https://e.example/" + "x" * 1_900),) * 20, row)), "en"
    )
    content = card["attachments"][0]["content"]
    assert weight(content) <= 25_000
    assert content["body"][-1]["type"] == "ActionSet"
