"""What Herald does by itself: what is due inside, and what waits for other people's sites."""

import asyncio
from datetime import timedelta

from bot import digesting, feeding, nudging, publishing, sharing, sweeping
from bot.delivering import Sender
from bot.doors import Doors
from bot.jobs import Job
from bot.ports import Chat, Pages, Surroundings
from bot.tally import Tally
from storage import alltime, pictures, seen
from storage.work import Storage

COUNTING = timedelta(minutes=1)
"""How often counts on cards are refreshed."""


class Rounds:
    """The jobs of the clock, over every workspace Herald speaks in.

    `due` is done inside, in order; `outside` is what waits for other people's sites, so that slow ones hold
    nothing up.
    """

    def __init__(self, storage: Storage, pages: Pages, around: Surroundings, doors: Doors) -> None:
        """Nothing runs until the clock says so."""
        self.storage = storage
        self.around = around
        self.chats: dict[str, Chat] = {}
        self.senders: dict[str, Sender] = {}
        self.tally = Tally()
        self._counted = storage.now()
        self.due = self._due(doors)
        self.outside = (
            Job("read", 1, lambda: publishing.read_stories(storage, pages)),
            Job("poll", 15, lambda: feeding.poll(storage, pages)),
        )

    def speak(self, workspace: str, chat: Chat) -> None:
        """Let Herald speak in a workspace."""
        self.chats[workspace] = chat
        self.senders[workspace] = Sender(self.storage, chat, workspace, self.around, self.tally)

    async def close(self) -> None:
        """After the last tick: finish what is being sent, let another process send."""
        await asyncio.gather(*(sender.close() for sender in self.senders.values()))

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Everything the clock does."""
        return (*self.outside, *self.due)

    async def tick(self) -> None:
        """Do everything that is due now, in order."""
        for job in self.due:
            await job.run()

    async def fetch(self) -> None:
        """Read what waits outside, pages of ideas first."""
        for job in self.outside:
            await job.run()

    async def renew(self) -> None:
        """Keep the right to send in the workspaces where this process has it."""
        for sender in self.senders.values():
            await sender.lease.renew()

    async def resolve(self) -> None:
        """Find out what became of cards and credentials that nobody knows about."""
        for sender in self.senders.values():
            await sender.resolve()

    async def deliver(self) -> None:
        """Draw every copy that is behind, in every workspace Herald speaks in."""
        await asyncio.gather(*(sender.deliver() for sender in self.senders.values()))

    async def sweep(self) -> None:
        """Look once an hour at the channels in use and at those who decide."""
        for workspace, chat in self.chats.items():
            await sweeping.sweep(self.storage, chat, workspace)
            await sweeping.look_again(self.storage, chat, workspace)

    def _due(self, doors: Doors) -> tuple[Job, ...]:
        """What is decided before what is told, and everything is told at last."""
        storage, around = self.storage, self.around
        return (
            Job("release", 1, lambda: publishing.release_stories(storage)),
            Job("lapse", 600, lambda: feeding.lapse(storage)),
            Job("visits", 1, doors.visits.flush),
            Job("digest", 15, lambda: digesting.fire_digests(storage, around)),
            Job("remind", 60, lambda: nudging.remind(storage)),
            Job("count", 15, self._count),
            Job("forget", 600, lambda: sharing.forget_old_words(storage)),
            Job("keys", 600, lambda: seen.forget(storage)),
            Job("readers", 600, lambda: alltime.count_up(storage)),
            Job("pictures", 600, lambda: pictures.forget(storage)),
            Job("sweep", 60, self.sweep),
            Job("lease", around.patience.renewal, self.renew),
            Job("resolve", min(5, around.patience.looks[0] / 2), self.resolve),
            Job("deliver", 1, self.deliver),
        )

    async def _count(self) -> None:
        """Once a minute, cards learn of new counts; a press never redraws them."""
        now = self.storage.now()
        if abs(now - self._counted) >= COUNTING:
            self._counted = now
            await publishing.refresh_counts(self.storage)
