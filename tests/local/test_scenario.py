"""A past week of the sample company, lived through the same signed requests; its newsroom on this machine."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from yarl import URL

from adapters.fetch.allowed import allowed
from adapters.local import news
from adapters.local.people import REVIEW, STORIES
from adapters.local.playing import newsroom
from adapters.local.scenario import PAST, live_past_week, past_start
from adapters.local.workspace import LocalWorkspace
from tests.local.conftest import Page
from tests.local.small_herald import START, Json, Small


async def lived(small: Small) -> list[str]:
    small.shifted = past_start(START) - START
    return await live_past_week(small.workspace, START)


def sent(small: Small, kind: str) -> list[Json]:
    return [one for one in small.payloads if one.get("type") == kind]


async def test_the_past_week_ends_now_with_stories_shares_and_readers(small: Small, page: Page) -> None:
    missing = await lived(small)

    said = [one for one in sent(small, "view_submission") if one["view"]["callback_id"] == "said"]
    assert missing == []
    assert small.now() == START
    assert len(said) == sum(one.sharers for one in PAST)
    assert len(small.visits) == sum(one.readers for one in PAST)
    stories = [message["text"] for message in small.workspace.board.rooms[STORIES].messages]
    assert stories == [news.address(small.workspace, one.slug) for one in PAST]
    assert (await page.screen())["busy"] == ""


async def test_the_past_week_ticks_nothing(small: Small, page: Page) -> None:
    await lived(small)

    assert [step["name"] for step in (await page.screen())["guide"] if step["done"]] == []


async def test_messages_of_the_past_week_carry_its_days(small: Small) -> None:
    await lived(small)

    days = [
        datetime.fromtimestamp(float(message["ts"]), UTC).date()
        for message in small.workspace.board.rooms[REVIEW].messages
    ]
    monday = past_start(START).date()
    assert days == [monday + timedelta(days=one.day) for one in PAST]


async def test_a_story_that_never_appears_is_left_out(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.local.hands.PATIENCE", 0.01)
    small.workspace.board.rooms[REVIEW].members.remove("U0HERALD")

    missing = await lived(small)

    assert missing == [f"{one.slug}: approve" for one in PAST]
    assert small.now() == START


@pytest.mark.parametrize(
    ("now", "start"),
    [
        (datetime(2026, 11, 18, 9, 0, tzinfo=UTC), datetime(2026, 11, 9, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 15, 23, 30, tzinfo=UTC), datetime(2026, 11, 9, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 12, 0, tzinfo=UTC), datetime(2026, 10, 19, 6, 0, tzinfo=UTC)),
    ],
    ids=["Wednesday", "Monday in Paris", "after the change of clocks"],
)
def test_the_past_week_is_the_one_before(now: datetime, start: datetime) -> None:
    assert past_start(now) == start


async def test_the_newsroom_speaks_the_language_of_the_switch(page: Page, workspace: LocalWorkspace) -> None:
    async def title() -> str:
        async with page.session.get(news.address(workspace, "zoe")) as answer:
            return (await answer.text()).split("<title>")[1].split("<")[0]

    assert await title() == "Zoé, welder and handball coach"
    await page.act("language", language="fr")
    assert await title() == "Zoé, soudeuse et coach de handball"


async def test_the_newsroom_has_pictures_and_a_feed(page: Page, workspace: LocalWorkspace) -> None:
    for slug in news.articles():
        async with page.session.get(f"{news.address(workspace, slug)}.svg") as picture:
            assert picture.content_type == "image/svg+xml"
            assert ET.fromstring(await picture.text()).tag.endswith("svg")  # noqa: S314  our own
    async with page.session.get(f"{workspace.origin}/local/news/feed.xml") as feed:
        items = ET.fromstring(await feed.text()).findall("channel/item")  # noqa: S314  our own
    assert len(items) == len(news.articles())
    async with page.session.get(f"{workspace.origin}/local/news/nothing") as answer:
        assert answer.status == 404


def test_herald_is_allowed_the_newsroom_and_nothing_else_here(workspace: LocalWorkspace) -> None:
    [entry] = allowed(newsroom(f"127.0.0.1:{workspace.port}"))
    assert entry.covers(URL(news.address(workspace, "zoe")), preview=True)
    assert not entry.covers(URL(f"{workspace.origin}/local/screen"), preview=True)
    assert not entry.covers(URL("http://127.0.0.1/local/news/zoe"), preview=True)
