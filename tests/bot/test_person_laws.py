"""Laws of one human with several accounts, whatever happened: counted once, never by a guess, never twice."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.linking import DenyAccounts, LinkAccounts
from bot.commands.privacy import DeleteMyData
from bot.digesting import summed
from bot.meeting import introduce
from bot.ports import Account, Surroundings
from bot.trusting import trust
from bot.views.digest import known
from content.digests import Digest
from content.people import FIVE, Member
from content.shares import TAKEN, Evidence, of_person
from content.stories import Story
from content.weeks import week_of
from storage import queries
from storage.facts import record
from tests.bot.sharing import choose, out
from tests.bot.test_five import bars, counts
from tests.bot.two_platforms import DOMAIN, LEA, Both, P, T, both
from tests.laws import tries

S = "slack:T1"
PAIRS = 4
"""People with an account on each side; three more are on Slack alone."""
KINDS = (Evidence.OPENED, Evidence.INTENT, Evidence.SAID, Evidence.POSTED, Evidence.UNCOUNTED)
DID = st.lists(st.tuples(st.integers(0, 10), st.sampled_from(KINDS), st.integers(0, 1)), max_size=30)
BOTH_SIDES = [(number, Evidence.INTENT, 0) for number in range(2 * PAIRS)]
"""Everybody with two accounts took the first story with both."""
NAMED = st.sets(st.integers(0, 10))
LAW = tries(6)


def on_slack(number: int) -> str:
    return f"{S}/U{number}"


def accounts(number: int) -> tuple[str, ...]:
    """The accounts of one of seven people."""
    return (on_slack(number), f"{T}/{number}") if number < PAIRS else (on_slack(number),)


EVERYBODY = tuple(account for number in range(7) for account in accounts(number))


@dataclass(frozen=True, slots=True)
class World:
    """Seven people who took two stories in a week."""

    there: Both
    stories: Sequence[Story]
    week: Digest

    async def takers(self) -> list[int]:
        """How many took each story, as its card counts."""
        async with self.there.slack.storage.reading(P) as at:
            return [await queries.taken_by(at, story.id) for story in self.stories]

    async def digest(self) -> Digest:
        """The week as it would be told now."""
        async with self.there.slack.storage.reading(P) as at:
            return await summed(at, week_of(self.week.starts, "Europe/Paris"), Surroundings())

    async def names(self) -> list[str]:
        """Who is named on it."""
        async with self.there.slack.storage.reading(P) as at:
            return [each.name for each in await known(at, await self.digest())]


@asynccontextmanager
async def world(did: Sequence[tuple[int, Evidence, int]]) -> AsyncIterator[World]:
    """They did this on one day, account by account."""
    with TemporaryDirectory() as folder:
        async with both(Path(folder)) as there:
            told = there.slack
            async with told.storage.work(P) as work:
                for account in EVERYBODY:
                    number = number_of(account)
                    await introduce(work, account, known_as(account, f"p{number}@{DOMAIN}", number))
            stories = [await out(told, title) for title in ("Zoé trains ten", "Lyon opens")]
            await told.later(minutes=5)
            for which, kind, story in did:
                fact = of_person(kind, stories[story], EVERYBODY[which], told.clock.now(), "linkedin")
                await record(told.storage, fact)
            async with told.storage.reading(P) as at:
                now = await summed(at, week_of(told.clock.now(), "Europe/Paris"), Surroundings())
            yield World(there, stories, now)


def number_of(account: str) -> int:
    return int(account.rpartition("/")[2].removeprefix("U"))


def known_as(account: str, address: str | None, number: int, *, gone: bool = False) -> Account:
    workspace, user = account.split("/")
    return Account(user, f"Person {number}", workspace.partition(":")[2], email=address, gone=gone)


@LAW
@given(DID)
async def test_joined_accounts_count_as_if_one_account_had_done_it_all(
    did: list[tuple[int, Evidence, int]],
) -> None:
    """On cards, in the headline, among those who posted, on each line of the summary."""
    taken, posted = people(did, TAKEN), people(did, (Evidence.SAID, Evidence.POSTED))
    async with world(did) as here:
        totals = (await here.digest()).totals
        assert await here.takers() == [len(taken[0]), len(taken[1])]
        assert (totals.takers, totals.posters) == (len(taken[0] | taken[1]), len(posted[0] | posted[1]))
        lines = sorted((line.title, line.takers) for line in totals.lines)
        told = sorted((story.title, len(taken[one])) for one, story in enumerate(here.stories) if taken[one])
        assert lines == told


def people(did: Sequence[tuple[int, Evidence, int]], kinds: Sequence[Evidence]) -> list[set[int]]:
    """Whose accounts did it, story by story; who asked not to be counted there is out with both."""
    found: list[set[int]] = []
    for story in (0, 1):
        here = [(number_of(EVERYBODY[account]), kind) for account, kind, at in did if at == story]
        out_ = {person for person, kind in here if kind is Evidence.UNCOUNTED}
        found.append({person for person, kind in here if kind in kinds} - out_)
    return found


AFTER = st.lists(
    st.tuples(st.sampled_from(("leave", "delete", "move", "unlist", "list", "link")), st.integers(0, 10)),
    min_size=1, max_size=8,
)  # fmt: skip


@LAW
@given(DID, AFTER, NAMED)
@example([(3, Evidence.UNCOUNTED, 0)], [("delete", 3)], set())
async def test_parting_leaving_and_deleting_never_leave_a_double(
    did: list[tuple[int, Evidence, int]], after: list[tuple[str, int]], named: set[int]
) -> None:
    """No number that stood rises by it, nobody is named twice, and no name stands for nobody."""
    async with world([*BOTH_SIDES, *did]) as here:
        for number in sorted(named):
            await choose(here.there.slack, EVERYBODY[number], named=True, named_since=here.week.starts)
        before = await here.takers()
        weekly = (await here.digest()).totals.takers
        for what, number in after:
            await happens(here.there, what, EVERYBODY[number])
            now, totals = await here.takers(), (await here.digest()).totals
            assert all(one <= other for one, other in zip(now, before, strict=True))
            assert totals.takers <= weekly
            names = await here.names()
            assert len(names) == len(set(names)) <= totals.takers
            before, weekly = now, totals.takers


async def happens(there: Both, what: str, account: str) -> None:
    storage, number = there.slack.storage, number_of(account)
    async with storage.work(P) as work:
        if await work.get(Member, id=account) is None and what in {"leave", "move"}:
            return
        match what:
            case "leave":
                await introduce(work, account, known_as(account, f"p{number}@{DOMAIN}", number, gone=True))
            case "move":
                fresh = f"{account.replace('/', '.').replace(':', '.').lower()}@{DOMAIN}"
                await introduce(work, account, known_as(account, fresh, number))
            case "unlist":
                await trust(work, (), "host")
            case "list":
                await trust(work, (DOMAIN,), "host")
            case _:
                pass
    if what in {"delete", "link"}:
        command = DeleteMyData() if what == "delete" else LinkAccounts()
        await there.slack.bot.do(command, there.by(account))


ADDRESSES = (f"a@{DOMAIN}", f"a@{DOMAIN}", f"b@{DOMAIN}", "a@elsewhere.example", None)
PLACES = tuple(f"{workspace}/U{number}" for workspace in (S, T) for number in (100, 101))
HOW = ("", "", "", "guest", "gone")
MET = st.tuples(st.sampled_from(PLACES), st.sampled_from(ADDRESSES), st.sampled_from(HOW))
ELSE = st.tuples(st.sampled_from(PLACES), st.none(), st.sampled_from(("deny", "foreign", "forget")))
MEETINGS = st.lists(st.one_of(MET, MET, ELSE), min_size=6, max_size=18)


@tries(15)
@given(MEETINGS)
@example([
    (f"{S}/U100", f"a@{DOMAIN}", "guest"), (f"{S}/U101", f"a@{DOMAIN}", ""), (f"{T}/U100", f"a@{DOMAIN}", ""),
    (f"{T}/U101", f"a@{DOMAIN}", ""), (f"{S}/U100", None, "deny"), (f"{T}/U100", None, "forget"),
])  # fmt: skip
async def test_one_person_is_exactly_who_has_one_confirmed_address(
    meetings: list[tuple[str, str | None, str]],
) -> None:
    """After each meeting: those with one trusted address, one account a workspace, and nobody else ever."""
    told: dict[str, str | None] = {}
    with TemporaryDirectory() as folder:
        async with both(Path(folder)) as there:
            for account, address, how in meetings:
                await meeting(there, account, address, how)
                if how != "deny":
                    told[account] = address if not how else None
                async with there.slack.storage.reading(P) as at:
                    members = {one.id: one for one in await at.find(Member) if one.id in PLACES}
                assert groups(members) == expected(told, members)
                outsiders = [one for one in members.values() if one.outside]
                assert not any(one.person or one.mark or one.linked for one in outsiders)


async def meeting(there: Both, account: str, address: str | None, how: str) -> None:
    seen = known_as(account, address, 0)
    if how == "deny":
        await there.slack.bot.do(DenyAccounts(), there.by(account))
        return
    if how == "forget":
        await there.slack.bot.do(DeleteMyData(), there.by(account))
        return
    changes: dict[str, object] = {"home": "elsewhere"} if how == "foreign" else {how: True} if how else {}
    async with there.slack.storage.work(P) as work:
        await introduce(work, account, replace(seen, **changes))  # type: ignore[arg-type]


def groups(members: Mapping[str, Member]) -> set[frozenset[str]]:
    """Accounts in use that are one person now."""
    found: dict[str, set[str]] = {}
    for one in members.values():
        if one.here:
            found.setdefault(one.whose, set()).add(one.id)
    return {frozenset(each) for each in found.values() if len(each) > 1}


def expected(told: Mapping[str, str | None], members: Mapping[str, Member]) -> set[frozenset[str]]:
    """The same, from what the platforms told last and from who said "not me"."""
    found: dict[str, set[str]] = {}
    for account, address in told.items():
        member = members.get(account)
        if member and member.here and address and address.endswith(f"@{DOMAIN}"):
            found.setdefault(address, set()).add(account)
    return {
        frozenset(each)
        for each in found.values()
        if 1 < len(each) == len({one.partition("/")[0] for one in each})
        and not any(members[one].alone for one in each)
    }


@LAW
@given(DID, NAMED)
async def test_five_holds_over_joined_accounts(did: list[tuple[int, Evidence, int]], named: set[int]) -> None:
    """No surface tells of fewer than five people, nor card and summary together."""
    async with world(did) as here:
        for number in sorted(named):
            await choose(here.there.slack, EVERYBODY[number], named=True, named_since=here.week.starts)
        await here.there.slack.later(days=7, minutes=5)
        slack, teams = here.there.slack.chat, here.there.teams
        summaries = [sent.card for sent in (*slack.at("CDIGEST"), *teams.at("19:digest"))]
        cards = [sent.card for sent in (*slack.at("CSTORIES"), *teams.at("19:stories"))]
        home, _ = await here.there.slack.bot.home(here.there.by(LEA))
        assert counts(home) == []
        assert all(count >= FIVE for count in counts([*cards, *summaries]))
        for card, title in zip(cards, [story.title for story in here.stories] * 2, strict=True):
            for count in counts(card):
                told = {bars(summary).get(title, count) for summary in summaries}
                assert all(abs(count - number) == 0 or abs(count - number) >= FIVE for number in told)
