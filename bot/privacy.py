"""Deleting what is kept about somebody: asked for by that person, done at once."""

from bot.commands.privacy import DeleteMyData, ShowMyData, ShowTransparency
from bot.commands.wire import Command
from bot.ports import Answer, By, Told
from bot.recognising import regroup
from bot.signatures import Handlers
from content.people import Member
from content.texts import text
from storage import mine, persons, sharing
from storage.work import Work

UNMET: frozenset[type[Command]] = frozenset({ShowMyData, DeleteMyData, ShowTransparency})
"""Nobody is looked up on the platform for these: asking what is kept must not make Herald keep more."""


async def delete_my_data(work: Work, command: DeleteMyData, by: By) -> Answer:
    """Take the person out of everything, with the accounts they linked; cards that named them are drawn anew.

    The audit says that it was done, not for whom.
    """
    del command
    for account in await persons.own_accounts(work, by.member):
        known = await work.get(Member, id=account)
        await sharing.redraw_counts(work, account)
        for story in await mine.erase(work, account):
            await work.refresh(story)
        if known and known.mark:
            await regroup(work, (known.mark,))
    await sharing.redraw_names(work)
    await work.audit("herald", "erase", "")
    return Told(text("mydata.deleted"))


HANDLERS: Handlers = {DeleteMyData: delete_my_data}
