"""What a person does on the Teams side, through Herald's real door, which verifies and reads all of it."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from adapters.local.people import ANA, BY_ID, LEA
from adapters.local.playing import Playing
from adapters.local.teams.people import OBJECT_IDS, REVIEW, STORIES, TEAM, TENANT, chat_of, mri
from adapters.local.workspace import LocalWorkspace
from adapters.teams.connect import Teams
from adapters.teams.settings import Cloud, TeamsSettings
from adapters.teams.tokens import Tokens
from bot.cards import Button, Card, Title, buttons
from bot.commands.helping import ShowHelp
from bot.commands.moderation import ApproveStory, UndoApproval
from bot.commands.sharing import ShareStory
from bot.commands.suggesting import SuggestStory
from bot.forms import Form, Writing
from bot.ports import Asked, Redrawn, Told
from tests.local.conftest import Page
from tests.local.small_herald import START
from tests.teams.desk import FakeBot

Json = dict[str, Any]
W = f"teams:{TENANT}"
APPROVE = Button("Approve", ApproveStory("S1", 3), primary=True)
SHARE = Button("Share", ShareStory("S1"), primary=True)
FORM = Form("Suggest a story", (Writing("what", "What happened?"),), "Later", SuggestStory(), "Send to comms")


class StandingClock:
    """A clock that nobody moves."""

    def now(self) -> Any:  # noqa: ANN401  the fixture's own
        return START

    def shift(self, by: object) -> None:
        raise AssertionError(by)

    def reset(self) -> None:
        raise AssertionError


@dataclass
class Stand:
    """The page, a bot with answers behind the real adapter, and what Herald was sent."""

    page: Page
    bot: FakeBot
    teams: Teams
    workspace: LocalWorkspace

    async def act(self, name: str, person: str = LEA, **body: Any) -> Json:  # noqa: ANN401  any JSON
        outcome = await self.page.act(name, person, **body)
        await self.teams.settled()
        return outcome

    async def side(self, person: str = LEA) -> Json:
        found: Json = (await self.page.screen(person))["teams"]
        return found

    async def messages(self, where: str, person: str = LEA) -> list[Json]:
        rooms = (await self.side(person))["rooms"]
        found: list[Json] = next(room["messages"] for room in rooms if room["id"] == where)
        return found

    async def post(self, *things: Button, where: str = STORIES) -> str:
        """Herald posts a card with these buttons."""
        chat = self.teams.chats[W]
        ref = await chat.send(where, Card("Zoé", (Title("Zoé"), buttons(*things))), "en", "op")
        return ref.rpartition("/")[2]

    def sent(self, name: str = "") -> Json:
        """The last activity (of a name) that went to Herald."""
        ways = self.workspace.journal.wire()
        found: Json = next(one for one in ways if one["way"] == "in" and name in one["name"])
        return found


def press(button: Json, **typed: str) -> Json:
    return {"type": button["type"], "data": button["data"] | typed}


def button_of(message: Json, label: str) -> Json:
    found: Json = next(
        action
        for element in message["card"]["body"]
        if element["type"] == "ActionSet"
        for action in element["actions"]
        if action["title"] == label
    )
    return found


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    here = f"127.0.0.1:{door.getsockname()[1]}"
    bot = FakeBot(programmes={W: "P1"})
    bot.storage = None
    played = Playing(bot, StandingClock(), here, {})  # type: ignore[arg-type]  # its course is not begun
    settings = TeamsSettings(*played.teams, cloud=Cloud(*played.cloud))
    teams = Teams(bot, settings, aiohttp.ClientSession(), Tokens(played.log_in))
    app = web.Application()
    app.add_routes([*played.routes(), *teams.routes()])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, door).start()
    async with aiohttp.ClientSession() as session:
        yield Stand(Page(session, f"http://{here}"), bot, teams, played.workspace)
    await played.close()
    await runner.cleanup()
    await teams.close()


async def test_words_in_the_chat_reach_herald_and_its_answer_is_there(stand: Stand) -> None:
    stand.bot.answers[ShowHelp] = Told("Write story.")

    assert (await stand.act("teams_say", conversation=chat_of(LEA), text="help"))["note"] == ""

    ((command, by),) = stand.bot.asked
    assert command == ShowHelp()
    assert (by.member, by.channel, by.language) == (f"{W}/{OBJECT_IDS[LEA]}", None, "en-GB")
    assert [one["text"] for one in await stand.messages(chat_of(LEA))] == ["help", "Write story."]


async def test_in_a_channel_herald_hears_its_name_alone(stand: Stand) -> None:
    await stand.act("teams_say", conversation=STORIES, text="Hello everybody")
    assert stand.bot.asked == []

    await stand.act("teams_say", conversation=STORIES, text="@Herald help")

    ((command, by),) = stand.bot.asked
    assert (command, by.channel) == (ShowHelp(), f"{W}/{STORIES}")
    assert [one["text"] for one in await stand.messages(STORIES)] == ["Hello everybody", "@Herald help"]


async def test_a_slash_command_is_seen_by_nobody_and_answered_to_one(stand: Stand) -> None:
    stand.bot.answers[ShowHelp] = Told("Write story.")

    await stand.act("teams_say", conversation=STORIES, text="/help")

    assert stand.sent()["sent"]["recipient"]["isTargeted"] is True
    assert [one["text"] for one in await stand.messages(STORIES)] == ["Write story."]
    assert await stand.messages(STORIES, ANA) == []


async def test_a_press_shows_its_answer_to_the_presser_until_the_card_is_drawn_anew(stand: Stand) -> None:
    id_ = await stand.post(APPROVE, where=REVIEW)
    (message,) = await stand.messages(REVIEW, ANA)
    stand.bot.answers[ApproveStory] = Redrawn()
    undo = Button("Undo", UndoApproval("S1", 4))
    decided = Card("Approved", (Title("Approved"), buttons(undo)))
    stand.bot.copies[f"{REVIEW}/{id_}"] = decided

    await stand.act(
        "teams_press", ANA, conversation=REVIEW, message=id_, action=press(button_of(message, "Approve"))
    )

    assert [type(command) for command, _ in stand.bot.asked] == [ApproveStory]
    assert button_of((await stand.messages(REVIEW, ANA))[0], "Undo")
    assert button_of((await stand.messages(REVIEW, "U0TOM"))[0], "Approve"), (
        "others see it with the next drawing"
    )
    await stand.teams.chats[W].redraw(f"{REVIEW}/{id_}", decided, "en")
    assert button_of((await stand.messages(REVIEW, "U0TOM"))[0], "Undo")
    assert stand.workspace.teams.tenant.seen == {}


async def test_words_as_an_answer_stand_under_the_card(stand: Stand) -> None:
    id_ = await stand.post(APPROVE, where=REVIEW)
    stand.bot.answers[ApproveStory] = Told("Moderators decide.")
    (message,) = await stand.messages(REVIEW, ANA)

    await stand.act(
        "teams_press", ANA, conversation=REVIEW, message=id_, action=press(button_of(message, "Approve"))
    )

    (after,) = await stand.messages(REVIEW, ANA)
    assert (after["told"], after["card"]) == ("Moderators decide.", message["card"])
    assert (await stand.messages(REVIEW, "U0TOM"))[0]["told"] == ""


async def test_a_button_that_opens_a_dialog_opens_it_and_its_submit_is_sent(stand: Stand) -> None:
    id_ = await stand.post(SHARE)
    (message,) = await stand.messages(STORIES)
    stand.bot.forms[ShareStory] = Asked(FORM)

    await stand.act(
        "teams_press", conversation=STORIES, message=id_, action=press(button_of(message, "Share"))
    )

    dialog = (await stand.side())["dialog"]
    assert dialog["title"] == "Suggest a story"
    send, _ = dialog["card"]["actions"]
    stand.bot.answers[SuggestStory] = Told("Thank you.")
    await stand.act("teams_submit", action=press(send, what="Zoé trained ten"))
    command, by = stand.bot.asked[-1]
    assert (command, by.member) == (SuggestStory(what="Zoé trained ten"), f"{W}/{OBJECT_IDS[LEA]}")
    assert (await stand.side())["dialog"]["words"] == "Thank you."
    await stand.act("teams_close")
    assert (await stand.side())["dialog"] is None


async def test_a_dialog_that_was_closed_meanwhile_stays_closed(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that comes late belongs to no dialog any more, as in Teams."""
    stand.bot.forms[SuggestStory] = Asked(FORM)
    await stand.act("teams_extend", conversation=STORIES)
    send, _ = (await stand.side())["dialog"]["card"]["actions"]

    async def slowly(*_: object) -> Told:
        await stand.page.act("teams_close", LEA)
        return Told("Thank you.")

    monkeypatch.setattr(stand.bot, "do", slowly)
    await stand.act("teams_submit", action=press(send, what="Zoé trained ten"))
    assert (await stand.side())["dialog"] is None


async def test_the_message_extension_opens_the_form_and_its_submit_is_its_own(stand: Stand) -> None:
    stand.bot.forms[SuggestStory] = Asked(FORM)

    await stand.act("teams_extend", conversation=STORIES)
    assert stand.sent()["name"] == "Teams composeExtension/fetchTask"
    send, _ = (await stand.side())["dialog"]["card"]["actions"]
    await stand.act("teams_submit", action=press(send, what="Zoé trained ten"))

    assert stand.sent()["name"] == "Teams composeExtension/submitAction"
    assert stand.bot.asked[-1][0] == SuggestStory(what="Zoé trained ten")
    assert (await stand.side())["dialog"] is None, "an empty answer closes it"


async def test_the_message_extension_hands_a_message_over(stand: Stand) -> None:
    stand.bot.forms[SuggestStory] = Asked(FORM)
    await stand.act("teams_say", ANA, conversation=STORIES, text="Read https://example.com/a?b=1&c=2. <b>!")
    (message,) = await stand.messages(STORIES)

    await stand.act("teams_extend", conversation=STORIES, message=message["id"])

    payload = stand.sent()["sent"]["value"]["messagePayload"]
    assert payload["from"]["user"]["id"] == OBJECT_IDS[ANA]
    assert "&lt;b&gt;" in payload["body"]["content"]
    ((command, _),) = stand.bot.opening
    assert isinstance(command, SuggestStory)
    assert command.link == "https://example.com/a?b=1&c=2"


async def test_opening_the_chat_installs_herald_once(stand: Stand) -> None:
    for _ in range(2):
        await stand.act("teams_chat")

    (hello,) = await stand.messages(chat_of(LEA))
    assert hello["summary"] == "Hello, this is Herald"


async def test_a_button_that_is_not_there_is_not_pressed(stand: Stand) -> None:
    id_ = await stand.post(SHARE)
    made_up = {"type": "Action.Execute", "data": {"herald": {"do": "approve?id=S1&version=1"}}}

    outcome = await stand.act("teams_press", conversation=STORIES, message=id_, action=made_up)

    assert (outcome["note"], outcome["detail"]) == ("slack", "element_not_found")
    assert (await stand.act("teams_submit", action=made_up))["detail"] == "no_dialog"
    assert stand.bot.asked == []


async def test_nobody_acts_where_they_are_not(stand: Stand) -> None:
    outcome = await stand.act("teams_say", LEA, conversation=REVIEW, text="@Herald help")
    assert outcome["note"] == "slack"
    assert stand.bot.asked == []


async def test_a_failing_herald_is_said(stand: Stand) -> None:
    id_ = await stand.post(APPROVE, where=REVIEW)
    (message,) = await stand.messages(REVIEW, ANA)
    stand.bot.failing = ValueError("a bug")
    outcome = await stand.act(
        "teams_press", ANA, conversation=REVIEW, message=id_, action=press(button_of(message, "Approve"))
    )
    assert outcome["note"] == "refused" or (await stand.messages(REVIEW, ANA))[0]["told"]

    stand.workspace.teams.line.url = "http://127.0.0.1:9/"
    assert (await stand.act("teams_say", conversation=chat_of(LEA), text="help"))["note"] == "silent"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer made-up"}])
async def test_only_the_local_teams_speaks_to_heralds_door(stand: Stand, headers: dict[str, str]) -> None:
    await stand.act("teams_say", conversation=chat_of(LEA), text="help")
    sent = stand.sent()["sent"]
    stand.bot.asked.clear()

    async with stand.page.session.post(
        f"{stand.page.origin}/api/messages", json=sent, headers=headers
    ) as answer:
        assert answer.status == 401
    assert stand.bot.asked == []


async def test_a_token_for_another_service_is_not_taken(stand: Stand) -> None:
    await stand.act("teams_say", conversation=chat_of(LEA), text="help")
    sent = stand.sent()["sent"]
    token = stand.workspace.teams.issuer.token("http://127.0.0.1:1/local/teams/")
    headers = {"Authorization": f"Bearer {token}"}
    async with stand.page.session.post(
        f"{stand.page.origin}/api/messages", json=sent, headers=headers
    ) as answer:
        assert answer.status == 401


async def test_everybody_is_somebody_on_both_sides(stand: Stand) -> None:
    assert set(OBJECT_IDS) == set(BY_ID)
    assert len({mri(person) for person in BY_ID}) == len(BY_ID)
    names = [room["name"] for room in (await stand.side("U0MAX"))["rooms"]]
    assert names == ["Stories", "General", "Herald"]
    assert (await stand.side())["rooms"][1]["id"] == TEAM


async def test_a_picture_goes_to_herald_at_an_address_that_wants_its_token(stand: Stand) -> None:
    async with stand.page.session.post(
        f"{stand.page.origin}/local/files?name=zoe.png&person={LEA}", data=b"bytes"
    ) as answer:
        file = await answer.json()

    await stand.act("teams_picture", file=file["id"])

    (attached,) = stand.sent("message")["sent"]["attachments"]
    assert (attached["contentType"], attached["name"]) == ("image/png", "zoe.png")
    token = {"Authorization": f"Bearer {stand.workspace.teams.issuer.bearer}"}
    for headers, status, body in ((token, 200, b"bytes"), ({}, 404, b"")):
        async with stand.page.session.get(attached["contentUrl"], headers=headers) as answer:
            assert (answer.status, await answer.read()) == (status, body)
    assert (await stand.messages(chat_of(LEA)))[0]["picture"] == f"/local/files/{file['id']}"
