"""Bad input, end to end: through the signed door, with the real bot, a real database and a loopback Slack.

What is not here is where the part that copes with it is tested alone:

| bad input | tests/ |
|---|---|
| forged, old and odd signatures | slack/test_door.py::test_forged_and_old_requests_stay_outside |
| not JSON, not a form, too many bytes | slack/test_door.py::test_what_is_not_slacks_is_refused |
| 10 MB page, announced or not | fetch/test_pages.py::test_ten_megabytes_are_too_many |
| gzip bomb | fetch/test_pages.py::test_a_gzip_bomb_is_defused |
| redirect to a loopback address | fetch/test_allowed.py::test_the_public_web_cannot_lead_inside |
| address literals in odd forms | fetch/test_guard.py::test_no_spelling_of_loopback_connects |
| feed that is HTML | fetch/test_feeds.py::test_a_page_is_not_a_feed_and_says_so |
| feed with 5,000 items, as bytes | fetch/test_feeds.py::test_five_thousand_items_are_two_hundred |
| shared channel, chosen | bot/test_setup.py::test_a_story_channel_that_will_not_do_is_refused_kindly |
| every way a call to Slack fails | contracts/test_slack_failures.py::test_a_failure_has_its_family |
"""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from adapters.slack import api
from bot.commands import dump
from bot.commands.moderation import ApproveStory
from bot.commands.sharing import ShareStory
from content.feeds import MOST, Fetched, Item
from content.pages import Page, Unreadable
from content.people import Member
from content.stories import Origin, State, Story
from storage.records import Copy, Sending
from tests.bot.programme import P
from tests.slack.desk import signed
from tests.slack.limits import message_problems, nodes, view_problems
from tests.slack.payloads import open_view, press, shortcut, submit, typed, user
from tests.slack.server import Fault, Json
from tests.stories.slack import Scene, labels, words_of

LINK = "https://www.acme.example/zoe"
NEWS = "https://www.acme.example/feed"
MARKUP = "<!channel> <@UANA> <#CREVIEW> <https://evil.example|click> *b* _i_ `c` & co"
HOSTILE = f"{MARKUP} \u202egnp.exe\u202c \x07\x00\u2066x\u2069"
TESTS = Path(__file__).parents[1]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


async def suggest(scene: Scene, what: str = LINK, why: str = "A fine welder") -> Story:
    """Léa hands an idea in, and the moderators have it before them."""
    await scene.types("ULEA", "/story")
    await scene.submits("ULEA", what=what, why=why)
    await scene.settle()
    return await newest(scene)


async def approve(scene: Scene) -> Story:
    """Ana lets it out, and the hold is over."""
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    await scene.later(seconds=61)
    return await newest(scene)


async def stories(scene: Scene) -> list[Story]:
    async with scene.told.storage.reading(P) as at:
        return sorted(await at.find(Story), key=lambda story: story.id)


async def newest(scene: Scene) -> Story:
    return (await stories(scene))[-1]


def a_page(title: str) -> Page:
    return Page(LINK, title, "", None, "en", "Acme")


async def copy_of(scene: Scene, view: str) -> Copy:
    async with scene.told.storage.reading(P) as at:
        return next(copy for copy in await at.find(Copy) if copy.view == view)


async def queue(scene: Scene) -> str:
    """What `/herald queue` shows to Ana."""
    return words_of(await scene.types("UANA", "/herald", "queue"))


def test_what_is_tested_elsewhere_is_there() -> None:
    elsewhere = re.findall(r"\| (\S+\.py)::(\w+) \|", __doc__ or "")
    assert len(elsewhere) == 10
    for path, name in elsewhere:
        assert f"def {name}(" in (TESTS / path).read_text(encoding="utf-8"), path


# ------------------------------------------------------------------------------------------ the door


async def test_a_forged_or_old_press_changes_nothing(scene: Scene) -> None:
    story = await suggest(scene)
    body = urlencode(
        {"payload": json.dumps(press(dump(ApproveStory(story.id, story.version)), user("UANA")))}
    )
    for forged in (signed(body.encode(), secret="another"), signed(body.encode(), at=time.time() - 320)):
        assert (await scene.desk.post(body, **forged))[0] == 401
    assert (await newest(scene)).state is State.SUGGESTED


async def test_a_replayed_form_is_one_idea(scene: Scene) -> None:
    """Somebody who caught a signed request sends it again within its five minutes."""
    await scene.types("ULEA", "/story")
    body = urlencode({"payload": json.dumps(submit(open_view(scene.view, state=typed(what=LINK))))}).encode()
    once = signed(body)
    for _ in range(3):
        assert (await scene.desk.post(body, **once))[0] == 200
    assert len(await stories(scene)) == 1


async def test_a_replayed_press_is_one_decision(scene: Scene) -> None:
    story = await suggest(scene)
    payload = press(dump(ApproveStory(story.id, story.version)), user("UANA"))
    for _ in range(3):
        assert (await scene.desk.interact(payload))[0] == 200
    assert (await newest(scene)).version == story.version + 1
    assert scene.whispers("UANA") == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"payload=%7B", b"payload=null", b"\xff"])
async def test_what_is_not_json_changes_nothing(scene: Scene, body: bytes) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        assert (await scene.desk.post(body, kind=kind))[0] == 400
    assert await stories(scene) == []


@pytest.mark.parametrize(
    "wire", ["burn?id=1", "approve", "approve?id=1&version=x", "note_left?channel=C", "%00"]
)
async def test_an_unknown_button_is_told_kindly(scene: Scene, wire: str) -> None:
    await suggest(scene)
    await scene.desk.interact(press(wire, user("UANA")))
    (told,) = scene.whispers("UANA")
    assert "no longer knows this button" in told
    assert (await newest(scene)).state is State.SUGGESTED


async def test_an_unknown_word_gets_the_help(scene: Scene) -> None:
    answer = await scene.types("ULEA", "/herald", "<!here> burn everything")
    assert answer["response_type"] == "ephemeral"
    assert "burn everything" in words_of(answer)
    assert "<!here>" not in answer["text"]


async def test_an_unknown_shortcut_form_and_event_are_only_acknowledged(scene: Scene) -> None:
    strange = shortcut("hello", {"id": "CSTORIES", "name": "stories"}) | {"callback_id": "other"}
    form = {
        "id": "V9",
        "type": "modal",
        "callback_id": "other",
        "blocks": [],
        "private_metadata": "burn?id=1",
    }
    sent: Json = {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": user(),
        "trigger_id": "1",
        "view": form,
    }
    assert (await scene.desk.interact(strange)) == (200, {"text": ""})
    assert (await scene.desk.interact(sent))[1]["response_action"] == "update"
    assert await scene.happens({"type": "planet_exploded", "channel": "CSTORIES"}) == 200
    assert await stories(scene) == []


# -------------------------------------------------------------------------------------- who presses


async def test_guests_bots_and_other_organisations_get_nothing(scene: Scene) -> None:
    """A guest by our table; a bot and a foreigner by the platform's word."""
    story = await approve_of(scene)
    async with scene.told.storage.work(P) as work:
        await work.insert(Member("slack:T1/UROBOT", P, "slack:T1", "Robot", outside="bot"))
    presser = [user("UMAX"), user("UROBOT"), user("UFAR", team="T2")]
    for who in presser:
        for command in (ShareStory(story.id), ApproveStory(story.id, story.version)):
            await scene.desk.interact(press(dump(command), who))
        told = scene.whispers(who["id"])
        assert told == ["Herald is for this company's own staff."] * 2
    assert scene.server.made("views.open")[-1]["view"]["title"]["text"] != "Share on LinkedIn"


async def approve_of(scene: Scene) -> Story:
    await suggest(scene)
    return await approve(scene)


async def test_a_channel_that_is_shared_gets_no_more_cards(scene: Scene) -> None:
    await suggest(scene)
    scene.server.channels["CSTORIES"]["is_ext_shared"] = True
    event = {"type": "channel_shared", "channel": "CSTORIES", "connected_team_id": "T2"}
    assert await scene.happens(event) == 200
    await approve(scene)
    assert scene.cards("CSTORIES") == []
    assert "#stories is shared with another organisation" in await queue(scene)


# ------------------------------------------------------------------------------- two people at once


async def test_a_button_of_a_deleted_story_says_so(scene: Scene) -> None:
    story = await suggest(scene)
    async with scene.told.storage.work(P) as work:
        await work.remove(Story, id=story.id)
    for label in ("Approve", "Decline"):
        await scene.presses_on("UANA", "CREVIEW", label)
    await scene.desk.interact(press(dump(ShareStory(story.id)), user("UANA")))
    assert scene.whispers("UANA") == ["This story is no longer there."] * 3
    await scene.later(minutes=2)


async def test_approved_twice_by_the_same_hand_is_said_once(scene: Scene) -> None:
    await suggest(scene)
    old = scene.latest("CREVIEW")[1]
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    scene.server.messages["CREVIEW", scene.latest("CREVIEW")[0]] = old
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    (told,) = scene.whispers("UANA")
    assert "Ana approved" in told
    await scene.later(minutes=2)
    assert len(scene.cards("CSTORIES")) == 1


async def test_edited_while_somebody_approves_keeps_what_was_typed(scene: Scene) -> None:
    """The form stays open with every word, and says who decided meanwhile."""
    await suggest(scene)
    await scene.presses_on("UTOM", "CREVIEW", "Edit…")
    form = scene.view
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    scene.view = form
    answer = await scene.submits("UTOM", title="Zoé, welder and coach")
    assert answer["response_action"] == "errors"
    assert "Ana approved" in answer["errors"]["title"]
    assert (await newest(scene)).title != "Zoé, welder and coach"


async def test_approved_while_somebody_edits_is_told_and_not_done(scene: Scene) -> None:
    """What Ana saw is not what would go out: she looks again."""
    await suggest(scene)
    old = scene.latest("CREVIEW")
    await scene.presses_on("UTOM", "CREVIEW", "Edit…")
    await scene.submits("UTOM", title="Zoé, welder and coach")
    scene.server.messages["CREVIEW", old[0]] = old[1]
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    (told,) = scene.whispers("UANA")
    assert "changed meanwhile" in told
    assert (await newest(scene)).state is State.SUGGESTED


# --------------------------------------------------------------------------------------- what people type


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u200b\u2060", "\x00"])
async def test_an_empty_form_is_told_at_its_field(scene: Scene, nothing: str) -> None:
    await scene.types("ULEA", "/story")
    answer = await scene.submits("ULEA", what=nothing, why="Because")
    assert answer == {"response_action": "errors", "errors": {"what": "Paste a link or tell what happened."}}
    assert await stories(scene) == []


async def test_an_idea_whose_link_is_out_already_is_told_at_its_field(scene: Scene) -> None:
    await approve_of(scene)
    await scene.types("ULEA", "/story", f"{LINK}?utm_source=newsletter#top")
    answer = await scene.submits("ULEA")
    assert "is already out with this link" in answer["errors"]["what"]
    assert len(await stories(scene)) == 1


async def test_hostile_words_harm_nobody_anywhere(scene: Scene) -> None:
    """From the idea over the review card, the question, the channel and the sheet to the summary."""
    scene.told.pages.pages[LINK] = a_page(f"{HOSTILE} title")
    await suggest(scene, f"{LINK} {HOSTILE}", HOSTILE)
    await scene.presses_on("UANA", "CREVIEW", "Ask Léa")
    await scene.submits("UANA", question=HOSTILE)
    await scene.settle()
    await scene.presses_on("ULEA", "DLEA", "Answer")
    await scene.submits("ULEA", answer=HOSTILE)
    await scene.settle()
    await approve(scene)
    await scene.presses_on("ULEA", "CSTORIES", "Share on LinkedIn")
    await scene.presses_in("ULEA", "Open LinkedIn", words=HOSTILE)
    await scene.submits("ULEA", words=HOSTILE)
    await scene.submits("ULEA", choices=("named",))
    await scene.presses_on("UANA", "CSTORIES", "Something is wrong")
    await scene.submits("UANA", words=HOSTILE)
    await scene.later(days=7)
    assert "click" in scene.reads("CDIGEST")
    for word in ("queue", "stories", "week", "recall", "home"):
        harmless(await scene.types("UANA", "/herald", word))
    for call in scene.server.calls:
        harmless(call.body)


def harmless(sent: Json) -> None:
    """Nobody is called, nothing unseen turns words round, and no words of people are read as markup."""
    mentions = [words for words in tops(sent) if re.search(r"<[!@#]|<https?:", words)]
    unseen = [words for words in strings(sent) if UNSEEN.search(words)]
    assert (mentions, unseen) == ([], [])
    assert [node for node in nodes(sent) if node.get("type") == "mrkdwn"] == []


def tops(sent: Json) -> list[str]:
    """Words that Slack parses: the text of a message beside its blocks."""
    return [sent["text"]] if isinstance(sent.get("text"), str) else []


def strings(value: object) -> Iterator[str]:
    """Every string inside."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


async def test_a_title_of_five_thousand_characters_fits_everywhere(scene: Scene) -> None:
    scene.told.pages.pages[LINK] = a_page("Zoé welds " * 500)
    await suggest(scene, f"{LINK} {'what happened ' * 200}", "why " * 140)
    await approve(scene)
    await scene.presses_on("ULEA", "CSTORIES", "Share on LinkedIn")
    await scene.presses_in("ULEA", "Open LinkedIn", words="w" * 3_000)
    await scene.types("UANA", "/herald", "my-data")
    await scene.later(days=7)
    assert "Zoé welds" in scene.reads("CDIGEST")
    for call in scene.server.calls:
        shown = call.body.get("view")
        assert (
            view_problems(shown) if shown else message_problems(call.body) if "text" in call.body else []
        ) == []


async def test_a_flood_of_items_is_a_short_tray(scene: Scene) -> None:
    """As many as one reading brings: the first shows five, and a site that publishes all at once ten."""
    await scene.types("UANA", "/herald", "feeds")
    await scene.presses_in("UANA", "Add a feed")
    scene.told.pages.feeds[NEWS] = Fetched(items(range(MOST)), "Newsroom")
    await scene.submits("UANA", address=NEWS)
    await scene.settle()
    assert labels(scene.latest("CREVIEW")[1]["blocks"]).count("Prepare") == 5
    scene.told.pages.feeds[NEWS] = Fetched(items(range(MOST, 2 * MOST)), "Newsroom")
    await scene.later(hours=2)
    assert len(scene.cards("CREVIEW")) == 1
    assert labels(scene.latest("CREVIEW")[1]["blocks"]).count("Prepare") == 10


def items(numbers: range) -> tuple[Item, ...]:
    return tuple(
        Item(str(number), f"News {number}", f"https://www.acme.example/{number}", "", None, "en")
        for number in numbers
    )


UNREAD = {
    "too_big": "too big",
    "not_allowed": "private network",
    "bad_address": "not a web address",
    "no_answer": "did not answer",
}


@pytest.mark.parametrize("reason", UNREAD)
async def test_a_page_that_cannot_be_read_is_still_decided_about(scene: Scene, reason: str) -> None:
    """Ten megabytes, a bomb, a way inside: the moderators read why, and decide."""
    scene.told.pages.pages[LINK] = Unreadable(reason)  # type: ignore[arg-type]
    await suggest(scene)
    assert UNREAD[reason] in scene.reads("CREVIEW")
    assert (await approve(scene)).state is State.LIVE


async def test_a_feed_that_is_a_page_is_told_where_it_was_added(scene: Scene) -> None:
    scene.told.pages.feeds[NEWS] = Unreadable("not_a_feed")
    await scene.types("UANA", "/herald", "feeds")
    await scene.presses_in("UANA", "Add a feed")
    await scene.submits("UANA", address=NEWS)
    await scene.settle()
    assert "There is no feed at this address" in scene.reads("CREVIEW")


# --------------------------------------------------------------------------------- a locked database


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process writes, and writes."""
    other = sqlite3.connect(folder / "herald.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def test_a_press_on_a_locked_database_is_told_and_not_recorded(scene: Scene, tmp_path: Path) -> None:
    await suggest(scene)
    started = time.monotonic()
    with locked(tmp_path):
        await scene.presses_on("UANA", "CREVIEW", "Approve")
    assert time.monotonic() - started < 3, "Slack waits no longer"
    assert scene.whispers("UANA") == ["Herald is busy. Nothing was recorded: please try again in a moment."]
    assert (await newest(scene)).state is State.SUGGESTED
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    assert (await newest(scene)).state is State.APPROVED


async def test_a_form_on_a_locked_database_keeps_its_words(scene: Scene, tmp_path: Path) -> None:
    await scene.types("ULEA", "/story")
    with locked(tmp_path):
        answer = await scene.submits("ULEA", what=LINK)
    assert answer["response_action"] == "errors"
    assert answer["errors"]["what"].startswith("Herald is busy. Nothing was recorded")
    assert await stories(scene) == []
    await scene.submits("ULEA", what=LINK)
    assert len(await stories(scene)) == 1


async def test_forms_and_sheets_open_on_a_locked_database(scene: Scene, tmp_path: Path) -> None:
    await approve_of(scene)
    with locked(tmp_path):
        await scene.presses_on("ULEA", "CSTORIES", "Share on LinkedIn")
        assert scene.view["title"]["text"] == "Share on LinkedIn"


# ------------------------------------------------------------------------------------ a failing Slack


def refusing(word: str) -> Fault:
    return Fault(200, {"ok": False, "error": word}, method="chat.postMessage", to="CSTORIES")


SLOWER = Fault(
    429,
    {"ok": False, "error": "ratelimited"},
    {"Retry-After": "30"},
    method="chat.postMessage",
    to="CSTORIES",
)
FAILING: dict[str, tuple[Fault, Sending, str]] = {
    "500": (
        Fault(500, "oops", method="chat.postMessage", to="CSTORIES"),
        Sending.UNSURE,
        "1 card may not have arrived",
    ),
    "nothing at all": (
        Fault(drop="never", method="chat.postMessage", to="CSTORIES"),
        Sending.UNSURE,
        "1 card may not have",
    ),
    "invalid_blocks": (refusing("invalid_blocks"), Sending.ASIDE, "1 card may not have arrived"),
    "channel_not_found": (refusing("channel_not_found"), Sending.GONE, "#stories is out of Herald's reach"),
    "invalid_auth": (refusing("invalid_auth"), Sending.IDLE, "credential for this workspace is refused"),
    "429": (SLOWER, Sending.IDLE, "Nothing waits"),
}
"""How Slack fails to take a card, what becomes of the card, and what the queue then shows."""


async def due(scene: Scene) -> None:
    """A story of the moderators' own goes out, to #stories alone."""
    now = scene.told.clock.now()
    story = Story("01S", P, 3, State.APPROVED, Origin.MODERATOR, now, title="Open day", out_at=now)
    async with scene.told.storage.work(P) as work:
        await work.insert(story)
    await scene.later(seconds=1)


@pytest.mark.parametrize("fault", FAILING)
async def test_when_slack_fails_the_queue_says_so(
    scene: Scene, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "TIMEOUT", 0.2)
    failing, state, shown = FAILING[fault]
    scene.server.faults.append(failing)
    await due(scene)
    assert (await copy_of(scene, "story")).state is state
    assert scene.server.faults == []
    assert scene.cards("CSTORIES") == []
    assert shown in await queue(scene)


async def test_after_a_429_the_card_arrives_when_slack_said(scene: Scene) -> None:
    scene.server.faults.append(SLOWER)
    await due(scene)
    await scene.later(seconds=25)
    assert scene.cards("CSTORIES") == []
    await scene.later(seconds=6)
    assert len(scene.cards("CSTORIES")) == 1


async def test_after_a_500_nothing_is_posted_twice(scene: Scene) -> None:
    """Slack may have posted it before it stumbled: a moderator looks, and says what is there."""
    unseen = Fault(200, {"ok": False, "error": "missing_scope"}, method="conversations.history")
    scene.server.faults += [Fault(500, "oops", method="chat.postMessage", to="CSTORIES"), *[unseen] * 4]
    await due(scene)
    for _ in range(3):
        await scene.later(hours=1)
    assert scene.cards("CSTORIES") == []
    assert "Did the card “Open day” reach #stories?" in scene.reads("CREVIEW")
    await scene.presses_on("UANA", "CREVIEW", "Send it again")
    await scene.settle()
    assert len(scene.cards("CSTORIES")) == 1
