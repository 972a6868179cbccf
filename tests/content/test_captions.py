"""Ready words: in a language, within a network's limit, and saying who speaks, whatever moderators wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.captions import Wanted, after, choose, in_turn
from content.networks import NETWORKS, OFFERED, fits

LINK = "https://herald.example/s/abcdefghijklmnopq"
WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=600)
    .map(str.strip)
    .filter(bool)
)


def wanted(network: str = "linkedin", language: str = "en") -> Wanted:
    return Wanted(language, "Acme", NETWORKS[network], LINK)


@given(st.lists(WORDS, max_size=4), st.sampled_from(OFFERED), st.text(max_size=8))
def test_every_text_fits_and_says_who_speaks(texts: list[str], network: str, turn: str) -> None:
    """No ready text is too long for its network, and each discloses."""
    ready = in_turn(choose({"en": texts}, wanted(network)), turn)
    assert bool(ready) == bool(texts)
    for words in ready:
        assert fits(NETWORKS[network], words, LINK)
        assert (
            "Acme" in words or "I work" in words or "my " in words.lower() or "where I work" in words.lower()
        )


@given(st.lists(WORDS, min_size=1, max_size=5, unique=True), st.text(max_size=8))
def test_turns_are_the_same_texts_in_another_order(texts: list[str], turn: str) -> None:
    """Nobody gets fewer texts; each person always gets them in the same order."""
    every = choose({"en": texts}, wanted())
    ready = in_turn(every, turn)
    assert sorted(ready) == sorted(every)
    assert ready == in_turn(every, turn)


def test_colleagues_do_not_start_with_the_same_text() -> None:
    """Several texts take turns over people."""
    texts = {"en": ["One.", "Two.", "Three."]}
    firsts = {in_turn(choose(texts, wanted()), f"story/{number}")[0] for number in range(30)}
    assert len(firsts) == 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Zoé trains ten apprentices.", "Zoé trains ten apprentices. I work at Acme."),
        ("I work at {employer}, and this is Zoé.", "I work at Acme, and this is Zoé."),
        ("At {employer}, Zoé trains ten.", "At Acme, Zoé trains ten."),
        ("Proud of my colleague Zoé.", "Proud of my colleague Zoé."),
        ("Zoé trains ten.\n#welding", "Zoé trains ten.\n#welding\n\nI work at Acme."),
    ],
)
def test_the_disclosure_stands_once(written: str, expected: str) -> None:
    """Added in plain words where the moderators did not write it."""
    assert choose({"en": [written]}, wanted()) == (expected,)


def test_french_says_it_in_french() -> None:
    """In the language of the text, not of the reader."""
    assert choose({"fr": ["Zoé forme dix personnes."]}, wanted(language="en")) == (
        "Zoé forme dix personnes. Je travaille chez Acme.",
    )


def test_one_s_own_language_comes_first() -> None:
    """Another language is better than an empty field."""
    texts = {"en": ["Hello."], "fr": ["Bonjour."]}
    assert choose(texts, wanted(language="fr"))[0].startswith("Bonjour")
    assert choose(texts, wanted(language="de"))[0].startswith("Hello")


def test_short_networks_get_the_short_text() -> None:
    """A text too long for X is left out while a shorter one fits."""
    texts = {"en": ["long " * 80, "Short."]}
    assert choose(texts, wanted("x")) == ("Short. I work at Acme.",)
    assert len(choose(texts, wanted("linkedin"))) == 2


def test_a_text_too_long_everywhere_is_cut_before_its_disclosure() -> None:
    """Who speaks is never what is cut."""
    (words,) = choose({"en": ["word " * 200]}, wanted("x"))
    assert words.endswith("… I work at Acme.")


def test_other_words_come_round_and_own_words_are_among_them() -> None:
    """Pressing often enough brings one's own words back."""
    ready = ("One.", "Two.")
    assert after("One.", ready) == "Two."
    assert after("Two.", ready) == "One."
    assert after("Mine.", ready, own="Mine.") == "One."
    assert after("Two.", ready, own="Mine.") == "Mine."
    assert after("Mine.", ()) == "Mine."
