"""Feeds: what they bring is prepared or skipped by moderators, and trouble is told once."""

from bot.cards import Small, Title
from bot.commands import OPENS
from bot.commands.feeding import AddFeed, PrepareItem, RemoveFeed, ShowFeeds, SkipItem
from bot.commands.moderation import ApproveStory
from bot.opens import FORMS
from bot.ports import Asked, Wrong
from content.feeds import Feed, Fetched, Item
from content.pages import Unreadable
from content.stories import Origin, Story
from content.texts import say
from content.trays import ItemState, TrayItem
from tests.bot.programme import ANA, LEA, P, Told
from tests.bot.test_moderation import words

NEWS = "https://example.org/feed.xml"


def item(number: int) -> Item:
    """A story of the newsroom."""
    return Item(f"id{number}", f"News {number}", f"https://example.org/{number}", "", None, "en")


def brings(told: Told, *numbers: int) -> None:
    """The feed's next answer."""
    told.pages.feeds[NEWS] = Fetched(tuple(item(number) for number in numbers), "Newsroom")


async def items(told: Told) -> list[TrayItem]:
    """Everything the feed brought."""
    async with told.storage.reading(P) as at:
        return sorted(await at.find(TrayItem), key=lambda item: item.id)


async def test_the_first_reading_brings_the_newest_five_as_one_tray(told: Told) -> None:
    """An archive of forty does not fill the channel."""
    brings(told, *range(40, 0, -1))
    await told.do(AddFeed(address=NEWS), ANA)
    assert len(told.chat.at("CREVIEW")) == 1
    assert say(told.chat.latest("CREVIEW").notice, "en") == "5 new from Newsroom"


async def test_a_day_has_one_tray_edited_in_place(told: Told) -> None:
    """Later news of the same day joins the tray; the next day gets its own."""
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    brings(told, 2, 1)
    await told.later(hours=2)
    assert len(told.chat.at("CREVIEW")) == 1
    assert say(told.chat.latest("CREVIEW").notice, "en") == "2 new from Newsroom"
    brings(told, 3, 2, 1)
    await told.later(days=1)
    assert len(told.chat.at("CREVIEW")) == 2


async def test_prepare_makes_a_story_that_is_decided_like_any_other(told: Told) -> None:
    """Why and words are the moderator's; approval stays a decision of its own."""
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    found = (await items(told))[0]
    prepare = PrepareItem(
        found.id, title="News 1", link="https://example.org/1", why="Read it", words_en="Look"
    )
    await told.do(prepare, ANA)
    async with told.storage.reading(P) as at:
        story = (await at.find(Story))[0]
    assert story.origin is Origin.FEED
    assert "tray.prepared" in str(told.chat.at("CREVIEW")[0].card.roles)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(minutes=2)
    assert say(told.chat.latest("CSTORIES").notice, "en") == "New story: News 1"


async def test_a_removed_feed_leaves_no_buttons_behind(told: Told) -> None:
    """Its trays, and the report that it was unreadable, say that nobody follows it any more."""
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    async with told.storage.reading(P) as at:
        feed = (await at.find(Feed))[0]
    await told.do(RemoveFeed(feed.id), ANA)
    assert say(told.chat.latest("CREVIEW").notice, "en") == "This feed is no longer followed."


async def test_trouble_that_is_over_is_said_where_it_was_told(told: Told) -> None:
    """The report is a live view too."""
    told.pages.feeds[NEWS] = Unreadable("too_slow")
    await told.do(AddFeed(address=NEWS), ANA)
    assert "cannot be read" in say(told.chat.latest("CREVIEW").notice, "en")
    told.pages.feeds[NEWS] = Fetched((), "Newsroom")
    await told.later(days=2)
    assert say(told.chat.latest("CREVIEW").notice, "en") == "The feed Newsroom is read again."


async def test_skip_leaves_the_tray_and_stays_skipped(told: Told) -> None:
    """A second press is told kindly."""
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    found = (await items(told))[0]
    await told.do(SkipItem(found.id), ANA)
    assert say(told.chat.latest("CREVIEW").notice, "en") == "Newsroom: nothing waits"
    assert words(await told.do(SkipItem(found.id), ANA))


async def test_unused_items_lapse_silently_after_fourteen_days(told: Told) -> None:
    """No promise clock runs for what nobody suggested."""
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    await told.later(days=15)
    assert [each.state for each in await items(told)] == [ItemState.LAPSED]


async def test_a_feed_that_is_no_feed_is_told_at_once_and_once(told: Told) -> None:
    """The reason is given, and Herald keeps trying, less often."""
    told.pages.feeds[NEWS] = Unreadable("not_a_feed")
    await told.do(AddFeed(address=NEWS), ANA)
    assert len(told.chat.at("CREVIEW")) == 1
    assert "cannot be read" in say(told.chat.latest("CREVIEW").notice, "en")
    for _ in range(20):
        await told.later(hours=6)
    assert len(told.chat.at("CREVIEW")) == 1
    brings(told, 1)
    await told.later(days=1)
    async with told.storage.reading(P) as at:
        feed = (await at.find(Feed))[0]
    assert (feed.problem, feed.failures) == (None, 0)


async def test_a_feed_inside_the_own_network_says_what_to_do(told: Told) -> None:
    """Trying on would change nothing: somebody allows it, or it goes."""
    told.pages.feeds[NEWS] = Unreadable("not_allowed")
    await told.do(AddFeed(address=NEWS), ANA)
    [hint] = [role for role in told.chat.latest("CREVIEW").roles if isinstance(role, Small)]
    assert "HERALD_FETCH_ALLOW" in say(hint.words, "en")
    assert "trying" not in say(hint.words, "en")


async def test_two_feeds_without_a_title_are_told_apart(told: Told) -> None:
    """One is called like its site; of two of one site each says which it is."""
    told.pages.feeds[NEWS] = Fetched((item(1),))
    await told.do(AddFeed(address=NEWS), ANA)
    assert say(told.chat.latest("CREVIEW").notice, "en") == "1 new from example.org"
    other = "https://www.example.org/jobs?of=lyon"
    told.pages.feeds[other] = Fetched((item(7), item(8)))
    await told.do(AddFeed(address=other), ANA)
    assert say(told.chat.latest("CREVIEW").notice, "en") == "2 new from example.org/jobs?of=lyon"
    listed = await told.bot.form(ShowFeeds(), told.by(ANA))
    assert isinstance(listed, Asked)
    names = [part.words for part in listed.form.parts if isinstance(part, Title)]
    assert sorted(map(str, names)) == ["example.org/feed.xml", "example.org/jobs?of=lyon"]


async def test_only_moderators_follow_feeds(told: Told) -> None:
    """Others are told whom to ask; no feed is followed twice; a broken address is told at its field."""
    assert "ask Ana and Tom" in words(await told.do(AddFeed(address=NEWS), LEA))
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    assert isinstance(await told.do(AddFeed(address=NEWS), ANA), Wrong)
    assert isinstance(await told.do(AddFeed(address="not an address"), ANA), Wrong)


async def test_a_feed_that_moved_is_followed_but_never_onto_another(told: Told) -> None:
    """Three sightings of a new address are believed; an address followed already stays the other's."""
    moved = "https://example.org/new.xml"
    told.pages.feeds[moved] = Fetched((), "Other")
    await told.do(AddFeed(address=moved), ANA)
    told.pages.feeds[NEWS] = Fetched((item(1),), "Newsroom", moved=moved)
    await told.do(AddFeed(address=NEWS), ANA)
    for _ in range(4):
        await told.later(hours=2)
    async with told.storage.reading(P) as at:
        assert {feed.address for feed in await at.find(Feed)} == {NEWS, moved}


async def test_a_removed_feed_is_asked_no_more(told: Told) -> None:
    """Its stories stay, its tray says so."""
    brings(told, 1)
    await told.do(AddFeed(address=NEWS), ANA)
    async with told.storage.reading(P) as at:
        feed = (await at.find(Feed))[0]
    await told.do(RemoveFeed(feed.id), ANA)
    assert await items(told) == []


def test_every_form_is_announced() -> None:
    """A platform must know when it draws a button that a form will follow."""

    assert set(FORMS) == set(OPENS)
