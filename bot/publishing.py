"""A story on its way: its page is read, its hold ends, its cards are queued, its counts are kept fresh."""

import structlog

from bot.ports import Pages
from bot.slots import destinations, slot
from bot.suggesting import show_moderators
from bot.views.counting import shown_count
from content import stories
from content.pages import Page, Unreadable
from content.shares import links_for
from content.stories import Origin, Read, State, Story
from storage import directory, queries, sharing
from storage.directory import Due
from storage.work import Overtaken, Storage, Work

log = structlog.get_logger()


async def read_stories(storage: Storage, pages: Pages) -> None:
    """Read the pages of new ideas, outside any transaction, and show them to the moderators."""
    for due in await directory.stories_to_read(storage):
        await _read(storage, pages, due)


async def release_stories(storage: Storage) -> None:
    """Let stories out whose hold is over: live, and their cards queued, in one transaction each."""
    for due in await directory.stories_to_release(storage, storage.now()):
        async with storage.work(due.programme) as work:
            story = await queries.story(work, due.id)
            if story is not None and story.state is State.APPROVED:
                await release(work, story)


async def release(work: Work, story: Story) -> None:
    """Make a story live: each channel gets its card in its own hours, the author hears of it once."""
    programme = await queries.programme(work)
    await work.change(story, stories.release(story, work.now))
    for channel in await destinations(work, story):
        due = await slot(work, channel, programme, work.now)
        await work.send("story", story.id, channel.id, channel.language, due=due)
    await make_links(work, story)
    await _tell_author(work, story)
    await work.audit("herald", "release", story.id)
    await work.refresh(story.id, view="review")


async def make_links(work: Work, story: Story) -> None:
    """Make every link of a story as it goes out, so that opening a sheet never writes."""
    await work.insert_all(links_for(story))
    for member in await sharing.with_links(work):
        await work.insert_all(links_for(story, member))


async def refresh_counts(storage: Storage) -> None:
    """Once a minute, cards that count other people than there are want to be drawn anew.

    Compared is what stands on the card, not when a fact was stamped: one may be written after a drawing that
    is younger than it, and who is met later counts without any. Presses never redraw counts.
    """
    for programme in await directory.programmes(storage):
        async with storage.reading(programme) as at:
            drawn = await queries.counts_drawn(at)
            behind = [story for story in drawn if drawn[story] != {await shown_count(at, story)}]
        if behind:
            async with storage.work(programme) as work:
                for story in behind:
                    await work.refresh(story, view="story")


async def _read(storage: Storage, pages: Pages, due: Due) -> None:
    async with storage.reading(due.programme) as at:
        story = await queries.story(at, due.id)
    if story is None or story.state is not State.READING:
        return
    found = await _learn(pages, story)
    try:
        async with storage.work(due.programme) as work:
            await _complete(work, story, found)
    except Overtaken:
        log.info("story.changed_while_reading", story=due.id)


async def _learn(pages: Pages, story: Story) -> Read:
    """What the page says, or why it could not be read: the moderators decide either way."""
    if story.link is None:
        return Read()
    try:
        return _from_page(await pages.page(story.link))
    except Unreadable as unreadable:
        return Read(unread=unreadable.words.key)


def _from_page(page: Page) -> Read:
    return Read(page.title, page.address, None, page.image, page.language or "")


async def _complete(work: Work, story: Story, found: Read) -> None:
    after = stories.read(story, found)
    titled = "" if after.title == after.host else after.title  # a site's name is shared by all its pages
    twin = await queries.twin(work, after.canonical or "-", titled, but=story.id)
    done = stories.with_twin(after, twin.id if twin else None)
    await work.change(story, done)
    await work.refresh(story.id)
    await show_moderators(work, done)


async def _tell_author(work: Work, story: Story) -> None:
    if story.author is None or story.origin is not Origin.IDEA:
        return
    language = await queries.language_of(work, story.author)
    await work.send("outcome", story.id, story.author, language)
