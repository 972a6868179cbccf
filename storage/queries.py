"""What handlers and views ask of a `Reading`: stories, copies, people, counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, distinct, func, or_, select
from sqlmodel import col

from content.people import Member
from content.programmes import Channel, Programme, Use
from content.shares import DRAFT_KEPT, TAKEN, Draft, Evidence, Fact
from content.stories import OPEN, State, Story
from storage import tables
from storage.persons import person_at
from storage.records import Caption, Copy, Moderator, Sending
from storage.rows import table
from storage.work import Reading

_F, _S, _M = tables.Facts, tables.Stories, tables.Messages


async def programme(at: Reading) -> Programme:
    """The programme itself."""
    found = await at.get(Programme, id=at.programme)
    if found is None:
        raise LookupError(at.programme)
    return found


async def story(at: Reading, id_: str) -> Story | None:
    """A story of this programme."""
    return await at.get(Story, id=id_)


async def waiting(at: Reading) -> list[Story]:
    """Stories that wait for a decision, newest first."""
    return await at.find(Story, col(_S.state).in_(OPEN), latest="created")


async def live(at: Reading, most: int = 20) -> list[Story]:
    """Stories that are out, newest first."""
    return await at.find(Story, col(_S.state) == State.LIVE, latest="live_at", most=most)


async def ended(at: Reading, most: int = 20) -> list[Story]:
    """Stories that are over and may still be taken back, newest first."""
    return await at.find(Story, col(_S.state) == State.ENDED, latest="over_at", most=most)


async def ideas_of(at: Reading, member: str, most: int = 10) -> list[Story]:
    """What somebody suggested, newest first."""
    return await at.find(Story, col(_S.author) == member, latest="created", most=most)


async def twin(at: Reading, canonical: str, title: str, but: str) -> Story | None:
    """A story with the same address, or the same title within a week, that is not declined or withdrawn.

    Titles are compared here: SQLite knows the capitals of English alone.
    """
    alike, gone = title.casefold(), (State.DECLINED, State.WITHDRAWN, State.LAPSED)
    perhaps = or_(col(_S.canonical) == canonical, col(_S.created) > at.now - timedelta(days=7))
    there = (perhaps, col(_S.id) != but, col(_S.state).not_in(gone))
    found = await at.find(Story, *there, latest="created")
    same = (one for one in found if one.canonical == canonical or (one.title.casefold() == alike != ""))
    return next(same, None)


async def captions(at: Reading, story_id: str) -> list[Caption]:
    """A story's ready words, in every language, in order."""
    found = await at.having(Caption, story=story_id)
    return sorted(found, key=lambda caption: (caption.language, caption.number))


async def channels(at: Reading, use: Use) -> list[Channel]:
    """The channels of a use, shut ones included."""
    return sorted(await at.find(Channel, col(tables.Channels.use) == use), key=lambda channel: channel.name)


async def moderators(at: Reading) -> list[str]:
    """The confirmed moderators' member ids."""
    found = await at.find(Moderator, col(tables.Moderators.confirmed).is_not(None))
    return sorted(moderator.member for moderator in found)


async def member(at: Reading, id_: str | None) -> Member | None:
    """A member of this programme, if Herald has met them."""
    return None if id_ is None else await at.get(Member, id=id_)


async def language_of(at: Reading, id_: str) -> str:
    """The language Herald speaks with a member; the programme's with whom it has not met."""
    known = await at.get(Member, id=id_)
    return known.language if known else (await programme(at)).language


async def names(at: Reading, ids: Iterable[str | None]) -> dict[str, str]:
    """The names of some members, by id."""
    wanted = [id_ for id_ in ids if id_]
    found = await at.find(Member, col(tables.Members.id).in_(wanted))
    return {each.id: each.name for each in found}


async def promised(at: Reading, channel: str, since: datetime) -> tuple[datetime, ...]:
    """When story cards went, or are due to go, to a channel since a moment."""
    when = func.coalesce(col(_M.sent_at), col(_M.due))
    copies = await at.find(
        Copy, col(_M.view) == "story", col(_M.address) == channel, when > since,
        col(_M.state).not_in((Sending.GONE, Sending.DROPPED)),
    )  # fmt: skip
    return tuple(copy.sent_at or copy.due for copy in copies)


async def taken_by(at: Reading, story_id: str) -> int:
    """How many colleagues took a story to their network: persons, guests and the uncounted left out."""
    return int((await at.connection.execute(_takers(at, story_id))).scalar_one())


async def sharers(at: Reading, story_id: str) -> list[str]:
    """Whom a recall must reach: everybody who took a story to their network, for a 1:1 note only.

    A person gets it once: where they did not stop messages, else where they took the story last.
    """
    members, last = table(Member), func.max(col(_F.at)).label("last")
    query = (
        select(members)
        .join(tables.Facts, col(_F.member) == members.c.id)
        .where(col(_F.story) == story_id, col(_F.kind).in_(TAKEN), members.c.id.in_(counted_people(at)))
        .group_by(members.c.id)
        .order_by(members.c.left, members.c.quiet, last.desc())
    )
    people: dict[str, str] = {}
    for one in await at.things(Member, query):
        people.setdefault(one.whose, one.id)
    return list(people.values())


async def counts_drawn(at: Reading) -> dict[str, set[int]]:
    """What the cards of live stories count as they stand now, by story; those to be redrawn left out."""
    query = (
        select(col(_M.subject), col(_M.counted))
        .distinct()
        .join(tables.Stories, col(_S.id) == col(_M.subject))
        .where(
            col(_M.programme) == at.programme,
            col(_M.view) == "story",
            col(_M.state) == Sending.IDLE,
            col(_M.wanted) == col(_M.drawn),
            col(_M.counted).is_not(None),
            col(_S.state) == State.LIVE,
        )
    )
    found: dict[str, set[int]] = {}
    for story, counted in (await at.connection.execute(query)).all():
        found.setdefault(story, set()).add(counted or 0)
    return found


async def taken(at: Reading, story_id: str, member_id: str) -> set[Evidence]:
    """What one person's own facts about a story are; for that person's eyes only."""
    own = await at.having(Fact, member=member_id)  # SQLite would look through the story's, which are many
    return {fact.kind for fact in own if fact.story == story_id}


async def draft(at: Reading, story_id: str, member_id: str) -> Draft | None:
    """The words a person left in a story's sheet within the last seven days; none when they left it empty."""
    found = await at.get(Draft, story=story_id, member=member_id)
    return found if found and found.words and found.at > at.now - DRAFT_KEPT else None


def counted_people(at: Reading) -> Select[str]:
    """The members who are colleagues' own accounts, as a query to join on."""
    members = tables.Members
    return select(col(members.id)).where(
        col(members.programme) == at.programme, col(members.outside).is_(None), col(members.met).is_not(None)
    )


def _takers(at: Reading, story_id: str) -> Select[int]:
    """How many persons took a story; who asked not to be counted is out with every account of theirs."""
    facts, members, out = _F, table(Member), table(Member).alias()
    began = select(col(_S.created)).where(col(_S.id) == story_id).scalar_subquery()
    uncounted = (
        select(person_at(out, began))
        .join(tables.Facts, col(facts.member) == out.c.id)
        .where(col(facts.story) == story_id, col(facts.kind) == Evidence.UNCOUNTED)
    )
    person = person_at(members, began)
    return (
        select(func.count(distinct(person)))
        .select_from(tables.Facts)
        .join(members, members.c.id == col(facts.member))
        .where(
            col(facts.story) == story_id,
            col(facts.kind).in_(TAKEN),
            col(facts.member).in_(counted_people(at)),
            person.not_in(uncounted),
        )
    )
