"""What an answer becomes in front of the person: a card in place of the old one, a dialog, a few words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from adapters.teams.carried import HOME, SUBMIT, Carried
from adapters.teams.chat import TeamsChat, homely
from adapters.teams.forms import Dialog, drawing, known, said, shown, shown_card
from adapters.teams.herald import Herald
from adapters.teams.inputs import Drawing
from adapters.teams.places import Places
from adapters.teams.plain import Json, say
from adapters.teams.render import KIND, message
from adapters.teams.wire import Scene
from bot.after import Afterwards
from bot.cards import Button, Card, Heading, buttons
from bot.commands import OPENS, Typed, read
from bot.forms import FIELDS, Form
from bot.lettering import clean, cut
from bot.ports import Answer, Asked, By, Done, Gone, Redrawn, Told, Wrong
from bot.recent import Recent
from content.texts import Words, text

TOLD = "application/vnd.microsoft.activity.message"
HEARD = 5_000
"""People whose language is remembered for an apology."""
_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What an invoke is answered with; other activities need only the status."""

    status: int = HTTPStatus.OK
    body: Json | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody's press: who and where, what the button carried, and what stood in the fields around it."""

    at: Scene
    by: By
    state: Carried
    typed: Typed

    @property
    def ref(self) -> str:
        """The message pressed on, as `Chat` names it."""
        return f"{self.at.conversation}/{self.at.shown}" if self.at.shown else ""

    @property
    def channel(self) -> str | None:
        """Where to tell something to this person only; None for the 1:1 chat."""
        return None if self.at.personal else self.at.conversation


@dataclass(frozen=True, slots=True)
class Screen:
    """Words answers for one tenant."""

    bot: Herald
    chat: TeamsChat
    places: Places
    after: Afterwards
    heard: Recent[str] = field(default_factory=lambda: Recent(HEARD))

    # ------------------------------------------------------------------------------ on a card

    async def on_card(self, answer: Answer, press: Press) -> Reply:
        """The card as it stands now, for the one who pressed; words never take its place.

        Home is redrawn for good as well: what only answers a press is gone when Teams reloads.
        """
        self.refresh_home(press)
        if isinstance(answer, Redrawn | Done):
            current = await self._current(press)
            if current is not None:
                return Reply(body=_body(KIND, current["attachments"][0]["content"]))
        words = self._aside(answer, press)
        language = await self.language(press.by)
        return Reply(body=_body(TOLD, cut(clean(say(words, language)), _TOLD)))

    async def aside(self, answer: Answer, press: Press) -> None:
        """To the person only: what was typed to Herald, or pressed where nothing can be shown in place."""
        if isinstance(answer, Asked):
            language = await self.language(press.by)
            await self.chat.show(press.at.user, press.channel, opener(answer.form, language))
        elif isinstance(answer, Told):
            await self._tell(answer.words, press)
        elif isinstance(answer, Wrong):
            await self._tell(_first(answer.fields), press)

    async def heard_from(self, answer: Answer, press: Press) -> None:
        """The answer to words. Whom no app may write to 1:1 hears that where they wrote, and nothing else."""
        try:
            await self.aside(answer, press)
        except Gone:
            if press.channel is None:
                raise
            language = await self.language(press.by)
            await self.chat.reply(press.channel, press.at.id, text("teams.unreached"), language)

    def _aside(self, answer: Answer, press: Press) -> Words:
        """What the answer says in one line; what is more than that is told beside the card."""
        match answer:
            case Told(Card() as card):
                self.after.start(self.aside(answer, press))
                return card.notice
            case Told(words):
                return words if not isinstance(words, Card) else words.notice
            case Wrong(fields):
                return _first(fields)
            case Asked(form):
                self.after.start(self.aside(answer, press))
                return form.title
            case _:
                return text("teams.done")

    async def _current(self, press: Press) -> Json | None:
        """The pressed message as it should look now; None when it is no copy of anything."""
        if press.state.on == HOME:
            card, language = await self.bot.home(press.by)
            return homely(card, language)
        found = await self.bot.shows(press.ref, press.by) if press.ref else None
        if found is None or found[0].plain:
            return None
        return message(*found)

    # ------------------------------------------------------------------------------ in a dialog

    async def in_dialog(self, answer: Answer, press: Press) -> Reply:
        """The next dialog, the same one with words in it, words alone, or nothing: then it closes."""
        self.refresh_home(press)
        match answer:
            case Asked(form):
                return Reply(body=shown(form, await self._dialog(_next(press))))
            case Wrong(fields):
                return await self._again(press, wrong=fields)
            case Told(words):
                return await self._told(words, press)
            case _ if press.state.way == SUBMIT:
                return Reply()
            case _:
                return await self._again(press)

    async def _told(self, words: Words | Card, press: Press) -> Reply:
        """In the open form when one is there, else a card as the next dialog, or the words alone."""
        if press.state.way != SUBMIT and await self._asks(press):
            return await self._again(press, told=words)
        if isinstance(words, Card):
            return Reply(body=shown_card(words, await self._dialog(_next(press))))
        return Reply(body=said(words, await self.language(press.by)))

    async def _asks(self, press: Press) -> bool:
        """Whether the open dialog has fields: what somebody may have typed is never replaced."""
        form = await self._form(press) if press.state.dialog else None
        return form is not None and any(isinstance(part, FIELDS) for part in form.parts)

    async def _again(
        self, press: Press, *, wrong: Mapping[str, Words] | None = None, told: Words | Card | None = None
    ) -> Reply:
        """The open dialog once more, with everything that was typed; without its form, the words alone."""
        form = await self._form(press)
        if form is None:
            return Reply(body=said(_first(wrong), await self.language(press.by)) if wrong else None)
        dialog = await self._dialog(press, wrong=known(wrong or {}, form))
        return Reply(body=shown(form, replace(dialog, typed=press.typed, told=told)))

    async def _form(self, press: Press) -> Form | None:
        """The form that an open dialog shows, drawn again by the command that opened it."""
        sent = {name: value for name, value in press.typed.items() if name == "picture"}
        command = read(press.state.opened, sent)
        if command is None or type(command) not in OPENS:
            return None
        answer = await self.bot.form(command, press.by)
        return answer.form if isinstance(answer, Asked) else None

    async def _dialog(self, press: Press, wrong: Mapping[str, Words] | None = None) -> Dialog:
        """A drawing with a name of its own: what is pressed on it next is a press of its own."""
        zone = press.state.zone or self.places.heard(press.at.user).zone or "UTC"
        public, private = (self.places.choices(private=private) for private in (False, True))
        means = Drawing(await self.language(press.by), zone, public, private, wrong or {})
        return Dialog(means, drawing(press.state.opened, zone, press.state.on))

    # ------------------------------------------------------------------------------ Home, words, languages

    async def publish(self, by: By, user: str) -> None:
        """Draw this person's Home, where it stands or anew."""
        card, language = await self.bot.home(by)
        await self.chat.home(user, card, language)

    async def move_home(self, by: By, user: str) -> None:
        """Home was asked for in words: it comes to the end of the chat, where it is seen."""
        card, language = await self.bot.home(by)
        await self.chat.move_home(user, card, language)

    def refresh_home(self, press: Press) -> None:
        """After a press on Home, Home shows what came of it."""
        if press.state.on != HOME:
            return
        if press.ref and press.at.personal:
            self.chat.home_is(press.at.user, press.ref)
        if self.chat.has_home(press.at.user):
            self.after.start(self.publish(press.by, press.at.user))

    async def language(self, by: By) -> str:
        """The person's language, remembered for the day when storage cannot be asked."""
        language = await self.bot.language(by)
        self.heard.keep(by.member, language)
        return language

    async def _tell(self, words: Words | Card, press: Press) -> None:
        await self.chat.tell(press.at.user, press.channel, words, await self.language(press.by))


def opener(form: Form, language: str) -> Json:
    """A form outside a dialog: a list as it is; for fields a button, for no words open a dialog."""
    if form.command is None:
        roles = tuple(part for part in form.parts if not isinstance(part, FIELDS))
        return message(Card(form.title, (Heading(form.title), *roles)), language)
    open_it = buttons(Button(text("teams.open"), form.command, primary=True))
    card = Card(form.title, (Heading(form.title), open_it))
    return message(card, language)


def _first(wrong: Mapping[str, Words]) -> Words:
    return next(iter(wrong.values()), text("teams.done"))


def _next(press: Press) -> Press:
    """What follows a submit is another form than the one that was opened."""
    if press.state.way != SUBMIT:
        return press
    return replace(press, state=replace(press.state, opened=""))


def _body(kind: str, value: object) -> Json:
    return {"statusCode": HTTPStatus.OK, "type": kind, "value": value}
