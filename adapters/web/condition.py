"""How Herald is: what the checks ask, and the numbers behind them."""

from collections.abc import Mapping
from datetime import datetime

from bot.bot import Bot
from bot.patience import elapsed
from storage import directory
from storage.work import Busy

SILENT = 60.0
"""Seconds beyond a job's own interval after which the clock counts as stopped."""


class Condition:
    """Of one process."""

    def __init__(self, bot: Bot) -> None:
        """Ask this bot."""
        self._bot = bot

    async def database(self) -> str:
        """Why it cannot be read or written to."""
        return await directory.trouble(self._bot.storage)

    async def clock(self) -> str:
        """Why it is not to be relied on: it went back, or a job that is due does not end well."""
        back, silent = self._bot.around.back(), self.silent()
        if back:
            return f"it went back {back:.0f} seconds"
        return f"silent: {', '.join(silent)}" if silent else ""

    def silent(self) -> list[str]:
        """The jobs that have not ended well for too long."""
        now = elapsed()
        return [job.name for job in self._bot.rounds.due if now - job.ended > job.seconds + SILENT]

    async def facts(self) -> Mapping[str, object]:
        """What waits, since when; when each workspace last took something; what the clock does not do."""
        count, seconds = await self.waiting()
        return {
            "silent": self.silent(),
            "undelivered": count,
            "oldest_undelivered_seconds": seconds,
            "last_success_seconds": self.successes(),
        }

    async def waiting(self) -> tuple[int, float]:
        """Cards that are due, and for how many seconds the oldest has been."""
        try:
            count, since = await directory.waiting(self._bot.storage)
        except Busy:
            return 0, 0.0
        return count, self._ago(since) if since else 0.0

    def successes(self) -> dict[str, float]:
        """Seconds since a platform last did what it was asked, by workspace."""
        found = self._bot.rounds.tally.successes.items()
        return {workspace: self._ago(at) for workspace, at in found}

    def _ago(self, moment: datetime) -> float:
        return max(0.0, round((self._bot.storage.now() - moment).total_seconds(), 1))
