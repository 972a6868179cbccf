"""Sheets drawn anew that nobody waits for, at the pace Slack allows.

Slack takes a hundred `views.update` a minute in a workspace (tier 4) and refuses every other one for half a
minute afterwards: when a whole company presses at once, those would take the room of the sheets for which
somebody waits. Most of what is allowed is left to them.
https://docs.slack.dev/apis/web-api/rate-limits
"""

from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from aiolimiter import AsyncLimiter

from bot.after import Afterwards

log = structlog.get_logger("herald.slack")

A_MINUTE = 60
"""How many a minute, and at once after a quiet minute."""

Draw = Callable[[], Coroutine[Any, Any, None]]


class Courtesies:
    """A short line. Who would wait longer than a minute keeps the sheet as it stands: it goes on working."""

    def __init__(self, after: Afterwards) -> None:
        """Draw in tasks that are awaited at shutdown."""
        self._after = after
        self._pace = AsyncLimiter(A_MINUTE, 60)
        self._line: deque[Draw] = deque()
        self._drawing = False
        self._left_out = 0

    def start(self, draw: Draw) -> None:
        """Draw when there is room; the one who waits longest gives way."""
        if len(self._line) >= A_MINUTE:
            self._line.popleft()
            self._left_out += 1
        self._line.append(draw)
        if not self._drawing:
            self._drawing = True
            self._after.start(self._draw())

    def close(self) -> None:
        """Nobody in the line has to wait for the end."""
        self._line.clear()

    async def _draw(self) -> None:
        try:
            while self._line:
                await self._pace.acquire()
                if self._line:
                    self._after.start(self._line.popleft()())
        finally:
            self._drawing = False
        if self._left_out:
            log.info("slack.sheets_left_as_they_were", count=self._left_out)
            self._left_out = 0
