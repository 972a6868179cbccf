"""Where scenes play: a programme in one language, whose ids, clock and names are always the same."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from bot.cards import Body, Card
from bot.commands.wire import Command
from bot.forms import Form
from bot.ports import Answer, Asked, Surroundings
from bot.ports import Told as Words
from content.people import Member
from content.programmes import Channel, Programme
from content.stories import Story
from storage.records import Copy
from tests.bot.programme import P, Told, programme
from tests.fakes import Sent


@dataclass(frozen=True, slots=True)
class Tab:
    """Somebody's Home, which is no message."""

    card: Card


Shown = Card | Form | Tab


@dataclass
class Stage:
    """A programme and its readers in one language, and what they saw, by name.

    `views` and `commands` say which cards and forms were looked at.
    """

    told: Told
    language: str
    shown: dict[str, Shown] = field(default_factory=dict)
    views: set[str] = field(default_factory=set)
    commands: set[type[Command]] = field(default_factory=set)

    def say(self, english: str, french: str) -> str:
        """Words of the people in the scene."""
        return french if self.language == "fr" else english

    async def card(self, name: str, address: str, *, back: int = 1) -> Card:
        """Look at a card where it was sent, the latest or some `back`, as it stands now."""
        sent, copy = await self._up_to_date(address, back)
        assert sent.language == self.language, sent
        self.views.add(copy.view)
        self._keep(name, sent.card)
        return sent.card

    async def _up_to_date(self, address: str, back: int) -> tuple[Sent, Copy]:
        """A card and its copy, once nothing about it is behind: a busy machine draws a moment later."""
        for _ in range(20):
            async with self.told.storage.reading(P) as at:
                copies = {copy.ref: copy for copy in await at.find(Copy)}
            there = self.told.chat.at(address.partition("/")[2])
            sent = there[-back] if len(there) >= back else None
            if sent is not None and copies[sent.ref].drawn >= copies[sent.ref].wanted:
                return sent, copies[sent.ref]
            await self.told.later(seconds=1)
        raise AssertionError(address)

    async def form(self, name: str, command: Command, member: str) -> Form:
        """Press what opens a form."""
        answer = await self.told.bot.form(command, self.told.by(member))
        assert isinstance(answer, Asked), answer
        self.commands.add(type(command))
        self._keep(name, answer.form)
        return answer.form

    async def refused(self, name: str, command: Command, member: str) -> None:
        """Press what would open a form, and be told why not."""
        self._answered(name, await self.told.bot.form(command, self.told.by(member)))

    async def answer(self, name: str, command: Command, member: str) -> None:
        """Press, and read the answer: words or a card for this person only, or a form."""
        self._answered(name, await self.told.do(command, member))

    async def home(self, name: str, member: str) -> None:
        """Open Home."""
        card, language = await self.told.bot.home(self.told.by(member))
        assert language == self.language
        self._keep(name, Tab(card))

    async def programme(self, **changes: object) -> None:
        """The programme is so."""
        await self._change(Programme, P, **changes)

    async def member(self, id_: str, **changes: object) -> None:
        """Somebody is so."""
        await self._change(Member, id_, **changes)

    async def story(self, **changes: object) -> Story:
        """The story that was told last; with `changes`, as it becomes."""
        async with self.told.storage.reading(P) as at:
            found = max(await at.find(Story), key=lambda story: story.id)
        if not changes:
            return found
        await self._change(Story, found.id, **changes)
        return await self.story()

    async def until(self, moment: datetime) -> None:
        """The clock shows a moment, and everything due happens."""
        self.told.clock.shift(moment - self.told.clock.now())
        await self.told.settle()

    def _answered(self, name: str, answer: Answer) -> None:
        match answer:
            case Asked(form):
                self._keep(name, form)
            case Words(Card() as card):
                self._keep(name, card)
            case Words(words):
                assert not isinstance(words, Card)
                self._keep(name, Card(words, (Body(words),)))
            case _:
                raise AssertionError(answer)

    def _keep(self, name: str, shown: Shown) -> None:
        assert name not in self.shown, name
        self.shown[name] = shown

    async def _change(self, kind: type[Programme | Member | Story], id_: str, **changes: object) -> None:
        async with self.told.storage.work(P) as work:
            known = await work.get(kind, id=id_)
            assert known is not None
            await work.put(replace(known, **changes))  # type: ignore[arg-type]


@asynccontextmanager
async def stage(folder: Path, language: str) -> AsyncIterator[Stage]:
    """A stage whose people and channels all speak one language; links are measured."""
    with unchanging():
        async with programme(folder, Surroundings("https://herald.example")) as told:
            await _speak(told, language)
            yield Stage(told, language)


@contextmanager
def unchanging() -> Iterator[None]:
    """Ids and tokens in order instead of at random, so that a drawing only changes with what is drawn."""
    ids, tokens = count(1), count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.work.ULID", lambda: f"01KAJ3Z9Q0{next(ids):016d}")
        patch.setattr("content.shares.new_token", lambda: f"token{next(tokens):012d}")
        yield


async def _speak(told: Told, language: str) -> None:
    async with told.storage.work(P) as work:
        for programme_ in await work.find(Programme):
            await work.put(replace(programme_, language=language, employer="Acme"))
        for channel in await work.find(Channel):
            await work.put(replace(channel, language=language))
        for member in await work.find(Member):
            await work.put(replace(member, language=language, platform_language=language))
    for user, account in told.chat.accounts.items():
        told.chat.knows(replace(account, user=user, language=language, zone="Europe/Paris"))
