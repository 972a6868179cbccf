"""A credential, a scope, a card that somebody deleted: nothing is forgotten, nobody is told twice."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from bot import stuck
from bot.cards import Card
from bot.commands.moderation import EndStory
from bot.failing import FIRST_WAIT, LONGEST_WAIT, backoff
from bot.ports import Gone, LockedOut, Unknown
from content.programmes import Channel, Workspace
from content.refusals import Refusal
from content.texts import text
from storage.records import Admin, Copy, Sending
from storage.work import Work
from tests.bot.programme import ANA, STORIES, P, Told, W
from tests.bot.test_delivering import approved, copy_of
from tests.bot.test_moderation import the_story
from tests.fakes import FakeChat

Decides = Callable[[Work, str], Awaitable[Copy]]
REMOVED = text("removed.says", channel="#stories")


@dataclass
class Scopeless(FakeChat):
    """Lets Herald in and refuses every card, as Slack does without a scope, Teams with a blocked app."""

    refusing: bool = True
    tried: list[str] = field(default_factory=list)

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        self.tried.append(address)
        if self.refusing:
            raise LockedOut("chat.postMessage: missing_scope (200)")
        return await super().send(address, card, language, operation)


async def scopeless(told: Told) -> Scopeless:
    """Cards for ten channels wait, Ana runs Herald, and no card gets through."""
    chat = Scopeless("slack", told.clock.now)
    told.bot.speak(W, chat)
    async with told.storage.work(P) as work:
        await work.put(Admin(ANA, P))
        for number in range(10):
            await work.send("introduction", "x", f"{W}/C{number}", "en")
    await told.bot.tick()
    return chat


async def paused(told: Told) -> bool:
    async with told.storage.reading(P) as at:
        workspace = await at.get(Workspace, id=W)
    return workspace is not None and workspace.paused is not None


async def test_a_login_that_works_without_the_right_to_post_does_not_flap(told: Told) -> None:
    """Paused until a card gets through: tried less and less often, one card at a time, told once."""
    chat = await scopeless(told)
    first = len(chat.tried)
    for _ in range(100):
        await told.later(seconds=36)
        assert await paused(told)
    assert 8 <= len(chat.tried) - first <= 20
    chat.refusing = False
    await told.later(minutes=7)
    assert not await paused(told)
    assert {sent.address for sent in chat.sent} == {"UANA"} | {f"C{number}" for number in range(10)}
    assert len(chat.sent) == 11


async def test_a_token_refused_for_an_hour_costs_no_card(told: Told) -> None:
    """New cards, and looks of cards that stood there already, wait together and arrive together."""
    await approved(told)
    story = await the_story(told)
    told.chat.locked = True
    await told.do(EndStory(story.id, story.version), ANA)
    async with told.storage.work(P) as work:
        for number in range(20):
            await work.send("introduction", "x", f"{W}/C{number}", "en")
    for _ in range(12):
        await told.later(minutes=5)
    told.chat.locked = False
    await told.later(minutes=7)
    assert not await paused(told)
    async with told.storage.reading(P) as at:
        copies = await at.find(Copy)
    assert {copy.state for copy in copies if copy.view != "review"} == {Sending.IDLE}
    assert [copy for copy in copies if copy.drawn < copy.wanted and copy.view != "review"] == []
    assert all(len(told.chat.at(f"C{number}")) == 1 for number in range(20))
    assert "story.ended" in str(told.chat.latest("CSTORIES").roles)


async def deleted(told: Told) -> Copy:
    """Somebody deleted a card that was to be redrawn."""
    await approved(told)
    told.chat.sent.clear()
    async with told.storage.work(P) as work:
        await work.put(Admin(ANA, P))
        await work.refresh((await the_story(told)).id, view="story")
    await told.settle()
    return await copy_of(told, "story")


async def test_a_deleted_card_is_forgotten_and_told_once(told: Told) -> None:
    """Its channel goes on, and the same day's next one is no news."""
    assert (await deleted(told)).state is Sending.GONE
    async with told.storage.reading(P) as at:
        assert all(channel.shut is None for channel in await at.find(Channel))
    async with told.storage.work(P) as work:
        await work.send("introduction", "x", STORIES, "en")
    await told.settle()
    told.chat.sent[:] = [sent for sent in told.chat.sent if sent.address != "CSTORIES"]
    async with told.storage.work(P) as work:
        await work.refresh("x")
    await told.settle()
    assert (await copy_of(told, "introduction")).state is Sending.GONE
    assert [sent.card.notice for sent in told.chat.at("UANA")] == [REMOVED]


async def test_a_deleted_card_is_posted_anew_when_the_host_says_so(told: Told) -> None:
    gone = await deleted(told)
    async with told.storage.work(P) as work:
        await stuck.retry(work, gone.id)
    await told.settle()
    assert len(told.chat.at("CSTORIES")) == 1


async def test_a_deleted_message_of_ones_own_is_nobodys_business(told: Told) -> None:
    async with told.storage.work(P) as work:
        await work.put(Admin(ANA, P))
        await work.send("introduction", "x", f"{W}/ULEA", "en")
    await told.settle()
    told.chat.sent.clear()
    async with told.storage.work(P) as work:
        await work.refresh("x")
    await told.settle()
    assert told.chat.sent == []


@pytest.mark.parametrize("decide", [stuck.retry, stuck.drop])
async def test_what_is_being_sent_is_left_alone(told: Told, decide: Decides) -> None:
    """The host's verb is a process of its own: it must not write over what `serve` is about to settle."""
    copy = await approved(told, Gone("channel_not_found"))
    async with told.storage.work(P) as work:
        await work.set_copy(replace(copy, state=Sending.SENDING, sending_at=told.clock.now()))
    with pytest.raises(Refusal, match="under_way"):
        async with told.storage.work(P) as work:
            await decide(work, copy.id)
    assert (await copy_of(told, "story")).state is Sending.SENDING


@pytest.mark.parametrize(("decide", "stands"), [(stuck.retry, 1), (stuck.drop, 0)])
async def test_the_host_may_settle_what_nobody_knows(told: Told, decide: Decides, stands: int) -> None:
    """Under a new operation: an answer to the lost try counts no more; the question shows who settled it."""
    lost = await approved(told, Unknown("timeout"))
    await told.later(minutes=2)
    async with told.storage.work(P) as work:
        after = await decide(work, lost.id)
    assert (after.op_id != lost.op_id) == (decide is stuck.retry)
    await told.later(hours=1)
    assert len(told.chat.at("CSTORIES")) == stands
    assert "unsure.host" in str(told.chat.latest("CREVIEW").roles)


async def test_what_is_behind_goes_on_without_a_pause_at_its_address(told: Told) -> None:
    """A wait of ours ends when the host says so; where the card stands it is redrawn, not posted again."""
    await approved(told)
    async with told.storage.work(P) as work:
        copy = next(copy for copy in await work.find(Copy) if copy.view == "story")
        await work.set_copy(replace(copy, state=Sending.ASIDE, attempts=4, due=work.now + timedelta(hours=1)))
        await stuck.retry(work, copy.id)
    await told.settle()
    (sent,) = told.chat.at("CSTORIES")
    assert len(sent.looks) == 2


@given(attempts=integers(0, 1000))
def test_a_wait_doubles_up_to_five_minutes_and_is_never_the_same_for_two(attempts: int) -> None:
    """Two that failed together do not come back together."""
    plain = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT) if attempts < 50 else LONGEST_WAIT
    waits = {backoff(attempts) for _ in range(20)}
    assert plain * 0.75 <= min(waits) < max(waits) <= plain * 1.25
