"""The one door for people: a command and who asks it go in, an answer comes out."""

import asyncio

import structlog

from bot import delivering, pictures, privacy, sharing
from bot.ahead import LOOKINGS, Ahead
from bot.answering import Answering, Later, as_card, patiently, surely
from bot.cards import Card
from bot.commands.homing import ShowHome
from bot.commands.wire import Command
from bot.doors import Doors
from bot.handlers import DRAWN, HANDLERS, NOTES, SHOWS
from bot.holding import Elsewhere, take_over
from bot.meeting import Met, in_step, meet
from bot.noting import UNHEARD
from bot.pictures import Sent
from bot.ports import Answer, Asked, By, Chat, Pages, Redrawn, Surroundings, Told, Wrong
from bot.rounds import Rounds
from bot.signatures import Noter
from content.people import Member
from content.refusals import Refusal
from content.texts import supported, text
from storage import directory, queries
from storage.facts import record
from storage.secrets import Secrets
from storage.work import Busy, Storage, Uncertain

log = structlog.get_logger()


class Bot:
    """Herald, whatever the platform. Platforms join with `speak`; the clock calls `tick` and `fetch`.

    `stirred` is set whenever a press left something to do: whoever drives the clock may go round at once.
    """

    def __init__(self, storage: Storage, pages: Pages, around: Surroundings) -> None:
        """Use this storage and these pages; `around` is what the deployment decides."""
        self.storage = storage
        storage.secrets = Secrets.of(around.secret_key)
        self.around = around
        self.doors = Doors(storage, around)
        self.rounds = Rounds(storage, pages, around, self.doors)
        self.ahead = Ahead(storage, around, self.language)
        self._answering = Answering(self.rounds.tally, around.back)
        self._programmes: dict[str, str] = {}
        self._met = Met()
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
        """Do what somebody asks, once: the same key again gets the present state.

        What only the platform reports raises `Busy` or `Uncertain` when it is not surely recorded.
        """
        answer = await self.press(command, by)
        if not isinstance(answer, Later):
            return answer
        drawn = await self.form(command, by)
        return drawn if isinstance(drawn, Asked) else Redrawn()

    async def press(self, command: Command, by: By) -> Answer | Later:
        """The same, but what can be drawn later is only named; `form` draws it."""
        self.rounds.tally.count("inbound", command.wire)
        heard = type(command) not in UNHEARD
        untimely = self._answering.untimely() if heard else None
        answer = untimely or await self._answering.safely(self._done(command, by), heard=heard)
        return Later(command) if answer == Redrawn() and type(command) in sharing.LATER else answer

    async def form(self, command: Command, by: By) -> Answer:
        """The form a command needs first, from what is stored; never a fetch."""
        self._shy(command, by)
        return await self._answering.safely(self._form(command, by))

    async def language(self, by: By) -> str:
        """The language to answer somebody in: their own, else the platform's, else the programme's."""
        try:
            return await self._language(by)
        except Busy:  # what is said then is that, in whatever language the platform names
            return supported(by.language)

    async def home(self, by: By) -> tuple[Card, str]:
        """Somebody's Home, and the language it is in."""
        return await self.shown(ShowHome(), by), await self.language(by)

    async def shown(self, command: Command, by: By) -> Card:
        """What a command of `SHOWS` shows, as it is by now, from a reading alone."""
        return as_card(await self._answering.safely(self._shown(command, by)))

    async def shows(self, ref: str, by: By) -> tuple[Card, str] | None:
        """What one of our messages shows by now, and in which language; None when it is no copy."""
        try:
            programme = await self.programme(by.workspace) or ""
            return await delivering.shows(self.storage, programme, by.workspace, ref, self.around)
        except Busy:  # it is drawn later, as every copy is
            return None

    async def picture(self, sent: Sent, by: By) -> Answer:
        """A picture that somebody sent outside any form: kept for a day, with the ways to use it."""
        programme = await self.programme(by.workspace)
        if programme is None:
            return Told(text("inert"))
        return await self._answering.safely(pictures.keep(self.storage, programme, sent, by, self.around))

    async def take_over(self, there: Elsewhere, by: By) -> None:
        """A picture that a platform holds: every platform shows it then."""
        programme = await self.programme(by.workspace)
        if programme is not None:
            await take_over(self.storage, programme, there, by, self.around)

    async def opened(self, command: Command, by: By) -> None:
        """A form is open: state what that is evidence of. Called afterwards, so that no opening waits."""
        note = sharing.EVIDENCE.get(type(command))
        try:
            programme = await self.programme(by.workspace) if note else None
            if note is not None and programme is not None:
                await patiently(lambda: self._note(programme, note, command, by))
        except (Refusal, Busy, Uncertain) as missed:
            log.info("opening.not_noted", failure=type(missed).__name__)

    def remembers(self, by: By) -> bool:
        """Whether somebody is known to be known, so that storage need not be asked."""
        return self._met.knows(by)

    async def known(self, by: By) -> bool:
        """Whether the platform need not be asked who this is: met before, or here to leave no trace."""
        if self.remembers(by):
            return True
        try:
            member = await self._member(by)
            found = member is not None and in_step(member, by)
        except Busy:  # nobody new can be kept now
            return True
        if found:
            self._met.remember(by)
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
        self._met.forget()
        self.doors.forget()

    def _shy(self, command: Command, by: By) -> None:
        """Whoever asks what is kept, or has it deleted, is not looked up on the platform for asking."""
        if type(command) in privacy.UNMET:
            self._met.spare(by)

    async def _done(self, command: Command, by: By) -> Answer:
        programme = await self.programme(by.workspace)
        if type(command) in LOOKINGS:
            chat, heard = self.rounds.chats[by.workspace], type(command) not in UNHEARD
            looking = self._answering.safely(self.ahead.look(chat, programme, command, by), heard=heard)
            return await self.ahead.answer(chat, command, by, looking)
        if programme is None:
            return Told(text("inert"))
        self._shy(command, by)
        if type(command) in NOTES:
            return await surely(lambda: self._note(programme, NOTES[type(command)], command, by))
        return await surely(lambda: self._handle(programme, command, by))

    async def _shown(self, command: Command, by: By) -> Answer:
        programme = await self.programme(by.workspace)
        if programme is None:
            return Told(text("inert"))
        async with self.storage.reading(programme) as at:
            return (await SHOWS[type(command)](at, command, by, self.around))[1]

    async def _form(self, command: Command, by: By) -> Answer:
        programme = await self.programme(by.workspace)
        if programme is None:
            return Told(text("inert"))
        try:
            async with self.storage.glance(programme) as at:
                return Asked(await DRAWN[type(command)](at, command, by, self.around))
        except Refusal as refusal:
            return Told(refusal.words)

    async def _language(self, by: By) -> str:
        programme = await self.programme(by.workspace)
        if programme is None:
            return supported(by.language)
        async with self.storage.glance(programme) as at:
            known = await queries.member(at, by.member)
            if known is not None:
                return known.spoken(by.language)
            return supported(by.language or (await queries.programme(at)).language)

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
            if any(in_step(member, by) for member in at.found(Member, id=by.member)):
                self._met.remember(by)
        await record(self.storage, *entries)
        return answer

    async def _member(self, by: By) -> Member | None:
        programme = await self.programme(by.workspace)
        if programme is None:
            return None
        async with self.storage.glance(programme) as at:
            return await queries.member(at, by.member)
