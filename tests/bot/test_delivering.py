"""Delivery: each way a platform fails has its own consequence, and a copy ends up showing the present."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.moderation import ApproveStory, EndStory
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from content.programmes import Channel, Workspace
from storage.records import Copy, Sending
from tests.bot.programme import ANA, STORIES, P, Told, W
from tests.bot.test_moderation import suggested, the_story


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
    told.chat.failing.extend(failures)
    await told.bot.tick()
    return await copy_of(told, "story")


async def test_throttled_waits_exactly_as_long_as_told(told: Told) -> None:
    """Neither sooner nor much later."""
    copy = await approved(told, Throttled(30, "address"))
    assert (copy.due - told.clock.now()).total_seconds() == 30
    await told.later(seconds=29)
    assert told.chat.at("CSTORIES") == []
    await told.later(seconds=2)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_unreachable_is_tried_again(told: Told) -> None:
    """It surely did not act."""
    await approved(told, Unreachable("refused"))
    await told.later(minutes=1)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_unknown_is_never_posted_again_by_itself(told: Told) -> None:
    """It may be there already."""
    copy = await approved(told, Unknown("timeout"))
    assert copy.state is Sending.UNSURE
    await told.later(hours=1)
    assert told.chat.at("CSTORIES") == []


async def test_gone_shuts_the_channel(told: Told) -> None:
    """A channel that was deleted gets nothing more, and that is visible."""
    copy = await approved(told, Gone("channel_not_found"))
    assert copy.state is Sending.GONE
    async with told.storage.reading(P) as at:
        rooms = [channel for channel in await at.find(Channel) if channel.id == STORIES]
    assert [room.shut for room in rooms] == ["gone"]


async def test_rejected_is_set_aside(told: Told) -> None:
    """Our own mistake is kept for us to see, and holds nothing else up."""
    assert (await approved(told, Rejected("invalid_blocks"))).state is Sending.ASIDE


async def test_locked_out_pauses_the_workspace_and_forgets_nothing(told: Told) -> None:
    """When the credential is back, everything goes out."""
    await approved(told, LockedOut("token_revoked"))
    await told.later(hours=1)
    assert told.chat.at("CSTORIES") == []
    async with told.storage.work(P) as work:
        workspace = await work.get(Workspace, id=W)
        assert workspace is not None
        assert workspace.paused
        await work.put(replace(workspace, paused=None))
    await told.later(minutes=1)
    assert len(told.chat.at("CSTORIES")) == 1


async def test_a_change_while_drawing_is_not_lost(told: Told) -> None:
    """A redraw that fails leaves the copy behind, and the next one shows the present."""
    copy = await approved(told)
    assert copy.wanted == copy.drawn
    story = await the_story(told)
    told.chat.failing.append(Unreachable("refused"))
    await told.do(EndStory(story.id, story.version), ANA)
    await told.later(minutes=1)
    assert "story.ended" in str(told.chat.latest("CSTORIES").roles)


async def test_what_a_dead_process_left_is_unsure(told: Told) -> None:
    """A trace of the try was written before it."""
    copy = await approved(told, Unreachable("refused"))
    async with told.storage.work(P) as work:
        await work.set_copy(replace(copy, state=Sending.SENDING))
    await told.bot.recover()
    assert (await copy_of(told, "story")).state is Sending.UNSURE
