"""Set-up on the host: what somebody wrote on the command line, done on the platform it names."""

from collections.abc import Mapping

from adapters.host.failed import Failed
from adapters.host.platforms import Connect, speaking
from bot.bot import Bot
from bot.founding import Plan, appoint, set_up


async def found(bot: Bot, wanted: Mapping[str, Connect], plan: Plan) -> str:
    """Set a workspace up; cards are left to `serve`. Raises `Failed` when the credentials are another's."""
    try:
        async with speaking(bot, wanted):
            chat = bot.rounds.chats.get(plan.workspace)
            if chat is None:
                ours = ", ".join(map(_plain, bot.rounds.chats))
                raise Failed(f"The credentials are for {ours}, not for {_plain(plan.workspace)}.")
            programme = await set_up(bot.storage, chat, plan)
            await appoint(bot.storage, bot.around.admins)
    finally:
        await bot.storage.close()
    return f"{_plain(plan.workspace)} is set up, programme {programme}. Next: python app.py doctor"


def _plain(workspace: str) -> str:
    """The platform's own id of a workspace."""
    return workspace.partition(":")[2]
