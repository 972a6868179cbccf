"""What those who run Herald decide for everybody: works-council mode, and how LinkedIn opens."""

from dataclasses import replace

import pytest

from bot.commands.digesting import AddMyName, ShowWeek
from bot.commands.homing import AskForLinks, ShowHome, ShowMoreStories
from bot.commands.settling import ChangeRules, ShowSetup
from bot.digesting import preview
from bot.plain import plain
from bot.ports import Answer, Asked, Surroundings
from bot.ports import Told as Words
from content.people import Member
from content.stories import Origin, State, Story
from content.texts import say
from content.weeks import week_named
from storage import queries, sharing, weeks
from storage.records import Admin, AuditEntry
from storage.work import Reading
from tests.bot.programme import ANA, LEA, MONDAY, TOM, P, Told
from tests.bot.sharing import opened, spoken
from tests.bot.test_digest import NEXT, WEEK, answered, colleague, named, the_week, until


@pytest.fixture(autouse=True)
async def ana_runs_herald(told: Told) -> None:
    async with told.storage.work(P) as work:
        await work.insert(Admin(ANA, P))


EVERYBODY = tuple(colleague(number) for number in range(20))


async def rule(told: Told, *rules: str, who: str = ANA) -> Answer:
    """Somebody sends the form of the rules."""
    return await told.do(ChangeRules(rules=rules), who)


async def everybody_shows(told: Told) -> None:
    """A week in which all are named, all have links of their own, and one had an idea that came out."""
    zoe, _ = await the_week(told)
    await named(told, *EVERYBODY)
    async with told.storage.work(P) as work:
        for id_ in EVERYBODY:
            member = await work.get(Member, id=id_)
            assert member is not None
            await work.put(replace(member, links=True))
        idea = Story(
            "IDEA", P, 3, State.LIVE, Origin.IDEA, MONDAY, title="An idea", live_at=zoe.live_at,
            author=colleague(4),
        )  # fmt: skip
        await work.insert(idea)


async def seen_by_others(told: Told) -> str:
    """Everything that channels, moderators, colleagues and the host see of a week and its stories."""
    cards = [card.card for channel in ("CDIGEST", "CNEWS", "CREVIEW") for card in told.chat.at(channel)]
    answers = [await told.do(ask, who) for ask in (ShowWeek(), ShowHome()) for who in (ANA, TOM, LEA)]
    forms = [(await opened(told, ShowMoreStories(), who)).form for who in (ANA, LEA)]
    shown = "\n".join(say(words, "en") for one in (*cards, *answers, *forms) for words in spoken(one))
    return shown + await preview(told.storage, P, Surroundings(), "en")


async def test_everybody_is_found_where_no_rule_says_otherwise(told: Told) -> None:
    """Else the next test would find nobody for the wrong reason."""
    await everybody_shows(told)
    await until(told, NEXT)
    shown = await seen_by_others(told)
    assert all(name in shown for name in ("Colleague 00", "Colleague 04", "Colleague 15"))


async def test_in_works_council_mode_nothing_that_others_see_tells_of_one_person(told: Told) -> None:
    await everybody_shows(told)
    await rule(told, "council")
    await until(told, NEXT)
    shown = await seen_by_others(told)
    assert "16 colleagues" in shown
    assert not any(f"Colleague {number:02}" in shown for number in range(20))
    assert not any(member in shown for member in EVERYBODY)


async def test_no_query_returns_a_person_then(told: Told) -> None:
    """Not only the cards are silent: storage gives nobody away."""

    async def given(at: Reading) -> list[object]:
        week = week_named(WEEK, "Europe/Paris")
        return [
            *await weeks.taken(at, week),
            *await weeks.named(at, EVERYBODY),
            *await sharing.with_links(at),
        ]

    await everybody_shows(told)
    await until(told, NEXT)
    async with told.storage.reading(P) as at:
        assert len(await given(at)) > 2 * len(EVERYBODY)
    await rule(told, "council")
    async with told.storage.reading(P) as at:
        assert await given(at) == []


async def test_names_go_from_what_was_told_and_come_back_by_choice(told: Told) -> None:
    """Twelve weeks of summaries follow the rule; what people chose for themselves is kept."""
    await the_week(told)
    await until(told, NEXT)
    assert "Colleague 00" in said(told)
    await rule(told, "council")
    await told.settle()
    assert "Colleague 00" not in said(told)
    assert "No names are shown here" in answered(await told.do(AddMyName(WEEK), colleague(5)))
    await rule(told)
    await told.settle()
    assert "Colleague 00" in said(told)


def said(told: Told) -> str:
    """The summary as it stands in its channel."""
    return plain(told.chat.latest("CDIGEST"), "en")


async def test_own_links_are_not_offered_then(told: Told) -> None:
    await rule(told, "council")
    assert not isinstance(await told.do(AskForLinks(), LEA), Asked)
    async with told.storage.reading(P) as at:
        assert await sharing.with_links(at) == []


async def test_the_form_shows_what_holds(told: Told) -> None:
    await rule(told, "prefill")
    assert (await opened(told, ChangeRules(), ANA)).ticks.values == ("prefill",)
    await rule(told, "council", "prefill")
    assert (await opened(told, ChangeRules(), ANA)).ticks.values == ("council", "prefill")


async def test_the_checklist_says_it(told: Told) -> None:
    assert "the names of those who chose it" in answered(await told.do(ShowSetup(), ANA))
    said = answered(await rule(told, "council", "prefill"))
    assert "Works-council mode: nobody is named" in said
    assert "LinkedIn opens with the words in it" in said


async def test_only_those_who_run_herald_decide_and_it_is_written_down(told: Told) -> None:
    for who in (TOM, LEA):
        assert isinstance(await rule(told, "council", who=who), Words)
    async with told.storage.reading(P) as at:
        assert not (await queries.programme(at)).council
    await rule(told, "council")
    await rule(told, "council")
    async with told.storage.reading(P) as at:
        actions = [entry.action for entry in await at.find(AuditEntry)]
    assert actions.count("turn names off") == 1
