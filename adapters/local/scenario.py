"""Sample colleagues at work: a past week to begin with, and eight of them sharing the newest story."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from adapters.local import network, news
from adapters.local.hands import Hands, NotThere
from adapters.local.people import ANA, REVIEW, SAMPLES, STORIES, ZONE, Person
from adapters.local.senders import Outcome
from adapters.local.workspace import LocalWorkspace

A_MOMENT = timedelta(minutes=1)
PATIENCE = 5
"""How many moments pass before hands give up on something that Herald has to do first."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One story of the past week: who had the idea, who let it out, how many shared and read it."""

    slug: str
    day: int
    author: str
    moderator: str
    sharers: int
    readers: int


PAST = (
    Happening("lyon", 1, "U0BILAL", ANA, sharers=8, readers=12),
    Happening("heat", 2, "U0EMMA", "U0TOM", sharers=6, readers=9),
    Happening("apprentices", 3, "U0CHLOE", ANA, sharers=5, readers=4),
)


def past_start(now: datetime) -> datetime:
    """When the past week begins: Monday 8:00 of the week before, in the workspace's zone."""
    here = now.astimezone(ZoneInfo(ZONE))
    monday = here.date() - timedelta(days=here.weekday() + 7)
    return datetime(monday.year, monday.month, monday.day, 8, tzinfo=here.tzinfo)


async def live_past_week(workspace: LocalWorkspace, until: datetime) -> list[str]:
    """From where the clock stands (see `past_start`) live one week, then let time pass `until` now.

    Gives back what did not work: a story that never appears is left out, the rest goes on.
    """
    begun = workspace.now().astimezone(ZoneInfo(ZONE))
    missing = []
    async with busy(workspace, "past"):
        for happening in PAST:
            await _pass_until(workspace, begun.replace(hour=9) + timedelta(days=happening.day))
            missing += await _live(workspace, happening)
        await _pass_until(workspace, min(until, begun.replace(hour=9, minute=1) + timedelta(days=7)))
        await _pass_until(workspace, until)
    workspace.journal.seen.clear()
    return missing


async def colleagues_share(workspace: LocalWorkspace) -> Outcome:
    """Let the eight sample colleagues share the newest story; every third one gives their name."""
    async with busy(workspace, "colleagues"):
        try:
            await _all_share(workspace, SAMPLES)
        except NotThere as missing:
            return Outcome("not_there", str(missing))
    return Outcome()


@asynccontextmanager
async def busy(workspace: LocalWorkspace, what: str) -> AsyncIterator[None]:
    """Say on the page what is under way."""
    workspace.busy = what
    workspace.journal.tell("busy")
    try:
        yield
    finally:
        workspace.busy = ""
        workspace.journal.tell("busy")


async def _live(workspace: LocalWorkspace, happening: Happening) -> list[str]:
    try:
        await _suggest(workspace, happening)
        await _once_there(workspace, Hands(workspace, happening.moderator), REVIEW, "approve")
        await _pass(workspace, 2)
        links = await _all_share(workspace, SAMPLES[: happening.sharers])
        await _read(workspace, links, happening.readers)
    except NotThere as missing:
        return [f"{happening.slug}: {missing}"]
    return []


async def _suggest(workspace: LocalWorkspace, happening: Happening) -> None:
    hands = Hands(workspace, happening.author)
    await hands.say(STORIES, f"/story {news.address(workspace, happening.slug)}")
    about = news.articles()[happening.slug][workspace.language]["about"]
    await hands.submit(why=about)
    await hands.close()


async def _once_there(workspace: LocalWorkspace, hands: Hands, channel: str, command: str) -> None:
    """Press what Herald still has to show, letting it work meanwhile."""
    for _ in range(PATIENCE):
        await _pass(workspace, 1)
        if hands.sees(channel, command):
            break
    await hands.press(channel, command)


async def _all_share(workspace: LocalWorkspace, people: Iterable[Person]) -> list[str]:
    links = [
        await share(Hands(workspace, person.id), by_name=index % 3 == 0)
        for index, person in enumerate(people)
    ]
    return [link for link in links if link]


async def share(hands: Hands, *, by_name: bool) -> str:
    """Card, sheet, network, *I posted it*, the one question after it; gives back the link that was posted."""
    await hands.press(STORIES, "share")
    opened = await hands.press_in_form("open")
    link = await _opened(hands.workspace, opened.element.get("url", ""))
    await hands.submit()
    if by_name and await hands.has_boxes():
        await hands.tick_and_submit(0)
    await hands.close()
    return link


async def _opened(workspace: LocalWorkspace, url: str) -> str:
    """Go where the button leads, when it is Herald's own `/o/…`, and see which link stands ready there."""
    if urlsplit(url).path.startswith("/o/"):
        url = await network.follow(url) or ""
    found = network.own(network.links("", url), workspace.port)
    return next((link for link in found if urlsplit(link).path.startswith("/s/")), "")


async def _read(workspace: LocalWorkspace, links: list[str], readers: int) -> None:
    for index in range(readers if links else 0):
        await network.click(workspace, links[index % len(links)], "")


async def _pass(workspace: LocalWorkspace, moments: int) -> None:
    await workspace.shift(A_MOMENT * moments)


async def _pass_until(workspace: LocalWorkspace, there: datetime) -> None:
    if there > workspace.now():
        await workspace.shift(there - workspace.now())
