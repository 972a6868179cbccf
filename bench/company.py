"""A company with one live story and a hundred thousand colleagues, in a database of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.slack.forms import view
from adapters.teams.connect import PLAYGROUND
from bench.presses import person
from bot.cards import Card
from bot.commands import dump
from bot.commands.sharing import DenyPosted, OpenNetwork, ShareStory
from bot.opens import FORMS
from bot.ports import Asked, By, Surroundings
from bot.views import VIEWS
from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from content.shares import links_for
from content.stories import Origin, State, Story
from storage.migrating import migrate
from storage.records import Admin, Caption, Copy
from storage.work import Storage

P, W, S = "P1", "slack:T1", "S1"
PEOPLE = 100_000
"""Enough for every press of a run to be somebody else's, and nobody a stranger who has to be met first."""
PUBLIC = "https://herald.example"
OPEN, SHARE = dump(OpenNetwork(S, "linkedin")), dump(ShareStory(S, "linkedin"))
DENY = dump(DenyPosted(S))


@dataclass(frozen=True, slots=True)
class Company:
    """Where it is kept, the token of its readers' link, and the sheet as Slack shows it."""

    file: Path
    url: str
    token: str
    sheet: dict[str, Any]


async def company(
    folder: Path, database: str = "", *, on_teams: bool = False, people: int = PEOPLE
) -> Company:
    """Make one, in a file of the folder or in `database`."""
    made = datetime.now(UTC)
    file = folder / "herald.db"
    url = database or f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    storage = Storage.open(url, lambda: datetime.now(UTC), patience=10)
    story = Story(
        S, P, 1, State.LIVE, Origin.MODERATOR, made, "Zoé rebuilt a pump in the rain", language="en",
        link="https://www.acme.example/zoe", host="www.acme.example", live_at=made,
        angles=("What did you learn?", "Who would you thank?"), channels=(f"{W}/CSTORIES",),
    )  # fmt: skip
    links = links_for(story)
    async with storage.work(P) as work:
        await work.insert(Programme(P, "Acme", made, zone="Europe/Paris"))
        await work.insert(Workspace(W, P, "slack", "Acme", swept=made))
        await work.insert(Channel(f"{W}/CSTORIES", P, W, Use.STORIES, "stories", "en"))
        await work.insert(Admin(f"{W}/{person(0)}", P))
        await work.insert(story)
        await work.insert_all(links)
        ready = ("Zoé's pump runs again. I work at {employer}.", "Rain, a pump, and Zoé.", "Ask Zoé.")
        await work.insert_all([Caption(S, "en", number, P, words) for number, words in enumerate(ready)])
        await work.insert_all(
            [
                Member(f"{W}/{person(number)}", P, W, f"Colleague {number}", met=made)
                for number in range(people)
            ]
        )
    if on_teams:
        await meet_on_teams(storage, made)
    async with storage.reading(P) as at:
        by = By(f"{W}/{person(0)}", W, "sheet", home="T1")
        form = await FORMS[ShareStory](at, ShareStory(S, "linkedin"), by, Surroundings(PUBLIC))
    await storage.close()
    token = next(link.token for link in links if not link.doorway)
    return Company(file, url, token, view(Asked(form).form, "en"))


async def story_card(url: str) -> Card:
    """The story as a channel gets it."""
    storage = Storage.open(url, lambda: datetime.now(UTC), patience=10)
    async with storage.work(P) as work:
        await work.send("story", S, f"{W}/CSTORIES", "en", round_="card")
    async with storage.reading(P) as at:
        copy = (await at.find(Copy, most=1))[0]
        card = await VIEWS[copy.view](at, copy, Surroundings(PUBLIC))
    await storage.close()
    if card is None:
        raise AssertionError("the story has no card")
    return card


async def meet_on_teams(storage: Storage, made: datetime) -> None:
    """The same people in a tenant of Teams."""
    tenant = f"teams:{PLAYGROUND}"
    async with storage.work(P) as work:
        await work.insert(Workspace(tenant, P, "teams", "Acme", swept=made))
        people = [
            Member(f"{tenant}/{person(number)}", P, tenant, f"Colleague {number}", met=made)
            for number in range(PEOPLE)
        ]
        await work.insert_all(people)
