"""Where and when a story goes out: its channels, each in its hours, at most two cards a day."""

from datetime import datetime, timedelta

from content.programmes import Channel, Programme, Use, hours, next_slot
from content.stories import Story
from content.texts import Listing, Words, text
from storage import queries
from storage.work import Reading


async def destinations(at: Reading, story: Story) -> list[Channel]:
    """The open story channels a story goes to: the chosen ones, or all."""
    found = [channel for channel in await queries.channels(at, Use.STORIES) if channel.shut is None]
    return [channel for channel in found if not story.channels or channel.id in story.channels]


async def goes_to(at: Reading, story: Story) -> Words:
    """The same, as moderators read it."""
    found = await destinations(at, story)
    if not found:
        return text("review.nowhere")
    return text("review.rooms", rooms=Listing(tuple(channel.called for channel in found)))


async def slot(at: Reading, channel: Channel, programme: Programme, after: datetime) -> datetime:
    """When a channel takes this card."""
    sent = await queries.promised(at, channel.id, after - timedelta(days=2))
    return next_slot(after, hours(channel, programme), sent, spaced=not programme.all_day)


async def first_slot(at: Reading, story: Story, after: datetime) -> datetime:
    """When the first of a story's channels takes it; `after` when it has none."""
    programme = await queries.programme(at)
    found = await destinations(at, story)
    return min([await slot(at, channel, programme, after) for channel in found], default=after)
