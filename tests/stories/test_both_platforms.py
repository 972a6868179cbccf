"""One programme behind both real doors: signed requests go in, loopback platforms show what came of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from storage.conversations import keep
from storage.migrating import migrate
from storage.records import Moderator
from storage.work import Storage, Work
from tests.bot.programme import LEA, P
from tests.fakes import FrozenClock
from tests.stories.company import Json, Listened, Side
from tests.stories.replay import recorded, words_in
from tests.stories.slack_side import SLACK, SlackSide
from tests.stories.teams_side import TEAMS, TeamsSide
from tests.stories.week import NOW, WAITS, write

LEA_T = TEAMS.where.lea


@dataclass
class Company:
    """The company of the stories, with its tenant beside it."""

    bot: Listened
    slack: SlackSide
    teams: TeamsSide
    clock: FrozenClock

    async def happens(self, platform: str, name: str) -> Json:
        """A recorded story, sent to its platform's door; everything due follows."""
        side: Side = self.slack if platform == "slack" else self.teams
        [story] = [each for each in recorded(platform) if each.name == name]
        status, answer = await side.send(story.request)
        assert status == 200
        await self.bot.tick()
        return answer

    def reads(self, platform: str, address: str) -> str:
        """Every word that stands in a channel or chat."""
        side: Side = self.slack if platform == "slack" else self.teams
        there = address.partition("/")[2]
        return "\n".join(
            words_in(said, platform) for (at, _), said in side.messages.items() if at.startswith(there)
        )

    async def member(self, id_: str) -> Member:
        async with self.bot.storage.reading(P) as at:
            found = await at.get(Member, id=id_)
        assert found is not None
        return found


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as found:
        yield found


@asynccontextmanager
async def company(folder: Path) -> AsyncIterator[Company]:
    url, clock = f"sqlite+aiosqlite:///{folder / 'herald.db'}", FrozenClock(NOW)
    await migrate(url)
    storage = Storage.open(url, clock.now)
    async with storage.work(P) as work:
        await write(work, SLACK.where)
        await _tenant(work)
    for room in TEAMS.rooms:
        await keep(storage, room)
    bot = Listened(storage)
    async with SLACK.opened(bot) as slack, TEAMS.opened(bot) as teams:
        assert isinstance(slack, SlackSide)
        assert isinstance(teams, TeamsSide)
        for profile in slack.server.users.values():
            profile["is_email_confirmed"] = True
        await bot.deliver()
        yield Company(bot, slack, teams, clock)
        await bot.ahead.close()
        await bot.close()
    await storage.close()


async def _tenant(work: Work) -> None:
    """Teams joins the programme: its channels, and Ana, who decides there too."""
    there = TEAMS.where
    await work.insert(Workspace(there.workspace, P, "teams", "Acme", swept=NOW))
    for id_, use in ((there.stories, Use.STORIES), (there.review, Use.REVIEW)):
        await work.insert(Channel(id_, P, there.workspace, use, use.value, "en"))
        await work.send("review", WAITS, there.review, "en")
    await work.insert(Member(there.ana, P, there.workspace, "Ana", zone="Europe/Paris", met=NOW))
    await work.insert(Moderator(there.ana, P, NOW))
    for known in await work.find(Programme):
        await work.put(replace(known, domains=("acme.example",), domains_at=NOW - timedelta(days=1)))


async def test_approve_on_slack_and_both_review_channels_say_so(here: Company) -> None:
    """Then the story comes out on both platforms."""
    assert "Idea from Léa" in here.reads("teams", TEAMS.where.review)
    await here.happens("slack", "approve")
    for platform, where in (("slack", SLACK.where), ("teams", TEAMS.where)):
        assert "Approved by Ana" in here.reads(platform, where.review)
        assert "Zoé, welder and coach" not in here.reads(platform, where.stories)
    for later in (timedelta(minutes=2), timedelta(days=1)):  # a channel takes two cards a day
        here.clock.shift(later)
        await here.bot.tick()
    for platform, where in (("slack", SLACK.where), ("teams", TEAMS.where)):
        assert "Zoé, welder and coach" in here.reads(platform, where.stories)


async def test_the_second_to_decide_learns_on_the_other_platform_who_was_first(here: Company) -> None:
    """Declined on Teams with a reason; Approve on Slack comes too late."""
    await here.happens("teams", "decline-sent")
    assert "Declined by Ana" in here.reads("slack", SLACK.where.review)
    await here.happens("slack", "approve")
    told = [call.body["text"] for call in here.slack.made() if call.method == "chat.postEphemeral"]
    assert any("Ana" in words for words in told)


async def test_one_colleague_is_known_by_the_address_both_platforms_confirm(here: Company) -> None:
    """Slack by users.info, Teams by the roster's member; no other question is asked for it."""
    asked = len(here.slack.server.calls)
    await here.happens("slack", "user-changed")
    await here.happens("teams", "share")
    methods = {call.method for call in here.slack.server.calls[asked:]}
    assert {method for method in methods if method.startswith("users.")} == {"users.info"}
    lea, there = await here.member(LEA), await here.member(LEA_T)
    assert lea.mark is not None
    assert (lea.mark, lea.whose) == (there.mark, there.whose)


UNCONFIRMED = {"is_email_confirmed": False}
GUEST = {"userRole": "guest"}
OF_ANOTHER_TENANT = {"tenantId": "0ther000-0000-4000-8000-00000000b0d1"}
INVITED = {"userPrincipalName": "lea_x.example#EXT#@acme.example"}


@pytest.mark.parametrize(
    ("slack", "teams"),
    [(UNCONFIRMED, {}), ({}, GUEST), ({}, OF_ANOTHER_TENANT), ({}, INVITED)],
    ids=["unconfirmed", "guest", "tenant", "invited"],
)
async def test_an_unconfirmed_address_or_a_guests_joins_nobody(
    here: Company, slack: Json, teams: Json
) -> None:
    """What a platform does not confirm for a colleague of its own tells nothing."""
    here.slack.server.users["ULEA"] |= slack
    here.teams.server.users[LEA_T.partition("/")[2]] |= teams
    await here.happens("slack", "user-changed")
    await here.happens("teams", "share")
    lea, there = await here.member(LEA), await here.member(LEA_T)
    assert (lea.person, there.person) == (None, None)
    assert (lea.mark is None) != (there.mark is None)
