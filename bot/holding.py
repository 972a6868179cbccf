"""Pictures that one platform holds for itself, taken over so that every platform shows them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot.pictures import named
from bot.ports import By, Surroundings
from content import stories
from content.pictures import HELD, Prepared, prepared
from content.refusals import Refusal
from content.stories import OPEN, Story
from storage import queries
from storage.records import Picture
from storage.work import Overtaken, Reading, Storage, Work

log = structlog.get_logger()

TRIES = 3
"""How often a story may change meanwhile: its page is read at the same time."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A picture as a platform holds it: its name there, the name it gets here, and how it is fetched.

    `fetch` raises the platform's families of failure.
    """

    file: str
    name: str
    fetch: Callable[[], Awaitable[bytes]]


async def take_over(storage: Storage, programme: str, there: Elsewhere, by: By, around: Surroundings) -> None:
    """Keep the picture of a story that still waits, and show it from here.

    Without a public address nothing is fetched: the platform that holds it alone shows it then.
    """
    async with storage.reading(programme) as at:
        wanted = around.public_url and await _showing(at, there, by)
    if not wanted:
        return
    try:
        found = await asyncio.to_thread(prepared, await there.fetch())
    except Refusal as refusal:
        log.info("picture.left_there", failure=type(refusal).__name__)
        return
    for _ in range(TRIES):
        if await _kept(storage, programme, there, found, by):
            return


async def _kept(storage: Storage, programme: str, there: Elsewhere, found: Prepared, by: By) -> bool:
    """False when the story was changed in the same moment."""
    try:
        async with storage.work(programme) as work:
            picture = Picture(there.name, programme, None, found.kind, found.data, work.now)
            for story in (await _showing(work, there, by))[:1]:
                await _shown_from_here(work, story, picture)
    except Overtaken:
        return False
    return True


async def _shown_from_here(work: Work, story: Story, picture: Picture) -> None:
    await work.claim(picture)
    await work.change(story, stories.retold(story, image=f"{HELD}{picture.id}"))
    await work.refresh(story.id)


async def _showing(at: Reading, there: Elsewhere, by: By) -> list[Story]:
    """This person's stories that wait and show this picture."""
    image, own = named(there.file, by.member), await queries.ideas_of(at, by.member)
    return [story for story in own if story.image == image and story.state in OPEN]
