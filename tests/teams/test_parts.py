"""Parts of what is too long for one card: opened, pressed in, gone back from, wherever they belong to."""

from typing import Any

from adapters.teams.carried import PART, Carried
from bot import handlers
from bot.cards import Button, Card, Part, Title, buttons
from bot.commands import SHOWS, dump
from bot.commands.feeding import SkipItem
from bot.commands.homing import ShowMoreStories
from bot.commands.moderation import ShowStories
from bot.commands.sharing import SendMeTheText, ShareStory
from bot.commands.suggesting import SuggestStory
from bot.forms import Form, Writing
from bot.ports import Asked, Redrawn, Told
from content.texts import text
from tests.teams import payloads
from tests.teams.desk import Desk, FakeBot
from tests.teams.payloads import CHANNEL, CHAT
from tests.teams.test_activities import SHEET, card_of, words_of

Json = dict[str, Any]
TRAY = Card(
    "Newsroom: 9 new",
    tuple(
        role
        for number in range(9)
        for role in (Title(f"Item {number}"), buttons(Button("Skip", SkipItem(str(number)))))
    ),
)
LONG = Card("Stories", TRAY.roles, again=ShowStories())
WAYS = Part(
    text("sheet.ways"), (buttons(*(Button(f"Way {n}", SendMeTheText(str(n)), rare=True) for n in range(4))),)
)
LONG_SHEET = Form(SHEET.title, (*SHEET.parts, WAYS), SHEET.close, SHEET.command, SHEET.submit, SHEET.closed)


def way(part: str, **carried: str) -> Json:
    return Carried(way=PART, part=part, **carried).written()


def buttons_of(answer: Json) -> dict[str, Json]:
    """What can be pressed in a dialog, and what each carries."""
    found = {}
    nodes = [card_of(answer)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            nodes += node.values()
            if str(node.get("type", "")).startswith("Action."):
                found[node["title"]] = node.get("data", {})
        elif isinstance(node, list):
            nodes += node
    return found


async def test_what_has_no_room_on_a_copy_opens_from_what_the_copy_shows_now(at: Desk, bot: FakeBot) -> None:
    ref = f"{CHANNEL}/1700000000001"
    bot.copies[ref] = TRAY
    _, shown = await at.send(payloads.fetch(way("more")))
    assert "Item 4" not in words_of(card_of(shown))
    assert "Item 5" in words_of(card_of(shown))

    bot.copies[ref] = Card("Newsroom: 8 new", TRAY.roles[2:])
    _, shown = await at.send(payloads.fetch(way("more")))
    assert "Item 5" not in words_of(card_of(shown))
    assert "Item 6" in words_of(card_of(shown))


async def test_a_press_in_a_part_draws_that_part_again(at: Desk, bot: FakeBot) -> None:
    """Teams names the message again when a dialog is sent, or it does not: the dialog knows it too."""
    ref = f"{CHANNEL}/1700000000001"
    bot.copies[ref] = TRAY
    bot.answers[SkipItem] = Redrawn()
    _, shown = await at.send(payloads.fetch(way("more")))
    bot.copies[ref] = Card("Newsroom: 8 new", TRAY.roles[2:])
    _, again = await at.send(payloads.submit(buttons_of(shown)["Skip"]))
    assert "Item 5" not in words_of(card_of(again))
    assert "Item 6" in words_of(card_of(again))


async def test_a_message_of_another_conversation_is_not_opened_by_naming_it(at: Desk, bot: FakeBot) -> None:
    bot.copies["19:review@thread.tacv2/7"] = TRAY
    named = "19:review@thread.tacv2/7"
    _, shown = await at.send(payloads.submit(way("more", on=named), where=CHAT))
    assert shown["task"]["type"] == "message"


async def test_a_card_that_was_told_opens_from_what_it_was_told_by(at: Desk, bot: FakeBot) -> None:
    bot.answers[ShowStories] = Told(LONG)
    bot.long[ShowStories] = LONG
    await at.send(payloads.said("stories"))
    told = next(call.body for call in at.server.calls if "attachments" in call.body)
    data = buttons_of({"value": told["attachments"][0]["content"]})["More…"]
    _, shown = await at.send(payloads.fetch(data, where=CHAT))
    assert shown["task"]["value"]["title"] == "More"
    assert "Item 5" in words_of(card_of(shown))


async def test_a_list_that_is_a_form_goes_on_in_the_same_way(at: Desk, bot: FakeBot) -> None:
    bot.forms[ShowMoreStories] = Asked(Form("Stories to share", TRAY.roles, close="Close"))
    _, shown = await at.send(payloads.fetch(Carried(dump(ShowMoreStories())).written()))
    _, more = await at.send(payloads.submit(buttons_of(shown)["More…"]))
    assert "Item 5" in words_of(card_of(more))
    _, last = await at.send(payloads.submit(buttons_of(more)["Back"]))
    assert last["task"]["value"]["title"] == "Stories to share"


async def test_words_come_along_to_the_part_of_a_sheet_and_back(at: Desk, bot: FakeBot) -> None:
    bot.forms[ShareStory] = Asked(LONG_SHEET)
    _, shown = await at.send(payloads.fetch(Carried(dump(ShareStory("1"))).written()))
    assert "Way 0" not in buttons_of(shown)
    ways = buttons_of(shown)["Other ways…"]
    _, part = await at.send(payloads.submit({**ways, "words": "My own"}))
    assert {"Way 0", "Way 3", "Back"} <= set(buttons_of(part))
    assert "My own" in words_of(card_of(part))

    bot.answers[SendMeTheText] = Told("Sent to you")
    _, told = await at.send(payloads.submit({**buttons_of(part)["Way 0"], "words": "My own, longer"}))
    assert {"Sent to you", "My own, longer"} <= set(words_of(card_of(told)).split("\n"))
    _, back = await at.send(payloads.submit({**buttons_of(told)["Back"], "words": "My own, longer"}))
    assert "My own, longer" in words_of(card_of(back))
    assert "I posted it" in buttons_of(back)


async def test_a_button_of_a_part_that_opens_a_form_opens_the_whole_of_it(at: Desk, bot: FakeBot) -> None:
    bot.copies[f"{CHANNEL}/1700000000001"] = TRAY
    bot.forms[ShareStory] = Asked(SHEET)
    opened = Carried(dump(ShareStory("1")), part="more", on="1700000000001", dialog="x").written()
    _, shown = await at.send(payloads.submit(opened))
    assert shown["task"]["value"]["title"] == "Share on LinkedIn"


async def test_the_way_out_asks_nothing(at: Desk, bot: FakeBot) -> None:
    """*Cancel* closes, whatever a field still wants; of its own cross Teams tells no bot."""
    bot.forms[SuggestStory] = Asked(
        Form("Suggest", (Writing("what", "What"),), close="Cancel", command=SuggestStory(), submit="Send")
    )
    _, shown = await at.send(payloads.fetch(Carried(dump(SuggestStory())).written()))
    out = next(action for action in card_of(shown)["actions"] if action["title"] == "Cancel")
    assert out["associatedInputs"] == "none"
    status, answer = await at.send(payloads.submit(out["data"]))
    assert (status, "task" in answer, bot.asked) == (200, False, [])


async def test_what_is_gone_is_said(at: Desk, bot: FakeBot) -> None:
    for data in (way("more"), way("more", opened="frobnicate?x=1"), way("", opened="queue")):
        _, shown = await at.send(payloads.fetch(data))
        assert shown["task"]["type"] == "message"


def test_what_can_be_shown_again_is_read_and_nothing_else() -> None:
    """What a forged button asks for again changes nothing."""
    assert set(handlers.SHOWS) == SHOWS
    assert not SHOWS & set(handlers.HANDLERS)
