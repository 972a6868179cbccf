"""One listener for every button, one for every form, command, shortcut and event: a new feature touches none.

Each verifies nothing (the door did) and decides nothing (the bot does): it reads who asks what, does it,
acknowledges, and shows the rest in a task that is awaited at shutdown.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp

from adapters.slack.buttons import NOTHING, carried
from adapters.slack.chat import SlackChat
from adapters.slack.courtesies import Courtesies
from adapters.slack.events import noted
from adapters.slack.failed import Failed
from adapters.slack.forms import kept_in, opened
from adapters.slack.herald import Herald
from adapters.slack.pictures import Pictures
from adapters.slack.plain import Json, unescape
from adapters.slack.showing import Place, Screen
from adapters.slack.suggestion import idea, shared
from adapters.slack.who import Ours, channel_of, user_of
from bot.after import Afterwards
from bot.answering import Later
from bot.commands import OPENS, Command, read
from bot.ports import Answer, Asked, By, Done, Redrawn, Told
from content.texts import text

ANY = re.compile(".*")
SUGGEST = "suggest"
"""The callback id of the message shortcut, as manifest.json has it."""
UNREADABLE = Told(text("slack.unreadable"))


@dataclass(frozen=True, slots=True)
class Listeners:
    """What Slack's requests become. `understood` reads the words after `/herald`."""

    bot: Herald
    chat: SlackChat
    ours: Ours
    after: Afterwards
    understood: Callable[[str], Command]
    screen: Screen
    courtesies: Courtesies
    failed: Failed
    pictures: Pictures

    def register(self, app: AsyncApp) -> None:
        """Listen to everything."""
        app.action(ANY)(self.pressed)
        app.view(ANY)(self.submitted)
        app.view_closed(ANY)(self.closed)
        app.command(ANY)(self.commanded)
        app.shortcut(ANY)(self.shortcut)
        app.event(ANY)(self.happened)
        app.error(self.failed.answered)

    async def pressed(self, ack: AsyncAck, body: Json) -> None:
        """A button or an option, from Socket Mode."""
        await self._press(body)
        await ack()

    async def press(self, body: Json) -> BoltResponse:
        """The same from the door."""
        try:
            await self._press(body)
        except Exception as error:  # noqa: BLE001  the adapter's edge, which Bolt is for all else
            return await self.failed.answered(error, body)
        return BoltResponse(status=200, body="")

    async def _press(self, body: Json) -> None:
        """Done when this returns, and shown afterwards."""
        wire = carried(body["actions"][0])
        if wire == NOTHING:
            return
        place = self._place(body, body["trigger_id"])
        command = read(wire, kept_in(_values(body)).values)
        answer: Answer | Later = UNREADABLE
        if command is not None:
            ask = self.bot.form if type(command) in OPENS else self.bot.press
            answer = await ask(command, place.by)
        self._then(answer, place, command)

    async def submitted(self, ack: AsyncAck, body: Json) -> None:
        """A form: the acknowledgement says what becomes of it."""
        shown = body["view"]
        sealed, kept = opened(shown)
        place = self._place(body, _once(shown, sealed.submit))
        command = read(sealed.submit, kept.values)
        answer = await self.bot.do(command, place.by) if command else UNREADABLE
        await ack(await self.screen.close(answer, place, shown))
        if sealed.home:
            self.after.start(self.screen.publish(place))
        self.after.start(self._met(place.by))
        self.after.start(self.pictures.brought(command, answer, place.by))

    async def closed(self, ack: AsyncAck, body: Json) -> None:
        """A form closed without submitting: words are kept when Slack sent some."""
        sealed, kept = opened(body["view"])
        command = read(sealed.close, kept.values)
        if command and kept.values:
            await self.bot.do(command, self.ours.by(body, _once(body["view"], sealed.close)))
        await ack()

    async def commanded(self, ack: AsyncAck, body: Json) -> None:
        """`/story [link]` and `/herald words`: words come with the acknowledgement, forms after it."""
        place = self._place(body, body["trigger_id"])
        words = unescape(body.get("text") or "").strip()
        command = idea(words) if body["command"] == "/story" else self.understood(words)
        answer = await self._answer(command, place.by)
        await ack(await self.screen.reply(answer, place))
        self._then(answer if isinstance(answer, Asked) else Done(), place, command)

    async def shortcut(self, ack: AsyncAck, body: Json) -> None:
        """*Suggest a story* on somebody's message."""
        if body.get("callback_id") != SUGGEST or "message" not in body:
            await ack()
            return
        place = self._place(body, body["trigger_id"])
        command = shared(body, self.ours)
        answer = await self.bot.form(command, place.by)
        await ack()
        self._then(answer, place, command)

    async def happened(self, ack: AsyncAck, body: Json) -> None:
        """An event: done before it is acknowledged, so that Slack sends it again when that failed."""
        if self.ours.hears(body):
            await self._noted(body)
        await ack()

    async def _noted(self, body: Json) -> None:
        event, by = body["event"], self.ours.by(body, body["event_id"])
        command = noted(body, self.ours)
        if command is not None:
            await self.bot.do(command, by)
        elif event.get("type") == "app_home_opened" and event.get("tab") == "home":
            self.after.start(self.screen.publish(Place(by, user_of(body))))
            self.after.start(self._met(by))

    async def _answer(self, command: Command, by: By) -> Answer:
        return await (self.bot.form if type(command) in OPENS else self.bot.do)(command, by)

    def _then(self, answer: Answer | Later, place: Place, command: Command | None) -> None:
        """After the acknowledgement: show, note what was opened, get to know whoever is new."""
        if isinstance(answer, Later):
            self.courtesies.start(partial(self._redraw, answer, place))
        elif place.home or not isinstance(answer, Redrawn | Done):
            self.after.start(self.screen.show(answer, place))
        if command is not None and type(command) in OPENS and isinstance(answer, Asked):
            self.after.start(self.bot.opened(command, place.by))
        if not self.bot.remembers(place.by):
            self.after.start(self._met(place.by))

    async def _redraw(self, later: Later, place: Place) -> None:
        """The sheet that waits until the person is back; where no form is open there is nothing to draw."""
        answer = await self.bot.form(later.command, place.by)
        if place.modal is not None and isinstance(answer, Asked):
            await self.screen.show(answer, place)

    async def _met(self, by: By) -> None:
        if not await self.bot.known(by):
            await self.bot.meet(by)

    def _place(self, body: Json, key: str) -> Place:
        shown = body.get("view") or {}
        return Place(
            by=self.ours.by(body, key),
            user=user_of(body),
            trigger=body.get("trigger_id") or "",
            channel=channel_of(body),
            modal=shown if shown.get("type") == "modal" else None,
            home=shown.get("type") == "home",
        )


def _once(shown: Json, wire: str) -> str:
    """What makes a form's answer one: its command and the view as shown. Redrawn, it may answer anew."""
    return f"{shown['id']}/{shown.get('hash', '')}/{wire.partition('?')[0]}"


def _values(body: Json) -> Json:
    """What stands in the fields around a pressed button."""
    state = (body.get("view") or {}).get("state") or body.get("state") or {}
    return state.get("values") or {}
