"""Every command, press, form, shortcut and event as Slack sends it, through the real signed door."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands import KINDS, OPENS
from tests.stories.company import Company, Moment, company, founded
from tests.stories.replay import Recorded, problems, recorded, replayed, told_of, without_words, words_in

STORIES = recorded()
MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8"))
TELL = {"my_ideas", "networks", "feeds", "more_stories", "my_data", "transparency"}
"""Forms that only tell: nothing is sent from them."""
SENT_AS = {"share": "said", "choices": "thanks"}
"""Forms that are sent as another command than the one that opens them."""


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Moment:
    return founded(tmp_path_factory.mktemp("company"))


@pytest.fixture
async def here(before: Moment, tmp_path: Path) -> AsyncIterator[Company]:
    async with company(before, tmp_path) as found:
        yield found


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_what_slack_sends_is_done(here: Company, story: Recorded) -> None:
    status, answer, calls = await replayed(here, story)
    assert status == 200
    assert here.bot.asked == ([story.asks] if story.asks else [])
    expected = without_words(story.answer)
    assert {key: answer.get(key) for key in expected} == expected
    assert bool(answer) == bool(story.answer)
    assert [words for words in story.answer.get("reads", []) if words not in words_in(answer)] == []
    assert [told_of(call) for call in calls] == [without_words(part) for part in story.calls]
    for call, part in zip(calls, story.calls, strict=True):
        assert [words for words in part.get("reads", []) if words not in words_in(call.body)] == []
    assert [problem for call in calls for problem in problems(call)] == []


def test_every_command_has_a_story() -> None:
    assert {kind.wire for kind in KINDS} - {story.asks for story in STORIES} == set()


@pytest.mark.parametrize("wire", sorted(kind.wire for kind in OPENS))
def test_every_form_is_opened_and_sent(wire: str) -> None:
    opening = [story for story in STORIES if story.asks == wire]
    assert "views.open" in {call["method"] for story in opening for call in story.calls}
    forms = [
        story for story in STORIES if story.request.get("interaction", {}).get("type") == "view_submission"
    ]
    sent = {story.asks for story in forms}
    assert (SENT_AS.get(wire, wire) in sent) != (wire in TELL)


def test_every_event_we_subscribe_to_has_a_story() -> None:
    events = {
        story.request["event"]["event"]["type"]
        for story in STORIES
        if "event" in story.request.get("event", {})
    }
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) - events == set()


def test_every_command_and_shortcut_of_the_manifest_has_a_story() -> None:
    typed = {story.request["command"].get("command") for story in STORIES if "command" in story.request}
    shortcuts = {
        story.request["interaction"].get("callback_id") for story in STORIES if "interaction" in story.request
    }
    assert {command["command"] for command in MANIFEST["features"]["slash_commands"]} <= typed
    assert {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]} <= shortcuts
