"""Events as commands, shortcuts as ideas: and what is none of ours."""

from typing import Any

import pytest

from adapters.slack.suggestion import first_link, idea
from bot.commands import Command
from bot.commands.settling import (
    NoteBotAdded,
    NoteChannelChanged,
    NoteJoined,
    NoteLeft,
    NoteMemberChanged,
    NoteUninstalled,
)
from bot.commands.suggesting import SuggestStory
from bot.forms import Form
from bot.ports import Asked
from tests.slack.desk import Desk, FakeBot
from tests.slack.payloads import shortcut
from tests.slack.server import BOT, SlackServer

Json = dict[str, Any]
C, U = "slack:T1/C9", "slack:T1/U9"
NOTED: list[tuple[Json, Command]] = [
    ({"type": "member_joined_channel", "user": "U9", "channel": "C9"}, NoteJoined(C, U)),
    ({"type": "member_joined_channel", "user": BOT, "channel": "C9"}, NoteBotAdded(C)),
    ({"type": "member_left_channel", "user": "U9", "channel": "C9"}, NoteLeft(C, U)),
    ({"type": "channel_left", "channel": "C9", "actor_id": "U1"}, NoteChannelChanged(C)),
    ({"type": "group_left", "channel": "C9"}, NoteChannelChanged(C)),
    ({"type": "channel_shared", "channel": "C9", "connected_team_id": "T2"}, NoteChannelChanged(C)),
    ({"type": "channel_unshared", "channel": "C9", "is_ext_shared": False}, NoteChannelChanged(C)),
    ({"type": "channel_rename", "channel": {"id": "C9", "name": "new"}}, NoteChannelChanged(C)),
    ({"type": "channel_archive", "channel": "C9", "user": "U1"}, NoteChannelChanged(C)),
    ({"type": "group_rename", "channel": {"id": "C9", "name": "new"}}, NoteChannelChanged(C)),
    (
        {"type": "channel_id_changed", "old_channel_id": "C9", "new_channel_id": "C10"},
        NoteChannelChanged(C, became="slack:T1/C10"),
    ),
    ({"type": "user_change", "user": {"id": "U9", "deleted": True}}, NoteMemberChanged(U)),
    ({"type": "team_join", "user": {"id": "U9"}}, NoteMemberChanged(U)),
    ({"type": "app_uninstalled"}, NoteUninstalled()),
    ({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U1"]}}, NoteUninstalled()),
]


@pytest.mark.parametrize(
    ("event", "command"), NOTED, ids=[f"{event['type']} {n}" for n, (event, _) in enumerate(NOTED)]
)
async def test_what_happens_is_noted(at: Desk, bot: FakeBot, event: Json, command: Command) -> None:
    assert await at.event(event, "Ev7") == (200, {"text": ""})
    assert [asked for asked, _ in bot.asked] == [command]
    assert bot.asked[0][1].key == "slack:T1/Ev7"


QUIET: list[Json] = [
    {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}},
    {"type": "app_home_opened", "user": "U9", "tab": "messages"},
    {"type": "reaction_added", "user": "U9", "item": {}},
    {"type": "message", "channel": "C9", "user": "U9", "text": "hello"},
]


@pytest.mark.parametrize("event", QUIET, ids=[event["type"] for event in QUIET])
async def test_other_events_are_only_acknowledged(
    at: Desk, bot: FakeBot, server: SlackServer, event: Json
) -> None:
    assert (await at.event(event))[0] == 200
    assert bot.asked == []
    assert server.made("views.publish") == []


async def test_events_of_another_installation_are_left_alone(at: Desk, bot: FakeBot) -> None:
    event = {"type": "app_uninstalled"}
    assert (await at.event(event, authorizations=[{"team_id": "T2"}]))[0] == 200
    assert bot.asked == []
    await at.event(event, team_id="T2", authorizations=[{"team_id": "T1"}])
    assert [command for command, _ in bot.asked] == [NoteUninstalled()]


async def test_home_is_published_when_it_is_opened(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    await at.event({"type": "app_home_opened", "user": "ULEA", "tab": "home", "channel": "D1"})
    (home,) = server.made("views.publish")
    assert (home["user_id"], home["view"]["type"]) == ("ULEA", "home")
    assert bot.met == ["slack:T1/ULEA"]


PUBLIC = {"id": "C9", "name": "general"}
LINK = "Look <https://e.example/a?b=1&amp;c=2|Zoé> and <https://other.example>"
IDEAS: list[tuple[Json, SuggestStory]] = [
    (
        shortcut(LINK, PUBLIC, user="U9", team="T1"),
        SuggestStory(link="https://e.example/a?b=1&c=2", source="slack:T1/U9"),
    ),
    (
        shortcut(LINK, {"id": "C9", "name": "privategroup"}, user="U9"),
        SuggestStory(link="https://e.example/a?b=1&c=2", private=True),
    ),
    (shortcut("No link", {"id": "D9", "name": "directmessage"}, user="U9"), SuggestStory(private=True)),
    (shortcut(LINK[:0], {"id": "C9", "name": "mpdm-a--b-1"}, user="U9"), SuggestStory(private=True)),
    (shortcut("No link", {"id": "G9"}, user="U9"), SuggestStory(private=True)),
    (shortcut("By a bot", PUBLIC, bot_id="B1"), SuggestStory()),
    (shortcut("By somebody else's", PUBLIC, user="U9", team="T2"), SuggestStory()),
]


@pytest.mark.parametrize(("payload", "command"), IDEAS, ids=[str(n) for n in range(len(IDEAS))])
async def test_a_message_becomes_an_idea(
    at: Desk, bot: FakeBot, payload: Json, command: SuggestStory
) -> None:
    bot.forms[SuggestStory] = Asked(Form("Suggest", (), "Later"))
    assert await at.interact(payload) == (200, {"text": ""})
    assert [opened for opened, _ in bot.forms_asked] == [command]


async def test_a_shortcut_nobody_knows_is_only_acknowledged(at: Desk, bot: FakeBot) -> None:
    assert (await at.interact(shortcut(LINK, PUBLIC) | {"callback_id": "other"}))[0] == 200
    assert bot.forms_asked == []


def test_story_takes_a_link_words_or_both() -> None:
    assert idea("https://e.example") == SuggestStory(link="https://e.example")
    assert idea("<https://e.example>") == SuggestStory(link="https://e.example")
    assert idea("Zoé won") == SuggestStory(what="Zoé won")
    assert idea("Zoé won https://e.example") == SuggestStory(
        link="https://e.example", what="Zoé won https://e.example"
    )
    assert idea("") == SuggestStory()


def test_a_link_too_long_to_travel_is_left_to_the_person() -> None:
    assert first_link("https://e.example/" + "x" * 1_000) == ""
