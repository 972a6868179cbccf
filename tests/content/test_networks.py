"""Composers open with what each network takes, and lengths are counted as it counts."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.networks import NETWORKS, fits, length
from content.texts import LANGUAGES, say

STORY = "https://ex.org/a?x=1&y=é#z"
WORDS = "C'est beau & vrai : 100 % à « Lyon »\nVenez + nombreux #fier"
FAMILY = "👩\u200d👩\u200d👧\u200d👦"


def test_the_words_and_address_arrive_whole() -> None:
    opened = {key: unquote(network.composer(STORY, WORDS)) for key, network in NETWORKS.items()}
    assert all(STORY in url for url in opened.values())
    carrying = {key for key, url in opened.items() if WORDS.splitlines()[-1] in url}
    assert carrying == set(NETWORKS) - {"linkedin", "facebook"}


@pytest.mark.parametrize(
    ("key", "start"),
    [
        (
            "linkedin",
            "https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fex.org%2Fa%3Fx%3D1%26y%3D",
        ),
        ("x", "https://x.com/intent/tweet?text=C%27est%20beau%20%26%20vrai"),
        ("bluesky", "https://bsky.app/intent/compose?text=C%27est"),
        ("facebook", "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fex.org"),
        ("email", "mailto:?subject=C%27est%20beau"),
        ("threads", "https://www.threads.com/intent/post?text=C%27est"),
        ("mastodon", "https://share.joinmastodon.org/#text=C%27est"),
        ("whatsapp", "https://wa.me/?text=C%27est"),
    ],
)
def test_each_network_opens_its_own_way(key: str, start: str) -> None:
    assert NETWORKS[key].composer(STORY, WORDS).startswith(start)


@given(st.sampled_from(sorted(NETWORKS)), st.text(st.characters()), st.booleans())
def test_a_composer_is_always_one_safe_address(key: str, words: str, linked: bool) -> None:
    url = NETWORKS[key].composer(STORY if linked else None, words)
    assert url.isascii()
    assert " " not in url
    assert len(url) <= 3000


@given(st.text(min_size=1, max_size=30))
def test_x_gets_exactly_the_words(words: str) -> None:
    query = parse_qs(urlsplit(NETWORKS["x"].composer(STORY, words)).query, keep_blank_values=True)
    assert query == {"text": [words], "url": [STORY]}


def test_a_story_without_a_link_opens_the_composer() -> None:
    assert NETWORKS["linkedin"].composer(None, "words") == "https://www.linkedin.com/feed/?shareActive=true"
    assert NETWORKS["facebook"].composer(None, "words") == "https://www.facebook.com/"
    assert NETWORKS["x"].composer(None, "words") == "https://x.com/intent/tweet?text=words"


def test_linkedin_on_computers_can_open_with_the_words() -> None:
    prefilled = NETWORKS["linkedin"].prefilled
    assert prefilled is not None
    assert prefilled(STORY, "Un mot").startswith(
        "https://www.linkedin.com/feed/?shareActive=true&text=Un%20mot%20https%3A%2F%2F"
    )
    assert prefilled(STORY, "mot " * 1000) == NETWORKS["linkedin"].composer(STORY, "")


def test_words_too_long_for_a_button_leave_the_address() -> None:
    assert NETWORKS["bluesky"].composer(STORY, FAMILY * 300) == NETWORKS["bluesky"].composer(STORY, "")


def test_mail_has_a_subject_lines_and_the_address() -> None:
    url = NETWORKS["email"].composer("https://ex.org/", "Lyon opens\nCome & see")
    body = "Lyon%20opens%0D%0ACome%20%26%20see%0D%0A%0D%0Ahttps%3A%2F%2Fex.org%2F"
    assert url == f"mailto:?subject=Lyon%20opens&body={body}"


@pytest.mark.parametrize(
    ("key", "words", "counted"),
    [
        ("linkedin", f"{FAMILY} été", 15),
        ("bluesky", f"{FAMILY} été", 5),
        ("x", f"{FAMILY} été", 6),
        ("x", "日本", 4),
        ("x", "see https://ex.org/" + "x" * 200, 27),
        ("x", "12 #1", 5),
        ("mastodon", "see https://ex.org/" + "x" * 200, 27),
        ("x", "🇫🇷1️⃣", 4),
    ],
)
def test_lengths_are_the_networks_own(key: str, words: str, counted: int) -> None:
    assert length(NETWORKS[key], words) == counted


def test_the_address_counts_where_it_travels_in_the_words() -> None:
    assert fits(NETWORKS["x"], "x" * 256, STORY)
    assert not fits(NETWORKS["x"], "x" * 257, STORY)
    assert fits(NETWORKS["linkedin"], "x" * 3000, STORY)
    assert not fits(NETWORKS["linkedin"], "x" * 3001)
    assert fits(NETWORKS["bluesky"], FAMILY * 300)
    assert not fits(NETWORKS["bluesky"], FAMILY * 300, STORY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_network_has_a_name(language: str) -> None:
    assert all(say(network.name, language) for network in NETWORKS.values())
