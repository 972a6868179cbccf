"""Monday's summary: frozen totals, and the names of those who chose it, drawn live."""

from dataclasses import replace

from bot.cards import Body, Button, Card, Chart, Heading, Role, Small, buttons
from bot.commands.digesting import AboutNumbers, AddMyName
from bot.commands.homing import ShowMoreStories
from bot.ports import Surroundings
from content.digests import BARS, Consent, Digest, Known, Shown, ShownLine, Totals, may_name, shown
from content.people import some_of
from content.texts import Words, text
from content.weeks import Week, first_and_last, week_named
from storage import queries, weeks
from storage.records import Copy
from storage.weeks import Took
from storage.work import Reading


async def digest_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """A week's summary in a channel; the same for everybody who sees it."""
    del around
    digest = await weeks.digest(at, copy.subject)
    return await told(at, digest) if digest else None


async def quiet_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """One line for the moderators about a week that had nothing to tell."""
    del around
    zone = (await queries.programme(at)).zone
    week = week_named(copy.subject, zone)
    first, last = first_and_last(week.starts, week.ends, zone)
    line = text("digest.quiet", first=first, last=last)
    return Card(line, (Body(line),))


async def told(at: Reading, digest: Digest, heading: str = "digest.week") -> Card:
    """A summary as others may see it now."""
    programme = await queries.programme(at)
    first, last = first_and_last(digest.starts, digest.ends, programme.zone)
    look = await _without_recalled(at, shown(digest.totals, await known(at, digest)))
    title = text(heading, first=first, last=last)
    pressed = buttons(
        None if programme.council else Button(text("digest.add_name"), AddMyName(digest.week)),
        Button(text("digest.stories"), ShowMoreStories()),
        Button(text("digest.about"), AboutNumbers(), rare=True),
    )
    return Card(title, (Heading(title), *_facts(digest.totals, look), *_chart(look), *_thanks(look), pressed))


async def known(at: Reading, digest: Digest) -> Known:
    """Who is named in a week's summary: by choice, made before it was told or on it, and not taken back."""
    week = Week(digest.week, digest.starts, digest.ends)
    took, thinkers = await weeks.taken(at, week), await weeks.thinkers(at, week)
    pressed = await weeks.additions(at, digest.week)
    chosen = await weeks.named(at, {*thinkers, *(one.member for one in took)})
    names = {
        id_: one.name for id_, one in chosen.items() if may_name(one.named_since, digest, pressed.get(id_))
    }
    return _consents(took, thinkers, names)


def _consents(took: list[Took], thinkers: dict[str, str], names: dict[str, str]) -> Known:
    """One consent a person, for what they did with the accounts whose name they gave."""
    found: dict[str, Consent] = {}
    for one in took:
        if one.member in names:
            so_far = found.get(one.person, Consent(one.person, names[one.member], frozenset()))
            found[one.person] = replace(so_far, stories=so_far.stories | {one.story})
    for member, person in thinkers.items():
        if member in names:
            so_far = found.get(person, Consent(person, names[member], frozenset()))
            found[person] = replace(so_far, idea=True)
    return tuple(found.values())


async def _without_recalled(at: Reading, look: Shown) -> Shown:
    there = await weeks.titles(at, [line.story for line in look.lines])
    lines = [
        replace(line, title=there[line.story].title or line.title)
        for line in look.lines
        if line.story in there
    ]
    return replace(look, lines=tuple(lines))


def _facts(totals: Totals, look: Shown) -> list[Role]:
    facts: list[Role] = [Body(_taken(look))] if totals.takers else []
    return [*facts, *_visits(totals), *_news(totals)]


def _taken(look: Shown) -> Words:
    if look.takers is None:
        return text("digest.some" if any(line.names for line in look.lines) else "digest.few")
    took = text("digest.taken", count=look.takers)
    if look.posters is None:
        return text("digest.sentence", what=took)
    return text("digest.two", one=took, other=text("digest.said", count=look.posters))


def _visits(totals: Totals) -> list[Role]:
    if totals.visits is None:
        return [Small(text("digest.unmeasured"))]
    key = "digest.visits" if totals.visits else "digest.no_visits"
    return [Body(text(key, count=totals.visits) if totals.visits else text(key))]


def _news(totals: Totals) -> list[Role]:
    out = text("digest.out", count=totals.out) if totals.out else None
    ideas = text("digest.ideas", count=totals.ideas, answered=totals.answered) if totals.ideas else None
    if out and ideas:
        return [Body(text("digest.two", one=out, other=ideas))]
    return [Body(text("digest.sentence", what=one)) for one in (out, ideas) if one]


def _chart(look: Shown) -> list[Role]:
    bars = [(line.title, line.takers) for line in look.lines if line.takers is not None]
    return [Chart(text("digest.chart"), tuple(bars[:BARS]))] if bars else []


def _thanks(look: Shown) -> list[Role]:
    lines = [Body(text("digest.line", title=line.title, people=_people(line))) for line in look.lines]
    who: list[Role] = [Heading(text("digest.who")), *lines] if lines else []
    if not look.thinkers and look.other_thinkers == 0:
        return who
    ideas = text("digest.thanks", people=some_of(look.thinkers, look.other_thinkers))
    return [*who, Body(ideas)]


def _people(line: ShownLine) -> Words:
    return some_of(line.names, line.others)
