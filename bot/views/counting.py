"""How many colleagues took a story, as everybody may see it."""

from bot.views.digest import known
from content.counts import beside
from content.digests import Digest, shown
from content.people import FIVE
from storage import queries, weeks
from storage.records import Copy
from storage.work import Reading


async def counted(at: Reading, copy: Copy) -> int | None:
    """What a copy counts when it is drawn now; None for one that counts nobody, whatever happens."""
    return await shown_count(at, copy.subject) if copy.view == "story" else None


async def shown_count(at: Reading, story: str) -> int:
    """The number on a story's card; 0 when it may not be shown.

    Nothing below five, and nothing that would uncover fewer beside a summary that tells of the same story.
    """
    count = await queries.taken_by(at, story)
    if count < FIVE:
        return 0
    return beside(count, [await _said(at, digest, story) for digest in await weeks.telling(at, story)])


async def _said(at: Reading, digest: Digest, story: str) -> set[int]:
    look = shown(digest.totals, await known(at, digest))
    line = next(each for each in look.lines if each.story == story)
    return {len(line.names), *(() if line.takers is None else (line.takers,))}
