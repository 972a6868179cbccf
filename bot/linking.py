"""One set of choices for one human's accounts: from a press on both sides on, and until one side unlinks.

That accounts are counted as one needs no press (`bot.recognising`). What was said on one side is not shown on
the other, nor changed from there, before both asked for it.
"""

from dataclasses import replace

from bot.commands.linking import DenyAccounts, LinkAccounts, UnlinkAccounts
from bot.opens.choosing import met
from bot.ports import Answer, By, Redrawn, Told
from bot.recognising import regroup
from bot.signatures import Handlers
from bot.views.linking import where
from content.digests import Addition
from content.people import Member
from content.persons import agreed, following
from content.refusals import Refusal
from content.texts import text
from storage import persons, queries, sharing
from storage.work import Work

VIEW = "link"


async def link_accounts(work: Work, command: LinkAccounts, by: By) -> Answer:
    """One side asks; the other side's press is what links."""
    del command
    member = await _back(work, await met(work, by))
    others = await persons.others_of(work, member)
    if not others:
        raise Refusal(text("link.nobody"))
    asked = replace(member, linked=member.linked or work.now)
    await work.put(asked)
    there = await persons.linked_with(work, asked)
    if there:
        await _agree(work, asked, there)
        return Redrawn()
    for other in others:
        await work.send(VIEW, member.id, other.id, other.language, round_=f"{work.now:%Y-%m-%d}")
    return Told(text("link.confirm_there", platforms=where(others)))


async def unlink_accounts(work: Work, command: UnlinkAccounts, by: By) -> Answer:
    """Everybody keeps the choices they have; later ones hold on one side only."""
    del command
    member = await met(work, by)
    accounts = [member, *await persons.linked_with(work, member)]
    for one in accounts if len(accounts) < 3 else accounts[:1]:  # noqa: PLR2004  two others stay linked
        await work.put(replace(one, linked=None))
    await _refresh(work, [member, *await persons.others_of(work, member)])
    return Redrawn()


async def deny_accounts(work: Work, command: DenyAccounts, by: By) -> Answer:
    """Somebody else's, whatever the address says: two people from now on and in what was counted so far."""
    del command
    member = await met(work, by)
    others = await persons.others_of(work, member)
    await work.put(replace(member, alone=True, person=None, parted=None, linked=None))
    if member.mark:
        await regroup(work, (member.mark,))
    for one in (member, *others):
        await sharing.redraw_counts(work, one.id)
    await _refresh(work, [member, *others])
    return Redrawn()


async def choose(work: Work, after: Member) -> list[Member]:
    """Keep what somebody chose, for the accounts they linked too; returns all of them, this one first."""
    await work.put(after)
    linked = await persons.linked_with(work, after)
    if not linked:
        return [after]
    charter = (await queries.programme(work)).charter
    others = [following(one, after, charter, work.now) for one in linked]
    for one in others:
        await work.put(one)
    return [after, *others]


async def names_changed(work: Work, accounts: list[Member]) -> None:
    """Summaries and counts are drawn anew; a name taken back goes from those it was added to later too."""
    for one in accounts:
        if not one.named:
            await work.remove(Addition, member=one.id)
        await sharing.redraw_counts(work, one.id)
    await sharing.redraw_names(work)


async def _back(work: Work, member: Member) -> Member:
    """Whoever said "not me" and now asks to link is asked about no more."""
    if not member.alone:
        return member
    await work.put(replace(member, alone=False))
    if member.mark:
        await regroup(work, (member.mark,))
    return await work.get(Member, id=member.id) or member


async def _agree(work: Work, member: Member, others: list[Member]) -> None:
    """Both sides pressed: one set of choices, the stricter where they differ."""
    after = member
    for other in others:
        after = agreed(after, other, work.now)
    charter = (await queries.programme(work)).charter
    accounts = await choose(work, following(member, after, charter, work.now))
    if any(one.named for one in (member, *others)):
        await names_changed(work, accounts)
    await _refresh(work, accounts)


async def _refresh(work: Work, accounts: list[Member]) -> None:
    for one in accounts:
        await work.refresh(one.id, view=VIEW)


HANDLERS: Handlers = {
    LinkAccounts: link_accounts,
    UnlinkAccounts: unlink_accounts,
    DenyAccounts: deny_accounts,
}
