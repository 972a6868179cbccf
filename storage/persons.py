"""Which accounts are one human's: resolved at reading, for facts are kept by account and never rewritten."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, and_, case, func, literal, or_, update
from sqlmodel import col

from content.people import Member
from storage import tables
from storage.rows import table
from storage.work import Reading, Work

_M = tables.Members


def person_at(members: FromClause, began: ScalarSelect[datetime] | datetime) -> ColumnElement[str]:
    """Who an account is in what began at a moment: a week, a story.

    Accounts that were parted later are still one there, so that no number rises by itself.
    """
    as_one = or_(members.c.parted.is_(None), members.c.parted > began)
    known = and_(members.c.person.is_not(None), as_one)
    return case((known, members.c.person), else_=members.c.id)


async def of_one_human(at: Reading, member: str | None) -> frozenset[str]:
    """Every account in use that is the same human's now, this one included; nobody's has none."""
    if member is None:
        return frozenset()
    known = await at.get(Member, id=member)
    return frozenset({member, *(one.id for one in await others_of(at, known))})


async def others_of(at: Reading, member: Member | None) -> list[Member]:
    """The other accounts that are the same human's now, in use; nobody is asked for who has only one."""
    if member is None or member.person is None or member.parted is not None:
        return []
    found = await at.having(Member, person=member.person)
    others = [one for one in found if one.id != member.id and one.parted is None and one.here]
    return sorted(others, key=lambda one: one.id)


async def linked_with(at: Reading, member: Member | None) -> list[Member]:
    """Those of them that have one set of choices with this one: linked by a press on both sides."""
    if member is None or member.linked is None:
        return []
    return [one for one in await others_of(at, member) if one.linked is not None]


async def own_accounts(at: Reading, member: str) -> tuple[str, ...]:
    """The accounts whose data somebody may see together, the one they use first."""
    known = await at.get(Member, id=member)
    return (member, *(one.id for one in await linked_with(at, known)))


async def once_each(at: Reading, ids: Iterable[str]) -> tuple[str, ...]:
    """The names of some members who are still here, each human's once, in the order of their accounts."""
    wanted = list(dict.fromkeys(ids))
    found = {one.id: one for one in await at.find(Member, col(_M.id).in_(wanted)) if one.here}
    people: dict[str, str] = {}
    for id_ in wanted:
        if id_ in found:
            people.setdefault(found[id_].whose, found[id_].name)
    return tuple(people.values())


async def how_many(at: Reading, ids: Iterable[str]) -> int:
    """How many humans some members are."""
    wanted = set(ids)
    found = {one.id: one.whose for one in await at.find(Member, col(_M.id).in_(wanted))}
    return len({found.get(id_, id_) for id_ in wanted})


async def bearing(at: Reading, marks: Sequence[str]) -> list[Member]:
    """The accounts with one of these marks, by id."""
    found = {one.id: one for mark in marks for one in await at.having(Member, mark=mark)}
    return [found[id_] for id_ in sorted(found) if found[id_].here]


async def unseen_since(at: Reading, workspace: str, moment: datetime, most: int) -> list[str]:
    """Some accounts of a workspace that the platform was not asked about since a moment."""
    old = or_(col(_M.met).is_(None), col(_M.met) < moment)
    here = (col(_M.workspace) == workspace, col(_M.outside).is_(None), col(_M.left).is_(False))
    return [one.id for one in await at.find(Member, old, *here, most=most)]


async def become(work: Work, before: str, person: str) -> None:
    """What was one person under two names goes under one."""
    rows = table(Member)
    mine = (rows.c.programme == work.programme, rows.c.person == before)
    await work.connection.execute(update(rows).where(*mine).values(person=person))


async def forget_domain(work: Work, domain: str) -> None:
    """Addresses of a domain tell nothing any more: marks go, and from now on each account is its own."""
    rows = table(Member)
    marked = (rows.c.programme == work.programme, rows.c.mark.startswith(f"{domain}:", autoescape=True))
    now = literal(work.now, rows.c.parted.type)
    parted = func.coalesce(rows.c.parted, case((rows.c.person.is_not(None), now)))
    await work.connection.execute(update(rows).where(*marked).values(mark=None, linked=None, parted=parted))
