"""Whatever a platform sends, it may send again: at once, while the first is under way, or later.

Every recorded story of both platforms, through the signed doors: nothing in the database is another than
after the first time, and nobody is answered with an error.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.ahead import LOOKINGS
from bot.commands import KINDS
from bot.handlers import HANDLERS
from tests.stories.company import Company, Moment, company, founded
from tests.stories.replay import PLATFORMS, Recorded, recorded

pytestmark = pytest.mark.skipif("config.getoption('--database') != 'sqlite'")
CHANGES = {kind.wire for kind in KINDS if kind in {*HANDLERS, *LOOKINGS}}
"""What decides or changes something; the rest states facts under keys of their own, or only shows."""
STORIES = [story for platform in PLATFORMS for story in recorded(platform)]
CHANGING = [[story for story in STORIES if story.asks == wire] for wire in sorted(CHANGES)]
SOME = [found[-(number % 2)] for number, found in enumerate(CHANGING) if found]
Rows = dict[str, list[tuple[Any, ...]]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One story of each change here, now of one platform, now of the other; all of them in `make soak`."""
    stories = STORIES if metafunc.config.getoption("--soak") else SOME
    if "story" in metafunc.fixturenames:
        metafunc.parametrize("story", stories, ids=[f"{one.platform}-{one.name}" for one in stories])


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Moment]:
    return {name: founded(tmp_path_factory.mktemp(name), platform) for name, platform in PLATFORMS.items()}


@pytest.fixture
async def here(before: dict[str, Moment], story: Recorded, tmp_path: Path) -> AsyncIterator[Company]:
    async with company(before[story.platform], tmp_path) as found:
        yield found


def rows(file: str) -> Rows:
    """Everything that is remembered, but for who sends."""
    with closing(sqlite3.connect(file)) as there:
        names = [name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(there.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608
            for name in names
            if name != "leases"
        }


async def test_the_same_again_is_the_same_press(here: Company, story: Recorded) -> None:
    file = here.bot.storage.engine.url.database or ""
    empty = rows(file)
    together = await asyncio.gather(*(here.side.send(story.request) for _ in range(3)))
    await here.bot.deliver()
    once = rows(file)
    status, _ = await here.side.send(story.request)
    await here.bot.deliver()
    assert {status, *(found for found, _ in together)} == {story.status}
    assert difference(once, rows(file)) == {}
    assert len(once["audit"]) - len(empty["audit"]) <= 1 + len(story.then)


def difference(one: Rows, other: Rows) -> Rows:
    """What is in one of them only."""
    return {name: list({*one[name]} ^ {*other[name]}) for name in one if one[name] != other[name]}
