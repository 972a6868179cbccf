"""Forms as dialogs: every field, what comes back, and what somebody typed already."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.carried import SUBMIT, Carried
from adapters.teams.forms import Dialog, drawing, known, sent, shown, shown_card
from adapters.teams.inputs import Drawing, filled, inputs, moment, values, zone
from bot.cards import Body, Button, Card, buttons
from bot.commands.moderation import ScheduleStory
from bot.commands.sharing import KeepDraft, SayPosted, TakeOtherWords
from bot.forms import Choice, Field, Form, Hour, Option, People, Picture, Places, Ticks, Writing
from tests.teams.limits import card_problems

Json = dict[str, Any]
ROOMS = (Option("19:a@thread.tacv2", "Acme / stories"), Option("19:b@thread.tacv2", "Acme / lyon"))
FEW = (Option("19:few@thread.v2", "Review"),)
PARIS = Drawing("fr", "Europe/Paris", ROOMS, FEW)
NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FIELDS: tuple[Field, ...] = (
    Writing("words", "Words", "Ready", "A hint", "A placeholder", long=True, limit=5_000),
    Choice("reason", "Reason", (Option("late", "Too late"), Option("old", "Old")), "old", optional=True),
    Choice("hour", "Hour", tuple(Option(str(hour), f"{hour}:00") for hour in range(24)), "9"),
    Ticks("boxes", "Boxes", (Option("named", "By name"), Option("reminded", "Remind me")), ("named", "gone")),
    Hour("at", "When", NINE),
    People("admins", "People", ("a", "b")),
    Places("channels", "Channels", ("19:b@thread.tacv2", "19:elsewhere@thread.tacv2")),
    Places("review", "Review", ("19:few@thread.v2",), many=False, private=True),
    Picture("picture", "Picture"),
)


def dialog(*parts: Any, language: str = "en", **more: Any) -> Json:  # noqa: ANN401  fields and roles
    form = Form(
        "Title", parts, close="Later", command=SayPosted("1"), submit="I posted it", closed=KeepDraft("1")
    )
    found = shown(form, Dialog(Drawing(language, "Europe/Paris", ROOMS, FEW), **more))
    value: Json = found["task"]["value"]
    return value


def card(*parts: Any, **more: Any) -> Json:  # noqa: ANN401  fields and roles
    content: Json = dialog(*parts, **more)["card"]["content"]
    return content


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_field_is_an_input_teams_takes(language: str) -> None:
    assert card_problems(card(*FIELDS, language=language), dialog=True) == []


def test_what_fields_start_with() -> None:
    drawn = {each["id"]: each for part in FIELDS for each in inputs(part, PARIS) if "id" in each}
    assert {id_: each["value"] for id_, each in drawn.items()} == {
        "words": "Ready",
        "reason": "old",
        "hour": "9",
        "boxes[]": "named",
        "at@date": "2026-11-24",
        "at@time": "09:00",
        "admins[]": "a,b",
        "channels[]": "19:b@thread.tacv2",
        "review": "19:few@thread.v2",
    }
    assert [drawn[id_]["style"] for id_ in ("reason", "hour", "boxes[]")] == [
        "expanded",
        "compact",
        "expanded",
    ]
    assert drawn["at@time"]["label"] == "Heure (Europe/Paris)"
    assert drawn["admins[]"]["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert [each["value"] for each in drawn["review"]["choices"]] == [
        option.value for option in (*ROOMS, *FEW)
    ]
    assert [each["value"] for each in drawn["channels[]"]["choices"]] == [option.value for option in ROOMS]


def test_what_is_needed_says_so_and_boxes_never_are() -> None:
    drawn = {
        each["id"]: each.get("isRequired", False)
        for part in FIELDS
        for each in inputs(part, PARIS)
        if "id" in each
    }
    assert {id_ for id_, needed in drawn.items() if needed} == {
        "words", "hour", "at@date", "at@time", "channels[]", "review",
    }  # fmt: skip


def test_without_channels_it_is_said_how_to_get_some() -> None:
    (line,) = inputs(Places("channels", "Channels"), Drawing("en"))
    assert "Add the app to a team" in line["inlines"][0]["text"]


SENT = {
    "herald": {"do": "schedule?id=1&version=2", "way": "submit", "zone": "Europe/Paris"},
    "msteams": {"type": "x"},
    "words": "Mine, and yours",
    "boxes[]": "named,reminded",
    "admins[]": "",
    "toggle": True,
    "at@date": "2026-11-24",
    "at@time": "09:00",
    "odd": ["x"],
}


def test_what_was_typed_comes_back_by_field() -> None:
    state, typed = sent(SENT)
    assert (state.wire, state.way) == ("schedule?id=1&version=2", SUBMIT)
    assert typed == {
        "words": "Mine, and yours",
        "boxes": ("named", "reminded"),
        "admins": (),
        "toggle": "true",
        "at": str(int(NINE.timestamp())),
    }


@pytest.mark.parametrize(
    ("day", "hour"), [("", ""), ("2026-11-24", ""), ("", "09:00"), ("2026-13-45", "09:00"), ("x", "y")]
)
def test_half_a_moment_is_none(day: str, hour: str) -> None:
    assert moment(day, hour, "Europe/Paris") == ""


@pytest.mark.parametrize("odd", ["9" * 40, "-1", "²", "now"])
def test_an_odd_moment_is_none(odd: str) -> None:
    (field,) = (filled(part, {"at": odd}) for part in FIELDS if isinstance(part, Hour))
    assert field == Hour("at", "When", None)


@pytest.mark.parametrize("name", ["", "Not/AZone", "../etc/passwd", "\x00"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert str(zone(name)) == "UTC"


@pytest.mark.parametrize("part", FIELDS, ids=lambda part: part.name)
def test_what_was_typed_stands_in_the_field_again(part: Field) -> None:
    """Drawn, sent back unchanged, drawn again: the same."""
    first = inputs(part, PARIS)
    data = {each["id"]: each["value"] for each in first if "id" in each}
    typed = values(data, "Europe/Paris")
    assert inputs(filled(part, typed), PARIS) == first


@given(
    st.dictionaries(st.text(max_size=12), st.text(max_size=40) | st.booleans() | st.none() | st.integers())
)
def test_whatever_comes_back_is_read(data: Mapping[str, Any]) -> None:
    state, typed = sent(dict(data))
    assert isinstance(state, Carried)
    for part in FIELDS:
        assert inputs(filled(part, typed), PARIS)


def test_buttons_beside_needed_fields_do_not_ask_for_them() -> None:
    """Else *Other words* would say "please fill this in"."""
    beside = buttons(Button("Other words", TakeOtherWords("1")))
    for part, lone in ((Writing("words", "Words"), True), (Writing("words", "Words", optional=True), False)):
        drawn = card(part, beside)
        row = next(each for each in drawn["body"] if each["type"] == "ActionSet")
        assert ("associatedInputs" in row["actions"][0]) == lone
        submit, later = drawn["actions"]
        assert "associatedInputs" not in submit
        assert ("associatedInputs" in later) == lone


def test_submit_and_later_stand_at_the_foot() -> None:
    state = drawing("share?id=1", "Europe/Paris", "home")
    submit, later = card(Writing("words", "Words"), state=state)["actions"]
    assert (submit["title"], submit["style"], later["title"]) == ("I posted it", "positive", "Later")
    assert submit["data"]["herald"] == {
        "do": "said?id=1", "way": "submit", "dialog": state.dialog, "opened": "share?id=1",
        "zone": "Europe/Paris", "on": "home",
    }  # fmt: skip
    assert later["data"]["herald"]["do"] == "keep?id=1"


def test_a_form_that_only_tells_has_no_foot() -> None:
    told = shown(Form("Received", (Body("Thank you."),), close="Close"), Dialog(Drawing("en")))
    assert "actions" not in told["task"]["value"]["card"]["content"]


def test_words_stand_on_top_of_an_open_form() -> None:
    told = card(Writing("words", "Words"), told="Sent to you", typed={"words": "Mine"})
    assert told["body"][0]["type"] == "Container"
    assert told["body"][1]["value"] == "Mine"


def test_what_is_wrong_goes_to_its_field_or_to_the_top() -> None:
    form = Form("Title", (Hour("at", "When"),), close="Close", command=ScheduleStory("1", 2))
    wrong = known({"at": "Too early", "elsewhere": "Not you", "other": "Nor this"}, form)
    assert wrong == {"at": "Too early", "": "Not you"}
    found = shown(form, Dialog(Drawing("en", wrong=wrong)))["task"]["value"]["card"]["content"]["body"]
    assert found[0]["style"] == "attention"
    assert found[1]["inlines"][0] == {
        "type": "TextRun", "text": "Too early", "color": "Attention", "weight": "Bolder",
    }  # fmt: skip


def test_a_card_in_a_dialog_submits() -> None:
    checklist = Card("Set-up", (buttons(Button("Other", TakeOtherWords("1"))),))
    found = shown_card(checklist, Dialog(Drawing("en")))["task"]["value"]["card"]["content"]
    assert card_problems(found, dialog=True) == []


def test_what_is_about_a_picture_is_asked_where_there_is_one() -> None:
    """No dialog takes a file: without one that was sent before there is nothing to tell about it."""
    about = Writing("shows", "What does it show?", about="picture")

    def asked(picture: Picture, writing: Writing, **typed: str) -> bool:
        form = Form("Title", (picture, writing), close="Close", command=ScheduleStory("1", 2))
        drawn = shown(form, Dialog(Drawing("en"), typed=typed))["task"]["value"]["card"]["content"]
        return any(each.get("id") == "shows" for each in drawn["body"])

    assert not asked(Picture("picture", "Picture"), about)
    assert asked(Picture("picture", "Picture", "pic-1"), about)
    assert asked(Picture("picture", "Picture"), replace(about, value="A welder"))
    assert asked(Picture("picture", "Picture"), about, shows="A welder")
    assert asked(Picture("picture", "Picture"), replace(about, about=None))


def test_names_of_dialogs_differ() -> None:
    assert len({drawing("x", "UTC").dialog for _ in range(100)}) == 100
