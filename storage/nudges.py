"""What reminders are decided on: who wants them, what is fresh, and what each person did before."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_
from sqlmodel import col

from content.people import Member
from content.reminders import FRESH, UNASKED, History, Reminder, ignored
from content.shares import TAKEN, Evidence, Fact
from content.stories import Kind, State, Story
from storage import tables
from storage.records import Copy, Sending
from storage.work import Reading, Work

VIEW = "reminder"
AGAIN = "tomorrow"
"""The round of a message that the person asked for; it is in no budget."""
_SETTLED = (*TAKEN, Evidence.UNCOUNTED, Evidence.DENIED)
_POSTED = (Evidence.SAID, Evidence.POSTED)
_SEEN = (*_SETTLED, Evidence.OPENED)
_M, _F = tables.Members, tables.Facts


async def remindable(at: Reading) -> list[Member]:
    """Members who asked for reminders and did not stop or pause them."""
    unpaused = or_(col(_M.paused_until).is_(None), col(_M.paused_until) <= at.now)
    here = (col(_M.outside).is_(None), col(_M.left).is_(False))
    return await at.find(Member, col(_M.reminded).is_(True), col(_M.quiet).is_(False), unpaused, *here)


async def fresh(at: Reading) -> list[Story]:
    """Live stories that are still worth a reminder."""
    since = at.now - FRESH
    return await at.find(
        Story, col(tables.Stories.state) == State.LIVE, col(tables.Stories.live_at) > since, latest="live_at"
    )


async def reminder(at: Reading, member: str, story: str) -> Reminder | None:
    """The reminder of a story to a person, if there was one."""
    return await at.get(Reminder, member=member, story=story)


async def unanswered(at: Reading, member: str) -> list[Reminder]:
    """A person's reminders without a press."""
    rows = tables.Reminders
    return await at.find(Reminder, col(rows.member) == member, col(rows.responded).is_(None))


async def histories(at: Reading, members: Sequence[Member]) -> dict[str, History]:
    """What is known of some members, by id; what one person did counts for all their accounts."""
    whose = await _accounts(at, members)
    reminders = await at.find(Reminder, col(tables.Reminders.member).in_(whose))
    facts = await at.find(Fact, col(_F.member).in_(whose), col(_F.kind).in_(_SEEN))
    copies = await _unasked(at, whose)
    kinds = await _kinds(at, {fact.story for fact in facts if fact.kind in TAKEN})
    return {
        one.id: _history(
            at,
            [each for each in reminders if whose[each.member] == whose[one.id]],
            [each for each in facts if whose[each.member or ""] == whose[one.id]],
            [each for each in copies if whose[each.address] == whose[one.id]],
            kinds,
        )
        for one in members
    }


async def settled(at: Reading, member: Member, story: str) -> bool:
    """Whether somebody took a story, said no to it, or does not want to be counted there."""
    return await _did(at, member, story, _SETTLED)


async def posted(at: Reading, member: Member, story: str) -> bool:
    """Whether somebody posted a story, from whichever account."""
    return await _did(at, member, story, _POSTED)


async def redraw(work: Work, member: Member, story: str) -> None:
    """What somebody was reminded of changed by what they did, wherever they were reminded."""
    for account in await _accounts(work, [member]):
        await work.refresh(story, view=VIEW, address=account)


async def _did(at: Reading, member: Member, story: str, kinds: Sequence[Evidence]) -> bool:
    whose = await _accounts(at, [member])
    facts = (col(_F.member).in_(whose), col(_F.story) == story, col(_F.kind).in_(kinds))
    return bool(await at.find(Fact, *facts, most=1))


async def _accounts(at: Reading, members: Sequence[Member]) -> dict[str, str]:
    """Every account of some people, and the person it belongs to."""
    persons = {member.person for member in members if member.person and member.parted is None}
    same = (col(_M.person).in_(persons), col(_M.parted).is_(None))
    others = await at.find(Member, *same) if persons else []
    return {one.id: one.whose for one in (*members, *others)}


async def _unasked(at: Reading, whose: Iterable[str]) -> list[Copy]:
    rows = tables.Messages
    lost = (Sending.DROPPED, Sending.GONE)
    return await at.find(
        Copy, col(rows.view).in_(UNASKED), col(rows.address).in_(whose), col(rows.round) != AGAIN,
        col(rows.state).not_in(lost),
    )  # fmt: skip


async def _kinds(at: Reading, stories: Iterable[str]) -> dict[str, Kind]:
    found = await at.find(Story, col(tables.Stories.id).in_(stories))
    return {story.id: story.kind for story in found}


def _history(
    at: Reading, reminders: list[Reminder], facts: list[Fact], copies: list[Copy], kinds: dict[str, Kind]
) -> History:
    sent = {one.story: one.sent for one in reminders}
    arrived = {copy.subject for copy in copies if copy.view == VIEW}
    touched = {fact.story for fact in facts if fact.story in sent and fact.at >= sent[fact.story]}
    took = {fact.story for fact in facts if fact.kind in TAKEN}
    return History(
        frozenset({*sent, *(fact.story for fact in facts if fact.kind in _SETTLED)}),
        frozenset(kinds[story] for story in took if story in kinds),
        tuple(sorted(sent.values())),
        tuple(copy.sent_at or copy.due for copy in copies),
        ignored([one for one in reminders if one.story in arrived], touched, at.now),
    )
