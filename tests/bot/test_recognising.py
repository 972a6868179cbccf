"""Who is known to be one human: a confirmed address at a listed domain tells it, and nothing else does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.commands.settling import NoteMemberChanged, ShowSetup, TrustDomains
from bot.meeting import introduce
from bot.ports import Account, Surroundings, Unreachable, Wrong
from content.people import Member
from content.programmes import Programme, Workspace
from content.texts import Text, say
from storage.persons import bearing, unseen_since
from storage.secrets import Secrets
from tests.bot.programme import MONDAY
from tests.bot.sharing import choose, configure, told_words
from tests.bot.two_platforms import ANA, ANA_T, BOB_T, KEY, LEA, LEA_T, TOM, Both, P, T, both
from tests.fakes import FakePages


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Both]:
    async with both(tmp_path) as found:
        yield found


async def test_one_confirmed_address_on_both_sides_is_one_person(there: Both) -> None:
    """Capitals aside. The person has a name that says nothing of either account."""
    await there.meets(LEA, email="Lea@Acme.example")
    assert await there.whose(LEA, LEA_T) == [LEA, LEA_T]
    await there.meets(LEA_T, email="lea@acme.example ")
    one, other = await there.whose(LEA, LEA_T)
    assert one == other
    assert "lea" not in one.lower()
    assert await there.whose(BOB_T) == [BOB_T]


async def test_the_address_itself_is_not_kept(there: Both) -> None:
    """Only a mark: without the key nobody can tell whose it is, and another programme has another one."""
    member = await there.meets(LEA, email="lea@acme.example")
    assert member.mark is not None
    assert "lea@" not in str(member)
    assert member.mark.startswith("acme.example:")
    assert Secrets.of("another key").marks(P, "acme.example", "lea@acme.example")[0] != member.mark
    assert Secrets.of(KEY).marks("P2", "acme.example", "lea@acme.example")[0] != member.mark


@pytest.mark.parametrize(
    "account",
    [
        {"email": "lea@elsewhere.example"},
        {"email": "lea@sub.acme.example"},
        {"email": "lea@acme.example.evil.example"},
        {"email": "l.ea@acme.example"},
        {"email": "lea+news@acme.example"},
        {"email": None},
        {"email": "acme.example"},
        {"email": "lea@acme.example", "guest": True},
        {"email": "lea@acme.example", "home": "another tenant"},
        {"email": "lea@acme.example", "bot": True},
        {"email": "lea@acme.example", "gone": True},
    ],
    ids=str,
)
async def test_nothing_is_guessed(there: Both, account: dict[str, object]) -> None:
    """Another domain, another address, a guest, a foreigner, a bot, somebody who left: two persons."""
    await there.joins(LEA)
    member = await there.meets(LEA_T, **account)
    assert member.person is None
    assert (await there.whose(LEA))[0] == LEA


async def test_a_guest_is_not_even_marked(there: Both) -> None:
    member = await there.meets(LEA_T, email="lea@acme.example", guest=True)
    assert member.mark is None


async def test_without_a_key_nobody_is_known_again(tmp_path: Path) -> None:
    async with both(tmp_path) as there:
        there.slack.storage.secrets = Secrets()
        await there.joins(LEA, LEA_T)
        assert await there.whose(LEA, LEA_T) == [LEA, LEA_T]
        assert (await there.member(LEA)).mark is None


async def test_a_new_key_knows_what_the_old_one_marked(there: Both) -> None:
    """The first signs, all verify."""
    await there.joins(LEA)
    there.slack.storage.secrets = Secrets.of(f"a new key, {KEY}")
    await there.joins(LEA_T)
    one, other = await there.whose(LEA, LEA_T)
    assert one == other
    assert (await there.member(LEA)).mark != (await there.member(LEA_T)).mark
    await there.joins(LEA)
    assert (await there.member(LEA)).mark == (await there.member(LEA_T)).mark


async def test_an_address_of_two_accounts_in_one_workspace_tells_nothing(there: Both) -> None:
    """A shared mailbox: nobody is joined by it; when one of them goes, the others are known again."""
    await there.joins(LEA, LEA_T)
    await there.joins(BOB_T)
    assert len(set(await there.whose(LEA, LEA_T, BOB_T))) == 3
    await there.meets(BOB_T, gone=True)
    one, other = await there.whose(LEA, LEA_T)
    assert one == other


async def test_another_address_parts_and_the_old_one_joins_again(there: Both) -> None:
    """A new name on Slack first, on Teams a day later: the same person as before."""
    await there.joins(LEA, LEA_T)
    [before] = set(await there.whose(LEA, LEA_T))
    await there.joins(LEA, address="lea.new@acme.example")
    assert len(set(await there.whose(LEA, LEA_T))) == 2
    await there.joins(LEA_T, address="lea.new@acme.example")
    assert set(await there.whose(LEA, LEA_T)) == {before}


async def test_an_address_that_changes_hands_takes_nobody_along(there: Both) -> None:
    """Léa's Slack account gets Bob's address: she is joined with Bob, and her Teams account is not."""
    await there.joins(LEA, LEA_T)
    await there.joins(BOB_T, address="bob@acme.example")
    await there.joins(LEA, address="bob@acme.example")
    lea, lea_t, bob_t = await there.whose(LEA, LEA_T, BOB_T)
    assert lea == bob_t
    assert lea_t != lea


async def test_whoever_stays_behind_with_an_old_address_is_not_taken_along(there: Both) -> None:
    """Three workspaces: Léa's first account gets Bob's address, the two others stay one person without it."""
    third = "slack:T2/ULEA"
    async with there.slack.storage.work(P) as work:
        await work.insert(Workspace("slack:T2", P, "slack", "Acme Lyon", swept=MONDAY))
        await introduce(work, third, Account("ULEA", "Léa", "T2", email="lea@acme.example"))
    await there.joins(LEA, LEA_T)
    assert len(set(await there.whose(LEA, LEA_T, third))) == 1
    await there.joins(BOB_T, address="bob@acme.example")
    await there.joins(LEA, address="bob@acme.example")
    lea, bob, lea_t, lyon = await there.whose(LEA, BOB_T, LEA_T, third)
    assert (lea, lea_t) == (bob, lyon)
    assert lea != lea_t


async def test_who_leaves_stays_who_they_were_and_loses_the_mark(there: Both) -> None:
    """What they did on both sides stays one person's; the address that is free again joins nobody with it."""
    await there.joins(LEA, LEA_T)
    [person] = set(await there.whose(LEA, LEA_T))
    left = await there.meets(LEA, gone=True)
    assert (left.mark, left.linked, left.whose) == (None, None, person)
    await there.joins(TOM)
    assert (await there.whose(TOM))[0] == (await there.whose(LEA_T))[0]
    assert (await there.whose(LEA))[0] != TOM


async def test_people_met_before_the_domains_were_listed_are_looked_at_again(there: Both) -> None:
    """By the sweep, some at a time; who cannot be asked about is left alone and asked about no more."""
    await configure(there.slack, domains=(), domains_at=None)
    await there.joins(LEA, LEA_T)
    assert (await there.member(LEA)).mark is None
    await there.slack.later(minutes=1)
    there.slack.chat.failing = [Unreachable("not installed")]
    await there.do(TrustDomains(domains="@Acme.example, acme.fr"), ANA)
    for _ in range(3):
        await there.slack.later(minutes=1)
    assert there.slack.chat.failing == []
    async with there.slack.storage.reading(P) as at:
        [programme] = await at.find(Programme)
        members = [one for one in await at.find(Member) if one.here]
        unseen = await unseen_since(at, T, programme.domains_at or MONDAY, 10)
    assert programme.domains == ("acme.example", "acme.fr")
    assert unseen == []
    assert all(one.met and programme.domains_at and one.met >= programme.domains_at for one in members)
    assert LEA_T in {one.id for one in members if one.mark} <= {LEA, LEA_T}


async def test_a_domain_taken_off_the_list_parts_and_forgets(there: Both) -> None:
    """The marks go; each account is its own from now on, and asks for its own choices."""
    await there.joins(LEA, LEA_T)
    for member in (LEA, LEA_T):
        await choose(there.slack, member, linked=there.slack.clock.now())
    await there.do(TrustDomains(domains="acme.fr"), ANA)
    assert await there.whose(LEA, LEA_T) == [LEA, LEA_T]
    assert {((await there.member(one)).mark, (await there.member(one)).linked) for one in (LEA, LEA_T)} == {
        (None, None)
    }
    await there.do(TrustDomains(domains="acme.fr acme.example"), ANA)
    await there.joins(LEA, LEA_T)
    assert len(set(await there.whose(LEA, LEA_T))) == 1


@pytest.mark.parametrize("typed", ["acme", "lea@acme.example", "acme..example", "127.0.0.1", "*.acme.fr"])
async def test_what_is_no_domain_is_said(there: Both, typed: str) -> None:
    answer = await there.do(TrustDomains(domains=typed), ANA)
    assert isinstance(answer, Wrong)
    words = answer.fields["domains"]
    assert isinstance(words, Text)
    assert typed in say(words, "en")


async def test_without_a_key_no_domain_is_taken(there: Both) -> None:
    """It would promise what Herald cannot do."""
    there.slack.storage.secrets = Secrets()
    answer = await there.do(TrustDomains(domains="acme.fr"), ANA)
    assert isinstance(answer, Wrong)
    assert "HERALD_SECRET_KEY" in str(say(answer.fields["domains"], "en"))


async def test_only_who_runs_herald_lists_domains(there: Both) -> None:
    answer = await there.do(TrustDomains(domains="evil.example"), LEA)
    assert "run" in told_words(answer) or "admin" in told_words(answer)
    async with there.slack.storage.reading(P) as at:
        assert [one.domains for one in await at.find(Programme)] == [("acme.example",)]


async def test_an_event_about_an_account_is_enough(there: Both) -> None:
    """Slack says that somebody changed: the address is read again."""
    await there.joins(LEA, LEA_T)
    there.slack.chat.accounts["ULEA"] = replace(there.slack.chat.accounts["ULEA"], email="else@acme.example")
    await there.do(NoteMemberChanged(LEA), LEA)
    assert len(set(await there.whose(LEA, LEA_T))) == 2


async def test_marks_are_looked_up_by_key(there: Both) -> None:
    """Not by going through everybody: SQLite says how it would look."""
    async with there.slack.storage.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return
        for column in ("mark", "person"):
            asked = "EXPLAIN QUERY PLAN SELECT * FROM members WHERE programme || '' = 'P1' AND {} = 'x'"
            plan = await connection.exec_driver_sql(asked.format(column))
            assert f"ix_members_{column}" in str(plan.all())
    async with there.slack.storage.reading(P) as at:
        assert await bearing(at, ("nobody",)) == []


async def test_the_key_comes_from_the_deployment_and_is_not_shown(there: Both) -> None:
    Bot(there.slack.storage, FakePages(), Surroundings(secret_key="first key, second key"))
    assert there.slack.storage.secrets == Secrets(("first key", "second key"))
    assert "first key" not in f"{Surroundings(secret_key='first key')}{there.slack.storage.secrets}"


async def test_who_decides_with_two_accounts_is_counted_once_in_the_checklist(there: Both) -> None:
    assert "; 3 moderators" in told_words(await there.do(ShowSetup(), ANA))
    await there.joins(ANA, ANA_T, address="ana@acme.example")
    assert "; 2 moderators" in told_words(await there.do(ShowSetup(), ANA))
