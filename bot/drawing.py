"""How copies look: read together for a moment ahead, a card for many channels drawn once for all of them.

Everything that is drawn was loaded after `wanted` was read: a change in between raises it and is drawn later.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.cards import Card
from bot.patience import elapsed
from bot.ports import Surroundings
from bot.views import ALIKE, look
from storage import outgoing
from storage.directory import Head
from storage.records import Copy
from storage.work import Storage

FRESH = 0.5
"""Seconds for which what was read ahead may be drawn; a claim finds out whether it changed since."""

Shown = tuple[Copy, Card | None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A copy, what it is to show (None: nothing any more) and counts, and when it was begun to be read."""

    copy: Copy
    card: Card | None
    counted: int | None
    began: float

    @property
    def fresh(self) -> bool:
        """Whether it may still be acted upon."""
        return elapsed() - self.began <= FRESH


@dataclass(slots=True)
class Batch:
    """Copies that were read at the same moment, and what was drawn for them since."""

    began: float
    cards: dict[tuple[str, str, bool], "asyncio.Task[Shown]"] = field(default_factory=dict)


class Drawings:
    """Draws for one workspace."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        """Nothing was read yet."""
        self._storage = storage
        self._around = around
        self._ahead: dict[str, tuple[Copy, Batch]] = {}

    async def read(self, heads: Sequence[Head]) -> None:
        """Read these copies, which are likely to be drawn in a moment."""
        began = elapsed()
        self._ahead = {id_: there for id_, there in self._ahead.items() if began - there[1].began <= FRESH}
        for programme in {head.programme for head in heads}:
            batch = Batch(began)
            ids = [head.id for head in heads if head.programme == programme]
            async with self._storage.glance(programme) as at:
                self._ahead.update(
                    {copy.id: (copy, batch) for copy in _alike(await outgoing.copies(at, ids))}
                )

    async def of(self, head: Head) -> Drawn | None:
        """What a copy is to show; None when there is nothing to do about it. Each reading is used once."""
        copy, batch = self._ahead.pop(head.id, (None, None))
        if copy is None or batch is None or elapsed() - batch.began > FRESH:
            return await self._alone(head)
        shown, card = await self._together(copy, batch)
        return Drawn(copy, card, shown.counted, batch.began)

    async def _alone(self, head: Head) -> Drawn | None:
        began = elapsed()
        async with self._storage.reading(head.programme) as at:
            copy = await at.get(Copy, id=head.id)
            if copy is None or not outgoing.behind(copy):
                return None
            shown, card = await look(at, copy, self._around)
        return Drawn(copy, card, shown.counted, began)

    async def _together(self, copy: Copy, batch: Batch) -> Shown:
        """Draw once what looks alike. Whoever comes later in a batch gets what the first one got."""
        key = (copy.view, copy.subject, copy.ref is None)
        drawing = batch.cards.get(key)
        if drawing is None:
            drawing = batch.cards[key] = asyncio.create_task(self._draw(copy))
        if not drawing.done():
            await asyncio.wait((drawing,))
        if drawing.exception() is not None:
            batch.cards.pop(key, None)
        return drawing.result()

    async def _draw(self, copy: Copy) -> Shown:
        async with self._storage.reading(copy.programme) as at:
            return await look(at, copy, self._around)


def _alike(copies: Iterable[Copy]) -> Iterable[Copy]:
    return (copy for copy in copies if copy.view in ALIKE)
