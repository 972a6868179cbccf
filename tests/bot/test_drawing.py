"""Laws of what is drawn ahead and together: a copy that counts as drawn shows the present, at any moment."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from bot.cards import Card
from bot.delivering import Sender
from bot.ports import Surroundings, Unreachable
from bot.tally import Tally
from bot.views import ALIKE, look
from content.stories import Origin, State, Story
from storage import queries
from storage.records import Copy, Sending
from storage.work import Storage, new_id
from tests.bot.programme import P, Told, W
from tests.fakes import LEISURELY, FakeChat
from tests.laws import tries

AROUND = Surroundings(patience=LEISURELY)
HAPPENS = st.sampled_from(("", "", "edit", "edit", "end", "queue", "fail"))
ROOMS = 4


@dataclass
class Meddled(FakeChat):
    """Each time it is spoken to, something happens to the story before and after; `lies` is what was seen.

    A copy lies when it counts as drawn and shows something else than the story is.
    """

    storage: Storage | None = None
    story: str = ""
    script: Iterator[str] = field(default_factory=lambda: iter(()))
    queued: int = 0
    edits: int = 0
    lies: list[str] = field(default_factory=list)

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        await self.refused()
        ref = await super().send(address, card, language, operation)
        await self.happens()
        return ref

    async def redraw(self, ref: str, card: Card, language: str) -> None:
        await self.refused()
        await super().redraw(ref, card, language)
        await self.happens()

    async def refused(self) -> None:
        """Something happens, and may be that nothing is posted or redrawn."""
        if await self.happens() == "fail":
            raise Unreachable("refused")

    async def happens(self) -> str:
        """The next line of the script."""
        what = next(self.script, "")
        assert self.storage
        async with self.storage.work(P) as work:
            story = await queries.story(work, self.story)
            assert story
            if what == "queue" and self.queued < 2 * ROOMS:
                await work.send("story", self.story, f"{W}/C{self.queued}", "en")
                self.queued += 1
            if what in {"edit", "end"}:
                self.edits += 1
                state = State.ENDED if what == "end" else story.state
                title = f"Title {self.edits}"
                await work.change(story, replace(story, version=story.version + 1, state=state, title=title))
                await work.refresh(self.story)
        await self.checked()
        return what

    async def checked(self) -> list[Copy]:
        """Every copy, after a look at what each of them shows."""
        assert self.storage
        async with self.storage.reading(P) as at:
            copies = [copy for copy in await at.find(Copy) if copy.subject == self.story]
            for copy in copies:
                _, card = await look(at, copy, AROUND)
                drawn = copy.state is Sending.IDLE and copy.ref and copy.drawn >= copy.wanted
                if drawn and self.latest(copy.address.partition("/")[2]) != card:
                    self.lies.append(f"{copy}")
        return copies


async def a_story(storage: Storage) -> str:
    """One that is out."""
    id_ = new_id()
    async with storage.work(P) as work:
        story = Story(id_, P, 1, State.LIVE, Origin.MODERATOR, work.now, title="Zoé", live_at=work.now)
        await work.insert(story)
    return id_


async def meddled(told: Told, script: list[str], *, history: bool) -> Meddled:
    """A story for some channels, and all that happens while it goes there."""
    chat = Meddled("slack", told.clock.now, history=history, storage=told.storage)
    chat.story, chat.script = await a_story(told.storage), iter(script)
    sender = Sender(told.storage, chat, W, AROUND, Tally())
    while chat.queued < ROOMS:
        async with told.storage.work(P) as work:
            await work.send("story", chat.story, f"{W}/C{chat.queued}", "en")
        chat.queued += 1
    for _ in range(len(script) + 2):
        await sender.deliver()
        told.clock.shift(timedelta(minutes=10))
    await sender.close()
    return chat


@tries(12, HealthCheck.function_scoped_fixture)
@given(st.lists(HAPPENS, max_size=30), st.booleans())
@example(["edit"] * 12, True)
@example(["queue", "edit", "", "end"] * 4, False)
async def test_what_counts_as_drawn_shows_the_present(told: Told, script: list[str], history: bool) -> None:
    """Whatever is edited, ended, queued or refused while cards are read ahead, drawn together and posted."""
    chat = await meddled(told, script, history=history)
    copies = await chat.checked()
    assert chat.lies == []
    left = [copy for copy in copies if copy.state is not Sending.DROPPED]
    assert [copy for copy in left if copy.drawn < copy.wanted or copy.state is not Sending.IDLE] == []
    assert max((len(chat.at(f"C{number}")) for number in range(2 * ROOMS)), default=0) <= 1


@pytest.mark.parametrize("view", sorted(ALIKE))
@pytest.mark.parametrize("ref", [None, "C1:1"])
async def test_copies_that_are_drawn_together_look_alike(told: Told, view: str, ref: str | None) -> None:
    """Only the subject counts, and whether they are posted."""
    now, story = told.clock.now(), await a_story(told.storage)
    one = Copy("1", P, W, f"{W}/C1", view, story, "en", "1", now, now, "1", ref=ref)
    later = now + timedelta(days=1)
    other = Copy(
        "2", P, W, f"{W}/U2", view, story, "fr", "2", later, later, "2", wanted=7, ref=ref and "C2:2"
    )
    async with told.storage.reading(P) as at:
        (_, card), (_, same) = await look(at, one, AROUND), await look(at, other, AROUND)
    assert card is not None
    assert card == same
