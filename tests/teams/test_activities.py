"""What Teams sends, and what comes back: presses, dialogs, words, the message extension, events."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.teams.carried import Carried
from bot.cards import Body, Button, Card, Title, buttons
from bot.commands import Command, dump
from bot.commands.digesting import ShowWeek
from bot.commands.feeding import SkipItem
from bot.commands.helping import ShowHelp
from bot.commands.homing import ShowHome
from bot.commands.moderation import ApproveStory, ShowQueue
from bot.commands.privacy import ShowMyData
from bot.commands.settling import NoteBotAdded, NoteChannelChanged, NoteJoined, NoteLeft, ShowSetup
from bot.commands.sharing import DenyPosted, KeepDraft, SayPosted, SendMeTheText, ShareStory, TakeOtherWords
from bot.commands.suggesting import ShowMyIdeas, SuggestStory
from bot.forms import Form, Option, Picture, Ticks, Writing
from bot.ports import Asked, Done, Redrawn, Told, Wrong
from tests.teams import payloads
from tests.teams.desk import Desk, FakeBot, desk
from tests.teams.payloads import CHANNEL, CHAT, LEA
from tests.teams.server import APP, TEAM, TENANT, ConnectorServer, error

Json = dict[str, Any]
W = f"teams:{TENANT}"
MEMBER = f"{W}/{LEA}"
GROUP = "19:few@thread.v2"
REF = f"{CHANNEL}/1700000000001"
SHEET = Form(
    "Share on LinkedIn",
    (
        Writing("words", "Your words", "Ready", optional=True, long=True),
        buttons(Button("Other words", TakeOtherWords("1")), Button("Send me the text", SendMeTheText("1"))),
    ),
    close="Later",
    command=SayPosted("1"),
    submit="I posted it",
    closed=KeepDraft("1"),
)


def wire(command: Command, **more: str) -> Json:
    return Carried(dump(command), **more).written()


def card_of(answer: Json) -> Json:
    """The Adaptive Card of a dialog, or of an answer to a press."""
    value = answer["task"]["value"] if "task" in answer else answer["value"]
    found: Json = value["card"]["content"] if "card" in value else value
    return found


def words_of(card: Json) -> str:
    """Every text run and label of a card, for looking something up."""
    return "\n".join(_words(card))


def _words(node: Any) -> list[str]:  # noqa: ANN401  JSON
    if isinstance(node, list):
        return [words for each in node for words in _words(each)]
    if not isinstance(node, dict):
        return []
    own = [
        node[name]
        for name in ("text", "title", "label", "value", "errorMessage")
        if isinstance(node.get(name), str)
    ]
    return [*own, *(words for each in node.values() for words in _words(each))]


def pressable(card: Json) -> dict[str, Json]:
    """The actions of a card by their titles."""
    found = [*card.get("actions", [])]
    found += [action for part in card["body"] if part["type"] == "ActionSet" for action in part["actions"]]
    return {action["title"]: action for action in found}


# ------------------------------------------------------------------------------------------ on a card


async def test_the_answer_to_a_press_is_the_card_as_it_stands_now(at: Desk, bot: FakeBot) -> None:
    bot.answers[ApproveStory] = Redrawn()
    bot.copies[REF] = Card("Approved", (Title("Zoé"), Body("Approved by Ana")))
    status, answer = await at.send(payloads.press(wire(ApproveStory("1", 2))))
    assert (status, answer["statusCode"], answer["type"]) == (
        200,
        200,
        "application/vnd.microsoft.card.adaptive",
    )
    assert "Approved by Ana" in words_of(answer["value"])
    ((command, by),) = bot.asked
    assert command == ApproveStory("1", 2)
    assert (by.member, by.workspace, by.channel, by.home, by.language) == (
        MEMBER,
        W,
        f"{W}/{CHANNEL}",
        TENANT,
        "fr-FR",
    )
    assert by.key.startswith(f"{W}/f:")


@pytest.mark.parametrize("answer", [Told("Moderators decide; ask Ana"), Wrong({"x": "Not so"})])
async def test_a_refusal_is_words_and_never_a_card_in_place_of_the_story(
    at: Desk, bot: FakeBot, answer: Told | Wrong
) -> None:
    bot.answers[ApproveStory] = answer
    bot.copies[REF] = Card("Story", (Body("Story"),))
    _, shown = await at.send(payloads.press(wire(ApproveStory("1", 2))))
    said = answer.words if isinstance(answer, Told) else answer.fields["x"]
    assert shown == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": said}
    assert at.server.messages == {}


async def test_a_press_without_a_copy_is_answered_in_words(at: Desk, bot: FakeBot) -> None:
    bot.answers[ApproveStory] = Redrawn()
    assert (await at.send(payloads.press(wire(ApproveStory("1", 2)))))[1]["value"] == "Done."
    bot.answers[ApproveStory] = Done()
    assert (await at.send(payloads.press(wire(ApproveStory("1", 2)))))[1]["value"] == "Done."


async def test_a_card_told_in_a_channel_goes_to_the_person_alone(at: Desk, bot: FakeBot) -> None:
    """Words stand under the card that was pressed; what can be pressed is in the chat, and they say so."""
    bot.answers[ShowQueue] = Told(Card("Three wait", (Body("One"), Body("Two"))))
    _, shown = await at.send(payloads.press(wire(ShowQueue())))
    assert shown["value"] == "Three wait\nOne\nTwo"
    assert at.server.at(at.server.chat_of(LEA)) == []

    bot.answers[ShowQueue] = Told(Card("Three wait", (Body("One"), buttons(Button("Go", ShowHelp())))))
    _, shown = await at.send(payloads.press(wire(ShowQueue())))
    assert shown["value"] == "Three wait The rest is in your chat with Herald."
    assert at.server.at(CHANNEL) == []
    assert [message["summary"] for message in at.server.at(at.server.chat_of(LEA))] == ["Three wait"]


async def test_a_told_card_is_drawn_anew_by_a_press_on_it(at: Desk, bot: FakeBot) -> None:
    """In the 1:1 chat; the answer that is the same card takes its place and comes no second time."""
    before = Card("Set-up: 1 of 2", (Body("One"),), again=ShowSetup())
    after = Card("Set-up: 2 of 2", (Body("Both"),), again=ShowSetup())
    bot.long[ShowSetup], bot.answers[ShowSetup] = after, Told(after)
    on = Carried(dump(ShowSetup()), opened=dump(before.again or ShowSetup())).written()
    _, shown = await at.send(payloads.press(on, where=CHAT))
    assert words_of(shown["value"]) == "Both"
    (drawn,) = [call for call in at.server.calls if call.verb == "PUT"]
    assert drawn.body["summary"] == "Set-up: 2 of 2"
    assert at.server.at(CHAT) == []

    bot.answers[SkipItem] = Told("It is skipped")
    _, shown = await at.send(payloads.press(Carried("skip?id=1", opened="setup").written(), where=CHAT))
    assert shown["value"] == "It is skipped"
    assert len([call for call in at.server.calls if call.verb == "PUT"]) == 2


async def test_a_told_card_stays_when_it_cannot_be_shown_again(at: Desk, bot: FakeBot) -> None:
    """A database that is busy, a right that was lost: what is said instead has no buttons to go on with."""
    bot.long[ShowSetup] = Card("Busy", (Body("Nothing was recorded."),))
    bot.answers[SkipItem] = Wrong({"": "Nothing was recorded."})
    _, shown = await at.send(payloads.press(Carried("skip?id=1", opened="setup").written(), where=CHAT))
    assert shown["value"] == "Nothing was recorded."
    assert [call for call in at.server.calls if call.verb == "PUT"] == []


async def test_an_old_clients_press_is_a_message_with_a_value(at: Desk, bot: FakeBot) -> None:
    bot.answers[ApproveStory] = Told("Noted")
    sent = payloads.activity("message", where=CHANNEL, value=wire(ApproveStory("1", 2)))
    assert await at.send(sent) == (200, {"text": ""})
    assert [command for command, _ in bot.asked] == [ApproveStory("1", 2)]
    assert [message["text"] for message in at.server.at(at.server.chat_of(LEA))] == ["Noted"]


@pytest.mark.parametrize("typed", ["week", "@Herald week", "/herald  week", "Herald's week"])
async def test_heralds_name_typed_by_hand_is_no_word_of_the_command(
    at: Desk, bot: FakeBot, typed: str
) -> None:
    """Our texts say "@Herald week": in the 1:1 chat Teams makes no mention of it."""
    await at.send(payloads.said(typed))
    ((command, _),) = bot.asked
    assert command == (ShowWeek() if "'" not in typed else ShowHelp(unknown="Herald's week"))


@pytest.mark.parametrize(
    "data", [{}, {"herald": {"do": "made_up"}}, {"herald": "x"}, {"herald": {"do": 7}}, {"x": [1]}]
)
async def test_a_button_nobody_knows_is_answered_kindly(at: Desk, bot: FakeBot, data: Json) -> None:
    _, shown = await at.send(payloads.press(data))
    assert "no longer knows this button" in shown["value"]
    assert bot.asked == []


async def test_whoever_presses_is_met_once(at: Desk, bot: FakeBot) -> None:
    for _ in range(2):
        await at.send(payloads.press(wire(ApproveStory("1", 2))))
    assert bot.met == [MEMBER]


async def test_whoever_writes_for_the_first_time_is_met_before_the_answer(at: Desk, bot: FakeBot) -> None:
    """Whether this is a guest decides what they are offered; who asks what is kept is not looked up."""
    bot.forms[ShowMyData] = Told("Your data")
    await at.send(payloads.said("my-data", "a:other", user="a1ea0000-0000-4000-8000-000000000002"))
    await at.send(payloads.said("help"))
    assert [MEMBER in met for met in bot.met_before] == [False, True]
    assert bot.met_before[0] == []


async def test_what_nobody_foresaw_is_apologised_for_and_not_shown(at: Desk, bot: FakeBot) -> None:
    bot.failing = RuntimeError("secret detail")
    status, shown = await at.send(payloads.press(wire(ApproveStory("1", 2))))
    assert status == 200
    assert "secret" not in str(shown)
    assert shown["type"] == "application/vnd.microsoft.activity.message"
    status, shown = await at.send(payloads.fetch(wire(ShareStory("1"))))
    assert (status, shown["task"]["type"]) == (200, "message")
    assert (await at.send(payloads.said("queue")))[0] == 500


# -------------------------------------------------------------------------------------------- dialogs


async def opened(at: Desk, bot: FakeBot, form: Form = SHEET) -> Json:
    bot.forms[ShareStory] = Asked(form)
    status, shown = await at.send(payloads.fetch(wire(ShareStory("1"))))
    assert (status, shown["task"]["type"]) == (200, "continue")
    return card_of(shown)


def sent(card: Json, title: str, **typed: str) -> Json:
    """A press on a button of a dialog, with what stands in the fields."""
    return {**pressable(card)[title]["data"], **typed}


async def test_a_form_is_a_dialog_with_its_words(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    (field,) = [part for part in card["body"] if part["type"].startswith("Input.")]
    assert (field["id"], field["value"], field["isMultiline"]) == ("words", "Ready", True)
    assert list(pressable(card)) == ["I posted it", "Later", "Other words", "Send me the text"]
    assert {action["type"] for action in pressable(card).values()} == {"Action.Submit"}
    assert bot.noted == [ShareStory("1")]


async def test_a_submit_does_the_forms_command_with_what_was_typed(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    status, shown = await at.send(payloads.submit(sent(card, "I posted it", words="Mine")))
    assert (status, shown) == (200, {"text": ""})
    ((command, _),) = bot.asked
    assert command == SayPosted("1", words="Mine")


async def test_the_same_submit_sent_again_is_the_same_press(at: Desk, bot: FakeBot) -> None:
    """A client that got no answer in time sends it again, under another activity id."""
    card = await opened(at, bot)
    for _ in range(3):
        await at.send(payloads.submit(sent(card, "I posted it")))
    assert len({by.key for _, by in bot.asked}) == 1
    other = await opened(at, bot)
    await at.send(payloads.submit(sent(other, "I posted it")))
    assert len({by.key for _, by in bot.asked}) == 2
    for _, by in bot.asked:
        assert by.member.partition("/")[2] not in by.key, "keys are kept, also when somebody is deleted"


async def test_a_press_beside_keeps_the_dialog_and_the_words(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    bot.answers[SendMeTheText] = Told("Sent to you")
    _, shown = await at.send(payloads.submit(sent(card, "Send me the text", words="Half a sentence")))
    again = card_of(shown)
    assert shown["task"]["type"] == "continue"
    assert "Sent to you" in words_of(again)
    assert "Half a sentence" in words_of(again)
    before, after = (sent(each, "Send me the text")["herald"]["dialog"] for each in (card, again))
    assert before != after


async def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    bot.answers[SayPosted] = Wrong({"words": "Too long", "elsewhere": "And this"})
    _, shown = await at.send(payloads.submit(sent(card, "I posted it", words="Very long")))
    said = words_of(card_of(shown))
    assert shown["task"]["type"] == "continue"
    assert said.index("And this") < said.index("Too long") < said.index("Very long")


async def test_the_next_question_takes_the_place_of_the_first(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    boxes = Ticks("choices", "Thank me", (Option("named", "By name"), Option("reminded", "Remind me")))
    bot.answers[SayPosted] = Asked(
        Form("Thank you", (boxes,), close="Skip", command=ShowMyIdeas(), submit="Save")
    )
    _, shown = await at.send(payloads.submit(sent(card, "I posted it")))
    assert shown["task"]["value"]["title"] == "Thank you"
    assert pressable(card_of(shown))["Save"]["data"]["herald"].get("opened") is None


async def test_words_after_a_submit_close_the_dialog(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    bot.answers[SayPosted] = Told("Thank you.")
    _, shown = await at.send(payloads.submit(sent(card, "I posted it")))
    assert shown == {"task": {"type": "message", "value": "Thank you."}}


async def test_a_sheet_says_how_its_words_are_kept(at: Desk, bot: FakeBot) -> None:
    """Teams tells no bot that a dialog was closed by its cross."""
    bot.forms[ShareStory] = Asked(SHEET)
    _, shown = await at.send(payloads.fetch(wire(ShareStory("1"))))
    assert "“Later” keeps your words" in words_of(card_of(shown))
    bot.forms[ShareStory] = Asked(replace(SHEET, closed=None))
    _, shown = await at.send(payloads.fetch(wire(ShareStory("1"))))
    assert "keeps your words" not in words_of(card_of(shown))


async def test_later_keeps_the_words_and_closes(at: Desk, bot: FakeBot) -> None:
    card = await opened(at, bot)
    assert await at.send(payloads.submit(sent(card, "Later", words="Half"))) == (200, {"text": ""})
    assert [command for command, _ in bot.asked] == [KeepDraft("1", words="Half")]


async def test_a_button_that_opens_another_form_opens_it_in_place(at: Desk, bot: FakeBot) -> None:
    inside = Form("Receipt", (buttons(Button("My ideas", ShowMyIdeas())),), close="Close")
    card = await opened(at, bot, inside)
    bot.forms[ShowMyIdeas] = Asked(Form("My ideas", (Body("None yet"),), close="Close"))
    _, shown = await at.send(payloads.submit(sent(card, "My ideas")))
    assert shown["task"]["value"]["title"] == "My ideas"
    assert bot.asked == []


async def test_a_refused_opening_says_why(at: Desk, bot: FakeBot) -> None:
    bot.forms[ShareStory] = Told("This story has ended.")
    _, shown = await at.send(payloads.fetch(wire(ShareStory("1"))))
    assert shown == {"task": {"type": "message", "value": "This story has ended."}}
    assert bot.noted == []


# ------------------------------------------------------------------------------------------ Home


async def home(at: Desk) -> Json:
    await at.send(payloads.said("home"))
    (message,) = at.server.at(at.server.chat_of(LEA))
    card: Json = message["attachments"][0]["content"]
    return card


async def test_home_is_a_card_in_the_chat_with_refresh(at: Desk, bot: FakeBot) -> None:
    card = await home(at)
    assert f"Home of {MEMBER}" in words_of(card)
    assert pressable(card)["Refresh"]["data"]["herald"] == {"do": dump(ShowHome()), "on": "home"}
    ((_, id_),) = at.server.messages
    press = payloads.press(pressable(card)["Refresh"]["data"], CHAT, replyToId=id_)
    _, shown = await at.send(press)
    assert f"Home of {MEMBER}" in words_of(shown["value"])
    assert len(at.server.messages) == 1


async def test_home_asked_for_again_comes_to_the_end_and_stays_one(at: Desk) -> None:
    await home(at)
    ((_, first),) = at.server.messages
    await home(at)
    ((_, second),) = at.server.messages
    assert first != second
    assert [call.path.rpartition("/")[2] for call in at.server.calls if call.verb == "DELETE"] == [first]


async def test_a_home_from_before_a_restart_answers_a_press_with_itself(
    at: Desk, bot: FakeBot, server: ConnectorServer
) -> None:
    """Which message is somebody's Home is in memory alone: the card says itself that it is one."""
    card = await home(at)
    ((chat, id_),) = at.server.messages
    async with desk(bot, server) as restarted:
        bot.answers[DenyPosted] = Redrawn()
        on_home = pressable(card)["Refresh"]["data"]["herald"] | {"do": dump(DenyPosted("1"))}
        press = payloads.press({"herald": on_home}, CHAT, replyToId=id_)
        _, shown = await restarted.send(press)
    assert f"Home of {MEMBER}" in words_of(shown["value"])
    assert list(server.messages) == [(chat, id_)]


async def test_a_home_that_cannot_be_taken_away_does_no_harm(at: Desk) -> None:
    await home(at)
    (((chat, first), _),) = at.server.messages.items()
    del at.server.messages[chat, first]
    at.server.messages[chat, f"{int(first) + 1}"] = {"text": "Something else was said"}
    await at.send(payloads.said("home"))
    assert len(at.server.at(chat)) == 2


async def test_whom_teams_lets_nobody_write_to_hears_that_under_their_message(at: Desk, bot: FakeBot) -> None:
    """Where the app is not installed for somebody; the answer itself is nobody else's business."""
    bot.answers[ShowQueue] = Told("Three ideas wait: …")
    stranger = "5742a900-0000-4000-8000-000000000009"
    asked = payloads.said("queue", CHANNEL, user=stranger)
    await at.send(asked)
    (told,) = at.server.at(CHANNEL)
    assert (told["replyToId"], "Add the Herald app" in told["text"]) == (asked["id"], True)
    assert "Three ideas" not in repr(at.server.messages)


async def test_after_a_press_on_home_it_shows_what_came_of_it(at: Desk, bot: FakeBot) -> None:
    await home(at)
    bot.answers[ApproveStory] = Told("Noted")
    ((_, id_),) = at.server.messages
    _, shown = await at.send(payloads.press(wire(ApproveStory("1", 2), on="home"), CHAT, replyToId=id_))
    assert shown["value"] == "Noted"
    assert len(at.server.made("PUT", id_)) == 1


# ------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize("where", [CHAT, GROUP, CHANNEL])
async def test_words_are_answered_to_the_person_alone(at: Desk, bot: FakeBot, where: str) -> None:
    bot.answers[ShowQueue] = Told("Nothing waits.")
    at.server.rosters[GROUP] = [LEA]
    assert await at.send(payloads.said("queue", where)) == (200, {"text": ""})
    ((command, by),) = bot.asked
    assert command == ShowQueue()
    assert by.channel == (None if where == CHAT else f"{W}/{where}")
    assert [message["text"] for message in at.server.at(at.server.chat_of(LEA))] == ["Nothing waits."]
    assert at.server.at(where) == [] or where == CHAT


async def test_targeted_messages_are_used_where_teams_proved_to_know_them(at: Desk, bot: FakeBot) -> None:
    bot.answers[ShowQueue] = Told("Nothing waits.")
    slash = payloads.said("queue", CHANNEL)
    slash["recipient"]["isTargeted"] = True
    await at.send(slash)
    ((recipient, message),) = at.server.whispers
    assert (recipient, message["text"]) == (f"29:{LEA}", "Nothing waits.")
    at.server.faults.append(error(404, "BotNotInConversationRoster"))
    await at.send(payloads.said("queue", CHANNEL))
    assert [sent["text"] for sent in at.server.at(at.server.chat_of(LEA))] == ["Nothing waits."]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("story", SuggestStory()),
        ("STORY https://e.example/a", SuggestStory(link="https://e.example/a")),
        (
            "actu Prix gagné https://e.example",
            SuggestStory("https://e.example", what="Prix gagné https://e.example"),
        ),
        ("https://e.example/a?b=1&c=2", SuggestStory(link="https://e.example/a?b=1&c=2")),
    ],
)
async def test_story_opens_the_form_by_a_button(
    at: Desk, bot: FakeBot, words: str, command: SuggestStory
) -> None:
    form = Form(
        "Suggest a story", (Writing("what", "What?"), Picture("picture", "Picture")), "Cancel", command
    )
    bot.forms[SuggestStory] = Asked(form)
    await at.send(payloads.said(words))
    assert [asked for asked, _ in bot.opening] == [command]
    (message,) = at.server.at(at.server.chat_of(LEA))
    data = pressable(message["attachments"][0]["content"])["Open"]["data"]
    assert data["msteams"] == {"type": "task/fetch"}
    await at.send(payloads.fetch(data, CHAT))
    assert bot.opening[-1][0] == command


async def test_a_list_is_shown_as_it_is(at: Desk, bot: FakeBot) -> None:
    bot.forms[SuggestStory] = Asked(Form("My ideas", (Body("None yet"),), close="Close"))
    await at.send(payloads.said("story"))
    (message,) = at.server.at(at.server.chat_of(LEA))
    assert "None yet" in words_of(message["attachments"][0]["content"])


async def test_a_link_alone_means_something_only_between_two(at: Desk, bot: FakeBot) -> None:
    await at.send(payloads.said("https://e.example/a", CHANNEL))
    assert [command for command, _ in bot.asked] == [ShowHelp(unknown="https://e.example/a")]


async def test_other_people_s_mentions_stay_as_their_names(at: Desk, bot: FakeBot) -> None:
    words = payloads.said("hello <at>Ana</at>", CHANNEL)
    await at.send(words)
    assert [command for command, _ in bot.asked] == [ShowHelp(unknown="hello Ana")]


# ------------------------------------------------------------------------------------------ message extension


MESSAGE = {
    "id": "1",
    "body": {
        "contentType": "html",
        "content": '<p>Look: <a href="https://e.example/a?x=1&amp;y=2">this</a></p>',
    },
    "from": {"user": {"id": "ana-object-id", "displayName": "Ana"}},
}


async def test_the_extension_opens_the_form(at: Desk, bot: FakeBot) -> None:
    bot.forms[SuggestStory] = Asked(
        Form("Suggest", (Writing("what", "What?"),), "Cancel", SuggestStory(), "Send")
    )
    _, shown = await at.send(payloads.extension())
    assert [command for command, _ in bot.opening] == [SuggestStory()]
    data = sent(card_of(shown), "Send", what="We won")
    bot.answers[SuggestStory] = Asked(Form("Received", (Body("Thank you."),), close="Close"))
    _, receipt = await at.send(payloads.extension_sent(data))
    assert receipt["task"]["value"]["title"] == "Received"
    assert [command for command, _ in bot.asked] == [SuggestStory(what="We won")]


LINK = "https://e.example/a?x=1&y=2"


@pytest.mark.parametrize(
    ("where", "command"),
    [
        (CHANNEL, SuggestStory(link=LINK, source=f"{W}/ana-object-id")),
        (GROUP, SuggestStory(link=LINK, private=True)),
        (CHAT, SuggestStory(link=LINK, private=True)),
        ("19:secret@thread.tacv2", SuggestStory(link=LINK, private=True)),
    ],
)
async def test_of_a_private_message_only_the_link_is_taken(
    at: Desk, bot: FakeBot, where: str, command: SuggestStory
) -> None:
    secret = {"id": "19:secret@thread.tacv2", "name": "board", "type": "private"}
    at.server.channels[TEAM].append(secret)
    await at.send(payloads.installed(where=CHANNEL))
    bot.forms[SuggestStory] = Told("…")
    await at.send(payloads.extension(MESSAGE, where))
    assert [asked for asked, _ in bot.opening] == [command]


# ------------------------------------------------------------------------------------------ events


async def test_people_and_herald_itself_come_and_go(at: Desk, bot: FakeBot) -> None:
    await at.send(payloads.moved(came=("herald", "ana")))
    await at.send(payloads.moved(went=("ana", "herald")))
    place = f"{W}/{CHANNEL}"
    ana = f"{W}/ana"
    assert [command for command, _ in bot.asked] == [
        NoteBotAdded(place), NoteJoined(place, ana), NoteLeft(place, ana), NoteChannelChanged(place),
    ]  # fmt: skip
    assert len({by.key for _, by in bot.asked}) == 4


@pytest.mark.parametrize("what", ["channelRenamed", "channelDeleted", "channelShared", "channelRestored"])
async def test_a_changed_channel_is_looked_at(at: Desk, bot: FakeBot, what: str) -> None:
    await at.send(payloads.changed(what))
    assert [command for command, _ in bot.asked] == [NoteChannelChanged(f"{W}/{CHANNEL}")]


async def test_an_archived_team_closes_its_channels_until_it_is_back(at: Desk, bot: FakeBot) -> None:
    chat = at.teams.chats[W]
    await at.send(payloads.changed("teamArchived", TEAM))
    assert [command for command, _ in bot.asked] == [
        NoteChannelChanged(f"{W}/{id_}") for id_ in (TEAM, CHANNEL)
    ]
    assert (await chat.place(CHANNEL)).archived
    await at.send(payloads.changed("teamUnarchived", TEAM))
    assert not (await chat.place(CHANNEL)).archived


async def test_where_herald_was_added_is_remembered_with_all_channels_of_the_team(at: Desk) -> None:
    await at.send(payloads.installed(where=TEAM))
    kept = await at.memory.conversations(W)
    assert {each.id: (each.kind, each.team, each.team_name) for each in kept} == {
        f"{W}/{TEAM}": ("standard", TEAM, "Acme"),
        f"{W}/{CHANNEL}": ("standard", TEAM, "Acme"),
    }
    assert all(each.service_url == at.server.service_url for each in kept)


async def test_taken_out_of_a_team_all_its_channels_are_lost(at: Desk, bot: FakeBot) -> None:
    await at.send(payloads.installed(where=TEAM))
    bot.asked.clear()
    await at.send(payloads.installed("remove", where=TEAM))
    assert [command for command, _ in bot.asked] == [
        NoteChannelChanged(f"{W}/{id_}") for id_ in (CHANNEL, TEAM)
    ]


async def test_a_welcome_names_who_added_herald_and_what_to_do(at: Desk, bot: FakeBot) -> None:
    added = payloads.installed(where=TEAM)
    del added["from"]["name"]
    for _ in range(2):
        await at.send(added)
    (message,) = at.server.at(TEAM)
    said = words_of(message["attachments"][0]["content"])
    assert "Léa Martin added Herald here." in said
    assert "@Herald story" in said


async def test_an_upgrade_says_nothing(at: Desk) -> None:
    await at.send(payloads.installed("add-upgrade", where=CHAT))
    assert at.server.messages == {}


async def test_before_set_up_the_welcome_says_how_to_start(at: Desk, bot: FakeBot) -> None:
    bot.programmes.clear()
    await at.send(payloads.installed(where=CHAT))
    (message,) = at.server.at(CHAT)
    assert list(pressable(message["attachments"][0]["content"])) == ["Start the set-up"]


POLITE = [
    payloads.invoke("message/submitAction", {"actionName": "feedback", "actionValue": {"reaction": "like"}}),
    payloads.invoke("signin/verifyState", {"state": "1"}),
    payloads.invoke("made/up", {}),
    payloads.activity("messageReaction", reactionsAdded=[{"type": "like"}]),
    payloads.activity("event", name="made up"),
    payloads.activity("made up"),
    payloads.changed("madeUp"),
    payloads.activity("conversationUpdate", membersAdded="odd"),
    payloads.activity("message", text=7, entities=[None, {"type": "mention"}]),
]


@pytest.mark.parametrize("odd", POLITE, ids=range(len(POLITE)))
async def test_what_herald_does_not_know_is_taken_in_politely(at: Desk, odd: Json) -> None:
    assert (await at.send(odd))[0] == 200


async def test_an_account_without_a_name_asks_nothing(at: Desk, bot: FakeBot) -> None:
    """Another app, or a connector: Teams names no person for it."""
    anonymous = payloads.said("queue")
    del anonymous["from"]["aadObjectId"]
    assert (await at.send(anonymous))[0] == 200
    assert bot.asked == []


async def test_after_a_restart_everything_is_still_known(at: Desk, bot: FakeBot) -> None:
    await at.send(payloads.installed(where=TEAM))
    for tenant in at.teams.tenants.values():
        tenant.places.rooms.clear()
    await at.teams.recall(at.memory)
    assert (await at.teams.chats[W].place(CHANNEL)).name == "stories"
    assert APP in at.teams.tenants[TENANT].ours.bot
