"""Commands that hold from a first press on: the platform is asked who somebody new is."""

from functools import partial

from bot.commands.wire import Command
from bot.looking import Looking, Sight, Wish
from bot.meeting import introduce
from bot.ports import Answer, By
from bot.signatures import Handler
from storage import queries
from storage.work import Reading, Work


def met_first(handler: Handler) -> Looking:
    """A command of somebody who may be new; for those whom Herald knows nobody is asked anything."""
    return Looking(_unmet, partial(_then, handler))


async def _unmet(at: Reading, command: Command, by: By) -> Wish:
    del command
    return Wish() if await queries.member(at, by.member) else Wish(people=(by.member,))


async def _then(handler: Handler, work: Work, command: Command, by: By, sight: Sight) -> Answer:
    account = sight.accounts.get(by.member)
    if account is not None:
        await introduce(work, by.member, account)
    return await handler(work, command, by)
