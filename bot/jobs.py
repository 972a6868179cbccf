"""What Herald does by itself: each job has a name and an interval, and never runs twice at once."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.patience import elapsed


class Job:
    """One thing the clock does. `seconds` is how often it looks whether something is due.

    `ended` is when it last ended well, by `bot.patience.elapsed`.
    """

    def __init__(self, name: str, seconds: float, run: Callable[[], Awaitable[None]]) -> None:
        """Nothing runs yet."""
        self.name = name
        self.seconds = seconds
        self.ended = elapsed()
        self._run = run
        self._alone = asyncio.Lock()

    async def run(self) -> None:
        """Do it now, after a run that is under way."""
        async with self._alone:
            await self._run()
            self.ended = elapsed()
