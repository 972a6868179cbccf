"""What becomes of a command that could not be carried out: words for whoever pressed, or nothing at all."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.cards import Body, Card
from bot.commands.wire import Command
from bot.ports import NOWHERE, Answer, Told, Wrong
from bot.tally import Tally
from content.refusals import Refusal
from content.texts import text
from storage.work import Busy, Overtaken, Uncertain


@dataclass(frozen=True, slots=True)
class Later:
    """It is done; the form that `command` shows now is drawn when there is time, for nobody waits for it."""

    command: Command


class Answering:
    """Turns failures into answers, and counts them.

    What nobody pressed (`heard` is False: an event of the platform) has nobody to be told: there a database
    that cannot be used is an error, so that the platform sends the event again.
    """

    def __init__(self, tally: Tally, back: Callable[[], float]) -> None:
        """`back` is how many seconds the machine's clock has gone back."""
        self._tally = tally
        self._back = back

    async def safely(self, way: Coroutine[Any, Any, Answer], *, heard: bool = True) -> Answer:
        """The answer, or what a rule, somebody quicker or a database that is away has to say."""
        try:
            return await way
        except Refusal as refusal:
            self._tally.count("refusals", refusal.words.key)
            return refused(refusal)
        except Overtaken:
            return self._wrong("overtaken")
        except (Busy, Uncertain) as away:
            said = self._wrong("busy" if isinstance(away, Busy) else "uncertain")
            if not heard:
                raise
            return said

    def untimely(self) -> Answer | None:
        """While the clock is not to be believed nothing is decided: hours would stand in the wrong order."""
        return self._wrong("clock_back") if self._back() else None

    def _wrong(self, key: str) -> Answer:
        self._tally.count("refusals", key)
        return Wrong({NOWHERE: text(key)})


async def surely(way: Callable[[], Awaitable[Answer]]) -> Answer:
    """Once more when the connection broke during the commit: the press's key tells whether it is recorded."""
    try:
        return await way()
    except Uncertain as lost:
        try:
            return await way()
        except Busy:
            raise Uncertain from lost


async def patiently(way: Callable[[], Awaitable[Answer]]) -> Answer:
    """Three times, each as long as a press would wait: for what is stated when nobody waits any more."""
    for _ in range(2):
        with suppress(Busy):
            return await way()
    return await way()


def refused(refusal: Refusal) -> Answer:
    """A rule said no: at the field it is about, or as words for this person only."""
    if refusal.field is not None:
        return Wrong({refusal.field: refusal.words})
    return Told(refusal.words)


def as_card(answer: Answer) -> Card:
    """What was told as a card, words alone if it is no more."""
    words = answer.words if isinstance(answer, Told) else text("busy")
    if isinstance(answer, Wrong):
        words = next(iter(answer.fields.values()), words)
    return words if isinstance(words, Card) else Card(words, (Body(words),))
