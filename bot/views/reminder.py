"""A gentle reminder, 1:1: one story, why it came, and every way to have fewer of them in one press."""

from bot.cards import Body, Button, Buttons, Card, Heading, Role, Small, Status, Title, Tone, buttons
from bot.commands.nudging import (
    PauseReminders,
    RemindLess,
    RemindTomorrow,
    ShowReminders,
    SkipReminder,
    StartAll,
    StopAll,
    StopReminders,
    TurnOnReminders,
)
from bot.commands.sharing import ShareStory
from bot.ports import Surroundings
from content.people import Member
from content.reminders import PAUSED, SLOWEST, Reminder, Response, same_hours, wanted
from content.stories import State, Story
from content.texts import Moment, Text, text
from storage import nudges, queries
from storage.nudges import AGAIN
from storage.records import Copy
from storage.work import Reading

_OPEN = {"1": Response.NONE, AGAIN: Response.TOMORROW}
"""What a person must have answered so far for a message of that round still to go out."""


async def reminder_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """A reminder as it stands; nothing when it has not gone out yet and is not wanted any more."""
    del around
    member, story = await queries.member(at, copy.address), await queries.story(at, copy.subject)
    reminder = await nudges.reminder(at, copy.address, copy.subject)
    if member is None or story is None or reminder is None:
        return None
    if copy.ref is None and not await _still_wanted(at, copy, member, story, reminder):
        return None
    notice, heading = text("reminder.notice", title=story.title), Heading(text("reminder.title"))
    done = copy.ref is not None and await nudges.posted(at, member, story.id)
    if done and story.state is State.LIVE:
        return Card(notice, (heading, Title(story.title, story.link), *_done(member, story, reminder)))
    return Card(notice, (heading, *_body(copy, member, story, reminder)))


async def over_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """The one word that reminders are over, because four in a row went without a press."""
    del around
    member = await queries.member(at, copy.address)
    if member is None or (copy.ref is None and not _may_hear(at, copy, member)):
        return None
    said = text("reminder.over", count=PAUSED)
    if member.reminded:
        return Card(said, (Body(said), Status(text("reminder.on_again"), Tone.GOOD)))
    return Card(said, (Body(said), buttons(Button(text("reminder.start"), TurnOnReminders()))))


def standing(member: Member, at: Reading) -> Card:
    """How somebody's reminders stand, for their own eyes."""
    said = how(member, at)
    return Card(said, (Body(said), _choices(member, at)), again=ShowReminders())


def _choices(member: Member, at: Reading) -> Buttons:
    if member.quiet:
        return buttons(Button(text("reminder.start"), StartAll()))
    if not wanted(member, at.now):
        return buttons(Button(text("reminder.turn_on"), TurnOnReminders()))
    return buttons(
        Button(text("reminder.less"), RemindLess()) if member.pace < SLOWEST else None,
        Button(text("reminder.pause"), PauseReminders()),
        Button(text("reminder.stop"), StopReminders()),
        Button(text("reminder.stop_all"), StopAll(), rare=True),
    )


def how(member: Member, at: Reading) -> Text:
    """The same in one sentence."""
    if member.quiet:
        return text("reminder.all_stopped")
    if not member.reminded:
        return text("reminder.off")
    if member.paused_until is not None and member.paused_until > at.now:
        return text("reminder.paused", until=Moment(member.paused_until, member.zone, "day"))
    return often("reminder.on", member.pace)


def often(key: str, days: int) -> Text:
    """A sentence about a pace, in weeks."""
    return text(key, count=max(1, days // 7))


async def _still_wanted(at: Reading, copy: Copy, member: Member, story: Story, reminder: Reminder) -> bool:
    if not wanted(member, at.now) or not same_hours(at.now, copy.due, member.zone):
        return False
    open_ = reminder.response == _OPEN.get(copy.round) and story.state is State.LIVE
    return open_ and not await nudges.settled(at, member, story.id)


def _may_hear(at: Reading, copy: Copy, member: Member) -> bool:
    quiet = member.quiet or member.left or member.outside is not None
    return not quiet and not member.reminded and same_hours(at.now, copy.due, member.zone)


def _body(copy: Copy, member: Member, story: Story, reminder: Reminder) -> tuple[Role, ...]:
    if story.state is State.RECALLED:
        return (Status(text("story.recalled"), Tone.STOPPED),)
    title = Title(story.title, story.link)
    if story.state is not State.LIVE:
        return (title, Status(text("story.ended"), Tone.GOOD))
    if copy.round == AGAIN:
        return (title, Small(text("reminder.asked_again")), buttons(_share(story)))
    answered = _answered(member, story, reminder)
    if answered:
        return (title, *answered)
    return (title, Small(often("reminder.why", member.pace)), _ways(story, member))


def _done(member: Member, story: Story, reminder: Reminder) -> tuple[Role, ...]:
    """What is left is how often others come."""
    posted = Status(text("reminder.posted"), Tone.GOOD)
    if reminder.response in {Response.STOPPED, Response.PAUSED}:
        return (posted, *(_answered(member, story, reminder)))
    less = reminder.response is Response.LESS
    slower = (Small(often("reminder.less_now", member.pace)),) if less else ()
    return (posted, *slower, buttons(*_fewer(story, member)))


def _answered(member: Member, story: Story, reminder: Reminder) -> tuple[Role, ...]:
    start = buttons(Button(text("reminder.start"), TurnOnReminders(story.id)))
    share = buttons(_share(story))
    match reminder.response:
        case Response.STOPPED if not member.reminded:
            return (Status(text("reminder.stopped"), Tone.STOPPED), start)
        case Response.PAUSED if member.paused_until is not None:
            until = Moment(member.paused_until, member.zone, "day")
            return (Status(text("reminder.paused", until=until), Tone.STOPPED), start)
        case Response.LESS:
            return (Status(often("reminder.less_now", member.pace), Tone.GOOD), share)
        case Response.TOMORROW:
            return (Status(text("reminder.tomorrow_then"), Tone.GOOD), share)
        case Response.SKIPPED:
            return (Status(text("reminder.skipped"), Tone.STOPPED),)
        case _:
            return ()


def _ways(story: Story, member: Member) -> Role:
    return buttons(
        _share(story),
        Button(text("reminder.skip"), SkipReminder(story.id)),
        Button(text("reminder.tomorrow"), RemindTomorrow(story.id), rare=True),
        *_fewer(story, member),
    )


def _fewer(story: Story, member: Member) -> tuple[Button | None, ...]:
    less = Button(text("reminder.less"), RemindLess(story.id), rare=True)
    return (
        less if member.pace < SLOWEST else None,
        Button(text("reminder.pause"), PauseReminders(story.id), rare=True),
        Button(text("reminder.stop"), StopReminders(story.id), rare=True),
    )


def _share(story: Story) -> Button:
    share = text("story.share", network=text("network.linkedin"))
    spoken = text("story.share_spoken", title=story.title)
    return Button(share, ShareStory(story.id), primary=True, spoken=spoken)
