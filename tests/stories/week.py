"""A company in the middle of its week: one thing of each kind, under names that a payload can know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from content.digests import Digest, Line, Totals
from content.feeds import Feed
from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from content.reminders import Reminder
from content.shares import Evidence, links_for, of_person
from content.stories import Origin, State, Story
from content.trays import TrayItem
from content.weeks import week_named
from storage.facts import state
from storage.records import Admin, Caption, Copy, Moderator, Sending
from storage.sources import tray_subject
from storage.work import Work
from tests.bot.programme import MONDAY, P

NOW = MONDAY + timedelta(days=1)
"""A Tuesday at ten in Paris: reminders may come."""
WEEK, FEED, ITEM = "2026-W47", "news", "item"
WAITS, ASKED, HELD, OUT, OWN = "waits", "asked", "held", "out", "own"
"""The ids of the stories: Léa's idea, one that was asked about, one on hold, one that is out, Ana's own."""
LOST = "LOST"
"""A card whose post was never answered."""
LINK = "https://www.acme.example/zoe"


@dataclass(frozen=True, slots=True)
class Where:
    """The company's people and channels on one platform, by our ids."""

    platform: str
    workspace: str
    lea: str
    ana: str
    tom: str
    zoe: str
    max: str
    stories: str
    review: str
    digest: str

    @property
    def beside(self) -> tuple[str, str]:
        """The other platform, and the company's workspace there."""
        return ("teams", "teams:beside") if self.platform == "slack" else ("slack", "slack:TBESIDE")


async def write(work: Work, where: Where) -> None:
    """Everything that stands in the database on that Tuesday; its cards wait to be sent."""
    await _set_up(work, where)
    await _people(work, where)
    stories = _stories(where)
    for story in stories:
        await work.insert(story)
    await _out(work, where, stories[3])
    await _week(work)
    await _news(work)
    for number, (view, subject, address) in enumerate(_cards(where)):
        due = NOW - timedelta(minutes=1) + timedelta(seconds=number)  # one order, whoever draws them
        await work.send(view, subject, address, "en", due=due)


def _cards(where: Where) -> Iterator[tuple[str, str, str]]:
    """What stands where: a view of something, at an address."""
    yield "newcomer", where.zoe, where.review
    yield "unsure", LOST, where.review
    for story in (WAITS, ASKED, HELD, OUT, OWN):
        yield "review", story, where.review
    yield "tray", tray_subject(FEED, NOW.date().isoformat()), where.review
    yield "story", OUT, where.stories
    yield "question", ASKED, where.lea
    yield "digest", WEEK, where.digest
    yield "reminder", OUT, where.tom
    yield "link", f"{where.beside[1]}/tom", where.tom


async def _set_up(work: Work, where: Where) -> None:
    await work.insert(Programme(P, "Acme", MONDAY, zone="Europe/Paris", digest_hour=9))
    await work.insert(Workspace(where.workspace, P, where.platform, "Acme", swept=MONDAY))
    platform, beside = where.beside
    await work.insert(Workspace(beside, P, platform, "Acme", swept=MONDAY))
    for id_, use in ((where.stories, Use.STORIES), (where.review, Use.REVIEW)):
        await work.insert(Channel(id_, P, where.workspace, use, use.value, "en"))
    await work.insert(Channel(where.digest, P, where.workspace, Use.DIGEST, "digest", "fr"))


async def _people(work: Work, where: Where) -> None:
    lea = Member(where.lea, P, where.workspace, "Léa", zone="Europe/Paris", met=MONDAY)
    tom = replace(
        lea, id=where.tom, name="Tom", reminded=True, joined=1, joined_at=MONDAY, person="Tom himself"
    )
    zoe = replace(lea, id=where.zoe, name="Zoé", language="fr", platform_language="fr", met=NOW)
    guest = replace(lea, id=where.max, name="Max", zone="UTC", outside="guest")
    await work.insert_all([lea, replace(lea, id=where.ana, name="Ana"), tom, zoe, guest])
    await work.insert(_tom_elsewhere(tom, where))
    await work.insert_all([Moderator(where.ana, P, MONDAY), Moderator(where.tom, P, MONDAY)])
    await work.insert(Moderator(where.zoe, P))
    await work.insert(Admin(where.ana, P))


def _tom_elsewhere(tom: Member, where: Where) -> Member:
    """Tom's account on the other platform, from where he asked to link both."""
    beside = where.beside[1]
    return Member(f"{beside}/tom", P, beside, "Tom Martin", met=MONDAY, person=tom.person, linked=NOW)


def _stories(where: Where) -> tuple[Story, ...]:
    idea = Story(
        WAITS, P, 2, State.SUGGESTED, Origin.IDEA, NOW - timedelta(hours=3),
        title="Zoé, welder and coach", why="She trained ten of us", link=LINK, canonical=LINK,
        host="www.acme.example", author=where.lea,
    )  # fmt: skip
    asked = replace(
        idea, id=ASKED, title="Lyon opens", state=State.ASKED, question="When?", asked_by=where.ana
    )
    approved = {"decided_by": where.ana, "decided_at": NOW, "out_at": NOW + timedelta(minutes=1)}
    held = replace(idea, id=HELD, title="A prize for Tom", state=State.APPROVED, **approved)  # type: ignore[arg-type]
    out = replace(
        held, id=OUT, title="Our new workshop", version=4, state=State.LIVE, angles=("What did you learn?",),
        live_at=NOW - timedelta(days=4),
    )  # fmt: skip
    return idea, asked, held, out, replace(idea, id=OWN, title="Ana's own idea", author=where.ana)


async def _out(work: Work, where: Where, live: Story) -> None:
    """One story is out: Léa opened its network, Tom is to be reminded, one of its cards may be lost."""
    await work.insert_all(links_for(live))
    await work.insert(Caption(OUT, "en", 0, P, "Zoé welds, and teaches it."))
    await work.insert(Caption(OUT, "en", 1, P, "Ten apprentices, one welder."))
    await state(work, of_person(Evidence.INTENT, live, where.lea, NOW - timedelta(days=3), "linkedin"))
    await work.insert(Reminder(where.tom, OUT, P, NOW))
    await work.insert(
        Copy(
            LOST, P, where.workspace, where.stories, "story", OUT, "en", "lost", created=NOW, due=NOW,
            op_id="OPLOST", state=Sending.UNSURE,
        )
    )  # fmt: skip


async def _week(work: Work) -> None:
    week = week_named(WEEK, "Europe/Paris")
    totals = Totals(takers=1, visits=3, out=1, lines=(Line(OUT, "Our new workshop", 1),))
    await work.insert(Digest(P, WEEK, week.starts, week.ends, NOW, totals))


async def _news(work: Work) -> None:
    day = NOW.date().isoformat()
    feed = Feed(FEED, P, "https://www.acme.example/feed", NOW + timedelta(days=1), "Newsroom", polled=NOW)
    await work.insert(feed)
    item = TrayItem(
        ITEM, P, FEED, "1", "A bridge of glass", "https://www.acme.example/bridge", "How it was built.",
        NOW, "en", day, NOW,
    )  # fmt: skip
    await work.insert(item)
