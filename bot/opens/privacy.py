"""What is kept about whoever asks, and what holds here for everybody."""

from bot.cards import Body, Button, Confirm, Facts, Heading, Quote, Role, Small, Title, buttons
from bot.commands.privacy import DeleteMyData, ShowMyData, ShowTransparency
from bot.forms import Form
from bot.opens.choosing import meant, thanked
from bot.opens.suggesting import named
from bot.pictures import holds
from bot.ports import By, Surroundings
from bot.signatures import Openings
from bot.views.linking import accounts
from content import privacy
from content.people import Member
from content.programmes import Programme, Use
from content.shares import Evidence
from content.texts import Moment, Text, Words, text
from storage import mine, persons, queries
from storage.mine import Mine
from storage.work import Reading

MOST = 25
"""Rows of one kind shown; how many there are in all is said."""


async def my_data(at: Reading, command: ShowMyData, by: By, around: Surroundings) -> Form:
    """Everything kept about whoever asks, guests and people never met included; nobody else can ask it."""
    del command
    own = await persons.own_accounts(at, by.member)
    found = await mine.mine(at, *own)
    if found.nothing:
        return Form(text("mydata.title"), (Body(text("mydata.nothing")),), close=text("form.close"))
    programme = await queries.programme(at)
    titles = await mine.titles(at, found.stories)
    parts = (
        *_account(found, programme),
        *await _together(at, found.member),
        *_facts(found, titles, programme, measured=bool(around.public_url)),
        *_words(found, titles),
        *_ideas(found, programme),
        *_numbers(found),
        buttons(delete(linked=len(own) > 1)),
    )
    return Form(text("mydata.title"), parts, close=text("form.close"))


async def transparency(at: Reading, command: ShowTransparency, by: By, around: Surroundings) -> Form:
    """What this Herald keeps, why, how long and who sees it, from the way it is set up right now."""
    del command
    measured = bool(around.public_url)
    programme = await queries.programme(at)
    parts: list[Role] = [Body(rule) for rule in privacy.rules(programme)]
    for kept in privacy.kept(programme, visits=measured, pictures=measured and holds(by.member)):
        parts += [Title(kept.what), Facts(_why(kept))]
    rooms = [len(await queries.channels(at, use)) for use in (Use.STORIES, Use.REVIEW, Use.DIGEST)]
    parts.append(Small(text("privacy.rooms", stories=rooms[0], review=rooms[1], digest=rooms[2])))
    if programme.contact:
        parts.append(Small(text("privacy.contact", contact=programme.contact)))
    parts += meant(programme)
    return Form(text("privacy.title"), tuple(parts), close=text("form.close"))


def delete(*, linked: bool = False) -> Button:
    """The way to have one's data deleted, asked once more; that of linked accounts goes too."""
    goes = text("mydata.what_goes_linked" if linked else "mydata.what_goes")
    sure = Confirm(text("mydata.sure"), goes, text("mydata.delete"), text("mydata.keep"))
    return Button(text("mydata.delete_mine"), DeleteMyData(), confirm=sure)


def _why(kept: privacy.Kept) -> tuple[tuple[Words, Words], ...]:
    return (
        (text("privacy.why"), kept.why),
        (text("privacy.until"), kept.until),
        (text("privacy.seen"), kept.seen),
    )


def _account(found: Mine, programme: Programme) -> list[Role]:
    member = found.member
    if member is None:
        return []
    rows: list[tuple[Words, Words]] = [
        (text("mydata.name"), member.name),
        (text("mydata.language"), text(f"language.{member.language}")),
        (text("mydata.zone"), member.zone),
    ]
    if member.mark:
        rows.append((text("mydata.mark"), text("mydata.mark_kept")))
    if member.met:
        since = text("mydata.day", at=Moment(member.met, programme.zone, "day_time"))
        rows.append((text("mydata.met"), since))
    roles = [text("mydata.moderator")] * found.moderator + [text("mydata.admin")] * found.admin
    return [
        Heading(text("mydata.account")), Facts(tuple(rows)),
        *(Small(role) for role in roles),
        Heading(text("home.choices")), *(Small(choice) for choice in _choices(member, programme)),
    ]  # fmt: skip


async def _together(at: Reading, member: Member | None) -> list[Role]:
    """Which accounts are one person's; those that were linked are in what follows."""
    others = await persons.others_of(at, member)
    linked = await persons.linked_with(at, member)
    if linked:
        return [Small(text("mydata.linked", accounts=accounts(linked)))]
    return [Small(text("mydata.counted_with", accounts=accounts(others)))] if others else []


def _choices(member: Member, programme: Programme) -> list[Text]:
    said = [
        thanked(member, programme),
        text("home.reminders_on" if member.reminded else "home.reminders_off"),
    ]
    if member.links:
        said.append(text("mydata.own_links"))
    if member.quiet:
        said.append(text("mydata.quiet"))
    if member.asked:
        said.append(text("mydata.asked", at=Moment(member.asked, programme.zone, "day_time")))
    if member.joined and member.joined_at:
        at = Moment(member.joined_at, programme.zone, "day_time")
        said.append(text("mydata.joined", version=member.joined, at=at))
    return said


def _facts(found: Mine, titles: dict[str, str], programme: Programme, *, measured: bool) -> list[Role]:
    """What happened, each fact with its day; visits are never shown as none where they are not measured."""
    own = [fact for fact in found.facts if fact.kind is not Evidence.OBSERVED]
    visits = len(found.facts) - len(own)
    none, some = Small(text("mydata.no_facts")), Heading(text("mydata.facts", count=len(own)))
    said: list[Role] = [some if own else none]
    for fact in own[:MOST]:
        at, title = Moment(fact.at, programme.zone, "day_time"), titles.get(fact.story, "…")
        network = text(f"network.{fact.network}") if fact.network else ""
        said.append(Small(text(f"evidence.{fact.kind}", at=at, title=title, network=network)))
    if found.links:
        own_visits = text("mydata.visits", count=visits) if measured else text("visits.not_measured")
        said.append(Small(own_visits))
    return said


def _words(found: Mine, titles: dict[str, str]) -> list[Role]:
    said: list[Role] = [Heading(text("mydata.words"))] if found.drafts or found.slips else []
    for story, words in found.words[:MOST]:
        said += [Small(titles.get(story, "…")), Quote(words)]
    return said


def _ideas(found: Mine, programme: Programme) -> list[Role]:
    said: list[Role] = [Heading(text("suggest.my_ideas"))] if found.ideas else []
    for story in found.ideas[:MOST]:
        said += named(story, programme.zone)
    return said


def _numbers(found: Mine) -> list[Role]:
    """What is kept in numbers only; the audit's entries are the one thing that stays."""
    counted = {
        "links": found.links, "messages": found.messages, "reminders": found.reminders,
        "decisions": found.decisions,
    }  # fmt: skip
    return [Small(text(f"mydata.{name}", count=count)) for name, count in counted.items() if count]


FORMS: Openings = {ShowMyData: my_data, ShowTransparency: transparency}
