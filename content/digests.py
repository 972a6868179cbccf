"""Monday's summary: what is frozen of a week, and what of that others may see.

The rule of five holds by subtraction: whatever one adds, compares or remembers of what was shown, the exact
size of a group of one to four people who did not choose to be named never follows (docs/decisions/0011).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from content.people import FIVE

LINES = 10
"""Stories with a line of their own; the others are counted only."""
BARS = 6
"""Stories in the chart: what Slack's chart block takes as series."""

Known = tuple["Consent", ...]


@dataclass(frozen=True, slots=True)
class Line:
    """How many people took one story in a week; `told` says whether others may ever see that number."""

    story: str
    title: str
    takers: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """What a week counted, frozen when it is told. People are counted once, whatever their accounts.

    `posters` are those takers who told us they posted; `visits` is None where nothing measures them;
    `answered` of `ideas` were answered within two working days; `thinkers` handed an idea in. `unlisted`
    stories have no line. `told` and `thinkers_told` say whether those numbers of people may ever be seen.
    """

    takers: int = 0
    posters: int = 0
    visits: int | None = None
    out: int = 0
    ideas: int = 0
    answered: int = 0
    thinkers: int = 0
    lines: tuple[Line, ...] = ()
    unlisted: int = 0
    told: bool = False
    thinkers_told: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """One week's summary, and its totals as they were when it was told."""

    programme: str
    week: str
    starts: datetime
    ends: datetime
    fired: datetime
    totals: Totals


@dataclass(frozen=True, slots=True)
class Addition:
    """*Add my name*, pressed on a week's summary; `waiting` while the name would leave too few others."""

    programme: str
    week: str
    member: str
    at: datetime
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """Somebody who chose to be named: which listed stories they took, and whether an idea came from them."""

    person: str
    name: str
    stories: frozenset[str]
    idea: bool = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A story's line: names, and how many others; None where that number is withheld."""

    story: str
    title: str
    names: tuple[str, ...]
    others: int | None
    takers: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What others see of a week; None stands for a number that is withheld."""

    takers: int | None
    posters: int | None
    lines: tuple[ShownLine, ...]
    thinkers: tuple[str, ...]
    other_thinkers: int | None


def empty(totals: Totals) -> bool:
    """Whether there is nothing to tell the channel: no story came out and nobody took one."""
    return totals.takers == 0 and totals.out == 0


def frozen(totals: Totals, consents: Known) -> Totals:
    """Decide once which numbers may ever be shown, and in which order the lines stand.

    A line's number is withheld when it, or what the headline leaves beside it, is one to four people; when
    the lines together tell how few took two stories, the smallest number goes.
    """
    unnamed, others = _unnamed(totals, consents)
    headline = _fine(unnamed)
    told = {story for story, left in others.items() if _fine(left, *([unnamed - left] if headline else []))}
    if headline and len(told) == len(totals.lines) and not totals.unlisted:
        overlap = sum(others.values()) - unnamed
        if not _fine(overlap):
            told.remove(min(filter(others.__getitem__, told), key=others.__getitem__))
    lines = [replace(line, told=line.story in told) for line in totals.lines]
    thinkers = _fine(_silent_thinkers(totals, consents))
    return replace(totals, told=headline, thinkers_told=thinkers, lines=tuple(sorted(lines, key=_standing)))


def fits(totals: Totals, consents: Known) -> bool:
    """Whether nothing that is or was shown uncovers one to four unnamed people, once these are named.

    Where it does not, one more name would: it waits for others, or for the next week.
    """
    unnamed, others = _unnamed(totals, consents)
    told = [others[line.story] for line in totals.lines if line.told or others[line.story] == 0]
    sizes = list(told)
    if totals.told:
        sizes += [unnamed, *(unnamed - left for left in told)]
        if told and len(told) == len(totals.lines) and not totals.unlisted:
            sizes.append(sum(told) - unnamed)
    if totals.thinkers_told:
        sizes.append(_silent_thinkers(totals, consents))
    return _fine(*sizes)


def shown(totals: Totals, consents: Known) -> Shown:
    """What others may see now: frozen totals, and the names of those who chose it.

    Where names taken back would uncover somebody, the numbers go that would do it.
    """
    return _shown(totals if fits(totals, consents) else _weaker(totals, frozen(totals, consents)), consents)


def _weaker(totals: Totals, afresh: Totals) -> Totals:
    told = {line.story for line in afresh.lines if line.told}
    lines = tuple(replace(line, told=line.told and line.story in told) for line in totals.lines)
    thinkers = totals.thinkers_told and afresh.thinkers_told
    return replace(totals, lines=lines, told=totals.told and afresh.told, thinkers_told=thinkers)


def _unnamed(totals: Totals, consents: Known) -> tuple[int, dict[str, int]]:
    """How many are not named: of all takers, and of each line's."""
    listed = {line.story for line in totals.lines}
    named = sum(bool(consent.stories & listed) for consent in consents)
    others = {
        line.story: max(0, line.takers - sum(line.story in consent.stories for consent in consents))
        for line in totals.lines
    }
    return max(0, totals.takers - named), others


def _silent_thinkers(totals: Totals, consents: Known) -> int:
    return max(0, totals.thinkers - sum(consent.idea for consent in consents))


def _shown(totals: Totals, consents: Known) -> Shown:
    _, others = _unnamed(totals, consents)
    counted = totals.told and totals.takers >= FIVE
    said = counted and totals.posters >= FIVE and _fine(totals.takers - totals.posters)
    left = _silent_thinkers(totals, consents)
    return Shown(
        totals.takers if counted else None,
        totals.posters if said else None,
        tuple(_line(line, others[line.story], consents) for line in totals.lines),
        tuple(sorted(consent.name for consent in consents if consent.idea)),
        left if left == 0 or (totals.thinkers_told and _fine(left)) else None,
    )


def _line(line: Line, others: int, consents: Known) -> ShownLine:
    names = sorted(consent.name for consent in consents if line.story in consent.stories)
    told = others == 0 or (line.told and _fine(others))
    takers = line.takers if told and line.takers >= FIVE else None
    return ShownLine(line.story, line.title, tuple(names), others if told else None, takers)


def _fine(*sizes: int) -> bool:
    """Whether each group is nobody, or at least five."""
    return all(size == 0 or size >= FIVE for size in sizes)


def _standing(line: Line) -> tuple[bool, int, str]:
    """Told numbers first, biggest first; where numbers are withheld the order tells nothing either."""
    return (not line.told, -line.takers if line.told else 0, line.title)


def may_name(since: datetime | None, digest: Digest, pressed: Addition | None) -> bool:
    """Whether a name stands on a summary: chosen before it was told or by a press on it, not taken back."""
    if since is None:
        return False
    if since < digest.fired:
        return True
    return pressed is not None and not pressed.waiting and since <= pressed.at
