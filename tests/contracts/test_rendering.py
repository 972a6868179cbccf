"""What every platform promises about what people see: words stay words, cards stay small."""

from typing import Any

import pytest

from adapters.teams.plain import weight
from bot import cards
from bot.cards import Button, Card, Chart, Confirm, Facts, Image, Role, Title, Tone, buttons
from bot.commands.moderation import ApproveStory, DeclineStory, EndStory
from bot.commands.sharing import KeepDraft, SayPosted
from bot.forms import Choice, Form, Option, Picture, Places, Ticks, Writing
from content.texts import LANGUAGES
from tests.contracts.drawers import DRAWERS, Drawer

Json = dict[str, Any]
HOSTILE = [
    "<!channel> <@U1> <#C1> <!subteam^S1> @here",
    "<at>Ana</at> <at id='0'>everyone</at>",
    "*b* _i_ ~s~ `c` **b** ~~s~~ ***",
    "[click](https://evil.example) <https://evil.example|x> ![p](https://evil.example/p.png)",
    "# h",
    "- list",
    "1. one",
    "> quote",
    "{{DATE(2026-11-23T09:00:00Z,SHORT)}} ${x}",
    "<script>alert(1)</script> &lt;b&gt; &amp;amp;",
    ":tada: \\ \\* a\\",
]
"""What a colleague may write, by accident or not: mentions and markup of either platform."""


@pytest.fixture(params=sorted(DRAWERS))
def drawer(request: pytest.FixtureRequest) -> Drawer:
    return DRAWERS[request.param]


def every_role(words: str) -> tuple[Role, ...]:
    return (
        Title(words, "https://acme.example"),
        cards.Heading(words),
        cards.Body(words),
        cards.Quote(words),
        cards.Small(words),
        cards.Person(words, words),
        Facts(((words, words),)),
        cards.Status(words, Tone.WAITING),
        Image("https://acme.example/p.png", words),
        Chart(words, ((words, 1), ("Lyon", 2))),
        buttons(Button(words, ApproveStory("1", 2), spoken=words)),
        buttons(Button(words, EndStory("1", 2), rare=True, confirm=Confirm(words, words, words, words))),
    )


def every_field(words: str) -> tuple[Any, ...]:
    options = (Option("a", words), Option("b", "Another"))
    many = tuple(Option(str(number), f"{number} {words}") for number in range(9))
    return (
        Writing("words", words, words, words, words, long=True),
        Choice("few", words, options, "a"),
        Choice("many", words, many, "1"),
        Ticks("boxes", words, options, ("a",)),
        Places("channels", words),
        Picture("picture", words),
    )


def whole_form(words: str) -> Form:
    parts = (*every_field(words), *every_role(words))
    return Form(words, parts, words, SayPosted("1"), words, KeepDraft("1"))


def drawn_everywhere(drawer: Drawer, words: str, language: str) -> list[Json]:
    """The same words on everything a platform can draw."""
    card = Card(words, every_role(words))
    rooms = (Option("19:a@thread.tacv2", words), Option("19:b@thread.tacv2", "Acme / lyon"))
    form = drawer.form(whole_form(words), language, rooms)
    return [drawer.card(card, language), drawer.home(card, language), form, *drawer.told(words, language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(drawer: Drawer, words: str, language: str) -> None:
    for drawn in drawn_everywhere(drawer, words, language):
        assert drawer.problems(drawn) == []
        assert drawer.named(drawn) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_read_letter_by_letter(drawer: Drawer, words: str) -> None:
    """In every role that holds words of people, each as a card of its own."""
    for role in every_role(words)[:7]:
        assert words in drawer.read(drawer.card(Card("x", (role,)), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words", ["é" * 6_000, "😀" * 4_000, "a " * 9_000, '"\\' * 5_000, "\n".join("abc" * 900)]
)
def test_whatever_the_words_a_card_fits_and_keeps_its_buttons(
    drawer: Drawer, words: str, language: str
) -> None:
    for drawn in drawn_everywhere(drawer, words, language)[:3]:
        assert drawer.problems(drawn) == []
        assert weight(drawn) <= drawer.most
    last = buttons(Button("Approve", ApproveStory("1", 2), primary=True), Button("No", DeclineStory("1", 2)))
    card = Card("A story", (*(cards.Body(words),) * 30, last))
    assert drawer.actions(drawer.card(card, language)) == ["Approve", "No"]
