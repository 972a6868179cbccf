"""What goes wrong by chance: how often, how, and how long an answer takes."""

import asyncio
from collections.abc import Sequence
from random import Random
from typing import Generic, TypeVar

F = TypeVar("F")


class Chances(Generic[F]):
    """`failing` of all calls fail, each in `every` way as likely; an answer takes up to `late` seconds."""

    def __init__(self, every: Sequence[F], random: Random) -> None:
        """Nothing fails until told."""
        self.failing = 0.0
        self.late = 0.0
        self._every = every
        self._random = random

    def fault(self) -> F | None:
        """How the next call fails, if it does."""
        return self._random.choice(self._every) if self._random.random() < self.failing else None

    async def wait(self) -> None:
        """As long as the next call takes."""
        if self.late:
            await asyncio.sleep(self._random.uniform(0, self.late))
