"""The whole loop on a Slack that nobody here wrote, over HTTP and Socket Mode, against the real process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.commands.spoken import WORDS
from tests.fetch.sites import Site, html, site
from tests.peers.host import Host
from tests.peers.local_slack import BASE_URL
from tests.peers.office import (
    ANA,
    APP_TOKEN,
    DIGEST,
    IDA,
    LEA,
    REVIEW,
    SECRET,
    STORIES,
    TEAM,
    TOKEN,
    TOM,
    Office,
    office,
)
from tests.peers.waiting import eventually
from tests.stories.slack import words_of

HERALD = 5005
DOOR = f"http://127.0.0.1:{HERALD}/slack/events"
HOLD = 2
"""Seconds in which an approval can be undone."""
PAGE = "<html lang=en><title>Zoé, welder and coach</title><p>She trained ten of us.</p></html>"
MINE = "I work at Acme, and Zoé trained me."


@dataclass
class Company:
    """The office, the machine Herald runs on, and a site that people link to."""

    office: Office
    host: Host
    news: Site

    @property
    def link(self) -> str:
        return self.news.at("/news/zoe")


@asynccontextmanager
async def company(folder: Path, mode: str) -> AsyncIterator[Company]:
    async with site() as news, office(folder, DOOR, mode) as found:
        news.answers["/news/zoe"] = html(PAGE)
        environment = {
            "SLACK_API_URL": BASE_URL,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'herald.db'}",
            "PORT": str(HERALD),
            "HERALD_FETCH_ALLOW": f"127.0.0.1:{news.port}/news",
        }
        if mode == "socket":
            environment["SLACK_APP_TOKEN"] = APP_TOKEN
        yield Company(found, Host(folder, environment, HERALD), news)


@pytest.mark.parametrize("mode", ["events", "socket"])
async def test_from_set_up_to_monday(tmp_path: Path, mode: str) -> None:
    async with company(tmp_path, mode) as acme:
        await set_up(acme)
        async with acme.host.serving():
            await keep_channels_open(acme.office)
            await suggest(acme)
            await approve_at_once(acme.office)
            await share(acme.office)
            await at_home(acme.office)
            await every_word(acme.office)
        async with acme.host.serving(ahead=until_monday()):
            await on_monday(acme)
        assert acme.host.errors == []
        assert await acme.office.knocked() == (mode == "events")


async def set_up(acme: Company) -> None:
    """On the host; a second time changes nothing, and Herald's own doctor finds nothing wrong."""
    words = (
        "setup", "--platform", "slack", "--workspace", TEAM, "--review", REVIEW, "--stories", STORIES,
        "--digest", DIGEST, "--admin", IDA, "--moderators", f"{ANA},{TOM}", "--language", "en",
        "--timezone", "UTC", "--hold", str(HOLD), "--employer", "Acme",
    )  # fmt: skip
    for _ in range(2):
        code, said = await acme.host.verb(*words)
        assert (code, "is set up" in said) == (0, True), said
    code, said = await acme.host.verb("doctor")
    assert (code, "slack stories #stories: Herald is in" in said, "failed" in said) == (0, True, False), said


async def keep_channels_open(office: Office) -> None:
    """In chat, so that the test passes at every hour: #stories takes cards day and night."""
    await office.types(IDA, "/herald", "setup", REVIEW)
    await office.presses(IDA, REVIEW, "#stories: language, hours…")
    await office.shows("Language and hours")
    await office.submits(IDA, opens="0", closes="24", weekend=("yes",))
    await office.shows("Herald")


async def suggest(acme: Company) -> None:
    """A field error at the form, then right; the moderators see it with what its page says."""
    office = acme.office
    await office.types(LEA, "/story")
    await office.shows("Suggest a story")
    await office.submits(LEA, why="A fine welder")
    assert "Paste a link" in (await office.complains())["what"]
    await office.submits(LEA, what=acme.link, why="A fine welder")
    await office.shows("Your idea is in")
    card = words_of(await office.reads(REVIEW, "Zoé, welder and coach", "Approve"))
    assert "Léa" in card
    assert "A fine welder" in card
    await office.hands_in(LEA, f"Look <{acme.link}|here>", TOM)
    await office.shows("Suggest a story")
    assert acme.link in str(office.view)


async def approve_at_once(office: Office) -> None:
    """One decision, the other is told; the card is in the channel when the hold is over, once."""
    await asyncio.gather(*(office.presses(user, REVIEW, "Approve") for user in (ANA, TOM)))
    await office.reads(REVIEW, "Approved by")
    told = await eventually(lambda: whispers(office, REVIEW, "approved"))
    assert len(told) == 1
    await office.reads(STORIES, "Zoé, welder and coach", "Share on LinkedIn")
    await office.reads(REVIEW, "out since", "Recall…")
    cards = [one for one in await office.messages(STORIES) if "Share on LinkedIn" in words_of(one)]
    assert len(cards) == 1
    await office.reads(await office.private(LEA), "Your idea is out")


async def share(office: Office) -> None:
    """Two presses from card to composer; the words are there again; posted, and the two boxes."""
    await office.presses(LEA, STORIES, "Share on LinkedIn")
    await office.shows("Share on LinkedIn")
    await office.presses_in(LEA, "Open LinkedIn", words=MINE)
    await eventually(lambda: contains(office, "LinkedIn is open"))
    await office.closes(LEA)
    await office.presses(LEA, STORIES, "Share on LinkedIn")
    await eventually(lambda: contains(office, MINE))
    await office.submits(LEA, words=MINE)
    await office.shows("Thank you.")
    await office.submits(LEA, choices=("named", "reminded"))
    await office.nothing_open()


async def at_home(office: Office) -> None:
    """Home is published, and drawn anew after a press there."""
    await office.opens_home(LEA)
    home = await office.home(LEA)
    assert "Zoé, welder and coach" in home
    assert "Reminders: on" in home
    await office.presses_at_home(LEA, "All my ideas")
    assert "Zoé, welder and coach" in words_of(await office.shows("My ideas"))


async def every_word(office: Office) -> None:
    """Every word after /herald answers, in words or with a form."""
    for word in WORDS:
        await office.closes(ANA)
        await office.nothing_open()
        before = len(await office.messages(DIGEST))
        await office.types(ANA, "/herald", word, DIGEST)
        await eventually(partial(answered, office, before))


async def on_monday(acme: Company) -> None:
    """A week later, after a restart: the summary is in the channel, with the name of whoever chose it."""
    office = acme.office
    card = words_of(await office.reads(DIGEST, "Zoé, welder and coach", "Add my name"))
    assert "Léa" in card
    await office.presses(TOM, DIGEST, "Add my name")
    await office.reads(DIGEST, "You have nothing in this", user=TOM)
    code, said = await acme.host.verb("digest")
    assert (code, "Zoé" in said) == (0, True), said


def until_monday() -> float:
    """Seconds until ten past nine on next week's Monday."""
    now = datetime.now(UTC)
    monday = (now - timedelta(days=now.weekday()) + timedelta(days=7)).replace(hour=9, minute=10)
    return (monday - now).total_seconds()


async def contains(office: Office, words: str) -> bool:
    return bool(office.views) and words in str(office.view)


async def whispers(office: Office, channel: str, words: str) -> list[str]:
    found = [one for one in await office.messages(channel) if one.get("ephemeral_to")]
    return [one["text"] for one in found if words in one["text"]]


async def answered(office: Office, before: int) -> bool:
    return bool(office.views) or len(await office.messages(DIGEST)) > before
