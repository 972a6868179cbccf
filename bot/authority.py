"""Who may do what. A press reads tables only: nothing on the wire, no question to the platform."""

from bot.ports import By
from content.people import Member
from content.programmes import Use
from content.refusals import Refusal
from content.texts import Listing, Text, text
from storage import persons, queries
from storage.records import Admin
from storage.work import Reading


async def colleague(at: Reading, by: By) -> Member | None:
    """Refuse guests, bots and people of other organisations; None for somebody Herald has not met yet."""
    if await is_outside(at, by):
        raise Refusal(text("refused.outside"))
    return await queries.member(at, by.member)


async def is_outside(at: Reading, by: By) -> bool:
    """Whether this is a guest, a bot, or somebody of another organisation; not so for whom nobody met yet."""
    if by.home is not None and by.home != by.workspace.partition(":")[2]:
        return True
    member = await queries.member(at, by.member)
    return member is not None and not member.here


async def moderator(at: Reading, by: By) -> str:
    """Refuse everybody who is not a confirmed moderator, naming two to ask; returns the moderator's name."""
    await colleague(at, by)
    deciding = await queries.moderators(at)
    if by.member not in deciding:
        raise Refusal(await _ask_instead(at, by, deciding))
    names = await queries.names(at, [by.member])
    return names.get(by.member, "…")


async def admin(at: Reading, by: By) -> None:
    """Refuse everybody who does not run Herald."""
    await colleague(at, by)
    if not await is_admin(at, by):
        names = await persons.once_each(at, [one.member for one in await at.find(Admin)])
        asks = text("refused.not_admin_ask", names=Listing(names[:2]))
        raise Refusal(asks if names else text("refused.not_admin"))


async def is_admin(at: Reading, by: By) -> bool:
    """Whether somebody runs Herald here."""
    return await at.get(Admin, member=by.member) is not None


async def is_moderator(at: Reading, by: By) -> bool:
    """Whether somebody decides here."""
    return by.member in await queries.moderators(at)


async def review_room(at: Reading, by: By) -> str:
    """Where stories are decided: the channel on the platform of whoever asks, before one on another."""
    rooms = await queries.channels(at, Use.REVIEW)
    own = [room for room in rooms if room.workspace == by.workspace]
    return next((room.called for room in (*own, *rooms)), "…")


async def _ask_instead(at: Reading, by: By, deciding: list[str]) -> Text:
    names = (await persons.once_each(at, deciding))[:2]
    where = await review_room(at, by)
    if not names:
        return text("refused.not_moderator", channel=where)
    return text("refused.not_moderator_ask", channel=where, names=Listing(names))
