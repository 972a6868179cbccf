"""Set-up on the host: written down once, again to change it, and a second workspace that joins."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from adapters.host.arguments import read
from bot.founding import Plan, set_up
from bot.ports import Account, Place
from content.programmes import Channel, Use, Workspace
from content.refusals import Refusal
from content.texts import say
from storage import directory, queries
from storage.migrating import migrate
from storage.records import Admin, Moderator
from storage.secrets import Secrets
from storage.work import Storage
from tests.bot.programme import MONDAY
from tests.fakes import FakeChat, FrozenClock

W = "slack:T1"
TYPED = (
    "setup --platform slack --workspace T1 --review CREVIEW --stories CA,CB --digest CA --admin UIDA"
    " --language fr --timezone Europe/Paris --hold 10 --name Acme --employer Acme"
)


@dataclass
class Host:
    storage: Storage
    chat: FakeChat


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[Host]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'herald.db'}"
    await migrate(url)
    clock = FrozenClock(MONDAY)
    storage = Storage.open(url, clock.now)
    yield Host(storage, workspace(clock, "T1"))
    await storage.close()


def workspace(clock: FrozenClock, team: str) -> FakeChat:
    chat = FakeChat("slack", clock.now)
    for name in ("IDA", "ANA", "TOM"):
        chat.knows(Account(f"U{name}", name.title(), team))
    chat.knows(Account("UMAX", "Max", team, guest=True))
    chat.places |= {
        "CREVIEW": Place("CREVIEW", "review", private=True),
        "CA": Place("CA", "news", joined=False),
        "CB": Place("CB", "lyon", private=True, joined=False),
        "CX": Place("CX", "partners", shared=True),
    }
    chat.people["CREVIEW"] = ("UANA", "UTOM", "UMAX")
    return chat


def plan(words: str = TYPED) -> Plan:
    return Plan.of(read(words.split()))


async def test_one_line_sets_a_workspace_up_and_posts_nothing(host: Host) -> None:
    programme = await set_up(host.storage, host.chat, plan())
    async with host.storage.reading(programme) as at:
        found = await queries.programme(at)
        assert (found.language, found.zone, found.hold, found.name) == ("fr", "Europe/Paris", 10, "Acme")
        channels = {(one.use, one.name): one.shut for one in await at.find(Channel)}
        assert channels == {
            (Use.REVIEW, "review"): None,
            (Use.STORIES, "news"): None,
            (Use.STORIES, "lyon"): "not_in",
            (Use.DIGEST, "news"): None,
        }
        assert {one.language for one in await at.find(Channel)} == {"fr"}
        assert await queries.moderators(at) == [f"{W}/UANA", f"{W}/UTOM"]
        assert [one.member for one in await at.find(Admin)] == [f"{W}/UIDA"]
    assert host.chat.sent == []
    assert host.chat.whispers == []


@pytest.mark.parametrize("hold", ["-5", "soon", "86401", "9" * 20])
def test_a_hold_that_is_none_is_refused(hold: str) -> None:
    """A negative one would send a story out before anybody could undo it."""
    with pytest.raises(SystemExit):
        read([*TYPED.split(), f"--hold={hold}"])


async def test_again_changes_what_is_named_and_keeps_the_rest(host: Host) -> None:
    programme = await set_up(host.storage, host.chat, plan())
    async with host.storage.work(programme) as work:
        await work.remove(Moderator, member=f"{W}/UTOM")
        tuned = await work.get(Channel, id=f"{W}/CA", use=Use.STORIES)
        assert tuned is not None
        await work.put(replace(tuned, opens=10, language="en"))
    again = "setup --platform slack --workspace T1 --review CREVIEW --stories CA --hold 20"
    assert await set_up(host.storage, host.chat, plan(again)) == programme
    async with host.storage.reading(programme) as at:
        found = await queries.programme(at)
        assert (found.hold, found.language, found.name) == (20, "fr", "Acme")
        [stories] = [one for one in await at.find(Channel) if one.use is Use.STORIES]
        assert (stories.name, stories.opens, stories.language) == ("news", 10, "en")
        assert [one.name for one in await at.find(Channel) if one.use is Use.DIGEST] == ["news"]
        assert await queries.moderators(at) == [f"{W}/UANA"]


async def test_named_moderators_replace_the_channels_members(host: Host) -> None:
    programme = await set_up(host.storage, host.chat, plan(f"{TYPED} --moderators UTOM,UMAX"))
    async with host.storage.reading(programme) as at:
        assert await queries.moderators(at) == [f"{W}/UTOM"]


async def test_a_second_workspace_joins_on_the_hosts_word(host: Host) -> None:
    programme = await set_up(host.storage, host.chat, plan())
    there = workspace(FrozenClock(MONDAY), "T2")
    second = TYPED.replace("--workspace T1", "--workspace T2")
    joined = await set_up(host.storage, there, plan(f"{second} --programme {programme}"))
    assert joined == programme
    async with host.storage.reading(programme) as at:
        assert {home.id for home in await at.find(Workspace)} == {W, "slack:T2"}
        assert len(await at.find(Channel)) == 8


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (TYPED.replace("CREVIEW", "CA"), "#news is public"),
        (TYPED.replace("CA,CB", "CX"), "shared with another organisation"),
        (TYPED.replace("CA,CB", "CNOWHERE"), "cannot see this channel"),
        (TYPED.replace("Europe/Paris", "Paris"), "no time zone called “Paris”"),
        (TYPED.replace("--language fr", "--language de"), "does not speak “de”"),
        (TYPED.replace("UIDA", "UMAX"), "slack:T1/UMAX is not a full member"),
        (f"{TYPED} --programme 01NOT", "no programme 01NOT"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused_whole(host: Host, words: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        await set_up(host.storage, host.chat, plan(words))
    assert why in say(refused.value.words, "en")
    assert await directory.programmes(host.storage) == []


async def test_a_workspace_stays_in_its_programme(host: Host) -> None:
    await set_up(host.storage, host.chat, plan())
    with pytest.raises(Refusal) as refused:
        await set_up(host.storage, host.chat, plan(f"{TYPED} --programme 01OTHER"))
    assert "another programme" in say(refused.value.words, "en")


# --------------------------------------------------------------------------------- rules for everybody


async def test_rules_stay_as_the_host_last_wrote_them(host: Host) -> None:
    """What is not named stays; nothing is on before somebody wrote so."""
    for typed, council, prefill in (
        ("", False, False),
        ("--works-council --prefill", True, True),
        ("", True, True),
        ("--no-works-council", False, True),
        ("--no-prefill", False, False),
    ):
        programme = await set_up(host.storage, host.chat, plan(f"{TYPED} {typed}"))
        async with host.storage.reading(programme) as at:
            found = await queries.programme(at)
        assert (found.council, found.prefill) == (council, prefill)


# --------------------------------------------------------------------------------- domains of the company


async def test_the_companys_domains_may_be_listed_on_the_host(host: Host) -> None:
    """As one writes them; naming none leaves the list, an empty list empties it."""
    host.storage.secrets = Secrets(("a key",))
    host.chat.knows(replace(host.chat.accounts["UANA"], email="ana@acme.fr"))
    programme = await set_up(host.storage, host.chat, plan(f"{TYPED} --domains @Acme.fr,acme.example"))
    async with host.storage.reading(programme) as at:
        ana = await queries.member(at, f"{W}/UANA")
    assert ana is not None
    assert ana.mark is not None
    for words, expected in (
        (TYPED, ("acme.example", "acme.fr")),
        (f"{TYPED} --domains=acme.fr", ("acme.fr",)),
        (f"{TYPED} --domains=", ()),
    ):
        await set_up(host.storage, host.chat, plan(words))
        async with host.storage.reading(programme) as at:
            assert (await queries.programme(at)).domains == expected


async def test_without_a_key_no_domain_is_listed(host: Host) -> None:
    with pytest.raises(Refusal) as refused:
        await set_up(host.storage, host.chat, plan(f"{TYPED} --domains acme.fr"))
    assert "HERALD_SECRET_KEY" in say(refused.value.words, "en")


def test_what_is_no_domain_ends_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        plan(f"{TYPED} --domains lea@acme.fr")
    assert ended.value.code == 2
    assert "lea@acme.fr" in capsys.readouterr().err
