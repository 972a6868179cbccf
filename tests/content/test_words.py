"""Hostile text becomes one safe line, and cleaning it again changes nothing."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.words import cleaned, graphemes

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200b\u200d\u202e\u2066\ufeff\u00ad\u0301\ufe0f\u3164\u2800👩💻🏽🇫🇷\ud800\x00\n\t\u00a0 "
        ),
    ),
    max_size=120,
)


@given(HOSTILE, st.integers(1, 60))
def test_nothing_invisible_is_left(words: str, limit: int) -> None:
    line = cleaned(words, limit)
    assert not {unicodedata.category(each) for each in line.replace("\u200d", "")} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }
    assert unicodedata.is_normalized("NFC", line)
    assert len(graphemes(line)) <= limit


@given(HOSTILE, st.integers(1, 60))
def test_cleaning_twice_is_cleaning_once(words: str, limit: int) -> None:
    assert cleaned(cleaned(words, limit), limit) == cleaned(words, limit)


@given(st.text(st.sampled_from("ab é’\u00a0\u0301…—ſ\u2028\n\u200d🏽"), max_size=30), st.integers(1, 12))
def test_usual_words_are_cleaned_like_any(words: str, limit: int) -> None:
    """Nothing invisible stays, so an invisible character before them changes no more than the way taken."""
    assert cleaned(words, limit) == cleaned(f"\u200b{words}", limit)


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("  two\n\n lines\t", "two lines"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("null\x00 bell\x07", "null bell"),
        ("cafe\u0301", "café"),
        ("Lyon\u00a0: un site", "Lyon\u00a0: un site"),
        ("a\u00a0\u00a0 b", "a b"),
        ("👩\u200d👩\u200d👧 été", "👩\u200d👩\u200d👧 été"),
        ("a\u200db", "ab"),
        ("👩🏽\u200d💻", "👩🏽\u200d💻"),
        ("\ud83d", ""),
        ("\u3164\u2800", ""),
        ("<!channel> & <@U1>", "<!channel> & <@U1>"),
    ],
)
def test_what_a_reader_sees_stays(words: str, seen: str) -> None:
    assert cleaned(words, 100) == seen


def test_a_cut_never_splits_a_character() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    assert cleaned(family * 10, 4) == family * 3 + "…"


def test_a_long_title_ends_in_an_ellipsis() -> None:
    assert cleaned("x" * 5000, 200) == "x" * 199 + "…"
    assert cleaned("x" * 200, 200) == "x" * 200


def test_one_visible_character_cannot_hide_thousands() -> None:
    assert cleaned("e" + "\u0301" * 5000, 10) == "é" + "\u0301" * 3
    assert len(cleaned("👩" + "\u200d👩" * 5000, 10)) <= 80


def test_a_hostile_megabyte_is_read_at_once() -> None:
    started = time.process_time()
    for piece in ("\u0301\u200d", "\u200b ", "👩\u200d", " \n"):
        cleaned(piece * 500_000, 200)
    assert time.process_time() - started < 5
