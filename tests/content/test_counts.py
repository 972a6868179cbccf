"""The rule of five over card and summaries together: nothing one subtracts leaves one to four people."""

from datetime import UTC, datetime
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from content.counts import beside
from content.digests import Consent, Digest, Line, Totals, frozen, shown
from content.people import FIVE

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WEEKS = (0, 1, 2)
PEOPLE = st.lists(st.tuples(st.sets(st.sampled_from(WEEKS)), st.booleans()), max_size=30)
"""In which summed-up weeks each person took the story (none: since then), and whether they are named."""


def told(people: list[tuple[set[int], bool]], week: int) -> set[int]:
    """The numbers that a week's summary tells of the story."""
    took = [(number, named) for number, (weeks, named) in enumerate(people) if week in weeks]
    known = tuple(Consent(str(number), f"N{number}", frozenset({"s"})) for number, named in took if named)
    totals = Totals(takers=len(took), lines=(Line("s", "Story", len(took)),))
    digest = Digest("P", str(week), NOW, NOW, NOW, frozen(totals, known))
    line = shown(digest.totals, known).lines[0]
    return {len(line.names)} | ({line.takers} if line.takers is not None else set())


@given(PEOPLE)
def test_card_and_summaries_uncover_nobody_by_subtraction(people: list[tuple[set[int], bool]]) -> None:
    """Whichever numbers of whichever weeks one takes away from the card's."""
    weeks = [told(people, week) for week in WEEKS]
    card = beside(len(people), weeks)
    assert card == 0 or FIVE <= card <= len(people)
    for numbers in product(*({0, *week} for week in weeks)):
        assert card == 0 or not 0 < abs(card - sum(numbers)) < FIVE


@given(st.integers(0, 500))
def test_without_summaries_the_number_is_told_from_five_on(count: int) -> None:
    """And told as it is."""
    assert beside(count, []) == (count if count >= FIVE else 0)


def test_the_card_waits_for_company_after_a_summary() -> None:
    """Nine in Monday's summary: the card says nine until five more came."""
    assert [beside(count, [{9}]) for count in (9, 10, 13, 14)] == [9, 9, 9, 14]
    assert beside(6, [{2}]) == 0
