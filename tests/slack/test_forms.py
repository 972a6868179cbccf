"""Forms as views: every field, what comes back from it, and words that are never lost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.forms import Kept, Sealed, kept_in, opened, told_view, view
from adapters.slack.inputs import read
from adapters.slack.render import blocks
from bot.cards import Body, Button, Chart, buttons
from bot.commands.sharing import KeepDraft, SayPosted
from bot.forms import Choice, Form, Hour, Option, People, Picture, Places, Ticks, Writing
from tests.slack.limits import view_problems

Json = dict[str, Any]
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
FOUR = tuple(Option(value, value.title()) for value in ("covered", "moment", "private", "internal"))
EVERY = Form(
    "Every field",
    (
        Body("First words"),
        Writing(
            "words", "Your words", value="I work at Acme.", hint="Press and hold", placeholder="…", long=True
        ),
        Choice("reason", "Reason", FOUR, value="moment"),
        Choice(
            "kind", "Kind", tuple(Option(str(number), f"Kind {number}") for number in range(8)), optional=True
        ),
        Ticks("choices", "If you like", FOUR[:2], values=("covered",)),
        Hour("at", "When", NINE),
        People("people", "Who", ("U1",)),
        Places("channels", "Where", ("C1", "C2")),
        Places("review", "Review", many=False, private=True),
        Picture("picture", "A picture"),
        Chart("Week", (("Zoé", 3),)),
        buttons(Button("Open", SayPosted("1"), address="https://e.example")),
    ),
    close="Later",
    command=SayPosted("1"),
    submit="I posted it",
    closed=KeepDraft("1"),
)


def state(**elements: Json) -> Json:
    return {name: {name: element} for name, element in elements.items()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_field_is_one_slack_takes(language: str) -> None:
    assert view_problems(view(EVERY, language)) == []


def test_a_field_is_found_by_its_name() -> None:
    inputs = {block["block_id"]: block for block in view(EVERY, "en")["blocks"] if block["type"] == "input"}
    assert inputs["words"]["element"]["initial_value"] == "I work at Acme."
    assert inputs["reason"]["element"]["type"] == "radio_buttons"
    assert inputs["reason"]["element"]["initial_option"]["value"] == "moment"
    assert inputs["kind"]["element"]["type"] == "static_select"
    assert inputs["at"]["element"]["initial_date_time"] == int(NINE.timestamp())
    assert inputs["channels"]["element"]["filter"]["exclude_external_shared_channels"] is True
    assert inputs["review"]["element"]["filter"]["include"] == ["public", "private"]
    assert [name for name, block in inputs.items() if block["optional"]] == [
        "kind",
        "choices",
        "people",
        "picture",
    ]


def test_a_view_carries_its_commands_and_nobody() -> None:
    drawn = view(EVERY, "en", home=True)
    assert drawn["private_metadata"] == "said?id=1\nkeep?id=1\nhome"
    assert drawn["notify_on_close"] is True
    assert opened(drawn)[0] == Sealed("said?id=1", "keep?id=1", home=True)
    assert "private_metadata" not in view(Form("Receipt", (), "Close"), "en")
    assert "submit" not in view(Form("Receipt", (Body("Thank you"),), "Close"), "en")


@given(st.text(max_size=60), st.integers(1, 4000))
def test_any_form_fits(said: str, limit: int) -> None:
    parts = (
        Writing("a", said, value=said * 90, hint=said, placeholder=said, limit=limit),
        Choice("b", said, (Option("x", said),)),
        Choice("c", said, ()),
    )
    assert view_problems(view(Form(said or "-", parts, said or "-", SayPosted("1")), "en")) == []


VALUES = [
    ({"type": "plain_text_input", "value": " a\nb "}, " a\nb "),
    ({"type": "plain_text_input", "value": None}, ""),
    ({"type": "radio_buttons", "selected_option": {"value": "x"}}, "x"),
    ({"type": "static_select", "selected_option": None}, ""),
    ({"type": "checkboxes", "selected_options": [{"value": "x"}, {"value": "y"}]}, ("x", "y")),
    ({"type": "checkboxes", "selected_options": []}, ()),
    ({"type": "datetimepicker", "selected_date_time": 1763974800}, "1763974800"),
    ({"type": "multi_users_select", "selected_users": ["U1"]}, ("U1",)),
    ({"type": "multi_conversations_select", "selected_conversations": ["C1", "C2"]}, ("C1", "C2")),
    ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
    ({"type": "file_input", "files": [{"id": "F1", "name": "p.png"}]}, "F1"),
    ({"type": "file_input", "files": []}, ""),
]


@pytest.mark.parametrize(("element", "value"), VALUES, ids=lambda part: str(part)[:40])
def test_what_stands_in_a_field_comes_back(element: Json, value: object) -> None:
    assert read(element) == value


def redrawn(typed: str, shown: str) -> str:
    """The action id of the words field after a redraw that shows something."""
    held = kept_in(state(words={"type": "plain_text_input", "value": typed}))
    form = Form("Sheet", (Writing("words", "Words", value=shown),), "Later", SayPosted("1"))
    element: Json = view(form, "en", kept=held)["blocks"][0]["element"]
    return str(element["action_id"])


def test_typed_words_survive_a_redraw() -> None:
    assert redrawn("mine", "mine") == "words"
    assert redrawn("mine \n", "mine") == "words"


def test_other_words_get_a_field_of_their_own() -> None:
    assert redrawn("mine", "others") == "words~1"
    held = Kept({"words": "words~1"}, {"words": "mine"})
    assert held.action_id(Writing("words", "Words", value="others")) == "words~2"
    assert held.action_id(Writing("words", "Words", value="mine")) == "words~1"


def test_fields_that_were_not_touched_stay() -> None:
    held = kept_in(
        state(
            channels={"type": "multi_conversations_select", "selected_conversations": ["C1", "C2"]},
            at={"type": "datetimepicker", "selected_date_time": int(NINE.timestamp())},
            picture={"type": "file_input", "files": [{"id": "F1"}]},
            choices={"type": "checkboxes", "selected_options": [{"value": "covered"}]},
            reason={"type": "radio_buttons", "selected_option": {"value": "private"}},
        )
    )
    ids = {
        block["block_id"]: block["element"]["action_id"]
        for block in view(EVERY, "en", kept=held)["blocks"]
        if "element" in block
    }
    assert (ids["channels"], ids["at"], ids["picture"], ids["choices"]) == (
        "channels",
        "at",
        "picture",
        "choices",
    )
    assert ids["reason"] == "reason~1"


def test_a_small_view_only_tells() -> None:
    told = told_view(blocks((Body("Sent to you"),), "fr", "modal"), "fr")
    assert view_problems(told) == []
    assert told["close"]["text"] == "Fermer"
