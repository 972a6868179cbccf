"""Cards of which nobody knows whether they arrived: none twice, none missing, each in front of somebody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.delivering import ConfirmSent, SendAgain
from bot.ports import Told as Words
from bot.ports import Unknown
from content.texts import say, text
from storage.records import Copy, Sending
from tests.bot.programme import ANA, LEA, REVIEW, TOM, P, Told
from tests.bot.test_delivering import approved, copy_of


async def lost(told: Told) -> Copy:
    """A card that was posted and whose answer never came."""
    copy = await approved(told, Unknown("timeout"))
    assert copy.state is Sending.UNSURE
    return copy


async def arrived(told: Told, copy: Copy) -> None:
    """The platform had acted after all."""
    card = await told.chat.send("CSTORIES", told.chat.latest("CREVIEW"), "en", copy.op_id)
    assert card


async def test_with_history_what_is_there_is_found_and_not_sent_again(told: Told) -> None:
    """And redrawn: how it looks nobody knows."""
    copy = await lost(told)
    await arrived(told, copy)
    told.chat.history = True
    await told.later(seconds=31)
    (sent,) = told.chat.at("CSTORIES")
    found = await copy_of(told, "story")
    assert (found.state, found.ref, found.drawn) == (Sending.IDLE, sent.ref, found.wanted)
    assert len(sent.looks) == 2


async def test_with_history_what_is_missing_twice_goes_out_again(told: Told) -> None:
    """After half a minute it is looked for, after a minute once more."""
    await lost(told)
    told.chat.history = True
    for seconds, there in ((29, 0), (2, 0), (27, 0), (4, 1), (3600, 1)):
        await told.later(seconds=seconds)
        assert len(told.chat.at("CSTORIES")) == there, seconds


async def test_what_shows_up_late_is_found_at_the_second_look(told: Told) -> None:
    copy = await lost(told)
    told.chat.history = True
    await told.later(seconds=31)
    await arrived(told, copy)
    await told.later(seconds=31)
    assert len(told.chat.at("CSTORIES")) == 1
    assert (await copy_of(told, "story")).state is Sending.IDLE


async def asked(told: Told) -> Copy:
    """A lost card that the moderators were asked about, in one line."""
    copy = await lost(told)
    await told.later(minutes=2)
    assert len([sent for sent in told.chat.at("CREVIEW") if "unsure" in str(sent.card.notice)]) == 1
    assert told.chat.at("CSTORIES") == []
    return copy


async def test_without_history_a_moderator_has_it_sent_again(told: Told) -> None:
    await asked(told)
    again = told.button(REVIEW, say(text("unsure.again"), "en"))
    assert isinstance(again, SendAgain)
    await told.do(again, ANA)
    assert len(told.chat.at("CSTORIES")) == 1
    assert "unsure.was_sent" in str(told.chat.latest("CREVIEW").roles)


async def test_without_history_a_moderator_saw_it_there(told: Told) -> None:
    await asked(told)
    there = told.button(REVIEW, say(text("unsure.there"), "en"))
    assert isinstance(there, ConfirmSent)
    await told.do(there, TOM)
    await told.later(hours=2)
    assert told.chat.at("CSTORIES") == []
    assert "unsure.was_there" in str(told.chat.latest("CREVIEW").roles)


@pytest.mark.parametrize("first", [SendAgain, ConfirmSent])
@pytest.mark.parametrize("second", [SendAgain, ConfirmSent])
async def test_two_answers_are_one(told: Told, first: type[SendAgain], second: type[SendAgain]) -> None:
    """Whoever comes second is told."""
    copy = await asked(told)
    await told.do(first(copy.id), ANA)
    assert await told.do(second(copy.id), TOM) == Words(text("unsure.decided"))
    assert len(told.chat.at("CSTORIES")) == (1 if first is SendAgain else 0)


async def test_only_moderators_answer(told: Told) -> None:
    copy = await asked(told)
    await told.do(SendAgain(copy.id), LEA)
    assert told.chat.at("CSTORIES") == []


async def test_a_personal_message_is_never_sent_again(told: Told) -> None:
    """Nobody can look whether it arrived, and twice is worse than once."""
    async with told.storage.work(P) as work:
        await work.send("reminders_over", LEA, LEA, "en")
    told.chat.failing.append(Unknown("timeout"))
    await told.bot.tick()
    await told.later(hours=1)
    assert told.chat.at("ULEA") == []
    copy = await copy_of(told, "reminders_over")
    assert copy.state is Sending.DROPPED
    assert copy.error.startswith("maybe sent")


async def test_a_question_that_got_lost_is_asked_again(told: Told) -> None:
    """Twice is no harm, silence is."""
    await lost(told)
    told.clock.shift(timedelta(seconds=31))
    await told.bot.rounds.resolve()
    told.chat.failing.append(Unknown("timeout"))
    await told.bot.tick()
    await told.later(minutes=2)
    assert len([sent for sent in told.chat.at("CREVIEW") if "unsure" in str(sent.card.notice)]) == 1


async def test_what_a_dead_process_left_is_taken_over_when_it_surely_is_dead(told: Told) -> None:
    """Lease, request and doubt about clocks: 55 seconds; then it is looked for like any other."""
    copy = await approved(told, Unknown("timeout"))
    async with told.storage.work(P) as work:
        left = replace(copy, state=Sending.SENDING, sending_at=told.clock.now(), due=told.clock.now())
        await work.set_copy(left)
    told.chat.history = True
    await told.later(seconds=54)
    assert (await copy_of(told, "story")).state is Sending.SENDING
    await told.later(seconds=2)
    assert (await copy_of(told, "story")).state is Sending.UNSURE
    await told.later(seconds=31)
    assert len(told.chat.at("CSTORIES")) == 1
