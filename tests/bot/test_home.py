"""Home: what waits, what one may share, one's ideas, choices and data; each for one person alone."""

from datetime import timedelta

import pytest

from bot.cards import Button, Buttons, Card, flat
from bot.commands import dump, load
from bot.commands.homing import AskForLinks, ChangeChoices, ChangeLanguage, ShowHome, ShowMoreStories
from bot.commands.nudging import ShowReminders
from bot.commands.sharing import DenyPosted, DoNotCountMe, OpenNetwork, SaveThanks, SayPosted, ShareStory
from bot.commands.suggesting import SuggestStory
from bot.meeting import meet
from bot.ports import Account, By, Done, Surroundings, Wrong
from bot.ports import Told as Words
from content.texts import LANGUAGES, say, text
from storage import queries
from tests.bot.programme import ANA, LEA, MAX, TOM, P, Told, W, pressable
from tests.bot.sharing import choose, configure, lines, opened, out, told_words


async def home(told: Told, member: str = LEA) -> Card:
    card, _ = await told.bot.home(told.by(member))
    return card


async def seen(told: Told, member: str = LEA, language: str = "en") -> list[str]:
    return lines(await home(told, member), language)


def under(card: Card, words: str) -> Button:
    """The first button under a line."""
    roles = list(flat(card.roles))
    at = next(number for number, role in enumerate(roles) if words in lines(role))
    return next(role for role in roles[at:] if isinstance(role, Buttons)).items[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_home_of_somebody_new(told: Told, language: str) -> None:
    """Nothing to do, nothing shared; their choices and their data are there."""
    said = await seen(told, language=language)
    if language == "en":
        assert said == [
            "Herald",
            "Stories to share",
            "Nothing new today.",
            "My ideas",
            "None yet.",
            "Suggest a story",
            "My choices",
            "In Monday's summary: counted, no name",
            "Change",
            "Change: In Monday's summary: counted, no name",
            "Reminders: off",
            "Turn on",
            "Turn on: Reminders: off",
            "Language: English, from Slack",
            "Change",
            "Change: Language: English, from Slack",
            "What Herald keeps about me",
            "See my data",
            "Delete my data",
            "Delete everything?",
            say(text("mydata.what_goes"), "en"),
            "Delete",
            "Keep",
            "How Herald works here",
        ]


async def test_stories_not_shared_yet(told: Told) -> None:
    """Three newest, then *More stories*; a shared one leaves the list, of this person only."""
    stories = [await out(told, f"Story {number}") for number in range(4)]
    await told.later(seconds=1)
    assert "More stories" in await seen(told)
    await told.bot.do(OpenNetwork(stories[0].id), told.by(LEA))
    said = await seen(told)
    assert "More stories" not in said
    assert {f"Story {number}" for number in range(4)} & set(said) == {"Story 1", "Story 2", "Story 3"}
    assert ShareStory(stories[3].id) in {button.command for button in pressable(await home(told))}
    assert "Story 0" in (await opened(told, ShowMoreStories(), ANA)).lines
    assert "Story 0" not in (await opened(told, ShowMoreStories(), LEA)).lines


async def test_did_you_post(told: Told) -> None:
    """Asked about the network that was opened last, until it is answered, for seven days."""
    first, second = await out(told, "First"), await out(told, "Second")
    await told.bot.do(OpenNetwork(first.id, "x"), told.by(LEA))
    told.clock.shift(timedelta(hours=1))
    await told.bot.do(OpenNetwork(second.id), told.by(LEA))
    asked = under(await home(told), "Did you post “Second”?")
    assert asked.command == SayPosted(second.id, "linkedin")
    await told.bot.do(DenyPosted(second.id), told.by(LEA))
    asked = under(await home(told), "Did you post “First”?")
    assert asked.command == SayPosted(first.id, "x")
    assert "Did you post “First”?" not in await seen(told, ANA)
    await told.bot.do(asked.command, told.by(LEA))
    assert not any("Did you post" in line for line in await seen(told))


async def test_nobody_is_asked_after_a_week_or_when_not_counted(told: Told) -> None:
    """The question is gentle."""
    old, private = await out(told, "Old"), await out(told, "Private")
    await told.bot.do(OpenNetwork(private.id), told.by(LEA))
    await told.bot.do(DoNotCountMe(private.id), told.by(LEA))
    assert not any("Did you post" in line for line in await seen(told))
    await told.bot.do(OpenNetwork(old.id), told.by(LEA))
    told.clock.shift(timedelta(days=7))
    assert not any("Did you post" in line for line in await seen(told))


async def test_moderators_see_what_waits_first(told: Told) -> None:
    """How many, and how long; other people do not."""
    assert (await seen(told, ANA))[1] == "Nothing to review. New ideas show up here."
    await told.do(SuggestStory(what="One"), LEA)
    told.clock.shift(timedelta(days=2))
    await told.do(SuggestStory(what="Two"), LEA)
    assert (await seen(told, ANA))[1] == "2 stories to review, oldest 2 days"
    assert "2 stories to review, oldest 2 days" not in await seen(told)


async def test_my_ideas(told: Told) -> None:
    """One's own, where they stand, since when."""
    await told.do(SuggestStory(what="Zoé trains ten"), LEA)
    await told.bot.fetch()
    said = await seen(told)
    at = said.index("Zoé trains ten")
    assert said[at + 1].startswith(("In review since", "Received"))
    assert "Zoé trains ten" not in await seen(told, TOM)


async def test_changing_what_was_ticked(told: Told) -> None:
    """The same boxes as they stand, with the charter under them."""
    change = under(await home(told), "In Monday's summary: counted, no name").command
    assert change == ChangeChoices()
    boxes = await opened(told, load(dump(change)))
    assert boxes.ticks.values == ()
    assert "Only what you ticked is shown to others." in boxes.lines
    assert await told.bot.do(SaveThanks(choices=("named", "reminded")), told.by(LEA)) == Done()
    said = await seen(told)
    assert "In Monday's summary: thanked by name" in said
    assert "Reminders: on, at most once a week" in said
    assert (await opened(told, ChangeChoices())).ticks.values == ("named", "reminded")
    assert under(await home(told), "Reminders: on, at most once a week").command == ShowReminders()


async def test_home_names_the_language_it_is_in(told: Told) -> None:
    """Before the member is looked at again: the platform told of the new language in this very request."""
    card, language = await told.bot.home(told.by(LEA, language="fr-FR"))
    assert language == "fr"
    assert "Langue : français, d'après Slack" in [line.replace("\u00a0", " ") for line in lines(card, "fr")]


async def test_the_day_of_the_summary_is_the_one_that_was_chosen(told: Told) -> None:
    """A company that reads on Thursdays is told so, in every language."""
    await configure(told, digest_day=3)
    assert "In Thursday's summary: counted, no name" in await seen(told)
    assert "Dans le récap du jeudi\u00a0: dans le total, sans nom" in await seen(told, language="fr")


async def test_asking_for_reminders_ends_a_stop(told: Told) -> None:
    """Whoever ticks the box wants them again."""
    await choose(told, LEA, quiet=True, paused_until=told.clock.now() + timedelta(days=30))
    assert "All personal messages are stopped." in await seen(told)
    await told.bot.do(SaveThanks(choices=("reminded",)), told.by(LEA))
    async with told.storage.reading(P) as at:
        member = await queries.member(at, LEA)
    assert member is not None
    assert (member.reminded, member.quiet, member.paused_until) == (True, False, None)


async def test_the_works_council_shows_no_choice_about_names(told: Told) -> None:
    """Nor links of one's own."""
    await configure(told, council=True)
    told.bot.around = Surroundings("https://herald.example")
    said = await seen(told)
    assert not any("summary" in line for line in said)
    assert "Links of my own: off" not in said


async def test_links_are_a_choice_where_visits_are_measured(told: Told) -> None:
    """Without a public address nobody is offered what cannot work."""
    assert not any(line.startswith("Links:") for line in await seen(told))
    told.bot.around = Surroundings("https://herald.example")
    assert under(await home(told), "Links of my own: off").command == AskForLinks()
    await told.bot.do(AskForLinks(), told.by(LEA))
    assert "Links of my own: on, 0 visits so far" in await seen(told)


async def test_a_language_of_one_s_own(told: Told) -> None:
    """It holds whatever the platform says, until one follows the platform again."""
    assert isinstance(await told.bot.do(ChangeLanguage(language="xx"), told.by(LEA)), Wrong)
    await told.bot.do(ChangeLanguage(language="fr"), told.by(LEA))
    card, language = await told.bot.home(told.by(LEA))
    assert language == "fr"
    assert "Langue\u00a0: français, votre choix" in lines(card, "fr")
    await meet(told.storage, told.chat, P, LEA)
    assert await told.bot.language(told.by(LEA)) == "fr"
    await told.bot.do(ChangeLanguage(language="platform"), told.by(LEA))
    assert await told.bot.language(told.by(LEA)) == "en"


async def test_the_language_of_the_platform_is_the_one_it_speaks_today(told: Told) -> None:
    """Teams says it with everything one does: the answer follows at once, and who it is is asked again."""
    french, english = told.by(LEA, language="fr-FR"), told.by(LEA, language="en-GB")
    assert await told.bot.known(english)
    assert [await told.bot.language(by) for by in (english, french)] == ["en", "fr"]
    assert not await told.bot.known(french)

    told.chat.knows(Account("ULEA", "Léa", "T1", language="fr"))
    await told.bot.meet(french)
    assert await told.bot.known(french)
    assert await told.bot.language(told.by(LEA)) == "fr"

    await told.bot.do(ChangeLanguage(language="en"), told.by(LEA))
    assert await told.bot.language(french) == "en", "their own choice stands"


async def test_guests_and_strangers(told: Told) -> None:
    """Guests get no content, only what is kept about them; somebody new gets no choices yet."""
    await out(told)
    assert "Stories to share" not in await seen(told, MAX)
    assert "What Herald keeps about me" in await seen(told, MAX)
    said = await seen(told, f"{W}/UNEW")
    assert "Stories to share" in said
    assert "My choices" not in said
    foreign = By(f"{W}/UFAR", W, "key", home="T9")
    card, _ = await told.bot.home(foreign)
    assert "Stories to share" not in lines(card)
    unmet = await told.bot.form(ChangeChoices(), told.by(f"{W}/UNEW"))
    assert "does not know you yet" in told_words(unmet)


async def test_home_of_a_workspace_nobody_set_up(told: Told) -> None:
    """It says so, in the reader's language."""
    card, language = await told.bot.home(By("slack:T9/U1", "slack:T9", "key", language="fr-FR"))
    assert language == "fr"
    assert any("Herald" in line for line in lines(card, "fr"))


async def test_home_as_a_card(told: Told) -> None:
    """Where there is no tab for it, the same parts."""
    answer = await told.bot.do(ShowHome(), told.by(LEA))
    assert isinstance(answer, Words)
    assert answer.words == await home(told)
