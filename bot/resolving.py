"""Cards of which nobody knows whether they were posted: looked for, and asked about when one cannot look."""

from datetime import timedelta

import structlog

from bot.failing import SPOKEN, unsure
from bot.patience import Patience
from bot.ports import CannotTell, Chat, Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from bot.tally import Tally
from content.programmes import Channel, Use
from storage import directory, outgoing, queries
from storage.records import Copy, Sending
from storage.work import Storage, Work

log = structlog.get_logger("herald.resolving")

LATER = 15.0
"""Seconds until a look that failed is tried again."""
ROOMLESS = timedelta(hours=1)
"""Until somebody can be asked: meanwhile the queue and `deliveries list` show it."""
ASKED = timedelta(days=3650)
"""A card that people were asked about is not looked for any more."""


class Resolving:
    """Looks in one workspace. Posts nothing again without knowing, or being told, that it is missing."""

    def __init__(
        self, storage: Storage, chat: Chat, workspace: str, patience: Patience, tally: Tally
    ) -> None:
        """Look through `chat`."""
        self._storage = storage
        self._chat = chat
        self._workspace = workspace
        self._patience = patience
        self._tally = tally

    async def resolve(self, under_way: set[str]) -> None:
        """Take over what a dead process left, then look for everything that is due to be looked for."""
        abandoned = self._storage.now() - timedelta(seconds=self._patience.abandoned)
        for due in await directory.left_sending(self._storage, self._workspace, abandoned):
            if due.id not in under_way:
                await self._took_over(due)
        for due in await directory.unsure(self._storage, self._workspace):
            async with self._storage.reading(due.programme) as at:
                copy = await at.get(Copy, id=due.id)
            if copy is not None and copy.state is Sending.UNSURE:
                await self._look(copy)

    async def _took_over(self, due: directory.Due) -> None:
        async with self._storage.work(due.programme) as work:
            copy = await work.get(Copy, id=due.id)
            if copy is not None and copy.state is Sending.SENDING:
                self._tally.count("deliveries", "ambiguous")
                await outgoing.settle(work, copy, **unsure(self._storage, 0))

    async def _look(self, copy: Copy) -> None:
        since = copy.sending_at or copy.created
        try:
            ref = await self._chat.find(copy.address.partition("/")[2], copy.op_id, since)
        except (CannotTell, Gone, Rejected) as closed:
            log.info("unsure.cannot_look", copy=copy.id, failure=str(closed)[:SPOKEN])
            await self._ask(copy)
        except (LockedOut, Throttled, Unknown, Unreachable) as failure:
            log.info("unsure.look_failed", copy=copy.id, failure=str(failure)[:SPOKEN])
            wait = failure.seconds if isinstance(failure, Throttled) else LATER
            await self._settle(copy, due=self._storage.now() + timedelta(seconds=wait))
        else:
            await (self._found(copy, ref) if ref else self._missed(copy))

    async def _found(self, copy: Copy, ref: str) -> None:
        """It is there; how it looks nobody knows, so it is drawn anew."""
        self._tally.count("unsure", "found")
        await self._settle(
            copy, state=Sending.IDLE, ref=ref, drawn=0, attempts=0, sent_at=copy.sending_at, error=""
        )

    async def _missed(self, copy: Copy) -> None:
        """Not there, seen often enough: it goes out again. A channel's history may be a moment behind."""
        looks, looked = self._patience.looks, copy.attempts + 1
        if looked < len(looks):
            due = self._storage.now() + timedelta(seconds=looks[looked] - looks[looked - 1])
            await self._settle(copy, attempts=looked, due=due)
            return
        self._tally.count("unsure", "missing")
        await self._settle(copy, **outgoing.afresh(self._storage.now()))

    async def _settle(self, copy: Copy, **became: object) -> None:
        async with self._storage.work(copy.programme, alone=False) as work:
            await outgoing.settle(work, copy, **became)

    async def _ask(self, copy: Copy) -> None:
        """A personal message is never sent again; about a channel's card the moderators are asked once."""
        self._tally.count("unsure", "asked")
        async with self._storage.work(copy.programme) as work:
            if copy.view == "unsure":  # asking twice is no harm, not asking is
                await outgoing.settle(work, copy, **outgoing.afresh(work.now))
            elif not any(channel.id == copy.address for channel in await work.find(Channel)):
                await outgoing.settle(work, copy, state=Sending.DROPPED, error=f"maybe sent; {copy.error}")
            else:
                await _question(work, copy)


async def _question(work: Work, copy: Copy) -> None:
    """One line in the review channel, of the same workspace if it has one."""
    rooms = [room for room in await queries.channels(work, Use.REVIEW) if room.shut is None]
    rooms.sort(key=lambda room: room.workspace != copy.workspace)
    asked = await outgoing.settle(work, copy, due=work.now + (ASKED if rooms else ROOMLESS))
    for room in rooms[:1]:
        if asked:
            await work.send("unsure", copy.id, room.id, room.language, round_=copy.op_id)
