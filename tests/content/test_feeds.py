"""How feeds are asked, how their entries are recognised, and what arrives on a tray."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import jsonfeed
from content.feeds import (
    LONGEST,
    SHORTEST,
    Entry,
    Feed,
    Fetched,
    Hints,
    Item,
    Validators,
    failed,
    itemised,
    next_poll,
    polled,
    to_report,
)
from content.pages import Unreadable
from content.texts import LANGUAGES, say
from content.trays import Handled, ItemState, Tray, TrayItem, arriving, lapses, prepared, skipped

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
FEED = Feed(id="F1", programme="P1", address="https://ex.org/feed", due=NOW, language="fr")
SECONDS = st.one_of(st.none(), st.floats(0, 1e9))


@given(SECONDS, SECONDS, SECONDS, st.integers(0, 1000), st.floats(0, 1))
def test_a_feed_is_asked_neither_too_often_nor_never(
    max_age: float | None, ttl: float | None, wait: float | None, failures: int, chance: float
) -> None:
    due = next_poll(NOW, Hints(max_age, ttl), failures=failures, retry_after=wait, chance=chance)
    assert SHORTEST <= due - NOW <= LONGEST
    assert due - NOW >= min(timedelta(seconds=wait or 0), LONGEST)


def test_hints_are_heard() -> None:
    assert next_poll(NOW, Hints(), chance=0.5) == NOW + timedelta(hours=1)
    assert next_poll(NOW, Hints(max_age=7200, ttl=3600), chance=0.5) == NOW + timedelta(hours=2)
    assert next_poll(NOW, Hints(max_age=0), chance=0.5) == NOW + timedelta(hours=1)
    assert next_poll(NOW, Hints(max_age=60), chance=0.5) == NOW + SHORTEST


def test_feeds_spread_over_time() -> None:
    early, late = (next_poll(NOW, Hints(), chance=chance) for chance in (0.0, 1.0))
    assert (early, late) == (NOW + timedelta(minutes=54), NOW + timedelta(minutes=66))


def test_failures_are_asked_later_and_later() -> None:
    waits = [next_poll(NOW, Hints(), failures=failures, chance=1.0) - NOW for failures in range(1, 9)]
    assert waits[:3] == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST


def test_people_are_told_once_and_after_the_third_failure() -> None:
    feed, told = FEED, []
    for _ in range(5):
        feed = failed(feed, Unreadable("not_a_feed"), NOW, chance=0.5)
        told.append(to_report(feed))
        feed = replace(feed, reported=feed.reported or to_report(feed))
    assert told == [False, False, True, False, False]
    assert feed.problem == "not_a_feed"
    well = polled(feed, Fetched(), NOW, chance=0.5)
    assert (well.failures, well.problem, well.reported) == (0, None, False)


def test_gone_is_told_at_once_and_not_asked_again() -> None:
    gone = failed(FEED, Unreadable("gone"), NOW, chance=0.5)
    assert gone.off
    assert to_report(gone)


def test_a_site_that_asks_to_wait_is_left_alone() -> None:
    busy = failed(FEED, Unreadable("busy", retry_after=18000), NOW, chance=0.0)
    assert busy.due >= NOW + timedelta(hours=5)


def test_a_reading_is_remembered() -> None:
    found = Fetched(title="News", language="en", validators=Validators('"1"', "Mon"), hints=Hints(ttl=7200))
    read = polled(FEED, found, NOW, chance=0.5)
    assert (read.title, read.language, read.seen) == ("News", "en", Validators('"1"', "Mon"))
    assert (read.polled, read.due) == (NOW, NOW + timedelta(hours=2))
    again = polled(read, Fetched(validators=read.seen, unchanged=True), NOW, chance=0.5)
    assert (again.title, again.language, again.seen) == ("News", "en", read.seen)


def test_a_new_address_is_believed_after_three_sightings() -> None:
    here, there = Fetched(), Fetched(moved="https://new.org/feed")
    feed = FEED
    for found in (there, there, here, there, there):
        feed = polled(feed, found, NOW, chance=0.5)
    assert feed.address == FEED.address
    moved = polled(feed, there, NOW, chance=0.5)
    assert (moved.address, moved.moved_to, moved.moved_times) == ("https://new.org/feed", None, 0)
    astray = polled(feed, Fetched(moved="https://other.org/"), NOW, chance=0.5)
    assert (astray.address, astray.moved_times) == (FEED.address, 1)


def identity(entry: Entry) -> str:
    (item,) = itemised([entry])
    return item.identity


def test_an_entry_is_known_by_what_stays() -> None:
    entry = Entry(guid="1", link="https://ex.org/a", title="A", published=NOW)
    assert identity(entry) == identity(replace(entry, title="B", link="https://ex.org/b", published=None))
    nameless = replace(entry, guid="")
    assert identity(nameless) == identity(
        replace(nameless, title="B", link="https://EX.org/a?utm_source=rss")
    )
    assert identity(nameless) != identity(entry)
    bare = replace(nameless, link="")
    assert identity(bare) == identity(replace(bare, title="a", published=NOW + timedelta(hours=1)))
    assert identity(bare) != identity(replace(bare, published=NOW + timedelta(days=1)))


def test_the_same_guid_everywhere_is_no_guid() -> None:
    entries = [Entry(guid="x", link=f"https://ex.org/{n}", title=str(n)) for n in range(3)]
    assert len({item.identity for item in itemised(entries)}) == 3
    updated = [
        Entry(guid="x", link="https://ex.org/", title="new"),
        Entry(guid="x", link="https://ex.org/", title="old"),
    ]
    assert [item.title for item in itemised(updated)] == ["new"]


def test_the_newest_come_first_and_undated_ones_stay_in_place() -> None:
    titles = ["d3", "none", "d1", "d9"]
    dates = [NOW + timedelta(days=3), None, NOW + timedelta(days=1), NOW + timedelta(days=9)]
    entries = [Entry(title=title, published=date) for title, date in zip(titles, dates, strict=True)]
    assert [item.title for item in itemised(entries)] == ["d9", "d3", "none", "d1"]


ENTRIES = st.lists(
    st.builds(
        Entry,
        guid=st.text(max_size=3),
        link=st.one_of(st.text(max_size=5), st.sampled_from(["https://ex.org/a", "https://ex.org/b"])),
        title=st.text(max_size=5),
        summary=st.text(max_size=5),
        published=st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
        language=st.one_of(st.none(), st.text(max_size=5)),
    ),
    max_size=300,
)


@given(ENTRIES)
def test_no_item_twice_and_none_without_a_title(entries: list[Entry]) -> None:
    items = itemised(entries)
    assert len(items) <= 200
    assert len({item.identity for item in items}) == len(items)
    assert all(item.title for item in items)
    assert all(item.published is None or item.published.year >= 1990 for item in items)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["version", "items", "id", "url", "title", "date_published", "language"]),
                inner,
            )
        ),
    )
)
def test_any_json_is_a_feed_or_not(thing: object) -> None:
    given = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": thing,
        "language": thing,
        "items": [thing, {"id": thing, "title": thing}],
    }
    assert jsonfeed.read(json.dumps(given).encode(), "https://ex.org/feed") is not None
    assert jsonfeed.read(json.dumps(thing).encode(), "https://ex.org/feed") is None


def item(number: int, published: datetime | None = NOW, language: str | None = None) -> Item:
    return Item(str(number), f"Title {number}", f"https://ex.org/{number}", "", published, language)


def arrived(feed: Feed, *items: Item, known: frozenset[str] = frozenset()) -> tuple[TrayItem, ...]:
    ids = count(1)
    return arriving(feed, items, known, now=NOW, new_id=lambda: f"I{next(ids)}")


def test_the_first_reading_shows_the_newest_five() -> None:
    kept = arrived(FEED, *(item(number, NOW - timedelta(days=100 + number)) for number in range(8)))
    assert [each.state for each in kept] == [ItemState.NEW] * 5 + [ItemState.SKIPPED] * 3
    assert len({each.id for each in kept}) == 8


def test_later_readings_bring_what_is_new() -> None:
    known = replace(FEED, polled=NOW)
    kept = arrived(known, *(item(number) for number in range(8)), known=frozenset({"0", "1"}))
    assert [each.identity for each in kept] == ["2", "3", "4", "5", "6", "7"]
    assert {each.state for each in kept} == {ItemState.NEW}


def test_a_renumbered_archive_does_not_fill_the_tray() -> None:
    known = replace(FEED, polled=NOW)
    old, recent, undated = item(1, NOW - timedelta(days=15)), item(2, NOW - timedelta(days=13)), item(3, None)
    assert [each.state for each in arrived(known, old, recent, undated)] == [
        ItemState.SKIPPED,
        ItemState.NEW,
        ItemState.NEW,
    ]


def test_dates_are_not_in_the_future_nor_missing() -> None:
    future, missing = arrived(FEED, item(1, NOW + timedelta(days=9)), item(2, None))
    assert (future.published, missing.published) == (NOW, NOW)


def test_the_language_is_the_items_or_the_feeds() -> None:
    assert [each.language for each in arrived(FEED, item(1, language="en"), item(2))] == ["en", "fr"]


def test_an_item_is_used_once_or_goes() -> None:
    (new,) = arrived(FEED, item(1))
    used = prepared(new, "S1")
    assert (used.state, used.story) == (ItemState.PREPARED, "S1")
    assert prepared(skipped(new), "S1") == used
    assert not lapses(new, NOW + timedelta(days=13, hours=23))
    assert lapses(new, NOW + timedelta(days=14))
    assert not lapses(used, NOW + timedelta(days=14))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_press_learns_what_the_first_did(language: str) -> None:
    (new,) = arrived(FEED, item(1))
    used, lapsed = prepared(new, "S1"), replace(new, state=ItemState.LAPSED)
    for step, already in (
        (skipped, used), (skipped, skipped(new)), (skipped, lapsed),
        (lambda late: prepared(late, "S2"), used), (lambda late: prepared(late, "S2"), lapsed),
    ):  # fmt: skip
        with pytest.raises(Handled) as told:
            step(already)
        assert say(told.value.words, language)


def test_a_tray_shows_ten_and_what_waits_first() -> None:
    items = arrived(replace(FEED, polled=NOW), *(item(number) for number in range(14)))
    tray = Tray("F1", "2026-11-03", (prepared(items[0], "S1"), skipped(items[1]), *items[2:5]))
    assert [each.identity for each in tray.shown] == ["2", "3", "4", "0"]
    assert tray.waiting == 3
    assert len(Tray("F1", "2026-11-03", items).shown) == 10
    assert {each.day for each in items} == {"2026-11-03"}
