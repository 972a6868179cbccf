"""Accounts of one human: known by a confirmed address at a domain the admin trusts, and by nothing else.

Facts stay with their accounts. What changes here is only as whose they are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.ports import Account
from content.domains import trusted
from content.people import Member
from content.persons import one_human
from content.programmes import Programme
from storage import persons, sharing
from storage.work import Work, new_id


async def recognise(work: Work, before: Member, seen: Member, account: Account) -> Member:
    """Keep what an account's address tells; `seen` is the account but for that. Returns it as it is kept."""
    marks = await _marks(work, seen, account)
    after = replace(seen, mark=marks[0] if marks else None)
    await work.put(after if after.here else _gone(after))
    if marks:
        await regroup(work, marks)
    elif after.here:
        await _part(work, [after])
    if before.mark and before.mark not in marks:
        await regroup(work, (before.mark,))
    return await work.get(Member, id=seen.id) or after


async def regroup(work: Work, marks: Sequence[str]) -> None:
    """The accounts with one address are one person, or, when it tells nothing, each its own."""
    bearing = await persons.bearing(work, marks)
    if one_human(bearing):
        await _join(work, bearing)
    else:
        await _part(work, bearing)


async def _marks(work: Work, seen: Member, account: Account) -> tuple[str, ...]:
    """The marks of an address that may tell something; a guest's or a leaver's is not even looked at."""
    programme = await work.get(Programme, id=work.programme)
    known = trusted(account.email, programme.domains) if programme and seen.here else None
    return work.secrets.marks(work.programme, *known) if known else ()


def _gone(member: Member) -> Member:
    """Who left stays who they were, so that nothing counts anew; an outsider is nobody's second account."""
    if member.outside is None:
        return replace(member, mark=None, linked=None)
    return replace(member, mark=None, linked=None, person=None, parted=None)


async def _join(work: Work, bearing: Sequence[Member]) -> None:
    reusable = [name for name in _names(bearing) if await _only(work, name, bearing)]
    person = reusable[0] if reusable else new_id()
    for other in reusable[1:]:
        await persons.become(work, other, person)
    changed = [one for one in bearing if one.person != person or one.parted is not None]
    for one in changed:
        await work.put(replace(one, person=person, parted=None, linked=None))
    if changed:
        await _unlink_last(work, [one for one in bearing if one not in changed])
        await _redraw(work, bearing)


def _names(bearing: Sequence[Member]) -> list[str]:
    return sorted({one.person for one in bearing if one.person})


async def _only(work: Work, person: str, bearing: Sequence[Member]) -> bool:
    """Whether nobody else is that person now: another account would be joined without its address."""
    ids = {one.id for one in bearing}
    others = [one for one in await work.having(Member, person=person) if one.id not in ids]
    return not any(one.here and one.parted is None for one in others)


async def _part(work: Work, accounts: Iterable[Member]) -> None:
    """From now on each account is its own; for what began before, they stay who they were."""
    for one in accounts:
        others = await persons.others_of(work, one)
        if others:
            await work.put(replace(one, parted=work.now, linked=None))
            await _unlink_last(work, others)


async def _unlink_last(work: Work, accounts: Sequence[Member]) -> None:
    """A press for an account that is gone is none for the next one."""
    linked = [one for one in accounts if one.linked]
    if len(linked) == 1:
        await work.put(replace(linked[0], linked=None))


async def _redraw(work: Work, accounts: Sequence[Member]) -> None:
    """Cards count and name them once from now on."""
    for one in accounts:
        await sharing.redraw_counts(work, one.id)
    if any(one.named for one in accounts):
        await sharing.redraw_names(work)
