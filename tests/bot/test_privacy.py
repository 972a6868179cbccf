"""What is kept about somebody: they see all of it, they delete it, and nothing that names them is left."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.commands.feeding import AddFeed
from bot.commands.homing import AskForLinks
from bot.commands.moderation import ApproveStory
from bot.commands.privacy import DeleteMyData, ShowMyData, ShowTransparency
from bot.commands.settling import ChoosePeople
from bot.commands.sharing import (
    DoNotCountMe,
    KeepDraft,
    OpenNetwork,
    ReportProblem,
    SaveThanks,
    SayPosted,
    SendMeTheText,
    ShareStory,
)
from bot.commands.suggesting import SuggestStory
from bot.ports import Surroundings
from content.feeds import Feed
from content.people import Member
from content.shares import Evidence, Link
from content.stories import Story
from content.texts import LANGUAGES, say
from storage import queries
from storage.columns import METADATA
from storage.records import Admin
from tests.bot.programme import ANA, LEA, MAX, TOM, P, Told, W, programme
from tests.bot.sharing import choose, configure, facts, kinds, lines, opened, out, told_words

PUBLIC = "https://herald.example"


@pytest.fixture
async def public(tmp_path: Path) -> AsyncIterator[Told]:
    """A programme with a public address."""
    async with programme(tmp_path, Surroundings(PUBLIC)) as told:
        yield told


async def traces(told: Told, member: str) -> dict[str, list[str]]:
    """Every table and column in which a member's id still stands."""
    found: dict[str, list[str]] = {}
    async with told.storage.engine.connect() as connection:
        for rows in METADATA.sorted_tables:
            for row in (await connection.execute(select(rows))).mappings():
                columns = [name for name, value in row.items() if member in str(value)]
                if columns:
                    found.setdefault(rows.name, []).extend(columns)
    return found


async def a_life(told: Told, member: str = LEA) -> Story:
    """Somebody does everything one can do."""
    await told.do(SuggestStory(what="Lyon opens"), member)
    await told.bot.fetch()
    story = await out(told)
    await told.bot.opened(ShareStory(story.id), told.by(member))
    await told.do(AskForLinks(), member)
    await told.do(KeepDraft(story.id, words="Half a sentence"), member)
    await told.do(OpenNetwork(story.id, words="My own words"), member)
    await told.do(SendMeTheText(story.id, words="Words to copy"), member)
    await told.do(SayPosted(story.id), member)
    await told.do(SaveThanks(choices=("named", "reminded")), member)
    await told.do(ReportProblem(story.id, words="A wrong name"), member)
    async with told.storage.reading(P) as at:
        own = [each for each in await at.find(Link) if each.member == member and not each.doorway]
    await told.bot.doors.read(own[0].token, counts=True)
    return story


async def test_everything_kept_is_shown_and_to_that_person_alone(public: Told) -> None:
    """Account, choices, facts with their dates, words, ideas, numbers of the rest."""
    await a_life(public)
    seen = await opened(public, ShowMyData())
    for words in (
        "Léa",
        "Europe/Paris",
        "In Monday's summary: thanked by name",
        "Reminders: on, at most once a week",
        "You joined on 23 November, 10:00, with version 1 of the charter.",
        "3 things you did",
        "23 November, 10:00: you opened LinkedIn for “Zoé trains ten”",
        "23 November, 10:00: you said that you posted “Zoé trains ten” on LinkedIn",
        "1 visit through your own links",
        "Words to copy",
        "A wrong name",
        "Lyon opens",
        "10 links of your own",
    ):
        assert words in seen.lines, words
    other = (await opened(public, ShowMyData(), TOM)).lines
    assert "Léa" not in other
    assert "Words to copy" not in other


@pytest.mark.parametrize("language", LANGUAGES)
async def test_both_forms_in_both_languages(public: Told, language: str) -> None:
    """With titles that Slack takes whole."""
    story = await a_life(public)
    await public.bot.do(DoNotCountMe(story.id), public.by(LEA))
    for command in (ShowMyData(), ShowTransparency()):
        form = (await opened(public, command)).form
        assert lines(form, language)
        assert all(len(say(words, language)) <= 24 for words in (form.title, form.close))


async def test_deleting_leaves_no_trace(public: Told) -> None:
    """In no table and no column does the person's id stand any more; posted links lead on."""
    await a_life(public)
    async with public.storage.reading(P) as at:
        tokens = [
            link.token
            for link in await at.find(
                Link,
            )
            if link.member == LEA and not link.doorway
        ]
    assert await traces(public, LEA)

    answer = await public.do(DeleteMyData(), LEA)
    assert "It is deleted" in told_words(answer)
    left = await traces(public, LEA)
    assert set(left) <= {"audit"}, left
    for token in tokens:
        assert await public.bot.doors.read(token, counts=False)
    assert {fact.kind for fact in await facts(public)} >= {Evidence.INTENT, Evidence.SAID, Evidence.OBSERVED}
    assert {fact.member for fact in await facts(public)} == {None}


async def test_cards_that_named_them_are_drawn_anew(public: Told) -> None:
    """The review card of their idea, and the problem they told, name nobody."""
    await a_life(public)
    assert any("Léa" in line for card in public.chat.at("CREVIEW") for line in lines(card.card))
    await public.do(DeleteMyData(), LEA)
    assert not any("Léa" in line for card in public.chat.at("CREVIEW") for line in lines(card.card))
    async with public.storage.reading(P) as at:
        (idea,) = [story for story in await at.find(Story) if story.title == "Lyon opens"]
    assert idea.author is None


async def test_a_deleted_moderator_decides_no_more(told: Told) -> None:
    """Their decisions stay in the sealed log, and they were told so."""
    await told.do(SuggestStory(what="Lyon opens"), LEA)
    await told.bot.fetch()
    async with told.storage.reading(P) as at:
        (story,) = await at.find(Story)
    await told.do(ApproveStory(story.id, story.version), ANA)
    assert any("sealed log" in line for line in (await opened(told, ShowMyData(), ANA)).lines)
    await told.do(DeleteMyData(), ANA)
    async with told.storage.reading(P) as at:
        assert await queries.moderators(at) == [TOM]
    assert set(await traces(told, ANA)) == {"audit"}


async def test_who_ran_herald_leaves_no_trace_either(told: Told) -> None:
    """Feeds go on, and so do the admins they named; that they did it is in the sealed log alone."""
    async with told.storage.work(P) as work:
        await work.put(Admin(ANA, P))
    await told.do(AddFeed("https://acme.example/feed"), ANA)
    await told.do(ChoosePeople(admins=("UANA", "ULEA")), ANA)
    await told.do(DeleteMyData(), ANA)
    assert set(await traces(told, ANA)) == {"audit"}
    async with told.storage.reading(P) as at:
        assert [admin.member for admin in await at.find(Admin)] == [LEA]
        assert [feed.address for feed in await at.find(Feed)] == ["https://acme.example/feed"]


async def test_two_accounts_of_one_person(told: Told) -> None:
    """Deleting one leaves the other as it was, and without the first one's id."""
    third = f"{W}/UTHREE"
    async with told.storage.work(P) as work:
        await work.put(Member(third, P, W, "Three", met=told.clock.now()))
    for member in (LEA, TOM, third):
        await choose(told, member, person="one human")
    await told.do(DeleteMyData(), LEA)
    assert await traces(told, LEA) == {}
    async with told.storage.reading(P) as at:
        persons = {member.person for member in await at.find(Member) if member.id in {TOM, third}}
    assert len(persons) == 1
    assert persons != {None}


async def test_somebody_never_met(told: Told) -> None:
    """Nothing is kept, deleting works, and asking does not make Herald keep something."""
    stranger = told.by(f"{W}/UNEW")
    for command in (ShowMyData(), ShowTransparency()):
        await told.bot.form(command, stranger)
        assert await told.bot.known(stranger), "nobody is looked up for asking"
    seen = await opened(told, ShowMyData(), f"{W}/UNEW")
    assert "Herald keeps nothing about you." in seen.lines
    assert "It is deleted" in told_words(await told.bot.do(DeleteMyData(), stranger))
    assert await traces(told, f"{W}/UNEW") == {}


async def test_who_deleted_is_met_again_at_their_next_press(told: Told) -> None:
    """Not by the press that deleted; then as somebody new, and counted anew."""
    story = await out(told)
    await told.bot.do(OpenNetwork(story.id), told.by(LEA))
    by = told.by(LEA)
    assert await told.bot.known(by)
    await told.bot.do(DeleteMyData(), by)
    assert await told.bot.known(by)
    assert not await told.bot.known(told.by(LEA))
    await told.bot.meet(told.by(LEA))
    await told.bot.do(OpenNetwork(story.id), told.by(LEA))
    async with told.storage.reading(P) as at:
        member = await queries.member(at, LEA)
        assert await queries.taken_by(at, story.id) == 1
    assert member is not None
    assert (member.asked, member.named) == (None, False)
    assert await kinds(told) == ["intent", "intent"]


async def test_guests_see_and_delete_too(told: Told) -> None:
    """Their row is data about them like any other."""
    assert "Max" in (await opened(told, ShowMyData(), MAX)).lines
    await told.do(DeleteMyData(), MAX)
    assert await traces(told, MAX) == {}


async def test_transparency_speaks_of_this_herald(public: Told) -> None:
    """Names, visits, rooms and contact as they are set up, not as they could be."""
    await configure(public, contact="Ida, works council")
    said = (await opened(public, ShowTransparency())).lines
    assert "Visits through links, without address or device" in said
    assert "Only those who ticked it are named in the summary." in said
    assert "Channels: 1 for stories, 1 for review, 1 for the summary" in said
    assert "Questions: Ida, works council" in said
    assert "7 days" in said

    await configure(public, council=True)
    public.bot.around = Surroundings()
    said = (await opened(public, ShowTransparency())).lines
    assert "Visits are not measured here." in said
    assert any("every view of a single person is off" in line for line in said)
    assert not any("by name only" in line for line in said)


async def test_not_measured_is_never_shown_as_none(told: Told) -> None:
    """Links of one's own from a time when visits were measured: now nobody knows, and it says so."""
    await out(told)
    await told.do(AskForLinks(), LEA)
    said = (await opened(told, ShowMyData())).lines
    assert "Visits are not measured here." in said
    assert not any("0 visits" in line for line in said)
