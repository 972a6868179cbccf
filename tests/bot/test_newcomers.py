"""Somebody whom Herald has not met yet is not sent away: what they ask for first holds."""

import pytest

from bot.cards import Card
from bot.commands.digesting import AddMyName, ShowWeek
from bot.commands.nudging import ShowReminders, StopAll, TurnOnReminders
from bot.commands.wire import Command
from bot.ports import Account, Unreachable
from bot.ports import Told as Words
from content.people import Member
from content.texts import say
from storage import queries
from tests.bot.programme import LEA, P, Told, W, pressable

NEW = f"{W}/UNEW"


def words(answer: object) -> str:
    """What somebody is told, in English."""
    assert isinstance(answer, Words), answer
    return say(answer.words.notice if isinstance(answer.words, Card) else answer.words, "en")


async def who(told: Told) -> Member | None:
    async with told.storage.reading(P) as at:
        return await queries.member(at, NEW)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [(AddMyName(), "named"), (TurnOnReminders(), "reminded"), (StopAll(), "quiet")],
    ids=lambda one: getattr(one, "wire", one),
)
async def test_the_first_thing_somebody_asks_for_holds(told: Told, asked: Command, holds: str) -> None:
    told.chat.knows(Account("UNEW", "Nora", "T1", "fr"))
    assert "know you" not in words(await told.do(asked, NEW))
    nora = await who(told)
    assert nora is not None
    assert getattr(nora, holds)
    assert (nora.name, nora.language) == ("Nora", "fr")


async def test_a_guest_is_refused_at_the_first_press_too(told: Told) -> None:
    told.chat.knows(Account("UNEW", "Max", "T1", guest=True))
    assert words(await told.do(AddMyName(), NEW)) == "Herald is for this company's own staff."


async def test_whom_the_platform_does_not_know_is_told_so(told: Told) -> None:
    assert words(await told.do(StopAll(), NEW)).startswith("Herald does not know you yet.")


async def test_who_is_known_is_not_looked_up(told: Told) -> None:
    """Nobody has to wait for the platform to stop its messages."""
    told.chat.failing.append(Unreachable("down"))
    assert words(await told.do(StopAll(), LEA)).startswith("Herald sends you nothing any more")


async def test_reminders_are_off_for_somebody_new_and_can_be_turned_on(told: Told) -> None:
    answer = await told.do(ShowReminders(), NEW)
    assert words(answer) == "Reminders are off."
    assert isinstance(answer, Words)
    assert isinstance(answer.words, Card)
    assert [button.command for button in pressable(answer.words)] == [TurnOnReminders()]


async def test_whoever_changed_their_language_is_met_again_whatever_they_press(told: Told) -> None:
    """Looking at the week is no reason to write to somebody in their former language for good."""
    assert await told.bot.known(told.by(LEA, language="en-GB"))
    french = told.by(LEA, language="fr-FR")
    await told.bot.do(ShowWeek(), french)
    assert not await told.bot.known(french)
    told.chat.knows(Account("ULEA", "Léa", "T1", "fr"))
    await told.bot.meet(french)
    await told.bot.do(ShowWeek(), french)
    assert told.bot.remembers(french)
