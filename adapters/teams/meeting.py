"""Getting to know whoever acts: before the answer where words can wait for it, else after it."""

import structlog

from adapters.teams.herald import Herald
from bot.commands import Command
from bot.ports import FAILURES, By
from bot.privacy import UNMET

log = structlog.get_logger("herald.teams")


async def met(bot: Herald, by: By) -> None:
    """Ask Teams who this is, unless that is known."""
    if not await bot.known(by):
        await bot.meet(by)


async def met_first(bot: Herald, command: Command, by: By) -> None:
    """The same before words are answered: a guest is offered nothing that is refused afterwards.

    Whoever asks what is kept of them is not looked up for it; the others are answered in any case.
    """
    if type(command) in UNMET:
        return
    try:
        await met(bot, by)
    except FAILURES as failure:
        log.info("teams.unmet", failure=type(failure).__name__, words=str(failure))
