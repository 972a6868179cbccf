"""Where sheets and links lead, who is counted on the way, and what colleagues tell about a story."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.commands.homing import AskForLinks, GiveLinksBack
from bot.commands.sharing import ChooseNetwork, ExplainCard, KeepDraft, OpenNetwork, ReportProblem, ShareStory
from bot.patience import PATIENT
from bot.ports import Redrawn, Surroundings, Wrong
from bot.visits import Visits
from content.networks import OFFERED
from content.shares import Evidence, Fact, Link
from content.stories import Origin
from content.texts import say
from tests.bot.programme import ANA, LEA, REVIEW, P, Told, pressable, programme
from tests.bot.sharing import choose, configure, facts, kinds, lines, opened, out, sheet, told_words

PUBLIC = "https://herald.example"


@pytest.fixture
async def public(tmp_path: Path) -> AsyncIterator[Told]:
    """A programme with a public address."""
    async with programme(tmp_path, Surroundings(PUBLIC)) as told:
        yield told


async def links(told: Told, **wanted: object) -> list[Link]:
    """The links that are so."""
    async with told.storage.reading(P) as at:
        found = await at.find(Link)
    return [link for link in found if all(getattr(link, name) == value for name, value in wanted.items())]


async def link(told: Told, **wanted: object) -> Link:
    """The one link that is so."""
    (found,) = await links(told, **wanted)
    return found


# --------------------------------------------------------------------------------------- where a sheet leads


async def test_without_a_public_address_the_network_opens_directly(told: Told) -> None:
    """With the story's own address, and no link of ours in it."""
    story = await out(told)
    way = (await sheet(told, story)).button("Open LinkedIn").address or ""
    assert parse_qs(urlsplit(way).query) == {"url": ["https://example.org/zoe"]}


async def test_with_one_the_sheet_leads_through_the_story_s_door(public: Told) -> None:
    """One door for everybody and each network; the one for e-mail leads to the mail program."""
    story = await out(public)
    for network, label in (("linkedin", "Open LinkedIn"), ("x", "Open X")):
        door = await link(public, doorway=True, network=network, personal=False)
        for member in (LEA, ANA):
            seen = await sheet(public, story, network, member)
            assert seen.button(label).address == f"{PUBLIC}/o/{door.token}"
    reader = await link(public, doorway=False, network="email")
    door = await link(public, doorway=True, network="email")
    seen = await sheet(public, story, "email")
    assert seen.button("Write the e-mail").address == f"{PUBLIC}/o/{door.token}"
    mail = await public.bot.doors.open(door.token, counts=True, phone=False) or ""
    assert parse_qs(urlsplit(mail).query)["body"][0].endswith(f"{PUBLIC}/s/{reader.token}")
    assert parse_qs(urlsplit(mail).query)["subject"] == [story.title]


async def test_links_of_one_s_own_only_for_those_who_asked(public: Told) -> None:
    """They join by asking; stories that are out and those to come have theirs; nobody else's change."""
    before = await out(public)
    assert "links of your own" in told_words(await public.bot.do(AskForLinks(), public.by(LEA)))
    after = await out(public, "Lyon opens")
    for story in (before, after):
        own = await link(public, doorway=True, network="linkedin", member=LEA, story=story.id)
        shared = await link(public, doorway=True, network="linkedin", personal=False, story=story.id)
        assert (await sheet(public, story)).button("Open LinkedIn").address == f"{PUBLIC}/o/{own.token}"
        theirs = await sheet(public, story, member=ANA)
        assert theirs.button("Open LinkedIn").address == f"{PUBLIC}/o/{shared.token}"
    assert all("LEA" not in each.token for each in await links(public))

    assert await public.bot.do(GiveLinksBack(), public.by(LEA)) == Redrawn()
    shared = await link(public, doorway=True, network="linkedin", personal=False, story=before.id)
    assert (await sheet(public, before)).button("Open LinkedIn").address == f"{PUBLIC}/o/{shared.token}"


async def test_the_works_council_has_no_links_of_one_s_own(public: Told) -> None:
    """Not those asked for before either."""
    await choose(public, LEA, links=True)
    await configure(public, council=True)
    story = await out(public)
    assert await links(public, personal=True) == []
    shared = await link(public, doorway=True, network="linkedin")
    assert (await sheet(public, story)).button("Open LinkedIn").address == f"{PUBLIC}/o/{shared.token}"
    assert "not available" in told_words(await public.bot.form(AskForLinks(), public.by(LEA)))
    assert "not available" in told_words(await public.bot.do(AskForLinks(), public.by(LEA)))


async def test_a_story_without_a_link(public: Told) -> None:
    """The composer opens, empty; there is no link for readers."""
    story = await out(public, link=None, host=None)
    assert await links(public, doorway=False) == []
    door = await link(public, doorway=True, network="linkedin")
    assert (await sheet(public, story)).button("Open LinkedIn").address == f"{PUBLIC}/o/{door.token}"
    went = await public.bot.doors.open(door.token, counts=True, phone=False)
    assert went == "https://www.linkedin.com/feed/?shareActive=true"


async def test_in_the_local_workspace_nothing_real_is_opened(public: Told) -> None:
    """Every way leads to the page that stands in for the network."""
    public.bot.around = around = Surroundings(PUBLIC, local=True)
    public.bot.doors._around = around  # noqa: SLF001  as a deployment would have made it
    story = await out(public)
    for network in OFFERED:
        seen = await sheet(public, story, network)
        way = next(button.address for button in seen.buttons if button.primary) or ""
        path = urlsplit(way).path
        if path.startswith("/o/"):
            token = path.removeprefix("/o/")
            way = await public.bot.doors.open(token, counts=True, phone=False) or ""
        assert way.startswith(f"{PUBLIC}/local/network?network={network}&url=")
        assert parse_qs(urlsplit(way).query)["url"][0].startswith(f"{PUBLIC}/s/")


# ------------------------------------------------------------------------------------------------ the doors


async def test_a_reader_is_counted_and_led_on(public: Told) -> None:
    """With the parameters that make the visit visible there; twice is two visits, of nobody."""
    await out(public, link="https://example.org/zoe?a=1#part")
    token = (await link(public, doorway=False, network="linkedin")).token
    for counts in (True, True, False):
        went = await public.bot.doors.read(token, counts=counts)
        assert went == (
            "https://example.org/zoe?a=1&utm_source=linkedin&utm_medium=employee_advocacy"
            "&utm_campaign=zoe-trains-ten#part"
        )
    assert await kinds(public) == ["observed", "observed"]
    assert {fact.member for fact in await facts(public)} == {None}


async def test_a_corrected_link_leads_to_the_right_page(public: Told) -> None:
    """Posts are out there with our link in them: it follows the story."""
    story = await out(public)
    token = (await link(public, doorway=False, network="linkedin")).token
    async with public.storage.work(P) as work:
        await work.change(story, replace(story, link="https://example.org/right", version=story.version + 1))
    assert (await public.bot.doors.read(token, counts=False) or "").startswith("https://example.org/right?")


async def test_doors_and_readers_tokens_are_not_mixed_up(public: Told) -> None:
    """Nor does anything lead from a token nobody made."""
    await out(public)
    door, reader = (
        await link(public, doorway=True, network="x"),
        await link(public, doorway=False, network="x"),
    )
    assert await public.bot.doors.read(door.token, counts=True) is None
    assert await public.bot.doors.open(reader.token, counts=True, phone=False) is None
    for token in ("nobody", "", "x" * 5000):
        assert await public.bot.doors.read(token, counts=True) is None
    assert await kinds(public) == []


async def test_one_s_own_door_tells_the_intent_once(public: Told) -> None:
    """The same fact as the press on Slack; the story's own door knows nobody."""
    story = await out(public)
    shared = await link(public, doorway=True, network="linkedin")
    await public.bot.doors.open(shared.token, counts=True, phone=False)
    assert await kinds(public) == []
    await public.bot.do(AskForLinks(), public.by(LEA))
    own = await link(public, doorway=True, network="linkedin", member=LEA)
    for counts in (False, True):
        await public.bot.doors.open(own.token, counts=counts, phone=True)
    went = await public.bot.doors.open(own.token, counts=True, phone=True)
    await public.bot.do(OpenNetwork(story.id), public.by(LEA))
    assert await kinds(public) == ["intent"]
    reader = await link(public, doorway=False, network="linkedin", member=LEA)
    assert parse_qs(urlsplit(went or "").query) == {"url": [f"{PUBLIC}/s/{reader.token}"]}
    await public.bot.doors.read(reader.token, counts=True)
    assert [fact.member for fact in await facts(public) if fact.kind is Evidence.OBSERVED] == [LEA]


async def test_a_prefilled_composer_only_when_switched_on_and_on_a_computer(public: Told) -> None:
    """Phones drop the words; the person's own words travel only through their own door."""
    story = await out(public)
    await public.bot.do(AskForLinks(), public.by(LEA))
    await public.bot.do(KeepDraft(story.id, words="My own words."), public.by(LEA))
    own = await link(public, doorway=True, network="linkedin", member=LEA)
    shared = await link(public, doorway=True, network="linkedin", personal=False)

    async def way(token: str, *, phone: bool) -> str:
        return await public.bot.doors.open(token, counts=False, phone=phone) or ""

    assert "share-offsite" in await way(own.token, phone=False)
    await configure(public, prefill=True)
    assert "share-offsite" in await way(own.token, phone=True)
    assert parse_qs(urlsplit(await way(own.token, phone=False)).query)["text"][0].startswith("My own words. ")
    assert "own" not in await way(shared.token, phone=False)
    assert "shareActive=true&text=" in await way(shared.token, phone=False)


async def test_a_click_that_is_late_is_missed_and_never_lost(public: Told) -> None:
    """The reader goes on after a quarter of a second; the visit is then only known to have been missed."""
    await out(public)
    reader = await link(public, doorway=False, network="linkedin")
    moments = iter((0.0, 0.0, 0.0, PATIENT.click * 2))
    visits = Visits(public.storage, PATIENT.click, lambda: next(moments, PATIENT.click * 2))
    public.bot.doors.visits = visits
    await public.bot.doors.read(reader.token, counts=True)
    assert await kinds(public) == ["observed"]
    while next(moments, None) is not None:
        pass
    late = Fact("observed:late", P, reader.story, Evidence.OBSERVED, public.clock.now())
    visits._clock = iter((0.0, PATIENT.click * 2)).__next__  # noqa: SLF001  real time is not waited for
    await visits.note(late)
    assert await kinds(public) == ["missed", "observed"]


async def test_a_locked_database_holds_no_reader(public: Told) -> None:
    """The link leads on while somebody else writes; on SQLite the click is on disk afterwards, uncounted."""
    await out(public)
    reader = await link(public, doorway=False, network="linkedin")
    public.bot.doors.visits = Visits(public.storage, PATIENT.click)
    async with public.storage.work(P):
        went = await asyncio.wait_for(public.bot.doors.read(reader.token, counts=True), PATIENT.click * 4)
        assert (went or "").startswith("https://example.org/zoe")
    await public.bot.doors.visits.flush()
    assert await kinds(public) == (["observed"] if public.storage.turns.replicated else ["missed"])


async def test_many_clicks_are_one_commit(public: Told) -> None:
    """A link that goes round costs one write for all that came together."""
    await out(public)
    reader = await link(public, doorway=False, network="linkedin")
    await public.bot.doors.read(reader.token, counts=False)
    written: list[int] = []
    whole = public.bot.doors.visits._write  # noqa: SLF001  what it writes at once is the point

    async def write(batch: list[object]) -> bool:
        written.append(len(batch))
        return await whole(batch)  # type: ignore[arg-type]

    public.bot.doors.visits._write = write  # type: ignore[method-assign,assignment]  # noqa: SLF001
    await asyncio.gather(*(public.bot.doors.read(reader.token, counts=True) for _ in range(50)))
    assert sum(written) == 50
    assert len(written) < 10
    assert await kinds(public) == ["observed"] * 50


# ------------------------------------------------------------------------------- what colleagues tell and ask


async def test_a_problem_reaches_the_moderators_in_the_person_s_words(told: Told) -> None:
    """With what they can do about it; the buttons stay right when the story changes."""
    story = await out(told)
    assert isinstance(await told.bot.do(ReportProblem(story.id, words="  "), told.by(LEA)), Wrong)
    thanks = await told.do(ReportProblem(story.id, words="The <!channel> name is wrong"), LEA)
    assert "have your words" in told_words(thanks)
    card = told.chat.latest("CREVIEW")
    assert lines(card)[:3] == ["Léa says something is wrong with “Zoé trains ten”"] * 2 + [
        "The <!channel> name is wrong"
    ]
    await told.do(told.button(REVIEW, "End"), ANA)
    assert [say(button.label, "en") for button in pressable(told.chat.latest("CREVIEW"))] == ["Recall…"]
    assert "“Zoé trains ten” has ended." in lines(told.chat.latest("CREVIEW"))


async def test_why_is_this_here(told: Told) -> None:
    """Where it comes from, that sharing is a choice, and whom to ask."""
    for origin, words in (
        (Origin.IDEA, "A colleague"),
        (Origin.FEED, "a feed"),
        (Origin.MODERATOR, "Comms wrote"),
    ):
        story = await out(told, origin=origin)
        told_why = told_words(await told.bot.do(ExplainCard(story.id), told.by(LEA)))
        assert words in told_why
        assert "Sharing is your choice" in told_why
    story = await out(told)
    await configure(told, contact="Ida")
    assert "Questions: Ida" in told_words(await told.bot.do(ExplainCard(story.id), told.by(LEA)))


async def test_other_networks(told: Told) -> None:
    """Each leads to its own sheet."""
    story = await out(told)
    seen = await opened(told, ChooseNetwork(story.id))
    assert [button.command for button in seen.buttons] == [
        ShareStory(story.id, network) for network in ("x", "bluesky", "facebook", "email")
    ]
    assert (await sheet(told, story, "nowhere")).lines[0] == "Share on LinkedIn"
