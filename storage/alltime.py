"""How often stories were read since the beginning: counted once, and kept as a number a story.

Only readers' visits are added up, never people. What is older than `LAG` does not change any more, so it is
counted outside any transaction; what came since is counted when somebody asks. Facts are written as ever.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import col

from content.shares import Evidence
from storage import directory, tables
from storage.columns import METADATA
from storage.statements import insert_new
from storage.work import Reading, Storage, Work

LAG = timedelta(minutes=10)
"""After so long a visit is on disk, or was counted as missed."""
EVERY = timedelta(hours=1)
"""How much comes together before it is counted."""
STRETCH = timedelta(days=31)
"""How much is counted at once, so that a year is not one question."""
_F, _R, _C = tables.Facts, tables.Reads, tables.Counted


async def count_up(storage: Storage) -> None:
    """Count what is old enough, in every programme."""
    for programme in await directory.programmes(storage):
        while await _count_on(storage, programme):
            pass


async def read(at: Reading) -> dict[str, int]:
    """How many readers each story had, since the beginning."""
    query = select(col(_R.story), col(_R.readers)).where(col(_R.programme) == at.programme)
    found = Counter(dict((await at.connection.execute(query)).all()))
    found.update(await _readers(at, await _until(at), None))
    return dict(found)


async def recount(work: Work, stories: Iterable[str]) -> None:
    """Count some stories anew from their facts, as after an erasure."""
    until = await _until(work)
    for story in sorted(stories) if until else ():
        mine = (
            col(_F.programme) == work.programme,
            col(_F.story) == story,
            col(_F.kind) == Evidence.OBSERVED,
        )
        query = select(func.count()).where(*mine, col(_F.at) < until)
        readers = (await work.connection.execute(query)).scalar_one()
        await work.connection.execute(delete(_R).where(col(_R.story) == story))
        await _add(work, {story: readers} if readers else {})


async def _count_on(storage: Storage, programme: str) -> bool:
    """Count one stretch; whether there may be more."""
    async with storage.reading(programme) as at:
        until = await _until(at)
        began = until or await _oldest(at) or at.now - LAG
        ends = min(began + STRETCH, at.now - LAG)
        if until and ends - began < EVERY:
            return False
        found = await _readers(at, began, ends)
    async with storage.work(programme) as work:
        if await moved_on(work, until, ends):
            await _add(work, found)
    return ends - began == STRETCH


async def _until(at: Reading) -> datetime | None:
    query = select(col(_C.until)).where(col(_C.programme) == at.programme)
    return (await at.connection.execute(query)).scalar_one_or_none()


async def _oldest(at: Reading) -> datetime | None:
    query = select(func.min(col(_F.at))).where(col(_F.programme) == at.programme)
    return (await at.connection.execute(query)).scalar_one()


async def _readers(at: Reading, began: datetime | None, ends: datetime | None) -> dict[str, int]:
    """The readers of each story between two moments, by the index on time."""
    query = select(col(_F.story), func.count()).where(
        col(_F.programme) == at.programme, col(_F.kind) == Evidence.OBSERVED
    )
    query = query if began is None else query.where(col(_F.at) >= began)
    query = query if ends is None else query.where(col(_F.at) < ends)
    found = await at.connection.execute(query.group_by(col(_F.story)))
    return dict(found.all())


async def moved_on(work: Work, until: datetime | None, ends: datetime) -> bool:
    """Set until when it is counted; False when another process was faster."""
    rows = METADATA.tables["counted"]
    if until is None:
        new = insert_new(work.connection, rows, {"programme": work.programme, "until": ends})
        return (await work.connection.execute(new)).rowcount == 1
    same = (rows.c.programme == work.programme, rows.c.until == until)
    return (await work.connection.execute(update(rows).where(*same).values(until=ends))).rowcount == 1


async def _add(work: Work, found: Mapping[str, int]) -> None:
    if not found:
        return
    rows = METADATA.tables["reads"]
    known = {"programme": work.programme, "readers": 0}
    new = [{"story": story, **known} for story in sorted(found)]
    await work.connection.execute(insert_new(work.connection, rows), new)
    more = (
        update(rows)
        .where(rows.c.story == bindparam("which"))
        .values(readers=rows.c.readers + bindparam("more"))
    )
    await work.connection.execute(more, [{"which": story, "more": found[story]} for story in sorted(found)])
