"""What there is: the words people type, help by role, the queue, the stories that are out."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cards import Body, Card, Facts, Heading, Small, Title
from bot.commands import KINDS
from bot.commands.helping import ShowHelp, ShowHow, ShowRecallable
from bot.commands.moderation import ApproveStory, ShowQueue, ShowStories
from bot.commands.privacy import DeleteMyData
from bot.commands.settling import ShowSetup
from bot.commands.spoken import WORDS, understood
from bot.commands.suggesting import SuggestStory
from bot.commands.wire import Command
from bot.helping import ADMINS, EVERYBODY, MODERATORS, MOST
from bot.ports import By
from bot.ports import Told as Words
from content.programmes import Programme
from content.texts import LANGUAGES, say, text
from storage.records import Admin
from tests.bot.programme import ANA, LEA, MAX, P, Told, pressable, said
from tests.bot.test_moderation import suggested, words
from tests.bot.two_platforms import LEA_T, both

TYPED = "help setup queue feeds stories week reminders my-data transparency stop recall home"
TYPED_FR = "aide file flux actus semaine rappels mes-données arrêter accueil"


def card(answer: object) -> Card:
    assert isinstance(answer, Words), answer
    assert isinstance(answer.words, Card), answer.words
    return answer.words


def listed(shown: Card, language: str = "en") -> list[str]:
    """The names in a card's list."""
    return [say(name, language) for role in shown.roles if isinstance(role, Facts) for name, _ in role.rows]


def lines(shown: Card) -> list[str]:
    """The sentences on a card."""
    return [say(role.words, "en") for role in shown.roles if isinstance(role, Body | Small)]


@pytest.mark.parametrize("word", ["Hello", "hi", "Bonjour", "salut"])
def test_a_greeting_is_answered_with_what_one_can_ask(word: str) -> None:
    assert understood(word) == ShowHelp()


async def test_a_guest_is_told_at_once_and_offered_nothing_that_is_refused(told: Told) -> None:
    """The same as their Home: who Herald is for, and what it keeps of them."""
    shown = card(await told.do(ShowHelp(), MAX))
    assert listed(shown) == []
    labels = [said(button) for button in pressable(shown)]
    assert labels == ["See my data", "Delete my data", "How Herald works here"]
    assert "own staff" in say(shown.notice, "en")


@pytest.mark.parametrize("word", [*TYPED.split(), *TYPED_FR.split()])
def test_every_promised_word_is_known(word: str) -> None:
    found = understood(word)
    assert found == ShowHelp() if word in {"help", "aide"} else type(found) is not ShowHelp


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  QUEUE ", ShowQueue()),
        ("Mes données", WORDS["my-data"]),
        ("MES-DONNEES", WORDS["my-data"]),
        ("arre\u0302ter", WORDS["stop"]),
        ("my data", WORDS["my-data"]),
        ("setup", ShowSetup()),
        ("", ShowHelp()),
    ],
)
def test_accents_case_and_spaces_do_not_matter(typed: str, meant: Command) -> None:
    assert understood(typed) == meant


def test_what_nobody_knows_gets_help_that_says_it_back() -> None:
    assert understood(" frobnicate now ") == ShowHelp(unknown="frobnicate now")
    found = understood("x" * 5000)
    assert isinstance(found, ShowHelp)
    assert len(found.unknown) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_only_words_that_herald_knows(language: str) -> None:
    for word in (*EVERYBODY, *MODERATORS, *ADMINS):
        assert type(understood(say(text(f"word.{word}"), language))) is not ShowHelp, word


def test_every_word_leads_to_a_command_that_exists() -> None:
    assert {type(command) for command in WORDS.values()} <= set(KINDS)


async def test_help_is_by_role(told: Told) -> None:
    employee = listed(card(await told.do(ShowHelp(), LEA)))
    moderator = listed(card(await told.do(ShowHelp(), ANA)))
    assert employee[0] == "/story [link]"
    assert "/herald my-data" in employee
    assert "/herald queue" not in employee
    assert {"/herald queue", "/herald feeds", "/herald recall"} <= set(moderator)
    assert "/herald setup" not in moderator
    async with told.storage.work(P) as work:
        await work.put(Admin(LEA, P, ANA))
    assert "/herald setup" in listed(card(await told.do(ShowHelp(), LEA)))
    assert "/herald mes-données" in listed(card(await told.do(ShowHelp(), LEA)), "fr")


async def test_help_says_what_it_did_not_understand(told: Told) -> None:
    shown = card(await told.do(ShowHelp(unknown="frobnicate"), LEA))
    assert "frobnicate" in " ".join(say(role.words, "en") for role in shown.roles if hasattr(role, "words"))


async def test_how_it_works_names_whom_to_ask(told: Told) -> None:
    shown = card(await told.do(ShowHow(), LEA))
    assert "Run by Ana and Tom." in [say(role.words, "en") for role in shown.roles if isinstance(role, Small)]


async def test_how_it_works_promises_no_thanks_where_nobody_is_named(told: Told) -> None:
    """In works-council mode nobody chooses to be thanked by name."""
    by_choice = lines(card(await told.do(ShowHow(), LEA)))
    async with told.storage.work(P) as work:
        for programme in await work.find(Programme):
            await work.put(replace(programme, council=True))
    council = lines(card(await told.do(ShowHow(), LEA)))
    assert any("thanked by name" in line for line in by_choice)
    assert not any("thanked by name" in line for line in council)
    assert any("without a name" in line for line in council)


async def test_the_queue_says_how_many_it_does_not_list(told: Told) -> None:
    for number in range(MOST):
        await told.bot.do(SuggestStory(what=f"Thing number {number} happened"), told.by(LEA))
    assert not any("more" in line for line in lines(card(await told.do(ShowQueue(), ANA))))
    for number in range(2):
        await told.bot.do(SuggestStory(what=f"Another thing, {number}, happened"), told.by(LEA))
    shown = card(await told.do(ShowQueue(), ANA))
    assert len(titles(shown)) == MOST
    assert "And 2 more." in lines(shown)


async def test_the_queue_names_nobody_who_deleted_their_data(told: Told) -> None:
    """Not Herald either: a person had the idea."""
    await suggested(told, "First thing that happened")
    await told.do(DeleteMyData(), LEA)
    [line] = [line for line in lines(card(await told.do(ShowQueue(), ANA))) if line.startswith("from ")]
    assert "a colleague who deleted their data" in line


async def test_the_queue_is_for_moderators_oldest_first(told: Told) -> None:
    assert "ask Ana" in words(await told.do(ShowQueue(), LEA))
    assert titles(card(await told.do(ShowQueue(), ANA))) == []
    await suggested(told, "First thing that happened")
    await told.later(hours=3)
    await told.do(SuggestStory(what="Second thing that happened"), LEA)
    shown = card(await told.do(ShowQueue(), ANA))
    assert titles(shown) == ["First thing that happened", "Second thing that happened"]
    assert say(next(role.words for role in shown.roles if isinstance(role, Heading)), "en").startswith("2 ")


async def test_the_queue_says_which_channel_takes_no_cards(told: Told) -> None:
    told.chat.places["CSTORIES"] = replace(told.chat.places["CSTORIES"], shared=True)
    await told.later(hours=1)
    shown = card(await told.do(ShowQueue(), ANA))
    assert any(
        "shared with another" in say(role.words, "en") for role in shown.roles if isinstance(role, Small)
    )


async def test_stories_that_are_out_can_be_shared_from_the_list(told: Told) -> None:
    assert titles(card(await told.do(ShowStories(), LEA))) == []
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(seconds=61)
    employee, moderator = card(await told.do(ShowStories(), LEA)), card(await told.do(ShowStories(), ANA))
    assert "Share on LinkedIn" in labels(employee)
    assert "Write a story" not in labels(employee)
    assert {"Write a story", "Recall…"} <= set(labels(moderator))


async def test_recall_lists_what_is_out_for_moderators_alone(told: Told) -> None:
    story = await suggested(told)
    await told.do(ApproveStory(story.id, story.version), ANA)
    await told.later(seconds=61)
    assert "ask Ana" in words(await told.do(ShowRecallable(), LEA))
    shown = card(await told.do(ShowRecallable(), ANA))
    assert (len(titles(shown)), labels(shown)) == (1, ["Recall…"])


async def test_a_workspace_without_programme_is_inert(told: Told) -> None:
    """It says so, and nothing of the other company shows."""
    stranger = By("slack:T9/UEVE", "slack:T9", "k", home="T9")
    assert words(await told.bot.do(ShowStories(), stranger)).startswith("Herald is not set up")
    home, _ = await told.bot.home(stranger)
    assert "Herald is not set up" in say(home.notice, "en")


def titles(shown: Card) -> list[str]:
    return [say(role.words, "en") for role in shown.roles if isinstance(role, Title)]


def labels(shown: Card) -> list[str]:
    return [said(button) for button in pressable(shown)]


async def test_one_is_told_of_the_channel_where_one_is(tmp_path: Path) -> None:
    """With two review channels, each platform names its own, as people there write it."""
    async with both(tmp_path) as there:
        for member, where in ((LEA, "#review"), (LEA_T, "review")):
            told = await there.do(ShowQueue(), member)
            assert words(told).startswith(f"Moderators of {where} decide; ask "), words(told)


async def test_who_does_not_run_herald_is_told_who_does(told: Told) -> None:
    assert words(await told.do(ShowSetup(), LEA)) == "Only the people who run Herald can do that."
    async with told.storage.work(P) as work:
        await work.insert(Admin(ANA, P))
    assert words(await told.do(ShowSetup(), LEA)) == "Only the people who run Herald can do that: ask Ana."
