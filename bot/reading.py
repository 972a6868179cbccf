"""What goes next in a workspace: asked for many at a time, kept for a moment."""

from collections import deque
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass, field

from bot.drawing import FRESH, Drawings
from bot.limits import Kind, Limits
from bot.patience import elapsed
from storage import directory
from storage.directory import Head
from storage.work import Storage

FEW, MANY = 50, 1000
"""Cards asked for at a time: what went out in a moment is what may go in the next."""
MOMENT = FRESH / 2
AGE, GLANCE = FRESH, 0.25
"""Seconds after which the queue is asked again: while cards are left of the last time, and when none is."""


@dataclass(slots=True)
class Line:
    """The first of each address as the queue had them, and when it answered, by `bot.patience.elapsed`.

    `found` were there of `most` that were asked for.
    """

    heads: deque[Head] = field(default_factory=deque)
    told: float = float("-inf")
    found: int = 0
    most: int = FEW

    @property
    def more(self) -> bool:
        """Whether there are likely to be others behind these."""
        return self.found == self.most and not self.heads


class Ahead:
    """Reads ahead in one workspace. What became of a card since, its claim or its next reading finds out."""

    def __init__(self, storage: Storage, workspace: str, limits: Limits, drawings: Drawings) -> None:
        """Nothing is known."""
        self._storage = storage
        self._workspace = workspace
        self._limits = limits
        self._drawings = drawings
        self._lines: dict[Kind, Line] = {"post": Line(), "redraw": Line()}

    def forget(self) -> None:
        """Something may have been queued: ask again."""
        for line in self._lines.values():
            line.told = float("-inf")

    def ready(self, kind: Kind, most: int, running: Container[str]) -> list[Head]:
        """What may begin at once, at addresses where nothing is under way."""
        line = self._lines[kind]
        return list(self._free(line, most, running)) if self._age(line) < AGE else []

    def used_up(self, kind: Kind, running: Collection[str]) -> bool:
        """Whether it is time to ask again: what ends meanwhile sets addresses free."""
        line = self._lines[kind]
        wait = AGE if line.heads else GLANCE if running and not line.more else 0
        return self._age(line) >= wait

    async def ask(self, kind: Kind, running: Collection[str]) -> None:
        """Read ahead, at addresses where nothing is under way. What it reads is kept from then on."""
        besides, posted = {*running, *self._limits.closed()}, kind == "redraw"
        most = self._most(self._lines[kind])
        heads = await directory.heads(
            self._storage, self._workspace, posted=posted, besides=besides, most=most
        )
        await self._drawings.read(heads)
        self._lines[kind] = Line(deque(heads), elapsed(), len(heads), most)

    def _most(self, line: Line) -> int:
        """As many as are likely to go out before what is read of them is old."""
        went = (line.found - len(line.heads)) / max(self._age(line), 0.001)
        return min(MANY, max(FEW, round(went * MOMENT)))

    def _age(self, line: Line) -> float:
        return elapsed() - line.told

    def _free(self, line: Line, most: int, running: Container[str]) -> Iterator[Head]:
        while line.heads and most:
            head = line.heads.popleft()
            if head.address not in running and self._limits.free(head.address):
                most -= 1
                yield head
