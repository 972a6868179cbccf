"""What Herald says of its own deliveries: a card may be missing, a channel or a credential fails."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.delivering import ConfirmSent, SendAgain
from bot.commands.moderation import ApproveStory, EndStory
from bot.ports import Gone, LockedOut, Unknown
from content.programmes import Workspace
from storage.records import Admin, Copy, Sending
from tests.bot.programme import ANA, REVIEW, TOM, P, W
from tests.golden.scenes.tales import idea, live
from tests.golden.stage import Stage

THERE = ("unsure", "unsure-there", "unsure-settled")
AGAIN = ("unsure-sent-again",)
CLOSED = ("shut",)
LOCKED = ("locked-over",)
REMOVED = ("removed",)


async def there(stage: Stage) -> None:
    lost = await _lost(stage)
    await stage.card("unsure", REVIEW)
    await stage.told.do(ConfirmSent(lost.id), TOM)
    await stage.card("unsure-there", REVIEW)
    await stage.answer("unsure-settled", SendAgain(lost.id), ANA)


async def again(stage: Stage) -> None:
    lost = await _lost(stage)
    await stage.told.do(SendAgain(lost.id), TOM)
    await stage.card("unsure-sent-again", REVIEW)


async def closed(stage: Stage) -> None:
    await _run_by_ana(stage)
    await _fails(stage, Gone("channel_not_found"))
    await stage.card("shut", ANA)


async def locked(stage: Stage) -> None:
    """Nothing can be said while it lasts."""
    await _run_by_ana(stage)
    await _fails(stage, LockedOut("invalid_auth"))
    async with stage.told.storage.work(P) as work:
        workspace = await work.get(Workspace, id=W)
        assert workspace is not None
        await work.put(replace(workspace, paused=None))
    await stage.told.later(minutes=1)
    await stage.card("locked-over", ANA)


async def removed(stage: Stage) -> None:
    """Somebody deleted the card of a story that then ended."""
    await _run_by_ana(stage)
    story = await live(stage)
    stage.told.chat.sent[:] = [sent for sent in stage.told.chat.sent if sent.address != "CSTORIES"]
    await stage.told.do(EndStory(story.id, story.version), TOM)
    await stage.told.settle()
    await stage.card("removed", ANA)


async def _lost(stage: Stage) -> Copy:
    """A card whose answer never came, and the question about it."""
    await _fails(stage, Unknown("timeout"))
    await stage.told.later(minutes=2)
    async with stage.told.storage.reading(P) as at:
        return next(copy for copy in await at.find(Copy) if copy.view == "story")


async def _fails(stage: Stage, failure: Exception) -> None:
    """The story's card is the next thing to be posted, and it fails."""
    story = await idea(stage)
    await stage.told.do(ApproveStory(story.id, story.version), ANA)
    stage.told.clock.shift(timedelta(minutes=2))
    async with stage.told.storage.work(P) as work:
        review = next(copy for copy in await work.find(Copy) if copy.view == "review")
        await work.set_copy(replace(review, state=Sending.DROPPED))
    stage.told.chat.failing.append(failure)
    await stage.told.settle()


async def _run_by_ana(stage: Stage) -> None:
    async with stage.told.storage.work(P) as work:
        await work.put(Admin(ANA, P, ANA))
