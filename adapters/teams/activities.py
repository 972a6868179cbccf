"""One method for every invoke, and for everything else Teams sends: a new feature touches none of them.

Each verifies nothing (the door did) and decides nothing (the bot does): it reads who asks what, does it and
says what the answer is; the rest happens in tasks that are awaited at shutdown.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe
from typing import Any

import structlog

from adapters.teams.carried import HOME, SUBMIT, TURNS, Carried
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector
from adapters.teams.events import ARCHIVED, explored, noted
from adapters.teams.forms import sent
from adapters.teams.herald import Herald
from adapters.teams.meeting import met, met_first
from adapters.teams.memory import Memory
from adapters.teams.pictures import Pictures, attached
from adapters.teams.places import Places
from adapters.teams.press import Press, Reply
from adapters.teams.showing import Screen
from adapters.teams.suggestion import idea, shared
from adapters.teams.welcome import welcome
from adapters.teams.who import Ours
from adapters.teams.wire import (
    Changed,
    DialogOpened,
    DialogSent,
    Event,
    ExtensionOpened,
    Installed,
    Moved,
    Other,
    Pressed,
    Said,
    Scene,
)
from bot.after import Afterwards
from bot.cards import Card
from bot.commands import OPENS, Command, dump, read
from bot.commands.homing import ShowHome
from bot.pictures import Sent
from bot.ports import FAILURES, Answer, Asked, By, Redrawn, Told
from content.texts import text
from storage.records import Conversation

log = structlog.get_logger("herald.teams")

LOST = Told(text("picture.lost"))
UNREADABLE = Told(text("teams.unreadable"))


@dataclass(frozen=True, slots=True)
class Activities:
    """What Teams' activities become, for one tenant. `understood` reads the words typed to Herald."""

    bot: Herald
    chat: TeamsChat
    ours: Ours
    places: Places
    connector: Connector
    memory: Memory
    after: Afterwards
    screen: Screen
    understood: Callable[[str], Command]
    pictures: Pictures
    welcomed: set[str] = field(default_factory=set)

    async def answered(self, event: Event) -> Reply:
        """Do what an activity asks, and answer it. Nobody we can name asks nothing."""
        await self._learn(event)
        if not event.at.user and not isinstance(event, Installed | Moved | Changed):
            return Reply()
        ways: dict[type[Event], Callable[[Any], Awaitable[Reply]]] = {
            Said: self.said,
            Pressed: self.pressed,
            DialogOpened: self.opened,
            DialogSent: self.submitted,
            ExtensionOpened: self.extended,
            Installed: self.happened,
            Moved: self.happened,
            Changed: self.happened,
            Other: self.unknown,
        }
        return await ways[type(event)](event)

    async def pressed(self, event: Pressed) -> Reply:
        """A button of a card: its answer takes the card's place, or is a few words."""
        press, command = self._press(event.at, event.data)
        if isinstance(command, ShowHome) and press.state.on == HOME:
            answer: Answer = Redrawn()
        else:
            answer = await self._answer(command, press.by)
        self._then(answer, press, command)
        if event.answered:
            return await self.screen.on_card(answer, press)
        self.after.start(self.screen.aside(answer, press))
        return Reply()

    async def opened(self, event: DialogOpened) -> Reply:
        """A button that opens a dialog."""
        press, command = self._press(event.at, event.data)
        if press.state.way in TURNS:
            return await self.screen.dialogs.turned(press)
        return await self._open(command, press)

    async def submitted(self, event: DialogSent) -> Reply:
        """A button inside a dialog: the form's own submit, another form, or something beside."""
        press, command = self._press(event.at, event.data)
        if press.state.way in TURNS:
            return await self.screen.dialogs.turned(press)
        if press.state.way != SUBMIT and command is not None and type(command) in OPENS:
            return await self._open(command, press)
        answer = await self.bot.do(command, press.by) if command else UNREADABLE
        self._then(answer, press, None)
        return await self.screen.in_dialog(answer, press)

    async def extended(self, event: ExtensionOpened) -> Reply:
        """*Suggest a story*, from the compose box, the command box or somebody's message."""
        press = Press(event.at, self.ours.by(event.at), Carried(), {})
        command = shared(event, self.places)
        seen = "" if command.private else self.pictures.first(attached(event.message or {}))
        if seen:
            command = replace(command, picture=token_urlsafe(16))
            self.after.start(self._fetched(seen, Sent(command.picture), press, quiet=True))
        return await self._open(command, press)

    async def said(self, event: Said) -> Reply:
        """Words to Herald; the answer is a message of its own, to this person."""
        press = Press(event.at, self.ours.by(event.at), Carried(), {})
        told = idea(event.words, event.at)
        if event.pictures:
            words = (told.what or told.link) if told else event.words
            sent = Sent(token_urlsafe(16), words=words, message=True)
            self.after.start(self._fetched(self.pictures.first(event.pictures), sent, press))
            return Reply()
        command = told or self.understood(event.words)
        if isinstance(command, ShowHome):
            self.after.start(self.screen.move_home(press.by, event.at.user))
            self._then(Redrawn(), press, None)
            return Reply()
        await met_first(self.bot, command, press.by)
        answer = await self._answer(command, press.by)
        press = replace(press, state=Carried(wire=dump(command)))
        self.after.start(self.screen.heard_from(answer, press))
        self._then(answer, press, None)
        return Reply()

    async def happened(self, event: Installed | Moved | Changed) -> Reply:
        """An event: noted before it is answered, so that Teams sends it again when that failed."""
        if explored(event):
            await self._explore(event.at)
        if isinstance(event, Changed) and event.what in ARCHIVED:
            await self._keep(*self.places.archive(event.at.team, archived=ARCHIVED[event.what]))
        for number, command in enumerate(noted(event, self.places)):
            await self.bot.do(command, self.ours.by(event.at, f"{event.at.id}/{number}"))
        if isinstance(event, Installed) and event.new and event.at.id not in self.welcomed:
            self.welcomed.add(event.at.id)
            self.after.start(self._welcome(event))
        return Reply()

    async def unknown(self, event: Other) -> Reply:
        """Whatever else Teams sends, now or next year: taken in politely."""
        log.info("teams.other", activity=event.name[:60])
        return Reply()

    # ------------------------------------------------------------------------------------ what they share

    async def _open(self, command: Command | None, press: Press) -> Reply:
        answer = await self._answer(command, press.by)
        self._then(answer, press, command)
        opened = press.state.wire or (dump(command) if command else "")
        state = replace(press.state, opened=opened, way="", part="")
        return await self.screen.in_dialog(answer, replace(press, state=state))

    async def _answer(self, command: Command | None, by: By) -> Answer:
        if command is None:
            return UNREADABLE
        return await (self.bot.form if type(command) in OPENS else self.bot.do)(command, by)

    def _press(self, at: Scene, data: dict[str, object]) -> tuple[Press, Command | None]:
        """A press in a dialog is named by the dialog as drawn: sent twice, it is done once."""
        state, typed = sent(data)
        return Press(at, self.ours.by(at, state.once(at.user)), state, typed), read(state.wire, typed)

    def _then(self, answer: Answer, press: Press, command: Command | None) -> None:
        """After the answer: note what was opened, get to know whoever is new."""
        if command is not None and type(command) in OPENS and isinstance(answer, Asked):
            self.after.start(self.bot.opened(command, press.by))
        self.after.start(met(self.bot, press.by))

    async def _fetched(self, address: str, sent: Sent, press: Press, *, quiet: bool = False) -> None:
        """A picture that came: handed to the bot, and what it says to that; `quiet` where a form says it."""
        try:
            raw = await self.pictures.fetch(address) if address else b""
        except FAILURES as failure:
            log.info("teams.picture", failure=type(failure).__name__, words=str(failure))
            raw = b""
        answer = await self.bot.picture(replace(sent, raw=raw), press.by) if raw else LOST
        if not quiet or not _offered(answer):
            await self.screen.heard_from(answer, press)
        await met(self.bot, press.by)

    async def _learn(self, event: Event) -> None:
        room = self.places.learn(event.at)
        if room is not None:
            await self._keep(room)

    async def _keep(self, *rooms: Conversation) -> None:
        for room in rooms:
            await self.memory.keep(room)

    async def _explore(self, at: Scene) -> None:
        """A team's channels, as they are now: Teams tells a bot of a team, never of all its channels."""
        try:
            channels = await self.connector.channels(at.team)
        except FAILURES as failure:
            log.info("teams.unexplored", failure=type(failure).__name__)
            return
        await self._keep(*self.places.listed(at.team, at.team_name, channels))

    async def _welcome(self, event: Installed) -> None:
        by = self.ours.by(event.at)
        ready = await self.bot.programme(self.ours.workspace) is not None
        card = welcome(event, await self._name(event.at), ready=ready)
        language = await self.screen.language(by)
        if event.at.personal:
            await self.chat.tell(event.at.user, None, card, language)
        else:
            await self.chat.post(event.at.conversation, card, language)

    async def _name(self, at: Scene) -> str:
        """Who added Herald; Teams often tells the account alone."""
        if at.name or not at.user or at.personal:
            return at.name
        try:
            return (await self.chat.account(at.user)).name
        except FAILURES:
            return ""


def _offered(answer: Answer) -> bool:
    """Whether a picture was taken: then the bot offers what can be done with it."""
    return isinstance(answer, Told) and isinstance(answer.words, Card)
