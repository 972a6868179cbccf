"""Delivery: each way a platform fails has its own consequence, and a copy ends up showing the present."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cards import Card
from bot.commands.moderation import ApproveStory, EndStory
from bot.commands.sharing import OpenNetwork
from bot.commands.suggesting import SuggestStory
from bot.delivering import AT_ONCE
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from bot.views import VIEWS
from content.programmes import Channel, Workspace
from content.texts import text
from storage import directory
from storage.records import Admin, Copy, Sending
from storage.work import Storage
from tests.bot.programme import ANA, LEA, REVIEW, STORIES, P, Told, W
from tests.bot.sharing import colleagues, out
from tests.bot.test_moderation import suggested, the_story
from tests.fakes import FakeChat

SHUT = text("shut.says", channel="#stories")


async def copy_of(told: Told, view: str) -> Copy:
    """The only copy of a view."""
    async with told.storage.reading(P) as at:
        return next(copy for copy in await at.find(Copy) if copy.view == view)


async def approved(told: Told, *failures: Exception) -> Copy:
    """A story that goes out while the platform fails as told; its copy in the channel."""
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    told.clock.shift(timedelta(seconds=61))
    async with told.storage.work(P) as work:
        review = next(copy for copy in await work.find(Copy) if copy.view == "review")
        await work.set_copy(replace(review, state=Sending.DROPPED))
    told.chat.failing_at["CSTORIES"] = [*failures]
    await told.bot.tick()
    return await copy_of(told, "story")


async def test_a_queue_that_answers_slowly_is_worked_off(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for is begun, however long the answer took: a slow database stops nothing."""
    asked = directory.heads

    async def slowly(*about: Any, **more: Any) -> list[directory.Head]:  # noqa: ANN401  as it is asked
        heads = await asked(*about, **more)
        await asyncio.sleep(0.1)
        return heads

    monkeypatch.setattr("bot.reading.AGE", 0.05)
    monkeypatch.setattr(directory, "heads", slowly)
    async with told.storage.work(P) as work:
        await work.send("introduction", STORIES, STORIES, "en")
    await told.bot.deliver()
    assert len(told.chat.at("CSTORIES")) == 1


async def test_what_is_queued_while_the_queue_answers_is_not_missed(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever calls while somebody else looks may know of more."""
    asked, answered, queued = directory.heads, asyncio.Event(), asyncio.Event()

    async def before(*about: Any, **more: Any) -> list[directory.Head]:  # noqa: ANN401  as it is asked
        heads = await asked(*about, **more)
        answered.set()
        await queued.wait()
        return heads

    monkeypatch.setattr(directory, "heads", before)
    first = asyncio.create_task(told.bot.deliver())
    await answered.wait()
    async with told.storage.work(P) as work:
        await work.send("introduction", STORIES, STORIES, "en")
    second = asyncio.create_task(told.bot.deliver())
    await asyncio.sleep(0)
    queued.set()
    await asyncio.gather(first, second)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_throttled_waits_exactly_as_long_as_told(told: Told) -> None:
    """Neither sooner nor much later."""
    await approved(told, Throttled(30, "address"))
    await told.later(seconds=29)
    assert told.chat.at("CSTORIES") == []
    await told.later(seconds=2)
    assert len(told.chat.at("CSTORIES")) == 1


@pytest.mark.parametrize(
    ("failure", "reached"),
    [
        (Throttled(30, "address"), 1),
        (Throttled(30, "method"), 0),
        (Throttled(30, "workspace"), 0),
        (Unreachable("refused"), 1),
        (Rejected("invalid_blocks"), 1),
        (Unknown("timeout"), 1),
    ],
    ids=lambda value: f"{value}",
)
async def test_a_failure_pauses_what_it_speaks_about(told: Told, failure: Exception, reached: int) -> None:
    """And nothing else: cards of other channels go on, in rows that nobody touched."""
    await approved(told, failure)
    before = len(told.chat.at("CREVIEW"))
    async with told.storage.work(P) as work:
        await work.send("introduction", "x", REVIEW, "en")
    await told.bot.tick()
    assert len(told.chat.at("CREVIEW")) - before == reached


async def test_the_order_at_an_address_survives_failures(told: Told) -> None:
    """What failed goes first, also when something newer is waiting by then."""
    first = await approved(told, Unreachable("refused"))
    await told.later(milliseconds=1)
    async with told.storage.work(P) as work:
        await work.send("introduction", "x", STORIES, "en")
    await told.later(minutes=1)
    assert [sent.operation == first.op_id for sent in told.chat.at("CSTORIES")] == [True, False]


async def test_unreachable_is_tried_again(told: Told) -> None:
    """It surely did not act."""
    await approved(told, Unreachable("refused"))
    await told.later(minutes=1)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_gone_shuts_the_channel_and_tells_the_admins_once(told: Told) -> None:
    """A channel that was deleted gets nothing more, and that is visible."""
    async with told.storage.work(P) as work:
        await work.put(Admin(ANA, P))
    copy = await approved(told, Gone("channel_not_found"))
    assert copy.state is Sending.GONE
    async with told.storage.reading(P) as at:
        rooms = [channel for channel in await at.find(Channel) if channel.id == STORIES]
    assert [room.shut for room in rooms] == ["gone"]
    await told.later(minutes=10)
    assert [str(sent.card.notice) for sent in told.chat.at("UANA")].count(str(SHUT)) == 1


async def test_a_message_that_was_deleted_is_forgotten_alone(told: Told) -> None:
    """Its channel goes on."""
    await approved(told)
    story = await the_story(told)
    told.chat.sent.clear()
    await told.do(EndStory(story.id, story.version), ANA)
    assert (await copy_of(told, "story")).state is Sending.GONE
    async with told.storage.reading(P) as at:
        assert all(channel.shut is None for channel in await at.find(Channel))


async def test_rejected_is_set_aside(told: Told) -> None:
    """Our own mistake is kept for us to see, and holds nothing else up."""
    assert (await approved(told, Rejected("invalid_blocks"))).state is Sending.ASIDE


async def test_locked_out_pauses_the_workspace_and_forgets_nothing(told: Told) -> None:
    """When the credential is back, everything goes out by itself, and those who run Herald hear of it."""
    async with told.storage.work(P) as work:
        await work.put(Admin(ANA, P))
    await approved(told, LockedOut("token_revoked"))
    told.chat.locked = True
    async with told.storage.reading(P) as at:
        workspace = await at.get(Workspace, id=W)
    assert workspace is not None
    assert workspace.paused == "token_revoked"
    await told.later(hours=1)
    assert told.chat.at("CSTORIES") == []
    told.chat.locked = False
    await told.later(hours=1)
    assert len(told.chat.at("CSTORIES")) == 1
    assert [sent.card.notice for sent in told.chat.at("UANA") if "locked" in str(sent.card.notice)]


async def test_a_change_while_drawing_is_not_lost(told: Told) -> None:
    """A redraw that fails leaves the copy behind, and the next one shows the present."""
    copy = await approved(told)
    assert copy.wanted == copy.drawn
    story = await the_story(told)
    told.chat.failing.append(Unreachable("refused"))
    await told.do(EndStory(story.id, story.version), ANA)
    await told.later(minutes=1)
    assert "story.ended" in str(told.chat.latest("CSTORIES").roles)


async def test_a_card_that_cannot_be_drawn_holds_up_its_own_address_alone(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in one view is logged with its traceback; everybody else gets their cards."""

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(VIEWS, "outcome", broken)
    await approved(told)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_an_address_that_gets_free_while_one_looks_goes_on(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round is over when nothing is left, not when nothing happens to run."""
    look = directory.heads

    async def slow_look(*asked: Any, **narrower: Any) -> list[directory.Head]:  # noqa: ANN401  as `heads` has it
        found = await look(*asked, **narrower)
        drawing = [task for task in asyncio.all_tasks() if "_draw" in str(task.get_coro())]
        if drawing:
            await asyncio.wait(drawing)
        return found

    monkeypatch.setattr(directory, "heads", slow_look)
    for number in range(3):
        await told.bot.do(SuggestStory(what=f"Story number {number}"), told.by(LEA))
    await told.settle()
    assert len(told.chat.at("CREVIEW")) == 3


async def test_counts_are_drawn_once_a_minute_whatever_their_number(told: Told) -> None:
    """Presses redraw nothing, and a minute without a new count costs no call."""
    people, story = await colleagues(told, 8), await out(told)
    await told.later(minutes=2)
    (card,) = told.chat.at("CSTORIES")
    before = len(card.looks)
    for member in people:
        await told.do(OpenNetwork(story.id, "linkedin"), member)
        await told.bot.tick()
    assert len(card.looks) == before
    for _ in range(3):
        await told.later(minutes=1, seconds=1)
        assert len(card.looks) == before + 1


@dataclass
class Slow(FakeChat):
    """Answers once `full` first posts are there; `claimed` is the most that were in doubt at any time."""

    storage: Storage | None = None
    full: int = 1
    claimed: int = 0
    waiting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    arrived: int = 0

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        self.arrived += 1
        if self.arrived == self.full:
            for _ in range(20):
                self.waiting.release()
        await self.waiting.acquire()
        assert self.storage
        async with self.storage.reading(P) as at:
            doubtful = [copy for copy in await at.find(Copy) if copy.state is Sending.SENDING]
        self.claimed = max(self.claimed, len(doubtful))
        return await super().send(address, card, language, operation)


@pytest.mark.parametrize(("history", "together"), [(False, 1), (True, AT_ONCE)])
async def test_what_cannot_be_looked_for_is_posted_one_at_a_time(
    told: Told, history: bool, together: int
) -> None:
    """So a process that dies leaves one card to ask about, not eight."""
    slow = Slow("slack", told.clock.now, history=history, storage=told.storage, full=together)
    told.bot.speak(W, slow)
    async with told.storage.work(P) as work:
        for number in range(20):
            await work.send("introduction", "x", f"{W}/C{number}", "en")
    await told.settle()
    assert (len(slow.sent), slow.claimed) == (20, together)
