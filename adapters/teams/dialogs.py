"""What an answer becomes in a dialog: the next one, the same one with words in it, a part of what is long."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from adapters.teams.carried import CLOSE, SUBMIT
from adapters.teams.forms import Dialog, drawing, known, said, shown, shown_card
from adapters.teams.herald import Herald
from adapters.teams.inputs import Drawing
from adapters.teams.places import Places
from adapters.teams.plain import Json
from adapters.teams.press import Press, Reply
from bot.cards import Card
from bot.commands import OPENS, SHOWS, Command, Typed, dump, read
from bot.forms import FIELDS, Form
from bot.ports import Answer, Asked, By, Told, Wrong
from content.texts import Words, text


@dataclass(frozen=True, slots=True)
class Dialogs:
    """Draws dialogs for one tenant; `language` is how somebody is spoken to."""

    bot: Herald
    places: Places
    language: Callable[[By], Awaitable[str]]

    async def answered(self, answer: Answer, press: Press) -> Reply:
        """The next dialog, the same one with words in it, words alone, or nothing: then it closes."""
        match answer:
            case Asked(form):
                return Reply(body=await self._drawn(form, _next(press)))
            case Wrong(fields):
                return await self._again(press, wrong=fields)
            case Told(words):
                return await self._told(words, press)
            case _ if press.state.way == SUBMIT:
                return Reply()
            case _:
                return await self._again(press)

    async def turned(self, press: Press) -> Reply:
        """Out, or to another part of the card or form that is pressed on, or to all of it again."""
        if press.state.way == CLOSE:
            return Reply()
        found = await self.whole(press)
        if found is None:
            return Reply(body=said(text("teams.unreadable"), await self.language(press.by)))
        on = press.state.on or press.at.shown
        again = replace(press, state=replace(press.state, on=on, way=""))
        return Reply(body=await self._drawn(found, again, typed=press.typed))

    async def _told(self, words: Words | Card, press: Press) -> Reply:
        """In the open form when one is there, else a card as the next dialog, or the words alone."""
        if press.state.way != SUBMIT and await self._stays(press):
            return await self._again(press, told=words)
        if isinstance(words, Card):
            return Reply(body=await self._drawn(words, _onward(press, words.again)))
        return Reply(body=said(words, await self.language(press.by)))

    async def _stays(self, press: Press) -> bool:
        """Whether the open dialog has fields: what somebody may have typed is never replaced."""
        form = await self.whole(press) if press.state.dialog else None
        return isinstance(form, Form) and any(isinstance(part, FIELDS) for part in form.parts)

    async def _again(
        self, press: Press, *, wrong: Mapping[str, Words] | None = None, told: Words | Card | None = None
    ) -> Reply:
        """The open dialog once more, with everything that was typed; without it, the words alone."""
        found = await self.whole(press)
        if found is None or not (isinstance(found, Form) or press.state.part):
            return Reply(body=said(first(wrong), await self.language(press.by)) if wrong else None)
        return Reply(body=await self._drawn(found, press, typed=press.typed, wrong=wrong, told=told))

    async def whole(self, press: Press) -> Form | Card | None:
        """What an open dialog shows, or shows a part of: drawn again by what opened it, or as it stands."""
        picture = {name: value for name, value in press.typed.items() if name == "picture"}
        command = read(press.state.opened, picture)
        if command is not None and type(command) in SHOWS:
            return await self.bot.shown(command, press.by)
        if command is not None and type(command) in OPENS:
            answer = await self.bot.form(command, press.by)
            return answer.form if isinstance(answer, Asked) else None
        found = await self.bot.shows(press.ref, press.by) if press.state.part and press.ref else None
        return found[0] if found else None

    async def _drawn(
        self,
        found: Form | Card,
        press: Press,
        *,
        typed: Typed | None = None,
        wrong: Mapping[str, Words] | None = None,
        told: Words | Card | None = None,
    ) -> Json:
        """A drawing with a name of its own: what is pressed on it next is a press of its own."""
        zone = press.state.zone or self.places.heard(press.at.user).zone or "UTC"
        public, private = (self.places.choices(private=private) for private in (False, True))
        placed = known(wrong or {}, found) if isinstance(found, Form) else {}
        means = Drawing(await self.language(press.by), zone, public, private, placed)
        state = drawing(press.state.opened, zone, press.state.on, press.state.part)
        dialog = Dialog(means, state, typed or {}, told)
        return shown(found, dialog) if isinstance(found, Form) else shown_card(found, dialog)


def first(wrong: Mapping[str, Words]) -> Words:
    """What is said where only one thing can be."""
    return next(iter(wrong.values()), text("teams.done"))


def _next(press: Press) -> Press:
    """What follows a submit is another form than the one that was opened."""
    opened = "" if press.state.way == SUBMIT else press.state.opened
    return replace(press, state=replace(press.state, opened=opened, part=""))


def _onward(press: Press, again: Command | None) -> Press:
    """A card follows, which its own command draws again."""
    return replace(press, state=replace(press.state, opened=dump(again) if again else "", part=""))
