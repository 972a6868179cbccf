"""A press, a form, a command, a shortcut: what the bot is asked, and what the person sees."""

import json
from typing import Any

from adapters.slack.forms import view
from bot.cards import Body, Card
from bot.commands import dump
from bot.commands.moderation import ApproveStory, DeclineStory, ShowQueue
from bot.commands.sharing import (
    ExplainCard,
    KeepDraft,
    OpenNetwork,
    SaveThanks,
    SayPosted,
    ShareStory,
    TakeOtherWords,
)
from bot.commands.suggesting import SuggestStory
from bot.forms import Form, Option, Ticks, Writing
from bot.ports import Asked, By, Done, Redrawn, Told, Wrong
from tests.slack.desk import Desk, FakeBot
from tests.slack.payloads import at_home, close, in_view, open_view, press, submit, typed, user
from tests.slack.server import SlackServer, error

Json = dict[str, Any]
SHEET = Form(
    "Share on LinkedIn",
    (Body("Say it your way"), Writing("words", "Your words", value="I work at Acme.", long=True)),
    close="Later",
    command=SayPosted("1"),
    submit="I posted it",
    closed=KeepDraft("1"),
)
THANKS = Form(
    "Thank you", (Ticks("choices", "If you like", (Option("name", "By name"),)),), "Skip", SaveThanks()
)
APPROVE = dump(ApproveStory("1", 2))


def sheet(words: str = "mine") -> Json:
    return open_view(view(SHEET, "en"), state=typed(words=words))


async def test_a_press_is_a_command_and_its_person(at: Desk, bot: FakeBot) -> None:
    bot.answers[ApproveStory] = Redrawn()
    assert await at.interact(press(APPROVE)) == (200, {"text": ""})
    assert bot.asked == [
        (
            ApproveStory("1", 2),
            By("slack:T1/ULEA", "slack:T1", "slack:T1/1.2.press", channel="slack:T1/CSTORIES", home="T1"),
        )
    ]


async def test_authority_is_never_on_the_wire(at: Desk, bot: FakeBot) -> None:
    """A button that names somebody else, or another workspace, still asks as whoever pressed."""
    await at.interact(press(APPROVE + "&member=slack:T1/UANA&workspace=slack:T2", user("UMAX", team="T2")))
    (_, by) = bot.asked[0]
    assert (by.member, by.workspace, by.home) == ("slack:T1/UMAX", "slack:T1", "T2")


async def test_words_are_told_where_the_person_is(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.answers[ApproveStory] = Told("Moderators decide; ask Ana.")
    await at.interact(press(APPROVE))
    (told,) = server.made("chat.postEphemeral")
    assert (told["channel"], told["user"], told["text"]) == (
        "CSTORIES",
        "ULEA",
        "Moderators decide; ask Ana.",
    )


async def test_words_reach_somebody_1_to_1_where_herald_is_not(
    at: Desk, bot: FakeBot, server: SlackServer
) -> None:
    bot.answers[ApproveStory] = Told(Card("Hello", (Body("Hello"),)))
    server.faults.append(error("not_in_channel"))
    await at.interact(press(APPROVE))
    (told,) = server.made("chat.postMessage")
    assert (told["channel"], told["text"]) == ("ULEA", "Hello")


async def test_a_button_that_opens_a_form_asks_for_the_form(
    at: Desk, bot: FakeBot, server: SlackServer
) -> None:
    bot.forms[ShareStory] = Asked(SHEET)
    await at.interact(press(dump(ShareStory("1"))))
    (opened,) = server.made("views.open")
    assert opened["trigger_id"] == "1.2.press"
    assert opened["view"]["title"]["text"] == "Share on LinkedIn"
    assert bot.asked == []
    assert bot.shown == [ShareStory("1")]


async def test_a_refused_form_is_evidence_of_nothing(at: Desk, bot: FakeBot) -> None:
    bot.forms[ShareStory] = Told("This story has ended")
    await at.interact(press(dump(ShareStory("1"))))
    assert bot.shown == []


async def test_a_form_that_comes_too_late_is_said(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.forms[ShareStory] = Asked(SHEET)
    server.faults.append(error("expired_trigger_id"))
    await at.interact(press(dump(ShareStory("1"))))
    (told,) = server.made("chat.postEphemeral")
    assert told["text"].startswith("Slack was too slow")


async def test_a_press_in_the_sheet_brings_the_typed_words(
    at: Desk, bot: FakeBot, server: SlackServer
) -> None:
    bot.answers[TakeOtherWords] = Asked(
        Form("LinkedIn is open", (Writing("words", "Your words", value="mine"),), "Later", SayPosted("1"))
    )
    await at.interact(in_view(sheet("mine"), dump(TakeOtherWords("1"))))
    assert bot.asked[0][0] == TakeOtherWords("1", words="mine")
    (update,) = server.made("views.update")
    assert (update["view_id"], update["hash"]) == ("V1", "1.hash")
    assert update["view"]["blocks"][0]["element"]["action_id"] == "words"


async def test_a_sheet_that_nobody_waits_for_is_drawn_afterwards(
    at: Desk, bot: FakeBot, server: SlackServer
) -> None:
    """The press is done first; what is drawn is the sheet as it is then, typed words included."""
    bot.later = {OpenNetwork}
    bot.forms[OpenNetwork] = Asked(
        Form("LinkedIn is open", (Writing("words", "Your words", value="mine"),), "Later", SayPosted("1"))
    )
    await at.interact(in_view(sheet("mine"), dump(OpenNetwork("1"))))
    assert bot.asked == [(command, by) for command, by in bot.forms_asked]
    assert bot.forms_asked[0][0] == OpenNetwork("1", words="mine")
    (update,) = server.made("views.update")
    assert update["view"]["title"]["text"] == "LinkedIn is open"
    assert update["view"]["blocks"][0]["element"]["action_id"] == "words"


async def test_where_no_form_is_open_none_is_drawn(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.later, bot.forms[OpenNetwork] = {OpenNetwork}, Asked(SHEET)
    await at.interact(press(dump(OpenNetwork("1"))))
    assert [call.method for call in server.calls if call.method.startswith("views.")] == []


async def test_words_told_in_the_sheet_stand_on_top_once(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.answers[ExplainCard] = Told("Because you are in #stories")
    await at.interact(in_view(sheet(), dump(ExplainCard("1"))))
    first = server.made("views.update")[0]["view"]
    await at.interact(in_view(open_view(first, state=typed(words="mine")), dump(ExplainCard("1"))))
    for update in server.made("views.update"):
        said, *rest = update["view"]["blocks"]
        assert said["text"]["text"] == "Because you are in #stories"
        assert rest == view(SHEET, "en")["blocks"]
        assert update["view"]["private_metadata"] == view(SHEET, "en")["private_metadata"]


async def test_a_form_that_slack_escaped_is_shown_as_it_was(
    at: Desk, bot: FakeBot, server: SlackServer
) -> None:
    """Slack gives our own blocks back with `&`, `<` and `>` escaped (slackapi/bolt-python#513)."""
    form = Form(
        "R & D", (Body("<b> & co"), Writing("words", "A & B")), "Later", OpenNetwork("1", network="x")
    )
    bot.answers[ExplainCard] = Told("Because")
    bot.answers[OpenNetwork] = Done()
    escaped = json.loads(
        json.dumps(view(form, "en")).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    await at.interact(in_view(open_view(escaped), dump(ExplainCard("1"))))
    (update,) = server.made("views.update")
    _, *rest = update["view"]["blocks"]
    assert rest == view(form, "en")["blocks"]
    await at.interact(submit(open_view(escaped, state=typed(words="mine"))))
    assert bot.asked[-1][0] == OpenNetwork("1", network="x", words="mine")


async def test_a_submitted_form_is_its_command_with_what_was_typed(at: Desk, bot: FakeBot) -> None:
    bot.answers[SayPosted] = Asked(THANKS)
    _, answer = await at.interact(submit(sheet("mine")))
    assert bot.asked[0][0] == SayPosted("1", words="mine")
    assert bot.asked[0][1].key == "slack:T1/V1/1.hash/said"
    assert answer["response_action"] == "update"
    assert answer["view"]["title"]["text"] == "Thank you"


async def test_what_is_wrong_stands_at_its_field(at: Desk, bot: FakeBot) -> None:
    bot.answers[SayPosted] = Wrong({"words": "Too short & thin", "elsewhere": "Also wrong"})
    _, answer = await at.interact(submit(sheet()))
    assert answer == {"response_action": "errors", "errors": {"words": "Too short & thin\nAlso wrong"}}


async def test_a_form_ends_with_words_or_closes(at: Desk, bot: FakeBot) -> None:
    bot.answers[SayPosted] = Told("Counted")
    _, answer = await at.interact(submit(sheet()))
    assert answer["view"]["blocks"][0]["text"]["text"] == "Counted"
    bot.answers[SayPosted] = Done()
    _, answer = await at.interact(submit(sheet()))
    assert answer == {"response_action": "clear"}


async def test_closing_keeps_the_words_slack_sends(at: Desk, bot: FakeBot) -> None:
    await at.interact(close(sheet("half a sentence")))
    assert [command for command, _ in bot.asked] == [KeepDraft("1", words="half a sentence")]


async def test_closing_without_words_forgets_nothing(at: Desk, bot: FakeBot) -> None:
    """When Slack sends no values, keeping "nothing" would wipe the draft."""
    assert await at.interact(close(open_view(view(SHEET, "en")))) == (200, {"text": ""})
    assert bot.asked == []


async def test_home_is_drawn_anew_after_a_press_there(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.answers[SayPosted] = Asked(THANKS)
    await at.interact(at_home(dump(SayPosted("1"))))
    (opened,) = server.made("views.open")
    assert opened["view"]["private_metadata"].endswith("home")
    (home,) = server.made("views.publish")
    assert home["user_id"] == "ULEA"
    assert home["view"]["blocks"][0]["text"]["text"] == "Home of slack:T1/ULEA"
    await at.interact(submit(open_view(opened["view"])))
    assert len(server.made("views.publish")) == 2


async def test_words_told_at_home_open_over_it(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.answers[SayPosted] = Told("Noted")
    await at.interact(at_home(dump(SayPosted("1"))))
    assert server.made("views.open")[0]["view"]["blocks"][0]["text"]["text"] == "Noted"
    assert server.made("chat.postEphemeral") == []


async def test_a_link_button_without_a_command_is_only_acknowledged(at: Desk, bot: FakeBot) -> None:
    assert await at.interact(press(None)) == (200, {"text": ""})
    assert bot.asked == []


async def test_a_button_nobody_knows_is_said_kindly(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    for wire in ("unknown?id=1", "note_uninstalled", "approve?id=1", "approve?version=x&id=1", "\x00"):
        await at.interact(press(wire))
    assert bot.asked == []
    told = server.made("chat.postEphemeral")
    assert len(told) == 5
    assert {call["text"] for call in told} == {
        "Herald no longer knows this button. Type /herald to see what you can do now."
    }


async def test_story_opens_the_form_with_the_link(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.forms[SuggestStory] = Asked(
        Form("Suggest a story", (Writing("what", "Link"),), "Later", SuggestStory())
    )
    _, answer = await at.command("/story", "https://e.example/a?b=1&amp;c=2")
    assert answer == {}
    assert bot.forms_asked[0][0] == SuggestStory(link="https://e.example/a?b=1&c=2")
    assert bot.forms_asked[0][1].key == "slack:T1/1.command"
    assert len(server.made("views.open")) == 1


async def test_herald_answers_in_the_acknowledgement(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.answers[ShowQueue] = Told(Card("One idea waits", (Body("One idea waits"),)))
    _, answer = await at.command("/herald", "queue")
    assert (answer["response_type"], answer["text"]) == ("ephemeral", "One idea waits")
    assert answer["blocks"][0]["text"]["text"] == "One idea waits"
    assert server.made("chat.postEphemeral") == []


async def test_strangers_are_met_once(at: Desk, bot: FakeBot) -> None:
    for _ in range(3):
        await at.interact(press(dump(DeclineStory("1", 2)).replace("decline", "why_here")))
    assert bot.met == ["slack:T1/ULEA"]


async def test_the_person_s_language_is_spoken(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.speaks = "fr"
    await at.interact(press("unknown?id=1"))
    assert server.made("chat.postEphemeral")[0]["text"].startswith("Herald ne connaît plus ce bouton.")
