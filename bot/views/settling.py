"""What set-up shows: the checklist, and somebody who joined the review channel."""

from dataclasses import dataclass

from bot.authority import admin, is_admin, is_moderator
from bot.cards import Body, Button, Buttons, Card, Heading, Part, Role, Small, Status, Tone, buttons
from bot.commands.feeding import AddFeed
from bot.commands.moderation import WriteStory
from bot.commands.settling import (
    ChangeRules,
    ChooseDigest,
    ChoosePeople,
    ChooseReview,
    ChooseStoryChannels,
    ConfirmModerator,
    DescribeCompany,
    PreviewIntroduction,
    ShowSetup,
    TrustDomains,
    TuneChannel,
)
from bot.ports import Answer, By, Surroundings, Told
from bot.rooms import uses, why_shut
from bot.signatures import Entries
from bot.views.introduction import to_introduce
from content.feeds import Feed
from content.programmes import Channel, Programme, Use, Workspace
from content.stories import Story
from content.texts import Listing, Moment, Text, Words, text
from storage import persons, queries
from storage.records import Admin, Copy, Moderator
from storage.work import Reading


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist. A step that is not `needed` may stay open for ever."""

    done: bool
    line: Words
    actions: Buttons
    more: tuple[Role, ...] = ()
    needed: bool = True


async def checklist(at: Reading, by: By) -> Card:
    """The whole checklist, as it stands for somebody who runs Herald."""
    grouped = await _grouped(at, by)
    found = [step for _, group in grouped for step in group]
    done = sum(step.done for step in found)
    title, progress = text("setup.title"), text("setup.progress", done=done, all=len(found))
    parts = [Part(name, tuple(role for step in group for role in _shown(step))) for name, group in grouped]
    notice = text("setup.notice", done=done, all=len(found))
    return Card(notice, (Heading(title), Small(progress), *parts), again=ShowSetup())


def _shown(step: Step) -> tuple[Role, ...]:
    mark = text("setup.done" if step.done else "setup.open", step=step.line)
    return (Body(mark), *step.more, *((step.actions,) if step.actions.items else ()))


async def shown_checklist(
    at: Reading, command: ShowSetup, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """The checklist as it was last looked at, for those who run Herald."""
    del command, around
    await admin(at, by)
    return (), Told(await checklist(at, by))


async def still_to_do(at: Reading, by: By, around: Surroundings) -> list[Role]:
    """For Home: the checklist in front of those who run Herald, until nothing needed is left."""
    del around
    if not await is_admin(at, by) or all(step.done for step in await steps(at, by) if step.needed):
        return []
    return [Part(text("setup.title"), (await checklist(at, by)).roles)]


async def steps(at: Reading, by: By) -> tuple[Step, ...]:
    """Every step, in order."""
    return tuple(step for _, group in await _grouped(at, by) for step in group)


async def _grouped(at: Reading, by: By) -> tuple[tuple[Text, tuple[Step, ...]], ...]:
    """The steps in three parts: a card of a platform may have room for some of them only."""
    programme = await queries.programme(at)
    where = (_company(programme), await _review(at), await _stories(at))
    domains = await _domains(at, programme)
    who = (await _digest(at, programme), await _people(at, programme), *domains, _rules(programme))
    return (
        (text("setup.part_channels"), where),
        (text("setup.part_people"), who),
        (text("setup.part_first"), (await _content(at, by), await _introduction(at))),
    )


def _company(programme: Programme) -> Step:
    change = buttons(Button(text("setup.company_change"), DescribeCompany()))
    if not programme.employer:
        return Step(done=False, line=text("setup.company_open"), actions=change)
    language = text(f"language.{programme.language}")
    line = text("setup.company", name=programme.employer, language=language, zone=programme.zone)
    return Step(done=True, line=line, actions=change)


async def _review(at: Reading) -> Step:
    found = await uses(at, Use.REVIEW)
    speaks = [_speaks(channel) for channel in found]
    choose = buttons(Button(text("setup.review_choose"), ChooseReview()), _again(found), *speaks)
    return _rooms(found, "setup.review", choose)


async def _stories(at: Reading) -> Step:
    found = await uses(at, Use.STORIES)
    tune = [_tuned(channel) for channel in found]
    choose = Button(text("setup.stories_choose"), ChooseStoryChannels())
    return _rooms(found, "setup.stories", buttons(choose, _again(found), *tune))


def _tuned(channel: Channel) -> Button:
    return Button(text("setup.tune", channel=channel.called), TuneChannel(channel.id), rare=True)


def _speaks(channel: Channel) -> Button:
    """Only stories have hours."""
    return Button(text("setup.speaks", channel=channel.called), TuneChannel(channel.id), rare=True)


def _again(found: list[Channel]) -> Button | None:
    shut = any(channel.shut for channel in found)
    return Button(text("setup.again"), ShowSetup(), primary=True) if shut else None


def _rooms(found: list[Channel], key: str, actions: Buttons) -> Step:
    if not found:
        return Step(done=False, line=text(f"{key}_open"), actions=actions)
    shut = tuple(Small(why_shut(channel)) for channel in found if channel.shut)
    names = Listing(tuple(channel.called for channel in found))
    return Step(done=not shut, line=text(key, channels=names), actions=actions, more=shut)


async def _digest(at: Reading, programme: Programme) -> Step:
    found = await uses(at, Use.DIGEST)
    stories = {channel.id for channel in await uses(at, Use.STORIES)}
    speaks = [_speaks(channel) for channel in found if channel.id not in stories]
    choose = buttons(Button(text("setup.digest_choose"), ChooseDigest()), _again(found), *speaks)
    if not found:
        return Step(done=False, line=text("setup.digest_open"), actions=choose, needed=False)
    names = Listing(tuple(channel.called for channel in found))
    when = programme.weekday
    line = text("setup.digest", channels=names, day=when, hour=f"{programme.digest_hour}:00")
    shut = tuple(Small(why_shut(channel)) for channel in found if channel.shut)
    return Step(done=not shut, line=line, actions=choose, more=shut, needed=False)


async def _people(at: Reading, programme: Programme) -> Step:
    admins = await at.find(Admin)
    names = await persons.once_each(at, [admin.member for admin in admins])
    deciding = await persons.how_many(at, await queries.moderators(at))
    change = buttons(Button(text("setup.people_choose"), ChoosePeople()))
    who = Listing(tuple(sorted(names)) or ("…",))
    line = text("setup.people", names=who, count=deciding)
    more = (Small(text("setup.contact", contact=programme.contact)),) if programme.contact else ()
    return Step(done=bool(admins and deciding), line=line, actions=change, more=more)


async def _domains(at: Reading, programme: Programme) -> tuple[Step, ...]:
    """Only where there is more than one workspace: else nobody has two accounts."""
    if len(await at.find(Workspace, most=2)) < 2:  # noqa: PLR2004  one to be counted in twice
        return ()
    change = buttons(Button(text("setup.domains_choose"), TrustDomains()))
    if not programme.domains:
        return (Step(done=False, line=text("setup.domains_open"), actions=change, needed=False),)
    line = text("setup.domains", domains=Listing(programme.domains))
    return (Step(done=True, line=line, actions=change, needed=False),)


def _rules(programme: Programme) -> Step:
    """There is always an answer: without one, people are named who chose it."""
    line = text("setup.rules_council" if programme.council else "setup.rules_named")
    more = (Small(text("setup.rules_prefill")),) if programme.prefill else ()
    return Step(
        done=True, line=line, actions=buttons(Button(text("setup.rules_choose"), ChangeRules())), more=more
    )


async def _content(at: Reading, by: By) -> Step:
    """Feeds and stories are the moderators' to add."""
    feeds, stories = len(await at.find(Feed)), len(await at.find(Story, most=1))
    done = bool(feeds or stories)
    line = text("setup.content_ready" if done else "setup.content_open")
    line = text("setup.content", count=feeds) if feeds else line
    if not await is_moderator(at, by):
        tell = (Small(text("setup.content_moderators")),)
        return Step(done=done, line=line, actions=buttons(), more=tell, needed=False)
    first = buttons(
        Button(text("setup.content_feed"), AddFeed()), Button(text("setup.content_write"), WriteStory())
    )
    return Step(done=done, line=line, actions=first, needed=False)


async def _introduction(at: Reading) -> Step:
    waiting = await to_introduce(at)
    if not waiting and await uses(at, Use.STORIES):
        return Step(done=True, line=text("setup.introduced"), actions=buttons())
    preview = buttons(Button(text("setup.preview"), PreviewIntroduction()))
    return Step(done=False, line=text("setup.introduce"), actions=preview if waiting else buttons())


async def newcomer_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """One line in the review channel about somebody who joined it later."""
    del around
    names = await queries.names(at, [copy.subject])
    name = names.get(copy.subject, "…")
    found = await at.get(Moderator, member=copy.subject)
    said = text("newcomer.joined", name=name)
    if found is None:
        return Card(said, (Body(said), Status(text("newcomer.left", name=name), Tone.STOPPED)))
    if found.confirmed is None:
        confirm = buttons(Button(text("newcomer.confirm"), ConfirmModerator(copy.subject), primary=True))
        return Card(said, (Body(said), Small(text("newcomer.waits", name=name)), confirm))
    return Card(said, (Body(said), Status(await _since(at, name, found), Tone.GOOD)))


async def _since(at: Reading, name: str, found: Moderator) -> Text:
    zone = (await queries.programme(at)).zone
    return text("newcomer.decides", name=name, since=Moment(found.confirmed or at.now, zone, "day_time"))
