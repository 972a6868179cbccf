"""What a week may show: the rule of five, by subtraction, also over what people remember of earlier looks."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from content.digests import (
    Addition,
    Consent,
    Digest,
    Line,
    Shown,
    Totals,
    empty,
    fits,
    frozen,
    may_name,
    shown,
)
from tests.laws import tries

STORIES = ("a", "b", "c")
ATOMS = [frozenset(some) for many in (1, 2, 3) for some in combinations(STORIES, many)]
"""Everything somebody can have taken."""
MOVES = list(product((-1, 0, 1), repeat=len(ATOMS)))
GROUPS = [[index for index in range(len(ATOMS)) if bits >> index & 1] for bits in range(1, 2 ** len(ATOMS))]


@dataclass(frozen=True)
class Somebody:
    """Who took what, and whether they chose to be named when the week was told."""

    number: int
    stories: frozenset[str]
    named: bool
    idea: bool = False

    @property
    def consent(self) -> Consent:
        return Consent(str(self.number), f"N{self.number}", self.stories, self.idea)


@dataclass
class Memory:
    """Somebody who saw every look of a card and forgets nothing: numbers by what they count, names."""

    numbers: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def see(self, look: Shown) -> None:
        if look.takers is not None:
            self.numbers["all"] = look.takers
        for line in look.lines:
            self.names |= set(line.names)
            if line.others is not None:
                self.numbers[line.story] = line.others + len(line.names)


def totals(people: list[Somebody]) -> Totals:
    """What a week counts."""
    lines = [Line(one, one, sum(one in each.stories for each in people)) for one in STORIES]
    ideas = sum(each.idea for each in people)
    return Totals(
        takers=sum(bool(each.stories) for each in people), out=3, ideas=ideas, thinkers=ideas,
        lines=tuple(line for line in lines if line.takers),
    )  # fmt: skip


def uncovered(memory: Memory, people: list[Somebody]) -> list[list[frozenset[str]]]:
    """The groups of one to four unnamed takers whose size can be only what it is.

    A group's size is open when another distribution, as possible for who saw it all, gives it another size.
    """
    unnamed = [each for each in people if f"N{each.number}" not in memory.names]
    real = [sum(each.stories == atom for each in unnamed) for atom in ATOMS]
    there = {story for each in people for story in each.stories}
    possible = [move for move in MOVES if any(move) and _possible(real, move, memory, there)]
    return [
        [ATOMS[index] for index in group]
        for group in GROUPS
        if 0 < sum(real[index] for index in group) < 5
        and not any(sum(move[index] for index in group) for move in possible)
    ]


def _possible(real: list[int], move: tuple[int, ...], memory: Memory, there: set[str]) -> bool:
    if any(one + change < 0 for one, change in zip(real, move, strict=True)):
        return False
    if any(change and not atom <= there for atom, change in zip(ATOMS, move, strict=True)):
        return False
    if "all" in memory.numbers and sum(move) != 0:
        return False
    for story in there:
        there_now = sum(one for one, atom in zip(real, ATOMS, strict=True) if story in atom)
        change = sum(change for change, atom in zip(move, ATOMS, strict=True) if story in atom)
        if change if story in memory.numbers else there_now and there_now + change < 1:
            return False
    return True


@st.composite
def companies(draw: st.DrawFn) -> list[Somebody]:
    """A few dozen people, many of whom took the same."""
    groups = draw(
        st.lists(st.tuples(st.sampled_from(ATOMS), st.integers(1, 9), st.integers(0, 9)), max_size=6)
    )
    kinds = [(atom, number < named) for atom, many, named in groups for number in range(many)]
    return [Somebody(number, atom, named) for number, (atom, named) in enumerate(kinds)]


@tries(150)
@given(companies(), st.data())
def test_no_group_of_fewer_than_five_unnamed_people_follows_from_anything_shown(
    people: list[Somebody], data: st.DataObject
) -> None:
    """Also not from the looks a card had before more names were added."""
    named = [each for each in people if each.named]
    told = frozen(totals(people), tuple(each.consent for each in named))
    memory = Memory()
    memory.see(shown(told, tuple(each.consent for each in named)))
    assert uncovered(memory, people) == []

    silent = [each for each in people if not each.named]
    for each in data.draw(st.permutations(silent))[:4]:
        consents = tuple(one.consent for one in (*named, each))
        if fits(told, consents):
            named.append(each)
            memory.see(shown(told, consents))
            assert uncovered(memory, people) == []


@tries(150)
@given(companies(), st.data())
def test_names_taken_back_uncover_nobody_to_who_looks_afterwards(
    people: list[Somebody], data: st.DataObject
) -> None:
    """A number that was safe beside the name goes when it is not safe without it."""
    named = [each for each in people if each.named]
    told = frozen(totals(people), tuple(each.consent for each in named))
    stay = [each for each in named if data.draw(st.booleans())]
    memory = Memory()
    memory.see(shown(told, tuple(each.consent for each in stay)))
    assert uncovered(memory, people) == []


@given(companies())
def test_nobody_is_named_who_did_not_choose_it(people: list[Somebody]) -> None:
    """Names come from consents only, and each stands at what that person took."""
    consents = tuple(each.consent for each in people if each.named)
    look = shown(frozen(totals(people), consents), consents)
    for line in look.lines:
        assert set(line.names) == {one.name for one in consents if line.story in one.stories}


@given(companies())
def test_no_number_of_people_below_five_is_ever_shown(people: list[Somebody]) -> None:
    """Neither in the headline, nor at a story, nor in a bar."""
    consents = tuple(each.consent for each in people if each.named)
    look = shown(frozen(totals(people), consents), consents)
    numbers = [look.takers, look.posters, *(line.takers for line in look.lines)]
    assert all(number >= 5 for number in numbers if number is not None)
    assert all(line.others == 0 or line.others >= 5 for line in look.lines if line.others is not None)


def crowd(many: int, *stories: str, named: int = 0, start: int = 0) -> list[Somebody]:
    """Some people who took the same."""
    return [Somebody(start + number, frozenset(stories), number < named) for number in range(many)]


def look_of(people: list[Somebody]) -> Shown:
    consents = tuple(each.consent for each in people if each.named)
    return shown(frozen(totals(people), consents), consents)


def test_two_names_and_seven_others() -> None:
    """The card that everybody expects."""
    look = look_of(crowd(9, "a", named=2))
    assert (look.takers, look.lines[0].names, look.lines[0].others) == (9, ("N0", "N1"), 7)


def test_four_others_are_a_few_and_the_headline_is_silent_too() -> None:
    """Nine in all and five names would tell of four."""
    look = look_of(crowd(9, "a", named=5))
    assert (look.takers, look.lines[0].others, look.lines[0].takers) == (None, None, None)


def test_what_the_headline_leaves_beside_a_story_is_five_or_nobody() -> None:
    """Ten in all, eight of them at one story: the two others would follow."""
    look = look_of([*crowd(8, "a"), *crowd(2, "b", start=8)])
    assert look.takers == 10
    assert [line.others for line in look.lines] == [None, None]


def test_who_took_two_stories_does_not_follow() -> None:
    """Six and six of eleven: one took both. The smaller number goes."""
    look = look_of([*crowd(5, "a"), *crowd(5, "b", start=5), *crowd(1, "a", "b", start=10)])
    assert look.takers == 11
    assert [line.others for line in look.lines].count(None) >= 1


def test_everybody_named_needs_no_number() -> None:
    """Three names say all there is; no number of people below five stands anywhere."""
    look = look_of(crowd(3, "a", named=3))
    assert (look.takers, look.lines[0].others) == (None, 0)


def test_a_name_waits_where_it_would_leave_four() -> None:
    """“Ana and 5 others” was seen: one more name and everybody knows of four."""
    people = crowd(6, "a", named=1)
    told = frozen(totals(people), (people[0].consent,))
    assert shown(told, (people[0].consent,)).lines[0].others == 5
    assert not fits(told, tuple(each.consent for each in people[:2]))
    assert fits(told, tuple(each.consent for each in people))


def test_how_many_posted_is_told_when_those_who_did_not_are_five_or_nobody() -> None:
    """23 took a story and 22 posted it: the one who did not stays unknown."""
    for posted, seen in ((14, 14), (22, None), (23, 23), (4, None)):
        told = frozen(Totals(takers=23, posters=posted, lines=(Line("a", "a", 23),)), ())
        assert shown(told, ()).posters == seen


def test_thanks_for_ideas_keep_the_same_rule() -> None:
    """A name, and a few others."""
    ideas = [Somebody(number, frozenset(), number == 0, idea=True) for number in range(3)]
    look = look_of(ideas)
    assert (look.thinkers, look.other_thinkers) == (("N0",), None)


def test_a_name_stands_by_choice_before_the_week_was_told_or_by_a_press_on_it() -> None:
    """A press counts as long as the choice it was made under."""
    told = datetime(2026, 11, 30, 8, tzinfo=UTC)
    digest = Digest("P", "2026-W48", told, told, told, Totals())
    hour = timedelta(hours=1)
    pressed = Addition("P", "2026-W48", "U1", told + hour)
    assert may_name(told - hour, digest, None)
    assert not may_name(None, digest, pressed)
    assert not may_name(told + hour, digest, None)
    assert may_name(told + hour, digest, pressed)
    assert not may_name(told + hour, digest, replace(pressed, waiting=True))
    assert not may_name(told + 2 * hour, digest, pressed)


def test_a_week_without_a_story_has_nothing_to_tell() -> None:
    """Ideas alone are no news for a channel."""
    assert empty(Totals(ideas=2, answered=1))
    assert not empty(Totals(out=1))
