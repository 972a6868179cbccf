"""Idea, review, card, share: on Slack, over signed HTTP, with the real bot and a real database."""

import asyncio

import pytest

from tests.slack.server import Fault
from tests.stories.slack import Scene, labels, words_of

LINK = "https://example.org/zoe"


async def suggest(scene: Scene, what: str = LINK) -> None:
    await scene.types("ULEA", "/story", LINK)
    await scene.submits("ULEA", what=what, why="Zoé is a fine welder")
    await scene.settle()


async def test_an_idea_becomes_a_card(scene: Scene) -> None:
    await scene.types("ULEA", "/story")
    assert (await scene.submits("ULEA", what="", why=""))["errors"].keys() == {"what"}
    answer = await scene.submits("ULEA", what=LINK, why="Zoé is a fine welder")
    assert answer["response_action"] == "update"
    await scene.settle()
    assert "Léa" in scene.reads("CREVIEW")
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    await scene.settle()
    assert "Ana" in scene.reads("CREVIEW")
    assert scene.cards("CSTORIES") == []
    await scene.later(seconds=61)
    assert len(scene.cards("CSTORIES")) == 1
    assert "Zoé is a fine welder" in scene.reads("CSTORIES")


async def test_two_moderators_press_at_once(scene: Scene) -> None:
    await suggest(scene)
    await asyncio.gather(
        scene.presses_on("UANA", "CREVIEW", "Approve"), scene.presses_on("UTOM", "CREVIEW", "Approve")
    )
    assert len(scene.whispers("UANA") + scene.whispers("UTOM")) == 1
    await scene.later(minutes=2)
    assert len(scene.cards("CSTORIES")) == 1


async def test_somebody_who_does_not_decide_is_told_who_does(scene: Scene) -> None:
    await suggest(scene)
    await scene.presses_on("ULEA", "CREVIEW", "Approve")
    (told,) = scene.whispers("ULEA")
    assert "Ana" in told
    assert "Tom" in told


async def test_a_guest_gets_no_form(scene: Scene) -> None:
    answer = await scene.types("UMAX", "/story", LINK)
    assert answer["response_type"] == "ephemeral"
    assert scene.server.made("views.open") == []


async def test_an_idea_is_declined_with_a_reason(scene: Scene) -> None:
    await suggest(scene)
    await scene.presses_on("UANA", "CREVIEW", "Decline")
    answer = await scene.submits("UANA")
    assert answer["response_action"] == "errors"
    await scene.submits("UANA", reason="covered", words="See #news")
    await scene.settle()
    assert "See #news" in scene.reads("DLEA")
    assert "Approve" not in labels(scene.latest("CREVIEW")[1]["blocks"])


FAILING = {
    "500": Fault(500, "oops", method="chat.update"),
    "429": Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "5"}, method="chat.update"),
    "dropped": Fault(drop="before", method="chat.update"),
}


@pytest.mark.parametrize("fault", FAILING.values(), ids=FAILING)
async def test_a_decision_stands_while_slack_stumbles(scene: Scene, fault: Fault) -> None:
    """The press is recorded and acknowledged; the card is redrawn when Slack is back."""
    await suggest(scene)
    scene.server.faults.append(fault)
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    await scene.settle()
    assert "Approved" not in scene.reads("CREVIEW")
    await scene.later(seconds=20)
    assert "Approved" in scene.reads("CREVIEW")


async def test_a_card_of_a_channel_that_is_gone_does_not_hold_up_others(scene: Scene) -> None:
    await suggest(scene)
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    await scene.settle()
    gone = {"ok": False, "error": "channel_not_found"}
    scene.server.faults.append(Fault(200, gone, method="chat.postMessage", to="CSTORIES"))
    await scene.later(seconds=61)
    await scene.later(seconds=61)
    assert scene.cards("CSTORIES") == []
    review = scene.cards("CREVIEW")
    assert any("End" in labels(message["blocks"]) for message in review)
    assert "cannot post in #stories any more" in str(review)


async def test_words_of_the_sheet_survive(scene: Scene) -> None:
    """Two presses from the card to the composer, and what was typed is there again."""
    await suggest(scene)
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    await scene.later(seconds=61)
    await scene.presses_on("UTOM", "CSTORIES", "Share on LinkedIn")
    await scene.presses_in("UTOM", "Open LinkedIn", words="My own words")
    await scene.presses_on("UTOM", "CSTORIES", "Share on LinkedIn")
    words = next(block["element"] for block in scene.view["blocks"] if block.get("block_id") == "words")
    assert words["initial_value"] == "My own words"
    assert "LinkedIn" in words_of(scene.view)
