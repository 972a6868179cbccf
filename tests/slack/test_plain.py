"""Words on Slack: nothing is lost, nothing becomes a mention, nothing is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.plain import escape, unescape, unpacked
from bot.lettering import clean, cut, one_line

HOSTILE = st.text(st.sampled_from("<!@#|>&;ampltgquo *_~`\n\u202eé😀" + "chanel")) | st.text()


@given(HOSTILE)
def test_escaping_loses_nothing(words: str) -> None:
    assert unescape(escape(words)) == words


@given(HOSTILE)
def test_escaped_words_mention_nobody(words: str) -> None:
    assert "<" not in escape(words)
    assert ">" not in escape(words)


@given(HOSTILE)
def test_cleaning_keeps_what_is_seen(words: str) -> None:
    assert clean(clean(words)) == clean(words)
    kept = [letter for letter in words if letter.isalnum()]
    assert [letter for letter in clean(words) if letter.isalnum()] == kept


@given(HOSTILE, st.integers(0, 80))
def test_cutting_stays_within(words: str, most: int) -> None:
    short = cut(words, most)
    assert len(short) <= most
    assert short == words or most == 0 or short.endswith("…")


def test_cutting_ends_at_a_word() -> None:
    assert cut("Zoé, welder and coach", 15) == "Zoé, welder…"
    assert cut("Donaudampfschifffahrt", 10) == "Donaudamp…"
    assert cut("Zoé welds", 9) == "Zoé welds"


def test_one_line_keeps_the_spaces_of_french_where_they_are() -> None:
    assert one_line(" Déjà  vu\u00a0?\n«\u00a0Zoé\u00a0»") == "Déjà vu\u00a0? «\u00a0Zoé\u00a0»"
    assert one_line("\u00a0\n") == ""


def test_direction_overrides_and_controls_go() -> None:
    assert clean("a\u202eb\u2066c\x00d\x1be\r\nf\ud800") == "abcde\nf"


def test_slack_may_give_half_a_character_back() -> None:
    """What people typed; anything else that is no JSON is none."""
    assert unpacked(b'{"ok": true, "text": "\\ud83d"}') == {"ok": True, "text": "\ud83d"}
    with pytest.raises(ValueError, match="Expecting"):
        unpacked(b"<html>")
