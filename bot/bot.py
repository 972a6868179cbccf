"""The one door for people: a command and who asks it go in, an answer comes out."""

import asyncio
from datetime import timedelta
from typing import Final

from bot import delivering, feeding, moderation, publishing, suggesting
from bot.commands.wire import Command
from bot.jobs import Job
from bot.meeting import meet
from bot.opens import FORMS
from bot.ports import Answer, Asked, By, Chat, Pages, Redrawn, Surroundings, Told, Wrong
from bot.signatures import Handlers, Noters
from content.people import Member
from content.refusals import Refusal
from content.texts import supported, text
from storage import directory, queries
from storage.facts import record
from storage.work import Busy, Overtaken, Storage

HANDLERS: Final[Handlers] = {**suggesting.HANDLERS, **moderation.HANDLERS, **feeding.HANDLERS}
"""Commands that decide or change something: each in one transaction of its own."""

NOTES: Final[Noters] = {}
"""Commands that only state a fact: a reading, one durable append, an answer."""

COUNTING = timedelta(minutes=1)
"""How often counts on cards are refreshed."""


class Bot:
    """Herald, whatever the platform. Platforms join with `speak`; the clock runs `jobs`.

    `due` is what the clock does inside, in order; `outside` is what waits for other people's sites, so that
    slow ones hold nothing up. `stirred` is set whenever a press left something to do: whoever drives the
    clock may run the jobs at once.
    """

    def __init__(self, storage: Storage, pages: Pages, around: Surroundings) -> None:
        """Use this storage and these pages; `around` is what the deployment decides."""
        self.storage = storage
        self.pages = pages
        self.around = around
        self.chats: dict[str, Chat] = {}
        self._programmes: dict[str, str] = {}
        self.stirred = asyncio.Event()
        self.due = (
            Job("release", 1, lambda: publishing.release_stories(storage)),
            Job("lapse", 600, lambda: feeding.lapse(storage)),
            Job("count", 15, self._count),
            Job("deliver", 1, self.deliver),
        )
        self.outside = (
            Job("read", 1, lambda: publishing.read_stories(storage, pages)),
            Job("poll", 15, lambda: feeding.poll(storage, pages)),
        )
        self._counted = storage.now()

    def speak(self, workspace: str, chat: Chat) -> None:
        """Let Herald speak in a workspace."""
        self.chats[workspace] = chat

    async def recover(self) -> None:
        """Before the first tick: find out what the last process left half sent."""
        for workspace in self.chats:
            await delivering.recover(self.storage, workspace)

    async def do(self, command: Command, by: By) -> Answer:
        """Do what somebody asks, once: the same key again gets the present state."""
        programme = await self.programme(by.workspace)
        if programme is None:
            return Told(text("inert"))
        try:
            if type(command) in NOTES:
                return await self._note(programme, command, by)
            return await self._handle(programme, command, by)
        except Refusal as refusal:
            return refused(refusal)
        except Overtaken:
            return Told(text("overtaken"))
        except Busy:
            return Told(text("busy"))

    async def form(self, command: Command, by: By) -> Answer:
        """The form a command needs first, from what is stored; never a fetch."""
        programme = await self.programme(by.workspace)
        if programme is None:
            return Told(text("inert"))
        try:
            async with self.storage.reading(programme) as at:
                return Asked(await FORMS[type(command)](at, command, by, self.around))
        except Refusal as refusal:
            return Told(refusal.words)

    async def language(self, by: By) -> str:
        """The language to answer somebody in: their own, else the platform's, else the programme's."""
        programme = await self.programme(by.workspace)
        if programme is None:
            return supported(by.language)
        async with self.storage.reading(programme) as at:
            known = await queries.member(at, by.member)
            if known is not None:
                return known.language
            return supported(by.language or (await queries.programme(at)).language)

    async def known(self, by: By) -> bool:
        """Whether Herald has met somebody."""
        return await self._member(by) is not None

    async def meet(self, by: By) -> None:
        """Ask the platform who somebody is; facts of those not met yet count from then on."""
        programme, chat = await self.programme(by.workspace), self.chats.get(by.workspace)
        if programme is not None and chat is not None:
            await meet(self.storage, chat, programme, by.member)

    async def programme(self, workspace: str) -> str | None:
        """The programme of a workspace; looked up once it exists, it never changes."""
        known = self._programmes.get(workspace)
        if known is None:
            known = await directory.programme_of(self.storage, workspace)
            if known is not None:
                self._programmes[workspace] = known
        return known

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

    async def deliver(self) -> None:
        """Draw every copy that is behind, in every workspace Herald speaks in."""
        for workspace, chat in self.chats.items():
            await delivering.deliver(self.storage, chat, workspace, self.around)

    async def _count(self) -> None:
        """Once a minute, cards learn of new counts; a press never redraws them."""
        now = self.storage.now()
        if abs(now - self._counted) >= COUNTING:
            self._counted = now
            await publishing.refresh_counts(self.storage)

    async def _handle(self, programme: str, command: Command, by: By) -> Answer:
        async with self.storage.work(programme) as work:
            if not await work.once(by.key):
                return Redrawn()
            answer = await HANDLERS[type(command)](work, command, by)
            if isinstance(answer, Wrong):
                await work.undo()
        self.stirred.set()
        return answer

    async def _note(self, programme: str, command: Command, by: By) -> Answer:
        async with self.storage.reading(programme) as at:
            entries, answer = await NOTES[type(command)](at, command, by, self.around)
        await record(self.storage, *entries)
        return answer

    async def _member(self, by: By) -> Member | None:
        programme = await self.programme(by.workspace)
        if programme is None:
            return None
        async with self.storage.reading(programme) as at:
            return await queries.member(at, by.member)


def refused(refusal: Refusal) -> Answer:
    """A rule said no: at the field it is about, or as words for this person only."""
    if refusal.field is not None:
        return Wrong({refusal.field: refusal.words})
    return Told(refusal.words)
