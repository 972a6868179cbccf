"""The one door for people: a command and who asks it go in, an answer comes out."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot import delivering, homing, privacy, sharing
from bot.ahead import LOOKINGS, Ahead
from bot.cards import Body, Card
from bot.commands.wire import Command
from bot.doors import Doors
from bot.handlers import HANDLERS, NOTES
from bot.meeting import meet
from bot.opens import FORMS
from bot.ports import NOWHERE, Answer, Asked, By, Chat, Pages, Redrawn, Surroundings, Told, Wrong
from bot.rounds import Rounds
from bot.signatures import Noter
from content.people import Member
from content.refusals import Refusal
from content.texts import supported, text
from storage import directory, queries
from storage.facts import record
from storage.work import Busy, Overtaken, Storage

log = structlog.get_logger()

MET = 100_000
"""How many people this process remembers having met."""


class Bot:
    """Herald, whatever the platform. Platforms join with `speak`; the clock calls `tick` and `fetch`.

    `stirred` is set whenever a press left something to do: whoever drives the clock may go round at once.
    """

    def __init__(self, storage: Storage, pages: Pages, around: Surroundings) -> None:
        """Use this storage and these pages; `around` is what the deployment decides."""
        self.storage = storage
        self.around = around
        self.doors = Doors(storage, around)
        self.rounds = Rounds(storage, pages, around, self.doors)
        self.ahead = Ahead(storage, around, self.language)
        self._programmes: dict[str, str] = {}
        self._met: dict[str, str] = {}
        self.stirred = asyncio.Event()

    def speak(self, workspace: str, chat: Chat) -> None:
        """Let Herald speak in a workspace."""
        self.rounds.speak(workspace, chat)

    async def tick(self) -> None:
        """Do everything that is due now, in order."""
        await self.rounds.tick()

    async def fetch(self) -> None:
        """Read what waits outside, pages of ideas first."""
        await self.rounds.fetch()

    async def deliver(self) -> None:
        """Draw every copy that is behind."""
        await self.rounds.deliver()

    async def close(self) -> None:
        """After the last tick: finish what is being sent, let another process send."""
        await self.rounds.close()

    async def do(self, command: Command, by: By) -> Answer:
        """Do what somebody asks, once: the same key again gets the present state."""
        self.rounds.tally.count("inbound", command.wire)
        programme = await self.programme(by.workspace)
        if type(command) in LOOKINGS:
            chat = self.rounds.chats[by.workspace]
            looking = self._safely(self.ahead.look(chat, programme, command, by))
            return await self.ahead.answer(chat, command, by, looking)
        if programme is None:
            return Told(text("inert"))
        self._shy(command, by)
        if type(command) in NOTES:
            return await self._safely(self._note(programme, NOTES[type(command)], command, by))
        return await self._safely(self._handle(programme, command, by))

    async def form(self, command: Command, by: By) -> Answer:
        """The form a command needs first, from what is stored; never a fetch."""
        programme = await self.programme(by.workspace)
        if programme is None:
            return Told(text("inert"))
        self._shy(command, by)
        try:
            async with self.storage.glance(programme) as at:
                return Asked(await FORMS[type(command)](at, command, by, self.around))
        except Refusal as refusal:
            return Told(refusal.words)

    async def language(self, by: By) -> str:
        """The language to answer somebody in: their own, else the platform's, else the programme's."""
        programme = await self.programme(by.workspace)
        if programme is None:
            return supported(by.language)
        async with self.storage.glance(programme) as at:
            known = await queries.member(at, by.member)
            if known is not None:
                return known.language
            return supported(by.language or (await queries.programme(at)).language)

    async def home(self, by: By) -> tuple[Card, str]:
        """Somebody's Home, and the language it is in."""
        language, programme = await self.language(by), await self.programme(by.workspace)
        if programme is None:
            return Card(text("inert"), (Body(text("inert")),)), language
        async with self.storage.reading(programme) as at:
            return await homing.home(at, by, self.around), language

    async def shows(self, ref: str, by: By) -> tuple[Card, str] | None:
        """What one of our messages shows by now, and in which language; None when it is no copy."""
        programme = await self.programme(by.workspace) or ""
        return await delivering.shows(self.storage, programme, by.workspace, ref, self.around)

    async def opened(self, command: Command, by: By) -> None:
        """A form is open: state what that is evidence of. Called afterwards, so that no opening waits."""
        note, programme = sharing.EVIDENCE.get(type(command)), await self.programme(by.workspace)
        if note is None or programme is None:
            return
        try:
            await self._note(programme, note, command, by)
        except (Refusal, Busy) as missed:
            log.info("opening.not_noted", why=type(missed).__name__)

    async def known(self, by: By) -> bool:
        """Whether the platform need not be asked who this is: met before, or here to leave no trace."""
        if self._met.get(by.member) in {"", by.key}:
            return True
        found = await self._member(by) is not None
        if found and len(self._met) < MET:
            self._met[by.member] = ""
        return found

    async def meet(self, by: By) -> None:
        """Ask the platform who somebody is; facts of those not met yet count from then on."""
        programme, chat = await self.programme(by.workspace), self.rounds.chats.get(by.workspace)
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

    def forget(self) -> None:
        """The database was emptied (the local workspace starts over): remember nothing of it."""
        self._programmes.clear()
        self._met.clear()
        self.doors.forget()

    def _shy(self, command: Command, by: By) -> None:
        """Whoever asks what is kept, or has it deleted, is not looked up on the platform for asking."""
        if type(command) in privacy.UNMET:
            self._met[by.member] = by.key

    async def _safely(self, way: Coroutine[Any, Any, Answer]) -> Answer:
        """The answer, or what a rule, somebody quicker or a busy database has to say."""
        try:
            return await way
        except Refusal as refusal:
            self.rounds.tally.count("refusals", refusal.words.key)
            return refused(refusal)
        except Overtaken:
            self.rounds.tally.count("refusals", "overtaken")
            return Wrong({NOWHERE: text("overtaken")})
        except Busy:
            self.rounds.tally.count("refusals", "busy")
            return Wrong({NOWHERE: text("busy")})

    async def _handle(self, programme: str, command: Command, by: By) -> Answer:
        async with self.storage.work(programme) as work:
            if not await work.once(by.key):
                return Redrawn()
            answer = await HANDLERS[type(command)](work, command, by)
            if isinstance(answer, Wrong):
                await work.undo()
        self.stirred.set()
        return answer

    async def _note(self, programme: str, note: Noter, command: Command, by: By) -> Answer:
        async with self.storage.glance(programme) as at:
            entries, answer = await note(at, command, by, self.around)
        await record(self.storage, *entries)
        return answer

    async def _member(self, by: By) -> Member | None:
        programme = await self.programme(by.workspace)
        if programme is None:
            return None
        async with self.storage.glance(programme) as at:
            return await queries.member(at, by.member)


def refused(refusal: Refusal) -> Answer:
    """A rule said no: at the field it is about, or as words for this person only."""
    if refusal.field is not None:
        return Wrong({refusal.field: refusal.words})
    return Told(refusal.words)
