"""Two people decide the same thing at the same moment, in two processes: one decision, and both are told."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.cards import Card
from bot.commands.delivering import ConfirmSent, SendAgain
from bot.commands.feeding import PrepareItem, SkipItem
from bot.commands.moderation import (
    ApproveStory,
    AskAuthor,
    ChooseChannels,
    DeclineStory,
    EditStory,
    EndStory,
    RecallStory,
    ScheduleStory,
    UndoApproval,
)
from bot.commands.suggesting import AnswerQuestion, EditIdea, WithdrawIdea
from bot.commands.wire import Command
from bot.ports import Answer, Asked, Redrawn, Wrong
from bot.ports import Told as Words
from content.feeds import Feed
from content.stories import Origin, State, Story
from content.texts import say
from content.trays import ItemState, TrayItem
from storage.records import AuditEntry, Copy, Sending
from storage.turns import Turns
from storage.work import Storage
from tests.bot.programme import ANA, LEA, MONDAY, REVIEW, STORIES, TOM, P, Told, W, programme
from tests.databases import DATABASES

LATER = str(int((MONDAY + timedelta(days=1)).timestamp()))
HELD = MONDAY + timedelta(minutes=1)

Given = Callable[[str], Command]
MODERATORS: dict[str, Given] = {
    "approve": lambda id_: ApproveStory(id_, 1),
    "schedule": lambda id_: ScheduleStory(id_, 1, at=LATER),
    "undo": lambda id_: UndoApproval(id_, 1),
    "ask": lambda id_: AskAuthor(id_, 1, question="When?"),
    "decline": lambda id_: DeclineStory(id_, 1, reason="moment"),
    "edit": lambda id_: EditStory(id_, 1, title="Another title"),
    "channels": lambda id_: ChooseChannels(id_, 1, channels=(STORIES,)),
    "end": lambda id_: EndStory(id_, 1),
    "recall": lambda id_: RecallStory(id_, 1, words="The date was wrong."),
}
"""What a moderator decides on the version they saw."""
AUTHOR: dict[str, Given] = {
    "withdraw": WithdrawIdea,
    "answer": lambda id_: AnswerQuestion(id_, answer="Tomorrow."),
    "edit_idea": lambda id_: EditIdea(id_, what="Another story", why="Because"),
}
"""What the author does meanwhile."""
STATES: dict[State, set[str]] = {
    State.SUGGESTED: {"approve", "schedule", "ask", "decline", "edit", "channels", "withdraw", "edit_idea"},
    State.ASKED: {
        "approve", "schedule", "ask", "decline", "edit", "channels", "withdraw", "edit_idea", "answer",
    },
    State.APPROVED: {"undo", "edit", "channels", "withdraw"},
    State.LIVE: {"edit", "channels", "end", "recall"},
    State.ENDED: {"recall"},
    State.DECLINED: set(),
}  # fmt: skip
"""What may be done with a story that is so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Who asks what of a story that both see as it is: Ana here, somebody else in another process."""

    state: State
    first: str
    second: str

    @property
    def id(self) -> str:
        return f"{self.state}-{self.first}-{self.second}"

    @property
    def may(self) -> tuple[bool, bool]:
        """Whether each could be done, were there not the other."""
        return self.first in STATES[self.state], self.second in STATES[self.state]

    def changes(self) -> set[int]:
        """How many there may be: one of two moderators'; the author names no version and may come after."""
        return {1, 2} if self.may[0] and self.second in AUTHOR else {int(any(self.may))}


PAIRS = [
    *(Pair(state, *both) for state in STATES for both in product(MODERATORS, MODERATORS)),
    *(Pair(state, *both) for state in STATES for both in product(MODERATORS, AUTHOR)),
]


@dataclass
class Two:
    """Two processes on one database."""

    told: Told
    here: Bot
    there: Bot

    async def at_once(self, first: Command, second: Command, other: str = TOM) -> tuple[Answer, Answer]:
        """Both press at the same moment."""
        return await asyncio.gather(
            self.here.do(first, self.told.by(ANA)), self.there.do(second, self.told.by(other))
        )

    async def changed(self) -> dict[str, int]:
        """How often each story was decided about or edited: its version says so."""
        async with self.told.storage.reading(P) as at:
            return {one.id: one.version - 1 for one in await at.find(Story)}

    async def decided(self) -> Counter[str]:
        """How many decisions stand in the audit, by subject; an author's own edit is none."""
        async with self.told.storage.reading(P) as at:
            return Counter(entry.subject for entry in await at.find(AuditEntry))


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    """SQLite has one process: there, two requests of the same one."""
    async with programme(tmp_path) as told:
        elsewhere = told.storage
        if DATABASES.server:
            url = told.storage.engine.url.render_as_string(hide_password=False)
            elsewhere = Storage.open(url, told.clock.now)
        for storage in (told.storage, elsewhere):
            storage.turns = Turns(storage.engine, 60)
        other = Bot(elsewhere, told.pages, told.bot.around)
        other.speak(W, told.chat)
        yield Two(told, told.bot, other)
        await elsewhere.close()


def story(pair: Pair) -> Story:
    """Léa's idea, as both see it."""
    return Story(
        pair.id, P, 1, pair.state, Origin.IDEA, MONDAY, title="Zoé", told="Zoé welds", author=LEA,
        question="Who?" if pair.state is State.ASKED else "", out_at=HELD, live_at=MONDAY,
    )  # fmt: skip


def heard(answer: Answer) -> str:
    """What somebody sees of an answer, in English; a form counts as its title, a card as drawn."""
    match answer:
        case Words(words):
            return say(words.notice if isinstance(words, Card) else words, "en")
        case Wrong(fields):
            return " ".join(say(words, "en") for words in fields.values())
        case Asked(form):
            return say(form.title, "en")
        case Redrawn():
            return "the card as it is now"
        case _:
            return ""


@pytest.fixture
def pairs(request: pytest.FixtureRequest) -> list[Pair]:
    """Those that could both be done; every one of the 648 in `make soak`."""
    return PAIRS if request.config.getoption("--soak") else [pair for pair in PAIRS if all(pair.may)]


async def test_two_decisions_at_once_are_one(two: Two, pairs: list[Pair]) -> None:
    """Every ordered pair of what two people can ask, in every state."""
    async with two.told.storage.work(P) as work:
        await work.insert_all([story(pair) for pair in pairs])
    answers = {pair: await two.at_once(*commands(pair), other(pair)) for pair in pairs}
    changed, decided = await two.changed(), await two.decided()
    assert {pair.id for pair in pairs if changed[pair.id] not in pair.changes()} == set()
    assert {pair.id for pair in pairs if decided[pair.id] > changed[pair.id]} == set()
    assert {pair.id for pair, both in answers.items() if not all(map(heard, both))} == set()
    assert {
        pair.id for pair in pairs if pair.second in MODERATORS and done(answers[pair]) != any(pair.may)
    } == set()


def done(both: tuple[Answer, Answer]) -> int:
    """How many were shown that it is done."""
    return sum(isinstance(answer, Redrawn) for answer in both)


def commands(pair: Pair) -> tuple[Command, Command]:
    everything = MODERATORS | AUTHOR
    return everything[pair.first](pair.id), everything[pair.second](pair.id)


def other(pair: Pair) -> str:
    return TOM if pair.second in MODERATORS else LEA


FEED = "F1"


def things() -> Iterator[tuple[str, Command, Command]]:
    """What moderators decide beside stories: an item of a feed, a card nobody knows about."""
    item: dict[str, Given] = {
        "prepare": lambda id_: PrepareItem(id_, title="A bridge"),
        "skip": SkipItem,
    }
    card: dict[str, Given] = {"there": ConfirmSent, "again": SendAgain}
    for kind in (item, card):
        for (one, first), (two, second) in product(kind.items(), kind.items()):
            yield f"{one}-{two}", first(f"{one}-{two}"), second(f"{one}-{two}")


async def test_so_are_two_about_an_item_or_a_lost_card(two: Two) -> None:
    """A form that somebody filled in makes a story of an item although it was just skipped; never two."""
    async with two.told.storage.work(P) as work:
        await work.insert(Feed(FEED, P, "https://acme.example/feed", MONDAY))
        for id_, first, _ in things():
            if isinstance(first, PrepareItem | SkipItem):
                await work.insert(an_item(id_))
            else:
                await work.insert(a_lost_card(id_))
    answers = {id_: await two.at_once(first, second) for id_, first, second in things()}
    assert {id_ for id_, both in answers.items() if not all(map(heard, both))} == set()
    taken = {
        id_: sum(isinstance(answer, Redrawn | Asked) for answer in both) for id_, both in answers.items()
    }
    assert {id_ for id_, number in taken.items() if number != 1} <= {"prepare-skip", "skip-prepare"}
    async with two.told.storage.reading(P) as at:
        assert len(await at.find(Story)) == sum(
            one.state is ItemState.PREPARED for one in await at.find(TrayItem)
        )


def an_item(id_: str) -> TrayItem:
    return TrayItem(id_, P, FEED, id_, "A bridge", None, "", None, "en", "2026-11-23", MONDAY)


def a_lost_card(id_: str) -> Copy:
    return replace(
        Copy(id_, P, W, REVIEW, "story", id_, "en", "1", created=MONDAY, due=MONDAY, op_id=id_),
        state=Sending.UNSURE,
    )
