"""What an answer becomes in front of the person: a card in place of the old one, a dialog, a few words."""

from dataclasses import dataclass, field
from http import HTTPStatus

from adapters.teams.carried import HOME
from adapters.teams.chat import TeamsChat, homely
from adapters.teams.dialogs import Dialogs, first
from adapters.teams.folding import weight
from adapters.teams.herald import Herald
from adapters.teams.places import Places
from adapters.teams.plain import Json, say
from adapters.teams.press import Press, Reply
from adapters.teams.render import KIND, message
from bot.after import Afterwards
from bot.cards import Button, Card, Heading, buttons
from bot.commands import read
from bot.forms import FIELDS, Form
from bot.lettering import clean, cut
from bot.plain import plain
from bot.ports import Answer, Asked, By, Done, Gone, Redrawn, Told, Wrong
from bot.recent import Recent
from content.texts import Words, text

TOLD = "application/vnd.microsoft.activity.message"
HEARD = 5_000
"""People whose language is remembered for an apology."""
_TOLD = 1_000


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
        language, listed = await self.language(press.by), await self._listed(press)
        if listed is not None:
            self.after.start(self.chat.redraw(press.ref, listed, language))
        if listed is not None and _same(answer, listed):
            return Reply(body=_body(KIND, message(listed, language)["attachments"][0]["content"]))
        words = self._aside(answer, press, language)
        return Reply(body=_body(TOLD, cut(clean(say(words, language)), _TOLD)))

    async def aside(self, answer: Answer, press: Press) -> None:
        """To the person only: what was typed to Herald, or pressed where nothing can be shown in place."""
        if isinstance(answer, Asked):
            language = await self.language(press.by)
            await self.chat.show(
                press.at.user, press.channel, opener(answer.form, language, press.state.wire)
            )
        elif isinstance(answer, Told):
            await self._tell(answer.words, press)
        elif isinstance(answer, Wrong):
            await self._tell(first(answer.fields), press)

    async def heard_from(self, answer: Answer, press: Press) -> None:
        """The answer to words. Whom no app may write to 1:1 hears that where they wrote, and nothing else."""
        try:
            await self.aside(answer, press)
        except Gone:
            if press.channel is None:
                raise
            language = await self.language(press.by)
            await self.chat.reply(press.channel, press.at.id, text("teams.unreached"), language)

    def _aside(self, answer: Answer, press: Press, language: str) -> Words:
        """What the answer says in a few lines; what is more is told elsewhere, and they say where."""
        match answer:
            case Told(Card() as card):
                said = _whole(card, language)
                if press.channel and not weight(card.roles) and len(said) <= _TOLD:
                    return said
                self.after.start(self.aside(answer, press))
                seen = press.at.personal or self.places.targeted
                return card.notice if seen else text("teams.beside", words=card.notice)
            case Told(words):
                return words if not isinstance(words, Card) else words.notice
            case Wrong(fields):
                return first(fields)
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

    async def _listed(self, press: Press) -> Card | None:
        """A told card as it is by now: it is no copy of anything, so a press on it is what redraws it.

        None where only words can be said instead: the card that stands there has the buttons to go on with.
        """
        if press.state.on == HOME or not (press.at.personal and press.ref and press.state.opened):
            return None
        found = await self.dialogs.whole(press)
        card = told_by(found, press.state.opened) if isinstance(found, Form) else found
        return card if card is not None and card.again is not None else None

    # ------------------------------------------------------------------------------ in a dialog

    @property
    def dialogs(self) -> Dialogs:
        """Draws dialogs, in the language somebody is spoken to."""
        return Dialogs(self.bot, self.places, self.language)

    async def in_dialog(self, answer: Answer, press: Press) -> Reply:
        """What a press in a dialog, or on the way to one, is answered with."""
        self.refresh_home(press)
        return await self.dialogs.answered(answer, press)

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


def opener(form: Form, language: str, opened: str) -> Json:
    """A form outside a dialog: a list as it is; for fields a button, for no words open a dialog."""
    if form.command is None:
        return message(told_by(form, opened), language)
    open_it = buttons(Button(text("teams.open"), form.command, primary=True))
    card = Card(form.title, (Heading(form.title), open_it))
    return message(card, language)


def told_by(form: Form, opened: str) -> Card:
    """A form that only tells, as a card; `opened` is the wire of its command."""
    roles = tuple(part for part in form.parts if not isinstance(part, FIELDS))
    return Card(form.title, (Heading(form.title), *roles), again=read(opened, {}))


def _whole(card: Card, language: str) -> str:
    """Everything a card says, its notice first where no line of it says that."""
    notice, said = say(card.notice, language), plain(card, language)
    return said if notice in said else f"{notice}\n{said}"


def _same(answer: Answer, listed: Card) -> bool:
    """Whether what is answered is the pressed card itself, by now."""
    told = answer.words if isinstance(answer, Told) else None
    return isinstance(told, Card) and told.again is not None and told.again == listed.again


def _body(kind: str, value: object) -> Json:
    return {"statusCode": HTTPStatus.OK, "type": kind, "value": value}
