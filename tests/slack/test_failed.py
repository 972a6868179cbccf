"""What nobody foresaw: logged once with its traceback, a plain apology, and nothing typed is lost."""

import pytest
from structlog.testing import capture_logs

from adapters.slack.forms import view
from bot.cards import Body
from bot.commands import dump
from bot.commands.moderation import ApproveStory, ShowQueue
from bot.commands.sharing import SayPosted
from bot.forms import Form, Writing
from bot.ports import Told
from content.texts import say, text
from tests.slack.desk import Desk, FakeBot
from tests.slack.payloads import open_view, press, submit, typed
from tests.slack.server import SlackServer, error

APOLOGY = "Something went wrong on Herald's side."
SHEET = Form("Sheet", (Writing("words", "Your words"),), "Later", SayPosted("1"))


@pytest.fixture(autouse=True)
def broken(bot: FakeBot) -> None:
    bot.failing = RuntimeError("no such table: stories")


async def test_a_failed_press_is_apologised_for(at: Desk, server: SlackServer) -> None:
    with capture_logs() as logs:
        assert await at.interact(press(dump(ApproveStory("1", 2)))) == (200, {"text": ""})
    (told,) = server.made("chat.postEphemeral")
    assert told["text"].startswith(APOLOGY)
    (failed,) = [log for log in logs if log["log_level"] == "error"]
    assert (failed["event"], failed["kind"]) == ("slack.failed", "block_actions")
    assert isinstance(failed["exc_info"], RuntimeError)
    assert len(failed["request"]) == 12


async def test_a_failed_command_is_apologised_for_in_place(at: Desk) -> None:
    status, answer = await at.command("/herald", "queue")
    assert (status, answer["response_type"]) == (200, "ephemeral")
    assert answer["text"].startswith(APOLOGY)


async def test_a_failed_form_keeps_its_words(at: Desk) -> None:
    status, answer = await at.interact(submit(open_view(view(SHEET, "en"), state=typed(words="mine"))))
    assert (status, answer["response_action"]) == (200, "errors")
    assert answer["errors"]["words"].startswith(APOLOGY)


async def test_a_failed_form_without_fields_says_so(at: Desk) -> None:
    receipt = Form("Receipt", (Body("Thank you"),), "Close", SayPosted("1"))
    _, answer = await at.interact(submit(open_view(view(receipt, "en"))))
    assert answer["view"]["blocks"][0]["text"]["text"].startswith(APOLOGY)


async def test_a_failed_event_comes_again(at: Desk) -> None:
    status, _ = await at.event({"type": "member_joined_channel", "user": "U9", "channel": "C9"})
    assert status == 500


async def test_the_apology_speaks_the_language_heard_before(at: Desk, bot: FakeBot) -> None:
    failing, bot.failing, bot.speaks = bot.failing, None, "fr"
    bot.answers[ShowQueue] = Told("Une idée attend")
    await at.command("/herald", "queue")
    bot.failing = failing
    _, answer = await at.command("/herald", "queue")
    assert answer["text"].startswith(say(text("apology"), "fr"))


async def test_a_payload_without_its_parts_is_a_bug_and_not_a_crash(at: Desk) -> None:
    assert (await at.interact(press(None) | {"actions": []}))[0] == 400
    halved = press(dump(ApproveStory("1", 2)))
    del halved["trigger_id"]
    assert (await at.interact(halved))[0] == 200
    assert (await at.interact(submit({"type": "modal", "callback_id": "herald"})))[0] == 200


async def test_what_fails_after_the_acknowledgement_is_logged(
    at: Desk, bot: FakeBot, server: SlackServer
) -> None:
    bot.failing = None
    bot.answers[ApproveStory] = Told("Only you")
    server.faults.append(error("invalid_auth"))
    with capture_logs() as logs:
        assert (await at.interact(press(dump(ApproveStory("1", 2)))))[0] == 200
    (warned,) = [log for log in logs if log["event"] == "slack.after"]
    assert (warned["log_level"], warned["family"]) == ("warning", "LockedOut")
