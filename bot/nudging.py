"""The gentle reminder: one story, 1:1, to those who asked for it, and every way to have fewer."""

from dataclasses import replace

from bot.authority import colleague
from bot.cards import Body, Card
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
from bot.linking import choose
from bot.looking import Lookings
from bot.newcomers import met_first
from bot.opens.choosing import met
from bot.ports import Answer, By, Redrawn, Surroundings, Told
from bot.signatures import Entries, Handlers, Noters
from bot.views.reminder import how, standing
from content.people import Member, chosen
from content.refusals import Refusal
from content.reminders import (
    PACE,
    PAUSE,
    Reminder,
    Response,
    Sign,
    in_hours,
    period,
    sign,
    slower,
    tomorrow,
)
from content.texts import text
from storage import directory, nudges, queries
from storage.nudges import AGAIN, VIEW
from storage.work import Reading, Storage, Work

JOB = "remind"


async def remind(storage: Storage) -> None:
    """Send everybody the reminder they are due, one transaction a person; a missed hour is not made up."""
    for programme in await directory.programmes(storage):
        for member in await _due(storage, programme):
            async with storage.work(programme) as work:
                await _remind(work, member)


async def turn_on_reminders(work: Work, command: TurnOnReminders, by: By) -> Answer:
    """From the start, or again: at the usual pace, and what was not answered before is forgotten."""
    member, programme = await met(work, by), await queries.programme(work)
    on = chosen(member, work.now, programme.charter, named=member.named, reminded=True, links=member.links)
    after = replace(on, quiet=False, paused_until=None, pace=member.pace if member.reminded else PACE)
    await choose(work, after)
    for one in await nudges.unanswered(work, by.member):
        await work.put(replace(one, responded=work.now))
    await work.refresh(by.member, view="reminders_over", address=by.member)
    return await _answered(work, after, command.id, Response.NONE)


async def stop_reminders(work: Work, command: StopReminders, by: By) -> Answer:
    """No more of them, at once."""
    member, programme = await met(work, by), await queries.programme(work)
    after = chosen(
        member, work.now, programme.charter, named=member.named, reminded=False, links=member.links
    )
    await choose(work, after)
    return await _answered(work, after, command.id, Response.STOPPED)


async def skip_reminder(work: Work, command: SkipReminder, by: By) -> Answer:
    """Not this story; a story comes once anyway."""
    return await _answered(work, await met(work, by), command.id, Response.SKIPPED)


async def remind_tomorrow(work: Work, command: RemindTomorrow, by: By) -> Answer:
    """Asked for: the same story once more, at ten on the next day where the person is."""
    member = await met(work, by)
    if await nudges.reminder(work, by.member, command.id) is None:
        raise Refusal(text("refused.no_story"))
    due = tomorrow(work.now, member.zone)
    await work.send(VIEW, command.id, by.member, member.language, round_=AGAIN, due=due)
    return await _answered(work, member, command.id, Response.TOMORROW)


async def remind_less(work: Work, command: RemindLess, by: By) -> Answer:
    """Half as often."""
    member = await met(work, by)
    after = replace(member, pace=slower(member.pace))
    await choose(work, after)
    return await _answered(work, after, command.id, Response.LESS)


async def pause_reminders(work: Work, command: PauseReminders, by: By) -> Answer:
    """None for a month."""
    after = replace(await met(work, by), paused_until=work.now + PAUSE)
    await choose(work, after)
    return await _answered(work, after, command.id, Response.PAUSED)


async def stop_all(work: Work, command: StopAll, by: By) -> Answer:
    """No personal message any more that was not asked for, whatever it is about."""
    del command
    return Told(await _quiet(work, by, quiet=True))


async def start_all(work: Work, command: StartAll, by: By) -> Answer:
    """As before the stop: reminders only for those who have them on."""
    del command
    now, lifted = await _quiet(work, by, quiet=False), text("reminder.back")
    return Told(Card(lifted, (Body(lifted), *now.roles)))


async def show_reminders(
    at: Reading, command: ShowReminders, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """How one's own reminders stand, and every way to change that."""
    del command, around
    member = await colleague(at, by) or Member(by.member, at.programme, by.workspace, "")
    return (), Told(standing(member, at))


async def _quiet(work: Work, by: By, *, quiet: bool) -> Card:
    after = replace(await met(work, by), quiet=quiet)
    await choose(work, after)
    return standing(after, work)


async def _answered(work: Work, member: Member, story: str, response: Response) -> Answer:
    """In place where a reminder's button was pressed, else in words."""
    reminder = await nudges.reminder(work, member.id, story) if story else None
    if reminder is None:
        return Told(standing(member, work) if response is not Response.SKIPPED else how(member, work))
    await work.put(replace(reminder, response=response, responded=work.now))
    await work.refresh(story, view=VIEW, address=member.id)
    return Redrawn()


async def _due(storage: Storage, programme: str) -> list[str]:
    """Who gets something now, from a snapshot; each is looked at again in their own transaction."""
    async with storage.reading(programme) as at:
        members = [one for one in await nudges.remindable(at) if in_hours(at.now, one.zone)]
        if not members:
            return []
        stories, histories = await nudges.fresh(at), await nudges.histories(at, members)
        return [one.id for one in members if sign(one, histories[one.id], stories, at.now)]


async def _remind(work: Work, member_id: str) -> None:
    member = await queries.member(work, member_id)
    if member is None:
        return
    history = (await nudges.histories(work, [member]))[member_id]
    due = sign(member, history, await nudges.fresh(work), work.now)
    if due and await work.fire(JOB, member.person or member.id, period(work.now, member.zone)):
        await _send(work, member, due)


async def _send(work: Work, member: Member, due: Sign) -> None:
    if due.story is None:
        await choose(work, replace(member, reminded=False))
        round_ = period(work.now, member.zone)
        await work.send("reminders_over", member.id, member.id, member.language, round_=round_)
        return
    await work.insert(Reminder(member.id, due.story.id, work.programme, work.now))
    await work.send(VIEW, due.story.id, member.id, member.language)


HANDLERS: Handlers = {
    StopReminders: stop_reminders,
    SkipReminder: skip_reminder,
    RemindTomorrow: remind_tomorrow,
    RemindLess: remind_less,
    PauseReminders: pause_reminders,
    StartAll: start_all,
}

LOOKINGS: Lookings = {TurnOnReminders: met_first(turn_on_reminders), StopAll: met_first(stop_all)}

NOTES: Noters = {ShowReminders: show_reminders}
