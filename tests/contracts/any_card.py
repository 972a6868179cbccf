"""Cards of every shape, for the laws of how each platform draws them: whatever the words and addresses."""

from hypothesis import strategies as st

from bot import cards
from bot.cards import Button, Confirm, Role, Tone
from bot.commands.moderation import ApproveStory
from bot.commands.sharing import ShareStory
from bot.commands.suggesting import SuggestStory

Words = st.SearchStrategy[str]
COMMANDS = [ShareStory("1"), ApproveStory("1", 2), SuggestStory(link="https://e.example/" + "x" * 2_500)]
"""The last one fits on no button."""
ADDRESSES = ["https://e.example", "javascript:alert(1)", "https://e.example/" + "y" * 4_000]
PICTURES = ["https://e.example/p.png", "slack:F1", "data:x", ""]


def any_words(*hostile: str) -> Words:
    """What a platform might stumble over, and anything else."""
    return st.sampled_from([*hostile, "é" * 5_000, "", " ", "\x00", "\ud800", "Zoé"]) | st.text(max_size=80)


def any_role(words: Words, most_buttons: int) -> st.SearchStrategy[Role]:
    """Any role of a card, with up to so many buttons."""
    pairs = st.lists(st.tuples(words, words), max_size=15).map(tuple)
    bars = st.lists(st.tuples(words, st.integers(0, 10**9)), max_size=9).map(tuple)
    return st.one_of(
        st.builds(cards.Title, words, st.none() | st.just("https://e.example") | words),
        st.builds(cards.Heading, words),
        st.builds(cards.Body, words),
        st.builds(cards.Quote, words),
        st.builds(cards.Small, words),
        st.builds(cards.Image, st.sampled_from(PICTURES), words),
        st.builds(cards.Person, words, words),
        st.builds(cards.Facts, pairs),
        st.builds(cards.Status, words, st.sampled_from(Tone)),
        st.builds(cards.Chart, words, bars),
        st.builds(cards.Buttons, st.lists(_button(words), max_size=most_buttons).map(tuple)),
    )


def _button(words: Words) -> st.SearchStrategy[Button]:
    return st.builds(
        Button,
        words,
        st.none() | st.sampled_from(COMMANDS),
        st.none() | st.sampled_from(ADDRESSES),
        st.booleans(),
        st.booleans(),
        st.none() | st.builds(Confirm, words, words, words, words),
        st.none() | words,
    )
