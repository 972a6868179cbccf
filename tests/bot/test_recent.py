"""What is remembered of people stays small, and whoever is forgotten is found again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.meeting import LATELY, Met
from bot.ports import By
from bot.recent import Recent

KEPT = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers()))


@given(KEPT, st.integers(1, 4))
def test_the_last_ones_are_known(kept: list[tuple[str, int]], most: int) -> None:
    recent: Recent[int] = Recent(most)
    last: dict[str, int] = {}
    for key, value in kept:
        recent.keep(key, value)
        last.pop(key, None)
        last[key] = value
    known = dict(list(last.items())[-most:])
    assert {key: recent.get(key) for key in "abcdef"} == {key: known.get(key) for key in "abcdef"}
    assert len(recent) == len(known)


def test_a_memory_that_is_cleared_knows_nobody() -> None:
    recent: Recent[int] = Recent(2)
    recent.keep("a", 1)
    recent.clear()
    assert (recent.get("a"), len(recent)) == (None, 0)


def press(number: int, key: str = "") -> By:
    return By(f"slack:T1/U{number}", "slack:T1", key or f"slack:T1/{number}")


def test_those_who_were_met_long_ago_are_asked_for_again() -> None:
    met = Met()
    for number in range(LATELY + 1):
        met.remember(press(number))
    assert [met.knows(press(number)) for number in (0, 1, LATELY)] == [False, True, True]


def test_whoever_speaks_another_language_than_before_is_asked_for_again() -> None:
    met = Met()
    met.remember(replace(press(1), language="en-GB"))
    assert met.knows(replace(press(1), language="en-GB"))
    assert not met.knows(replace(press(1), language="fr-FR"))


def test_whoever_leaves_no_trace_is_spared_for_one_press() -> None:
    met = Met()
    met.remember(press(1))
    met.spare(press(1, "deletes"))
    assert met.knows(press(1, "deletes"))
    assert not met.knows(press(1, "shares"))
