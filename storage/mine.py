"""Everything kept about one member, or those somebody linked: to show it to them alone, and to delete it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from sqlalchemy import or_, update
from sqlmodel import col

from content.digests import Addition
from content.people import Member
from content.reminders import Reminder
from content.shares import Draft, Evidence, Fact, Link
from content.stories import Story
from storage import alltime, tables
from storage.records import Admin, AuditEntry, Copy, Firing, Moderator, Picture, Slip
from storage.rows import table
from storage.work import Reading, Work, new_id


@dataclass(frozen=True, slots=True)
class Mine:
    """One member's rows, newest first; messages, links, reminders and decisions as numbers."""

    member: Member | None
    moderator: bool
    admin: bool
    facts: tuple[Fact, ...]
    drafts: tuple[Draft, ...]
    slips: tuple[Slip, ...]
    ideas: tuple[Story, ...]
    links: int
    messages: int
    reminders: int
    decisions: int

    @property
    def words(self) -> list[tuple[str, str]]:
        """The person's own words, each with its story."""
        drafts = [(draft.story, draft.words) for draft in self.drafts if draft.words]
        return [*drafts, *((slip.story, slip.words) for slip in self.slips)]

    @property
    def stories(self) -> set[str]:
        """The stories that anything here is about."""
        return {fact.story for fact in self.facts} | {story for story, _ in self.words}

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is kept."""
        return not any((
            self.member, self.moderator, self.admin, self.facts, self.drafts, self.slips, self.ideas,
            self.links, self.messages, self.reminders, self.decisions,
        ))  # fmt: skip


async def mine(at: Reading, member: str, *linked: str) -> Mine:
    """Everything kept about a member and the accounts linked with it; also of somebody Herald never met."""
    own = (member, *linked)
    drafts, slips, facts = tables.Drafts, tables.Slips, tables.Facts
    return Mine(
        member=await at.get(Member, id=member),
        moderator=bool(await at.find(Moderator, col(tables.Moderators.member).in_(own))),
        admin=bool(await at.find(Admin, col(tables.Admins.member).in_(own))),
        facts=tuple(await at.find(Fact, col(facts.member).in_(own), latest="at")),
        drafts=tuple(await at.find(Draft, col(drafts.member).in_(own), latest="at")),
        slips=tuple(await at.find(Slip, col(slips.member).in_(own), latest="at")),
        ideas=tuple(await at.find(Story, col(tables.Stories.author).in_(own), latest="created")),
        links=len(await at.find(Link, col(tables.Links.member).in_(own))),
        messages=len(await at.find(Copy, col(tables.Messages.address).in_(own))),
        reminders=len(await at.find(Reminder, col(tables.Reminders.member).in_(own))),
        decisions=len(await at.find(AuditEntry, col(tables.Audit.actor).in_(own))),
    )


async def titles(at: Reading, stories: set[str]) -> dict[str, str]:
    """The titles of some stories, by id."""
    found = await at.find(Story, col(tables.Stories.id).in_(stories))
    return {story.id: story.title or story.host or "…" for story in found}


async def erase(work: Work, member: str) -> set[str]:
    """Take somebody out of everything but the sealed audit; returns the stories whose cards named them.

    Facts stay as numbers without anybody, under keys that say nothing; links go on leading to their stories.
    """
    named = await _stories_naming(work, member)
    for take in _STEPS:
        await take(work, member)
    return named


async def _stories_naming(work: Work, member: str) -> set[str]:
    stories, slips = tables.Stories, tables.Slips
    roles = (stories.author, stories.source, stories.asked_by, stories.decided_by)
    found = await work.find(Story, or_(*(col(role) == member for role in roles)))
    reported = await work.find(Slip, col(slips.member) == member)
    return {story.id for story in found} | {slip.story for slip in reported}


async def _facts(work: Work, member: str) -> None:
    """A fact's key carries the member's id: it gets one that says nothing, so that a return counts anew."""
    rows = table(Fact)
    found = await work.find(Fact, rows.c.member == member)
    for fact in found:
        nobody = {"key": f"erased:{new_id()}", "member": None}
        await work.connection.execute(update(rows).where(rows.c.key == fact.key).values(nobody))
    await alltime.recount(work, {fact.story for fact in found})


async def _stories(work: Work, member: str) -> None:
    rows = table(Story)
    for role in ("author", "source", "asked_by", "decided_by"):
        own = (rows.c.programme == work.programme, rows.c[role] == member)
        await work.connection.execute(update(rows).where(*own).values({role: None}))


async def _links(work: Work, member: str) -> None:
    rows = table(Link)
    own = (rows.c.programme == work.programme, rows.c.member == member)
    await work.connection.execute(update(rows).where(*own).values(member=None))


async def _rows(work: Work, member: str) -> None:
    """What was the person's alone goes whole: choices, words, messages to them, reminders, roles."""
    await work.remove(Copy, address=member)
    for kind in (Draft, Slip, Moderator, Admin, Reminder, Addition, Picture):
        await work.remove(kind, member=member)
    await work.remove(Firing, subject=member)
    await work.remove(Member, id=member)


async def _named(work: Work, member: str) -> None:
    """Whom the person named goes on running Herald, named by nobody who is known."""
    rows = table(Admin)
    own = (rows.c.programme == work.programme, rows.c.named_by == member)
    await work.connection.execute(update(rows).where(*own).values(named_by=""))


async def _cards(work: Work, member: str) -> None:
    """Cards about the person in others' channels are drawn anew, about nobody."""
    rows = table(Copy)
    for copy in await work.find(Copy, rows.c.subject == member):
        nobody = {"subject": f"erased:{new_id()}", "wanted": rows.c.wanted + 1}
        await work.connection.execute(update(rows).where(rows.c.id == copy.id).values(nobody))


async def _wishes(work: Work, member: str) -> None:
    """Who asked not to be counted stays out with their other accounts: a deletion lets no number rise."""
    others = await _others(work, member)
    asked = await work.find(Fact, col(tables.Facts.member) == member) if others else []
    for fact in asked:
        if fact.kind is Evidence.UNCOUNTED:
            for one in others:
                await work.claim(replace(fact, key=fact.key.replace(member, one.id), member=one.id))


async def _others(work: Work, member: str) -> list[Member]:
    """The other accounts that are, or once were, the same person's."""
    known = await work.get(Member, id=member)
    person = known.person if known else None
    return [one for one in await work.having(Member, person=person) if one.id != member] if person else []


async def _accounts(work: Work, member: str) -> None:
    """Other accounts of the same person stay one person; a last one is just itself."""
    others = await _others(work, member)
    if len(others) == 1:
        await work.put(replace(others[0], person=None, parted=None, linked=None))


_STEPS: tuple[Callable[[Work, str], Awaitable[None]], ...] = (
    _wishes, _accounts, _facts, _stories, _links, _rows, _named, _cards,
)  # fmt: skip
