"""What people are told, and platforms answered, when the database or the clock cannot be relied on."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.clock import BELIEVED, SLACK, Clock
from bot.answering import as_card
from bot.bot import Bot
from bot.commands.digesting import ShowWeek
from bot.commands.moderation import ApproveStory
from bot.commands.settling import NoteJoined, NoteLeft
from bot.commands.sharing import OpenNetwork, ShareStory
from bot.commands.suggesting import SuggestStory
from bot.commands.wire import Command
from bot.ports import NOWHERE, Asked, Redrawn, Wrong
from content.shares import Evidence, Fact
from content.stories import State, Story
from content.texts import say, text
from storage.appending import Appending
from storage.pens import Entry, Pen
from storage.records import Moderator
from storage.turns import Turns
from storage.work import Busy, Storage, Uncertain
from tests.bot.programme import ANA, LEA, REVIEW, P, Told

sqlite = pytest.mark.skipif("config.getoption('--database') != 'sqlite'")
BUSY = Wrong({NOWHERE: text("busy")})
UNCERTAIN = Wrong({NOWHERE: text("uncertain")})


async def waiting(told: Told) -> Story:
    """An idea of Léa's that moderators may decide."""
    await told.do(SuggestStory(what="Zoé welds"), LEA)
    async with told.storage.reading(P) as at:
        (story,) = await at.find(Story)
    return story


async def there(told: Told, id_: str) -> Story:
    async with told.storage.reading(P) as at:
        story = await at.get(Story, id=id_)
    assert story is not None
    return story


@asynccontextmanager
async def locked(told: Told) -> AsyncIterator[None]:
    """Somebody else writes for longer than anybody waits."""
    told.storage.turns = Turns(told.storage.engine, 1.8)
    async with told.storage.engine.connect() as connection:
        await connection.execute(sql("PRAGMA busy_timeout = 50"))
    with holding(Path(told.storage.engine.url.database or "")):
        yield


@contextmanager
def holding(file: Path) -> Iterator[None]:
    """The one writer of the file."""
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


@sqlite
async def test_a_press_on_a_locked_database_is_told_and_may_come_again(told: Told) -> None:
    story = await waiting(told)
    by, press = told.by(ANA), ApproveStory(story.id, story.version)
    async with locked(told):
        assert await told.bot.do(press, by) == BUSY
    assert (await there(told, story.id)).state is State.SUGGESTED
    assert await told.bot.do(press, by) == Redrawn()
    assert (await there(told, story.id)).state is State.APPROVED


@sqlite
@pytest.mark.parametrize("event", [NoteLeft(REVIEW, ANA), NoteJoined(REVIEW, LEA)], ids=["left", "joined"])
async def test_an_event_that_could_not_be_noted_is_an_error(told: Told, event: Command) -> None:
    """Nobody pressed it and nobody is told: the platform must send it again."""
    by = told.by(LEA)
    async with locked(told):
        with pytest.raises(Busy):
            await told.bot.do(event, by)
    await told.bot.do(event, by)
    async with told.storage.reading(P) as at:
        decide = {one.member for one in await at.find(Moderator)}
    assert (ANA in decide, LEA in decide) == ((False, False) if isinstance(event, NoteLeft) else (True, True))


class Away(Turns):
    """A database that is not there."""

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[AsyncConnection]:
        raise Busy from OSError("no connection")
        yield


async def test_a_database_that_is_away_is_said_everywhere(told: Told) -> None:
    """Before anything is known of the workspace, too: words in the platform's language, never an apology."""
    bot = Bot(told.storage, told.pages, told.bot.around)
    bot.speak("slack:T1", told.chat)
    told.storage.turns, told.storage._near = Away(told.storage.engine, 1), None  # noqa: SLF001  as on PostgreSQL
    by = told.by(LEA, language="fr")
    assert await bot.do(SuggestStory(what="Lyon opens"), by) == BUSY
    assert await bot.do(ShowWeek(), by) == BUSY
    assert await bot.form(ShareStory("S1"), by) == BUSY
    assert await bot.home(by) == (as_card(BUSY), "fr")
    assert await bot.shows("C1:1", by) is None
    assert await bot.known(by)
    await bot.opened(ShareStory("S1"), by)


class Breaking(Turns):
    """The connection breaks during commits: `kept` says of each of the next whether it was recorded."""

    def __init__(self, storage: Storage, *kept: bool, away: bool = False) -> None:
        super().__init__(storage.engine, 5)
        self._kept = list(kept)
        self._away = away

    @asynccontextmanager
    async def writing(self, turn: str | None) -> AsyncIterator[AsyncConnection]:
        if not self._kept and self._away:
            raise Busy from OSError("no connection")
        breaks = self._kept.pop(0) if self._kept else None
        async with super().writing(turn) as connection:
            yield connection
            if breaks is False:
                await connection.rollback()
        if breaks is not None:
            raise Uncertain


@pytest.mark.parametrize("kept", [True, False])
async def test_a_commit_that_broke_is_found_out_by_its_key(told: Told, kept: bool) -> None:
    """Recorded or not, the person gets one decision and its answer."""
    story = await waiting(told)
    told.storage.turns = Breaking(told.storage, kept)
    answer = await told.bot.do(ApproveStory(story.id, story.version), told.by(ANA))
    assert answer == Redrawn()
    after = await there(told, story.id)
    assert (after.state, after.version) == (State.APPROVED, story.version + 1)


async def test_what_nobody_can_find_out_is_said_as_it_is(told: Told) -> None:
    """Never "nothing was recorded" when it may have been; an event comes again."""
    story = await waiting(told)
    told.storage.turns = Breaking(told.storage, True, away=True)
    answer = await told.bot.do(ApproveStory(story.id, story.version), told.by(ANA))
    assert answer == UNCERTAIN
    told.storage.turns = Breaking(told.storage, True, away=True)
    with pytest.raises(Uncertain):
        await told.bot.do(NoteLeft(REVIEW, ANA), told.by(ANA))


class BreakingPen:
    """The connection breaks during the first group: `kept` says whether it was recorded."""

    def __init__(self, pen: Pen, *, kept: bool) -> None:
        self._pen = pen
        self._kept = kept
        self._breaks = True

    async def write(self, pick: Callable[[], Iterable[Entry]]) -> set[str]:
        breaks, self._breaks = self._breaks, False
        new = set() if breaks and not self._kept else await self._pen.write(pick)
        if breaks:
            raise Uncertain
        return new

    async def put(self, pick: Callable[[], Iterable[Entry]]) -> None:
        await self.write(pick)

    def close(self) -> None:
        self._pen.close()


@pytest.mark.parametrize("kept", [True, False])
async def test_a_share_whose_commit_broke_is_stated_once(told: Told, kept: bool) -> None:
    """Its fact has a key of its own: it is looked for, and written again when it is not there."""
    story = await waiting(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)
    told.storage.appending = Appending(BreakingPen(told.storage.pen, kept=kept), 60)
    assert isinstance(await told.bot.do(OpenNetwork(story.id, "linkedin"), told.by(LEA)), Asked)
    async with told.storage.reading(P) as at:
        assert [fact.kind for fact in await at.find(Fact)] == [Evidence.INTENT]


# ------------------------------------------------------------------------------------- the machine's clock


class Machine:
    """A machine's two clocks, which a test moves."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self.steady = 1_000.0
        self.clock = Clock(lambda: self.wall, lambda: self.steady)

    def passes(self, seconds: float, *, wall: float | None = None) -> float:
        """Time goes by, and the wall clock says how much; how far it is back."""
        self.steady += seconds
        self.wall += timedelta(seconds=seconds if wall is None else wall)
        return self.clock.back()


def test_a_clock_that_goes_on_is_believed() -> None:
    """Also when it is corrected by a little, and when it leaps forward."""
    machine = Machine()
    assert machine.passes(3_600) == 0
    assert machine.passes(60, wall=60 - SLACK + 1) == 0
    assert machine.passes(1, wall=7_200) == 0
    assert machine.passes(1) == 0


def test_a_clock_that_jumps_back_is_noticed_until_it_is_right_again() -> None:
    machine = Machine()
    assert machine.passes(10, wall=-3_590) == 3_600
    assert machine.passes(BELIEVED - 1) == 3_600
    assert machine.passes(0.5, wall=3_600.5) == 0


def test_a_clock_that_stays_back_was_set_right() -> None:
    machine = Machine()
    assert machine.passes(1, wall=-3_599) == 3_600
    assert machine.passes(BELIEVED) == 0
    assert machine.passes(1) == 0
    assert machine.passes(1, wall=-3_599) == 3_600


async def test_nothing_is_decided_while_the_clock_is_back(told: Told) -> None:
    """Presses are told; what the platform reports is noted all the same; then work goes on."""
    story = await waiting(told)
    machine = Machine()
    bot = Bot(told.storage, told.pages, replace(told.bot.around, back=machine.clock.back))
    bot.speak("slack:T1", told.chat)
    machine.passes(0, wall=-3_600)
    by, press = told.by(ANA), ApproveStory(story.id, story.version)
    answer = await bot.do(press, by)
    assert isinstance(answer, Wrong)
    assert "Nothing was recorded" in say(answer.fields[NOWHERE], "en")
    assert (await there(told, story.id)).state is State.SUGGESTED
    await bot.do(NoteLeft(REVIEW, LEA), told.by(LEA))
    machine.passes(0, wall=3_600)
    assert await bot.do(press, by) == Redrawn()
