"""What a week's summary is made of: who took which story, what came out, how fast ideas were answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, func, literal, select, tuple_, union_all
from sqlmodel import col

from content.digests import Addition, Digest
from content.people import Member
from content.shares import TAKEN, Evidence, Fact
from content.stories import Origin, State, Story
from content.weeks import Week
from storage import tables
from storage.persons import person_at
from storage.queries import counted_people, programme
from storage.rows import table
from storage.work import Reading

_F, _S, _A = tables.Facts, tables.Stories, tables.Audit
_ANSWERS = ("ask", "approve", "approve own", "decline")
"""Decisions that answer an idea, as the audit names them."""
_SAID = case((col(_F.kind).in_((Evidence.SAID, Evidence.POSTED)), 1), else_=0)
_LONGEST = timedelta(days=31)
"""Ideas older than this are settled in an earlier week."""


@dataclass(frozen=True, slots=True)
class Took:
    """Somebody took a story to their network; `said` when they told us they posted it.

    `person` is who, `member` the account they used.
    """

    person: str
    member: str
    story: str
    said: bool


@dataclass(frozen=True, slots=True)
class Takers:
    """How many people took a story, how many of them told us that they posted it, how many took each."""

    people: int
    posters: int
    stories: Mapping[str, int]


async def takers(at: Reading, week: Week) -> Takers:
    """How many took stories in a week: colleagues only, once each, those left out who asked for it.

    Counted where the facts are: of a company's week only the numbers leave the database.
    """
    members = table(Member)
    person, story = person_at(members, week.starts), col(_F.story)
    said = func.max(_SAID).label("said")
    every = _took(at, week, person.label("person"), story.label("story"), said)
    took = every.group_by(person, story).cte("took")
    counted = tuple_(took.c.story, took.c.person).not_in(_uncounted(week, select(took.c.story)))
    once = select(took).where(counted).cte("once")
    each = select(func.max(once.c.said).label("said")).group_by(once.c.person).subquery()
    all_of_them = select(literal(""), func.count(), func.coalesce(func.sum(each.c.said), 0))
    by_story = select(once.c.story, func.count(), func.sum(once.c.said)).group_by(once.c.story)
    found = await _rows(at, union_all(by_story, all_of_them.select_from(each)))
    people, posters = next((count, told) for story, count, told in found if not story)
    return Takers(people, posters, {story: count for story, count, _ in found if story})


async def taken(at: Reading, week: Week, accounts: Collection[str] | None = None) -> list[Took]:
    """Who took which story in a week, of those who are named, or of some accounts: the asking person's."""
    if accounts is None and (await programme(at)).council:
        return []
    members = table(Member)
    whose = members.c.named.is_(True) if accounts is None else members.c.id.in_(accounts)
    person, story = person_at(members, week.starts), col(_F.story)
    mine = select(members.c.id).where(members.c.programme == at.programme, whose)
    query = (
        _took(at, week, person, members.c.id, story.label("story"), func.max(_SAID))
        .where(col(_F.member).in_(mine))
        .group_by(members.c.id, story)
        .order_by(members.c.id, story)
    )
    found = [Took(who, account, which, told > 0) for who, account, which, told in await _rows(at, query)]
    left_out = set(await _rows(at, _uncounted(week, {one.story for one in found})))
    return [one for one in found if (one.story, one.person) not in left_out]


def _took(at: Reading, week: Week, *what: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """What colleagues took in a week, of stories that were not recalled."""
    members = table(Member)
    return (
        select(*what)
        .select_from(tables.Facts)
        .join(members, members.c.id == col(_F.member))
        .join(tables.Stories, col(_S.id) == col(_F.story))
        .where(col(_F.programme) == at.programme, col(_F.at) >= week.starts, col(_F.at) < week.ends)
        .where(col(_F.kind).in_(TAKEN), members.c.programme == at.programme, col(_S.state) != State.RECALLED)
        .where(members.c.outside.is_(None), members.c.met.is_not(None))
    )


def _uncounted(week: Week, stories: Select[str] | Iterable[str]) -> Select[str, str]:
    """Which story who does not want to be counted in: with every account of theirs."""
    out, other = table(Member).alias(), table(Fact).alias()
    return (
        select(other.c.story, person_at(out, week.starts))
        .join(out, out.c.id == other.c.member)
        .where(other.c.kind == Evidence.UNCOUNTED, other.c.story.in_(stories))
    )


async def named(at: Reading, members: Iterable[str]) -> dict[str, Member]:
    """Those of some members who choose to be named, by id; nobody in works-council mode."""
    if (await programme(at)).council:
        return {}
    rows = tables.Members
    chosen = (col(rows.named).is_(True), col(rows.left).is_(False), col(rows.outside).is_(None))
    return {one.id: one for one in await at.find(Member, col(rows.id).in_(members), *chosen)}


async def came_out(at: Reading, week: Week) -> int:
    """How many stories came out and stayed out."""
    out = (col(_S.live_at) >= week.starts, col(_S.live_at) < week.ends, col(_S.state) != State.RECALLED)
    return len(await at.find(Story, *out))


async def visits(at: Reading, week: Week) -> int:
    """How many readers came through shared links."""
    observed = (col(_F.kind) == Evidence.OBSERVED, col(_F.at) >= week.starts, col(_F.at) < week.ends)
    query = select(func.count()).select_from(tables.Facts).where(col(_F.programme) == at.programme, *observed)
    return int((await at.connection.execute(query)).scalar_one())


async def ideas(at: Reading, week: Week) -> list[Story]:
    """Ideas that were handed in before a week was over and not long before it began."""
    recent = (col(_S.created) > week.starts - _LONGEST, col(_S.created) < week.ends)
    kept = col(_S.state) != State.WITHDRAWN
    return await at.find(Story, col(_S.origin) == Origin.IDEA, kept, *recent, latest="created")


async def thinkers(at: Reading, week: Week) -> dict[str, str]:
    """Who handed an idea in during a week: member and person; colleagues only."""
    members = table(Member)
    authors = [one.author for one in await ideas(at, week) if one.created >= week.starts and one.author]
    query = select(members.c.id, person_at(members, week.starts)).where(
        members.c.id.in_(authors), members.c.id.in_(counted_people(at))
    )
    return dict(await _rows(at, query.order_by(members.c.id)))


async def first_answers(at: Reading, stories: Iterable[str]) -> dict[str, datetime]:
    """When each of some ideas had its first answer: a question, a yes or a no."""
    query = (
        select(col(_A.subject), func.min(col(_A.at)))
        .where(col(_A.programme) == at.programme, col(_A.subject).in_(stories), col(_A.action).in_(_ANSWERS))
        .group_by(col(_A.subject))
    )
    return dict(await _rows(at, query))


async def digest(at: Reading, week: str) -> Digest | None:
    """A week's summary, if it was told."""
    return await at.get(Digest, week=week)


async def additions(at: Reading, week: str) -> dict[str, Addition]:
    """Who pressed *Add my name* on a week's summary, by member."""
    return {one.member: one for one in await at.find(Addition, col(tables.Additions.week) == week)}


async def last(at: Reading) -> Digest | None:
    """The latest summary that was told."""
    found = await at.find(Digest, latest="ends", most=1)
    return found[0] if found else None


async def telling(at: Reading, story: str) -> list[Digest]:
    """The summaries of the last twelve weeks that have a line about a story, newest first."""
    found = await at.find(Digest, latest="ends", most=12)
    return [digest for digest in found if any(line.story == story for line in digest.totals.lines)]


async def titles(at: Reading, stories: Iterable[str]) -> dict[str, Story]:
    """Some stories as they are now, recalled ones left out: nothing recalled stays visible."""
    found = await at.find(Story, col(_S.id).in_(stories), col(_S.state) != State.RECALLED)
    return {story.id: story for story in found}


async def _rows(
    at: Reading, query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in (await at.connection.execute(query)).all()]
