"""The door: only Slack comes in, and what it brings is whole."""

import json
import time
from urllib.parse import urlencode

import pytest

from bot.commands import dump
from bot.commands.helping import ShowHelp
from bot.commands.moderation import ShowStories
from bot.commands.sharing import ExplainCard
from bot.ports import Told
from tests.slack.desk import Desk, FakeBot, signed
from tests.slack.payloads import press

STORY = urlencode({"command": "/herald", "text": "stories", "user_id": "ULEA", "trigger_id": "1"}).encode()


async def test_a_signed_command_is_answered(at: Desk, bot: FakeBot) -> None:
    bot.answers[ShowStories] = Told("Two stories")
    status, answer = await at.post(STORY)
    assert (status, answer["text"]) == (200, "Two stories")


FORGERIES = {
    "no signature": {"X-Slack-Signature": ""},
    "no timestamp": {"X-Slack-Request-Timestamp": ""},
    "odd timestamp": {"X-Slack-Request-Timestamp": "soon"},
    "far digits": {"X-Slack-Request-Timestamp": "9" * 5_000},
    "another secret": signed(STORY, secret="another"),
    "another body": signed(STORY + b"&user_id=UANA"),
    "too old": signed(STORY, at=time.time() - 320),
    "from the future": signed(STORY, at=time.time() + 86_400),
    "letters outside": {"X-Slack-Signature": "v0=é"},
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES.keys())
async def test_forged_and_old_requests_stay_outside(at: Desk, bot: FakeBot, forged: dict[str, str]) -> None:
    status, answer = await at.post(STORY, **forged)
    assert (status, answer) == (401, {"text": "unverified"})
    assert bot.asked == []


async def test_a_forged_press_stays_outside_too(at: Desk, bot: FakeBot) -> None:
    """Presses go past Bolt, which would have looked: nothing is read of one before its signature."""
    pressed = urlencode({"payload": json.dumps(press(dump(ExplainCard("1"))))}).encode()
    for forged in (signed(pressed, secret="another"), signed(pressed, at=time.time() - 320)):
        assert await at.post(pressed, **forged) == (401, {"text": "unverified"})
    assert bot.asked == []
    assert (await at.post(pressed))[0] == 200
    assert [command for command, _ in bot.asked] == [ExplainCard("1")]


async def test_a_replay_meets_the_same_key(at: Desk, bot: FakeBot) -> None:
    """Inside five minutes a signature is good again; the bot's key makes it one press."""
    await at.post(STORY)
    await at.post(STORY)
    assert len({by.key for _, by in bot.asked}) == 1


MALFORMED = [
    (b"payload=%7Bnot+json", "application/x-www-form-urlencoded"),
    (b"payload=%5B%5D", "application/x-www-form-urlencoded"),
    (b"payload=" + b"[" * 100_000, "application/x-www-form-urlencoded"),
    (b"{not json", "application/json"),
    (b"[1]", "application/json"),
    (b"\xff\xfe\x00", "application/json"),
    (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
    (b"a story", "text/plain"),
    (b"", "application/x-www-form-urlencoded"),
]


@pytest.mark.parametrize(
    ("body", "kind"), MALFORMED, ids=[f"{kind[-4:]} {body[:20]!r}" for body, kind in MALFORMED]
)
async def test_what_is_not_slacks_is_refused(at: Desk, bot: FakeBot, body: bytes, kind: str) -> None:
    status, answer = await at.post(body, kind=kind)
    assert (status, answer) == (400, {"text": "malformed"})
    assert bot.asked == []


async def test_slack_checks_the_address(at: Desk) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    status, answer = await at.post(body, kind="application/json")
    assert (status, answer) == (200, {"challenge": "abc"})


async def test_a_body_of_a_megabyte_is_taken_and_more_is_not(at: Desk, bot: FakeBot) -> None:
    status, _ = await at.post(STORY + b"&x=" + b"y" * 900_000)
    assert status == 200
    status, _ = await at.post(STORY + b"&x=" + b"y" * 2_000_000)
    assert status == 413
    assert len(bot.asked) == 1


@pytest.mark.parametrize("accent", ["Zoé & <co> + 100%", "été\u2028😀", "a=b&c;d#e"])
async def test_words_arrive_as_typed(at: Desk, bot: FakeBot, accent: str) -> None:
    """Slack escapes its three control characters in what somebody types."""
    await at.command("/herald", accent.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    assert bot.asked[0][0] == ShowHelp(unknown=accent)
