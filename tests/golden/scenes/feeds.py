"""What feeds bring: the tray while it is worked through, trouble and its end, and the forms around feeds."""

from datetime import timedelta

from bot.commands.feeding import AddFeed, PrepareItem, RemoveFeed, ShowFeeds, SkipItem
from content.feeds import Feed, Fetched, Item
from content.pages import Unreadable
from content.trays import TrayItem
from tests.bot.programme import ANA, MONDAY, REVIEW, P
from tests.golden.scenes.tales import why
from tests.golden.stage import Stage

BROUGHT = (
    "feeds-none", "feed-form", "feed-added", "tray", "prepare-form", "prepare-receipt", "tray-prepared",
    "tray-done", "feeds", "feed-removed", "tray-feed-removed",
)  # fmt: skip
BROKEN = ("feed-trouble", "feeds-trouble", "feed-well-again", "feed-not-allowed")

NEWS = "https://www.acme.example/feed.xml"
OWN = "https://intra.acme.example/feed.xml"


async def brought(stage: Stage) -> None:
    await stage.form("feeds-none", ShowFeeds(), ANA)
    await stage.form("feed-form", AddFeed(), ANA)
    stage.told.pages.feeds[NEWS] = Fetched(
        tuple(_item(stage, number) for number in range(3)), _newsroom(stage)
    )
    await stage.answer("feed-added", AddFeed(address=NEWS), ANA)
    await stage.card("tray", REVIEW)
    items = await _items(stage)
    await stage.form("prepare-form", PrepareItem(items[0].id), ANA)
    prepare = PrepareItem(items[0].id, title=items[0].title, why=why(stage), kind="launch")
    await stage.answer("prepare-receipt", prepare, ANA)
    await stage.told.do(SkipItem(items[1].id), ANA)
    await stage.card("tray-prepared", REVIEW, back=2)
    await stage.told.do(SkipItem(items[2].id), ANA)
    await stage.card("tray-done", REVIEW, back=2)
    await stage.form("feeds", ShowFeeds(), ANA)
    await stage.answer("feed-removed", RemoveFeed((await _feed(stage)).id), ANA)
    await stage.card("tray-feed-removed", REVIEW, back=2)


async def broken(stage: Stage) -> None:
    stage.told.pages.feeds[NEWS] = Unreadable("not_a_feed")
    await stage.told.do(AddFeed(address=NEWS), ANA)
    await stage.card("feed-trouble", REVIEW)
    await stage.form("feeds-trouble", ShowFeeds(), ANA)
    stage.told.pages.feeds[NEWS] = Fetched((), _newsroom(stage))
    await stage.told.later(hours=25)
    await stage.card("feed-well-again", REVIEW)
    stage.told.pages.feeds[OWN] = Unreadable("not_allowed")
    await stage.told.do(AddFeed(address=OWN), ANA)
    await stage.card("feed-not-allowed", REVIEW)


def _newsroom(stage: Stage) -> str:
    return stage.say("Newsroom", "Salle de presse")


def _item(stage: Stage, number: int) -> Item:
    titles = (
        stage.say("Nantes welds with robots", "À Nantes, on soude avec des robots"),
        stage.say("Third quarter in numbers", "Le troisième trimestre en chiffres"),
        stage.say("New hall in Lyon", "Une nouvelle halle à Lyon"),
    )
    summary = stage.say("Two robots and forty welders.", "Deux robots et quarante personnes.")
    published = MONDAY - timedelta(days=number)
    return Item(
        f"id{number}",
        titles[number],
        f"https://www.acme.example/{number}",
        summary,
        published,
        stage.language,
    )


async def _items(stage: Stage) -> list[TrayItem]:
    async with stage.told.storage.reading(P) as at:
        return sorted(await at.find(TrayItem), key=lambda item: item.identity)


async def _feed(stage: Stage) -> Feed:
    async with stage.told.storage.reading(P) as at:
        return (await at.find(Feed))[0]
