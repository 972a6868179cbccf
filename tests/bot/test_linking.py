"""Two accounts of one human: choices and data cross after a press on both sides, and not before."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.digesting import AddMyName, TakeBackName
from bot.commands.linking import DenyAccounts, LinkAccounts, UnlinkAccounts
from bot.commands.nudging import RemindLess, StopAll, StopReminders, TurnOnReminders
from bot.commands.privacy import DeleteMyData, ShowMyData
from bot.commands.sharing import OpenNetwork, SaveThanks, SayPosted
from bot.ports import Asked
from bot.views.linking import accounts
from content.people import Member
from content.persons import agreed, following
from content.shares import Evidence, of_person
from content.texts import say, text
from storage import queries, weeks
from storage.facts import record
from tests.bot.sharing import Press, choose, colleagues, lines, out, told_words
from tests.bot.test_privacy import traces
from tests.bot.two_platforms import BOB_T, LEA, LEA_T, Both, P, both

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NEXT = datetime(2026, 11, 30, 9, 1, tzinfo=UTC)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Both]:
    """Léa is known to be one person on both sides."""
    async with both(tmp_path) as found:
        await found.joins(LEA, LEA_T)
        yield found


async def linked(there: Both) -> None:
    """Léa presses on both sides."""
    await there.do(LinkAccounts(), LEA)
    await there.do(LinkAccounts(), LEA_T)


async def home(there: Both, member: str) -> str:
    card, _ = await there.slack.bot.home(there.by(member))
    return "\n".join(lines(card))


async def form(there: Both, member: str) -> list[str]:
    answer = await there.slack.bot.form(ShowMyData(), there.by(member))
    assert isinstance(answer, Asked)
    return Press(answer.form).lines


async def test_one_side_asks_and_the_other_is_asked(there: Both) -> None:
    """One line there, with what it means; nothing crosses yet."""
    answer = await there.do(LinkAccounts(), LEA)
    assert "Link my accounts" in told_words(answer)
    assert "Teams" in told_words(answer)
    question = "\n".join(lines(there.teams.latest("lea")))
    assert "Is this you on Slack: Léa?" in question
    await there.do(StopAll(), LEA)
    assert not (await there.member(LEA_T)).quiet


async def test_the_second_press_links(there: Both) -> None:
    """The card says so; from then on a choice on one side holds on the other."""
    await linked(there)
    assert "Linked with Léa on Slack" in "\n".join(lines(there.teams.latest("lea")))
    await there.do(StopAll(), LEA)
    assert (await there.member(LEA_T)).quiet
    await there.do(TurnOnReminders(), LEA_T)
    await there.do(RemindLess(), LEA_T)
    after = await there.member(LEA)
    assert (after.quiet, after.reminded, after.pace) == (False, True, 14)
    await there.do(StopReminders(), LEA)
    assert not (await there.member(LEA_T)).reminded


async def test_pressing_twice_on_one_side_links_nothing(there: Both) -> None:
    await there.do(LinkAccounts(), LEA)
    await there.do(LinkAccounts(), LEA)
    await there.do(StopAll(), LEA)
    assert not (await there.member(LEA_T)).quiet
    assert len(there.teams.at("lea")) == 1


async def test_whoever_has_one_account_links_nothing(there: Both) -> None:
    """And nobody links somebody else's: a press names no account."""
    assert "no other account" in told_words(await there.do(LinkAccounts(), BOB_T))
    assert (await there.member(BOB_T)).linked is None


async def test_who_stopped_messages_there_is_asked_in_home_only(there: Both) -> None:
    await there.do(StopAll(), LEA_T)
    await there.do(LinkAccounts(), LEA)
    assert there.teams.at("lea") == []
    assert "you are counted once" in await home(there, LEA_T)


async def test_home_says_how_things_stand(there: Both) -> None:
    assert "Léa on Teams has the same confirmed e-mail" in await home(there, LEA)
    assert "confirmed e-mail" not in await home(there, BOB_T)
    await linked(there)
    assert "Linked with Léa on Slack" in await home(there, LEA_T)


async def test_unlinking_on_one_side_unlinks_both(there: Both) -> None:
    """Choices stay as they are, later ones hold on one side; they are still counted as one."""
    await linked(there)
    await there.do(TurnOnReminders(), LEA)
    await there.do(UnlinkAccounts(), LEA_T)
    await there.do(StopReminders(), LEA)
    assert (await there.member(LEA_T)).reminded
    assert len(set(await there.whose(LEA, LEA_T))) == 1
    await there.do(LinkAccounts(), LEA)
    assert (await there.member(LEA_T)).linked is None


async def test_not_me_makes_two_people_at_once(there: Both) -> None:
    """In what was counted so far too; the address joins them no more, until the person says otherwise."""
    story = await out(there.slack)
    for member in (LEA, LEA_T):
        await there.slack.bot.do(OpenNetwork(story.id), there.by(member))
    assert await counted(there, story.id) == 1
    await there.do(LinkAccounts(), LEA)
    await there.do(DenyAccounts(), LEA_T)
    assert "You said that this is not you" in "\n".join(lines(there.teams.latest("lea")))
    assert await counted(there, story.id) == 2
    await there.joins(LEA, LEA_T)
    assert len(set(await there.whose(LEA, LEA_T))) == 2
    await there.do(LinkAccounts(), LEA_T)
    assert len(set(await there.whose(LEA, LEA_T))) == 1
    assert await counted(there, story.id) == 1
    assert (await there.member(LEA)).linked is None


async def counted(there: Both, story: str) -> int:
    async with there.slack.storage.reading(P) as at:
        return await queries.taken_by(at, story)


# ------------------------------------------------------------------------------------- what crosses


async def test_my_data_shows_and_deletes_one_side_only_before_linking(there: Both) -> None:
    story = await out(there.slack)
    await there.slack.bot.do(SayPosted(story.id), there.by(LEA_T))
    seen = await form(there, LEA)
    assert "Counted as one person with Léa on Teams" in seen
    assert not any("you said that you posted" in line for line in seen)
    await there.do(DeleteMyData(), LEA)
    assert await traces(there.slack, LEA) == {}
    left = await there.member(LEA_T)
    assert left.person is None
    assert left.mark is not None
    assert await counted(there, story.id) == 1


async def test_my_data_shows_and_deletes_both_sides_once_linked(there: Both) -> None:
    """No trace of either account, nor of the address."""
    story = await out(there.slack)
    await linked(there)
    await there.slack.bot.do(SayPosted(story.id), there.by(LEA_T))
    seen = await form(there, LEA)
    assert any("you said that you posted" in line for line in seen)
    assert any("Léa on Teams" in line for line in seen)
    mark = str((await there.member(LEA)).mark)
    await there.do(DeleteMyData(), LEA)
    for trace in (LEA, LEA_T, mark):
        assert await traces(there.slack, trace) == {}
    assert await counted(there, story.id) == 0


async def test_whoever_deleted_and_comes_back_is_counted_once_again(there: Both) -> None:
    await there.do(DeleteMyData(), LEA)
    assert (await there.whose(LEA_T)) == [LEA_T]
    await there.joins(LEA)
    assert len(set(await there.whose(LEA, LEA_T))) == 1
    assert (await there.member(LEA)).linked is None


async def test_home_offers_what_neither_side_took(there: Both) -> None:
    """Once linked: a story shared on Teams is not offered on Slack."""
    story = await out(there.slack)
    await there.slack.bot.do(SayPosted(story.id), there.by(LEA_T))
    assert story.title in await home(there, LEA)
    await linked(there)
    assert story.title not in await home(there, LEA)


async def test_the_two_boxes_are_shown_once_in_a_life(there: Both) -> None:
    """To a linked person once; to two accounts that are not linked, on each side."""
    first, second = await out(there.slack, "One"), await out(there.slack, "Two")
    await linked(there)
    assert isinstance(await there.slack.bot.do(SayPosted(first.id), there.by(LEA)), Asked)
    assert not isinstance(await there.slack.bot.do(SayPosted(second.id), there.by(LEA_T)), Asked)


# --------------------------------------------------------------------------------- counted, named, nudged


async def test_a_person_is_counted_and_named_once_in_the_summary(there: Both) -> None:
    """Named on both sides, five others: "Léa and 5 others", not Léa and Léa; the headline says six."""
    story = await out(there.slack, "Lyon opens")
    await there.slack.later(minutes=5)
    for member in (LEA, LEA_T):
        await choose(there.slack, member, named=True, named_since=there.slack.clock.now())
    for member in (LEA, LEA_T, *await colleagues(there.slack, 5)):
        await took(there, story.id, member)
    await until(there, NEXT)
    shown = "\n".join(lines(there.teams.latest("19:digest")))
    assert "6 colleagues took a story" in shown
    assert "“Lyon opens”: Léa and 5 others" in shown


async def test_named_on_one_side_is_named_for_that_side(there: Both) -> None:
    """What was shared on the other stays unnamed until both sides are linked."""
    here, other = await out(there.slack, "Here"), await out(there.slack, "There")
    await choose(there.slack, LEA, named=True, named_since=there.slack.clock.now())
    await there.slack.later(minutes=5)
    people = await colleagues(there.slack, 6)
    for member in (*people, LEA):
        await took(there, here.id, member)
    for member in (*people, LEA_T):
        await took(there, other.id, member)
    await until(there, NEXT)
    shown = "\n".join(lines(there.teams.latest("19:digest")))
    assert "“Here”: Léa and 6 others" in shown
    assert "Léa" not in shown.partition("“There”")[2].partition("\n")[0]


async def test_add_my_name_names_a_linked_person_for_both_sides(there: Both) -> None:
    """And taking it back on the other side takes it from the same summary."""
    await linked(there)
    story = await out(there.slack, "Lyon opens")
    await there.slack.later(minutes=5)
    for member in (LEA_T, *await colleagues(there.slack, 6)):
        await took(there, story.id, member)
    await until(there, NEXT)
    async with there.slack.storage.reading(P) as at:
        digest = await weeks.last(at)
    assert digest is not None
    await there.do(AddMyName(digest.week), LEA)
    assert "Léa and 6 others" in "\n".join(lines(there.teams.latest("19:digest")))
    await there.do(TakeBackName(), LEA_T)
    assert "Léa" not in "\n".join(lines(there.teams.latest("19:digest")))


async def test_one_attention_budget_for_both_accounts(there: Both) -> None:
    """Reminders wanted on both sides: one comes, on one side; what was shared on Teams is not reminded of."""
    for member in (LEA, LEA_T):
        await there.do(SaveThanks(choices=("reminded",)), member)
    first = await out(there.slack, "One")
    await out(there.slack, "Two")
    await took(there, first.id, LEA_T)
    await until(there, TUESDAY)
    cards = [*there.slack.chat.at("ULEA"), *there.teams.at("lea")]
    assert ["Two" in "\n".join(lines(card.card)) for card in cards] == [True]
    await until(there, TUESDAY + timedelta(days=1))
    assert len([*there.slack.chat.at("ULEA"), *there.teams.at("lea")]) == 1


async def took(there: Both, story: str, member: str) -> None:
    async with there.slack.storage.reading(P) as at:
        known = await queries.story(at, story)
    assert known is not None
    now = there.slack.clock.now()
    await record(there.slack.storage, of_person(Evidence.INTENT, known, member, now, "linkedin"))


async def until(there: Both, moment: datetime) -> None:
    there.slack.clock.shift(moment - there.slack.clock.now())
    await there.slack.settle()


# ----------------------------------------------------------------------------------------- the rules


def account(**chosen: object) -> Member:
    return Member("slack:T1/U1", P, "slack:T1", "Léa", **chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "named", "reminded"),
    [
        (account(named=True, joined=1), account(), True, False),
        (account(named=True, joined=1), account(asked=NEXT), False, False),
        (account(reminded=True, joined=1), account(reminded=True, joined=1), False, True),
        (account(), account(), False, False),
    ],
)
def test_where_both_chose_the_stricter_counts(
    one: Member, other: Member, *, named: bool, reminded: bool
) -> None:
    """Where only one did, that one's choice does."""
    for mine, theirs in ((one, other), (other, one)):
        after = agreed(mine, theirs, NEXT)
        assert (after.named, after.reminded) == (named, reminded)


def test_stop_and_pauses_win() -> None:
    one = account(quiet=True, pace=7, paused_until=TUESDAY)
    after = agreed(account(pace=14, paused_until=NEXT), one, NEXT)
    assert (after.quiet, after.pace, after.paused_until) == (True, 14, NEXT)


def test_a_name_that_crosses_names_from_then_on() -> None:
    """Not in summaries that were told before."""
    since = account(named=True, named_since=TUESDAY, joined=1)
    assert following(account(), since, 1, NEXT).named_since == NEXT
    assert following(since, since, 1, NEXT).named_since == TUESDAY
    assert following(since, account(), 1, NEXT).joined is None


def test_accounts_are_told_by_name_and_platform() -> None:
    told = text("link.linked", accounts=accounts([account()]))
    assert "Léa on Slack" in say(told, "en")
