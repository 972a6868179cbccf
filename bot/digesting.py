"""The week: summed up once, told in each digest channel, with names that come and go as people choose."""

from collections.abc import Mapping
from dataclasses import replace

from bot.authority import colleague, is_moderator
from bot.cards import Body, Button, Card, Heading, Small, buttons
from bot.commands.digesting import AboutNumbers, AddMyName, ShowWeek, TakeBackName
from bot.linking import choose, names_changed
from bot.looking import Lookings
from bot.newcomers import met_first
from bot.opens.choosing import met
from bot.plain import plain
from bot.ports import Answer, By, Surroundings, Told
from bot.signatures import Entries, Handlers, Noters
from bot.views.alltime import since_the_beginning
from bot.views.digest import known, told
from content.digests import LINES, Addition, Digest, Line, Totals, empty, fits, frozen
from content.people import Member, chosen
from content.programmes import Use
from content.promises import due_by
from content.refusals import Refusal
from content.texts import text
from content.weeks import Week, due_week, week_of
from storage import directory, queries, sharing, weeks
from storage.records import Firing
from storage.work import Reading, Storage, Work

JOB = "digest"


async def fire_digests(storage: Storage, around: Surroundings) -> None:
    """Tell every week that is due, once: late when it was missed, not again when the hour was changed."""
    for programme in await directory.programmes(storage):
        async with storage.reading(programme) as at:
            week = await _due(at)
        if week is not None:
            async with storage.work(programme) as work:
                await _tell(work, week, around)


async def add_my_name(work: Work, command: AddMyName, by: By) -> Answer:
    """Thank somebody by name from now on; the summary they pressed on is drawn anew."""
    member, programme = await met(work, by), await queries.programme(work)
    if programme.council:
        raise Refusal(text("digest.no_names_here"))
    accounts = await choose(
        work,
        chosen(member, work.now, programme.charter, named=True, reminded=member.reminded, links=member.links),
    )
    for one in accounts:
        await sharing.redraw_counts(work, one.id)
    digest = await weeks.digest(work, command.week)
    said = text(await _stand_on(work, digest, accounts) if digest else "digest.next_time")
    undo = buttons(Button(text("digest.undo"), TakeBackName()))
    return Told(Card(said, (Body(said), Small(text("digest.joined")), undo)))


async def take_back_name(work: Work, command: TakeBackName, by: By) -> Answer:
    """Count somebody without a name again, in the summaries of the last twelve weeks too."""
    del command
    member, programme = await met(work, by), await queries.programme(work)
    accounts = await choose(
        work,
        chosen(
            member, work.now, programme.charter, named=False, reminded=member.reminded, links=member.links
        ),
    )
    await names_changed(work, accounts)
    return Told(text("digest.taken_back"))


async def show_week(at: Reading, command: ShowWeek, by: By, around: Surroundings) -> tuple[Entries, Answer]:
    """The running week for moderators; the last summary for everybody else."""
    del command
    await colleague(at, by)
    if await is_moderator(at, by):
        return (), Told(await _with_all_time(at, await so_far(at, around), around))
    last = await weeks.last(at)
    return (), Told(
        await _with_all_time(at, await told(at, last), around) if last else text("digest.none_yet")
    )


async def _with_all_time(at: Reading, card: Card, around: Surroundings) -> Card:
    """A week as somebody asked for it, and what came before; Monday's summary speaks of its week alone."""
    return replace(card, roles=(*card.roles, *await since_the_beginning(at, around)))


async def about_numbers(
    at: Reading, command: AboutNumbers, by: By, around: Surroundings
) -> tuple[Entries, Answer]:
    """Where the numbers come from, and what they leave out."""
    del at, command, by
    visits = "digest.about_visits" if around.public_url else "digest.about_no_visits"
    lines = ("digest.about_taken", visits, "digest.about_five", "digest.about_names")
    about = text("digest.about")
    return (), Told(Card(about, (Heading(about), *(Body(text(line)) for line in lines))))


async def so_far(at: Reading, around: Surroundings) -> Card:
    """The running week, under the same rules as a summary."""
    digest = await summed(at, week_of(at.now, (await queries.programme(at)).zone), around)
    if empty(digest.totals):
        return Card(text("digest.nothing_so_far"), (Body(text("digest.nothing_so_far")),))
    card = await told(at, digest, "digest.so_far")
    return replace(card, roles=card.roles[:-1])


async def preview(storage: Storage, programme: str, around: Surroundings, language: str) -> str:
    """The running week as lines of text, for the host's verb; nothing is sent or kept."""
    async with storage.reading(programme) as at:
        return plain(await so_far(at, around), language)


async def summed(at: Reading, week: Week, around: Surroundings) -> Digest:
    """A week's summary as it would be told now."""
    digest = Digest(at.programme, week.name, week.starts, week.ends, at.now, await _counted(at, week, around))
    return replace(digest, totals=frozen(digest.totals, await known(at, digest)))


async def _due(at: Reading) -> Week | None:
    week = due_week(await queries.programme(at), at.now)
    if week is None:
        return None
    fired = await at.get(Firing, job=JOB, subject=at.programme, period=week.name)
    return None if fired else week


async def _tell(work: Work, week: Week, around: Surroundings) -> None:
    if not await work.fire(JOB, work.programme, week.name):
        return
    digest = await summed(work, week, around)
    if empty(digest.totals):
        await _send(work, "quiet_week", week, Use.REVIEW)
        return
    await work.insert(digest)
    await work.audit("herald", JOB, week.name)
    await _send(work, JOB, week, Use.DIGEST)
    for line in digest.totals.lines:
        await work.refresh(line.story, view="story")


async def _send(work: Work, view: str, week: Week, use: Use) -> None:
    for channel in await queries.channels(work, use):
        if channel.shut is None:
            await work.send(view, week.name, channel.id, channel.language)


async def _stand_on(work: Work, digest: Digest, accounts: list[Member]) -> str:
    """Put a name on a summary, with those that waited for company; says what became of it."""
    members = await _took_part(work, digest, {one.id for one in accounts})
    if not members:
        return "digest.nothing_yet"
    pressed = await weeks.additions(work, digest.week)
    mine = [Addition(work.programme, digest.week, member, work.now) for member in sorted(members)]
    waiting = [one for one in pressed.values() if one.waiting and one.member not in members]
    before = fits(digest.totals, await known(work, digest))
    for joining in ([*mine, *waiting], mine):
        await _keep(work, joining, waiting=False)
        if fits(digest.totals, await known(work, digest)) or not before:
            await work.refresh(digest.week, view=JOB)
            return "digest.named"
        await _keep(work, joining, waiting=True)
    return "digest.no_room"


async def _keep(work: Work, additions: list[Addition], *, waiting: bool) -> None:
    for one in additions:
        await work.put(replace(one, waiting=waiting))


async def _took_part(at: Reading, digest: Digest, accounts: set[str]) -> set[str]:
    """Those of some accounts that handed in an idea or took a story in a week."""
    week = Week(digest.week, digest.starts, digest.ends)
    took = {one.member for one in await weeks.taken(at, week, accounts)}
    return took | (accounts & set(await weeks.thinkers(at, week)))


async def _counted(at: Reading, week: Week, around: Surroundings) -> Totals:
    took = await weeks.takers(at, week)
    lines = await _lines(at, took.stories)
    ideas, answered = await _ideas(at, week)
    return Totals(
        takers=took.people,
        posters=took.posters,
        visits=await weeks.visits(at, week) if around.public_url else None,
        out=await weeks.came_out(at, week),
        ideas=ideas,
        answered=answered,
        thinkers=len(set((await weeks.thinkers(at, week)).values())),
        lines=tuple(lines[:LINES]),
        unlisted=len(lines[LINES:]),
    )


async def _lines(at: Reading, stories: Mapping[str, int]) -> list[Line]:
    there = await weeks.titles(at, stories)
    lines = [Line(story, there[story].title, people) for story, people in stories.items()]
    return sorted(lines, key=lambda line: (-line.takers, line.title))


async def _ideas(at: Reading, week: Week) -> tuple[int, int]:
    """Ideas whose promise of an answer was kept or broken in a week, and how many of them it was kept to."""
    ideas, zone = await weeks.ideas(at, week), (await queries.programme(at)).zone
    answers = await weeks.first_answers(at, [idea.id for idea in ideas])
    due = {idea.id: due_by(idea, zone) for idea in ideas}
    settled = {id_: min(answers.get(id_, last), last) for id_, last in due.items()}
    mine = [id_ for id_, moment in settled.items() if week.starts <= moment < week.ends]
    return len(mine), sum(id_ in answers and answers[id_] <= due[id_] for id_ in mine)


HANDLERS: Handlers = {TakeBackName: take_back_name}

LOOKINGS: Lookings = {AddMyName: met_first(add_my_name)}

NOTES: Noters = {ShowWeek: show_week, AboutNumbers: about_numbers}
