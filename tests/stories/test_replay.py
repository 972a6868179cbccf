"""Every command, press, form, shortcut and event as the platforms send it, through their signed doors."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.company import Company, Moment, company, founded
from tests.stories.replay import (
    PLATFORMS,
    Recorded,
    recorded,
    replayed,
    told_of,
    without_words,
    words_in,
)

STORIES = [story for platform in PLATFORMS for story in recorded(platform)]


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Moment]:
    return {name: founded(tmp_path_factory.mktemp(name), platform) for name, platform in PLATFORMS.items()}


@pytest.fixture
async def here(before: dict[str, Moment], story: Recorded, tmp_path: Path) -> AsyncIterator[Company]:
    async with company(before[story.platform], tmp_path) as found:
        yield found


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.platform}-{story.name}")
async def test_what_is_sent_is_done(here: Company, story: Recorded) -> None:
    done = await replayed(here, story)
    assert done.status == story.status
    asked = here.bot.asked
    assert [*asked[:1], *sorted(asked[1:])] == ([story.asks, *story.then] if story.asks else [])
    told, expected = here.side.told(done.answer), without_words(story.answer)
    assert {key: told.get(key) for key in expected} == expected
    assert bool(done.answer) == bool(story.answer)
    assert missing(story.answer, done.answer, story) == []
    assert [told_of(call) for call in done.calls] == [without_words(part) for part in story.calls]
    for call, part in zip(done.calls, story.calls, strict=True):
        assert missing(part, call.body, story) == []
    shown = [done.answer, *(call.body for call in done.calls)]
    assert [problem for each in shown for problem in here.side.problems(each)] == []


def missing(told: dict[str, object], shown: object, story: Recorded) -> list[str]:
    """Words that the story tells of and nobody reads."""
    words = told.get("reads", [])
    assert isinstance(words, list)
    return [each for each in words if each not in words_in(shown, story.platform)]
