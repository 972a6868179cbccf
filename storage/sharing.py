"""What the sheet, the links and Home ask: where links lead, what one person did, what is left to share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from content.shares import TAKEN, Draft, Evidence, Fact, Link
from content.stories import State, Story
from storage import tables
from storage.queries import programme
from storage.records import Copy, Slip, SlipKind
from storage.rows import table
from storage.work import Reading, Work

_F, _L, _S = tables.Facts, tables.Links, tables.Stories

NAMES_LAST = timedelta(weeks=12)
"""How far back a name goes from the digests when it is taken back."""


@dataclass(frozen=True, slots=True)
class Roads:
    """The two links of a sheet: `reader` leads readers to the story, `door` the sharer to the network."""

    reader: Link | None = None
    door: Link | None = None


async def roads(at: Reading, story_id: str, member: str | None) -> dict[str, Roads]:
    """The links of a story by network: this member's own where there are some, else the story's."""
    found = [*await at.having(Link, story=story_id, personal=False)]
    if member is not None:
        found += await at.having(Link, story=story_id, personal=True, member=member)
    by_use = {(link.network, link.doorway): link for link in found}
    networks = {link.network for link in found}
    return {key: Roads(by_use.get((key, False)), by_use.get((key, True))) for key in networks}


async def with_links(at: Reading) -> list[str]:
    """The colleagues who asked for links of their own; nobody in works-council mode."""
    if (await programme(at)).council:
        return []
    members = tables.Members
    query = select(col(members.id)).where(
        col(members.programme) == at.programme, col(members.links).is_(True),
        col(members.outside).is_(None), col(members.left).is_(False),
    )  # fmt: skip
    return list((await at.connection.execute(query)).scalars())


async def linked(at: Reading, member: str) -> set[str]:
    """The stories for which a member has links of their own."""
    found = await at.find(Link, col(_L.member) == member, col(_L.personal).is_(True))
    return {link.story for link in found}


async def facts_of(
    at: Reading, accounts: Collection[str], *kinds: Evidence, since: datetime | None = None
) -> list[Fact]:
    """One person's own facts, by the accounts they linked, newest first; for that person's eyes only."""
    rows = table(Fact)
    where: list[ColumnElement[bool]] = [rows.c.programme.concat("") == at.programme]  # see Reading.having
    where.append(col(_F.member).in_(accounts))
    if kinds:
        where.append(col(_F.kind).in_(kinds))
    if since is not None:
        where.append(col(_F.at) > since)
    return await at.things(Fact, select(rows).where(*where).order_by(rows.c.at.desc(), rows.c.key))


async def unanswered(at: Reading, accounts: Collection[str], since: datetime) -> tuple[Story, str] | None:
    """The story, and the network, that somebody opened last without saying so far whether it was posted."""
    answered = (Evidence.SAID, Evidence.POSTED, Evidence.DENIED, Evidence.UNCOUNTED)
    done = {fact.story for fact in await facts_of(at, accounts, *answered)}
    for fact in await facts_of(at, accounts, Evidence.INTENT, since=since):
        story = await at.get(Story, id=fact.story)
        if story is not None and fact.story not in done and story.state in {State.LIVE, State.ENDED}:
            return story, fact.network
    return None


async def to_share(at: Reading, accounts: Collection[str], most: int) -> list[Story]:
    """Live stories that somebody has not taken to a network yet, newest first."""
    shared = select(col(_F.story)).where(col(_F.member).in_(accounts), col(_F.kind).in_(TAKEN))
    query = (col(_S.state) == State.LIVE, col(_S.id).not_in(shared))
    return await at.find(Story, *query, latest="live_at", most=most)


async def drop_old_words(work: Work, before: datetime) -> None:
    """Forget drafts, and texts that people sent themselves, that are older than a moment."""
    for kind in (Draft, Slip):
        rows = table(kind)
        old = [rows.c.programme == work.programme, rows.c.at <= before]
        if kind is Slip:
            old.append(rows.c.kind == SlipKind.TEXT)
        await work.connection.execute(rows.delete().where(*old))


async def redraw_counts(work: Work, member: str) -> None:
    """Somebody is named from now on, or no more: what the cards of their stories may tell changes too."""
    for story in {fact.story for fact in await facts_of(work, [member], *TAKEN)}:
        await work.refresh(story, view="story")


async def redraw_names(work: Work) -> None:
    """Somebody is named from now on, or no more: twelve weeks of digests want to be drawn anew."""
    rows = table(Copy)
    recent = rows.c.created > work.now - NAMES_LAST
    digests = (rows.c.programme == work.programme, rows.c.view == "digest", recent)
    await work.connection.execute(update(rows).where(*digests).values(wanted=rows.c.wanted + 1))
