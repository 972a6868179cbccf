"""Getting to know people: what a platform says of an account, kept in step with it."""

from dataclasses import replace

from bot.ports import Account, By, Chat, Gone
from bot.recent import Recent
from bot.recognising import recognise
from content.people import Member, outside
from content.programmes import is_zone
from content.texts import supported
from storage.records import Admin, Moderator
from storage.work import Storage, Work

LATELY = 5_000
"""How many people a process remembers having met. Whoever presses is read by key anyway, so more saves
nothing; a hundred thousand took 12 MB."""


class Met:
    """Who was met lately, so that neither the platform nor storage is asked after their press."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._lately: Recent[str] = Recent(LATELY)

    def knows(self, by: By) -> bool:
        """Whether somebody was met, or with this press wants to leave no trace."""
        return self._lately.get(by.member) in {by.language or "", by.key}

    def remember(self, by: By) -> None:
        """Storage knows this person, and the language the platform speaks with them."""
        self._lately.keep(by.member, by.language or "")

    def spare(self, by: By) -> None:
        """For this press nobody asks the platform who it is; the next press is another matter."""
        self._lately.keep(by.member, by.key)

    def forget(self) -> None:
        """Nobody was met."""
        self._lately.clear()


def in_step(member: Member, by: By) -> bool:
    """Whether the platform speaks the language with somebody that is kept of them."""
    return by.language is None or supported(by.language) == member.platform_language


async def meet(storage: Storage, chat: Chat, programme: str, member: str) -> Member | None:
    """Learn who somebody is, and keep it; None when the platform does not know the account."""
    try:
        account = await chat.account(member.partition("/")[2])
    except Gone:
        return None
    async with storage.work(programme) as work:
        return await introduce(work, member, account)


async def introduce(work: Work, member: str, account: Account) -> Member:
    """Write down what a platform says of somebody; their own choices stay as they were."""
    workspace = member.partition("/")[0]
    known = await work.get(Member, id=member)
    foreign = account.home != workspace.partition(":")[2]
    before = known or Member(member, work.programme, workspace, account.name)
    spoken = supported(account.language) if account.language else before.platform_language
    seen = replace(
        before, platform_language=spoken, language=before.chosen_language or spoken,
        name=account.name, zone=account.zone if is_zone(account.zone) else before.zone,
        outside=outside(guest=account.guest, bot=account.bot, foreign=foreign),
        left=account.gone, met=work.now,
    )  # fmt: skip
    if not seen.here:
        await dismiss(work, member)
    return await recognise(work, before, seen, account)


async def dismiss(work: Work, member: str) -> None:
    """Somebody left, or turned out not to be a colleague: they decide nothing any more, at once."""
    await work.remove(Moderator, member=member)
    await work.remove(Admin, member=member)
