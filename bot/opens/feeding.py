"""The forms around feeds: the list, adding one, preparing an item."""

from bot.authority import moderator
from bot.cards import Body, Button, Role, Small, Status, Title, Tone, buttons
from bot.commands.feeding import AddFeed, PrepareItem, RemoveFeed, ShowFeeds
from bot.forms import Field, Form, Writing
from bot.opens.moderation import story_fields
from bot.ports import By, Surroundings
from bot.signatures import Openings
from bot.views.tray import named
from content.feeds import Feed
from content.refusals import Refusal
from content.texts import Moment, text
from content.trays import TrayItem
from storage import queries, sources
from storage.work import Reading


async def show(at: Reading, command: ShowFeeds, by: By, around: Surroundings) -> Form:
    """Every feed, and how it is; another one can be added here."""
    del command, around
    await moderator(at, by)
    zone = (await queries.programme(at)).zone
    found = await sources.feeds(at)
    rows = [role for feed in found for role in _feed(feed, named(feed, found), zone)]
    parts: tuple[Role, ...] = tuple(rows) if rows else (Body(text("feeds.none")),)
    add = buttons(Button(text("feeds.add"), AddFeed(), primary=True))
    return Form(text("feeds.title"), (*parts, add), close=text("form.close"))


async def add(at: Reading, command: AddFeed, by: By, around: Surroundings) -> Form:
    """One address."""
    del around
    await moderator(at, by)
    parts = (Writing("address", text("feeds.address"), hint=text("feeds.address_hint"), limit=2000),)
    return Form(
        text("feeds.add_title"),
        parts,
        close=text("form.cancel"),
        command=command,
        submit=text("feeds.add_submit"),
    )


async def prepare(at: Reading, command: PrepareItem, by: By, around: Surroundings) -> Form:
    """An item as a story to be, with room for a why and ready words."""
    del around
    await moderator(at, by)
    item = await at.get(TrayItem, id=command.id)
    if item is None:
        raise Refusal(text("feeds.no_item"))
    fields: tuple[Field, ...] = story_fields(title=item.title, link=item.address or "")
    summary = (Small(item.summary),) if item.summary else ()
    return Form(
        text("tray.prepare_title"), (*summary, *fields), close=text("form.cancel"),
        command=command, submit=text("write.submit"),
    )  # fmt: skip


def _feed(feed: Feed, name: str, zone: str) -> tuple[Role, ...]:
    if feed.problem:
        state: Role = Status(text(f"unreadable.{feed.problem}"), Tone.STOPPED)
    elif feed.polled is None:
        state = Status(text("feeds.first_reading"), Tone.WAITING)
    else:
        state = Small(text("feeds.read_at", at=Moment(feed.polled, zone)))
    spoken = text("feeds.remove_spoken", feed=name)
    remove = Button(text("feeds.remove"), RemoveFeed(feed.id), spoken=spoken)
    return (Title(name, feed.address), state, buttons(remove))


FORMS: Openings = {ShowFeeds: show, AddFeed: add, PrepareItem: prepare}
