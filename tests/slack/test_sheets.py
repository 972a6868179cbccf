"""What is drawn once for everybody is the same for everybody: nobody's words or links on another's sheet."""

import json
from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path

import pytest

from adapters.slack import buttons
from adapters.slack.forms import view
from adapters.slack.plain import Json
from bot.commands.homing import AskForLinks
from bot.commands.sharing import DoNotCountMe, KeepDraft, OpenNetwork, ShareStory
from bot.ports import Asked, Surroundings
from content.shares import Link
from content.stories import Story
from tests.bot.programme import ANA, LEA, TOM, P, Told, programme
from tests.bot.sharing import out

PEOPLE = (LEA, ANA, TOM)
LINKED = (LEA, ANA)
"""Tom shares through the story's own links."""


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    """A programme with a public address."""
    async with programme(tmp_path, Surroundings("https://herald.example")) as told:
        yield told


@pytest.fixture
async def story(told: Told) -> Story:
    """Léa and Ana have links of their own, everybody words of their own."""
    story = await out(told)
    for who in LINKED:
        await told.do(AskForLinks(), who)
    for who in PEOPLE:
        await told.do(KeepDraft(story.id, "linkedin", words=f"The own words of {who}"), who)
    return story


async def drawn(told: Told, story: Story, who: str, network: str, language: str) -> str:
    """Their sheet as it is sent."""
    asked = await told.bot.form(ShareStory(story.id, network), told.by(who))
    assert isinstance(asked, Asked)
    return json.dumps(view(asked.form, language))


async def tokens(told: Told, who: str | None) -> set[str]:
    """Somebody's own links, or the story's."""
    async with told.bot.storage.reading(P) as at:
        return {link.token for link in await at.find(Link) if (link.member if link.personal else None) == who}


async def test_nobody_s_words_and_links_reach_another_s_sheet(told: Told, story: Story) -> None:
    """In whatever order they open theirs, on every network, in both languages."""
    whose = {who: await tokens(told, who if who in LINKED else None) for who in PEOPLE}
    assert all(whose.values())
    for order in permutations(PEOPLE):
        for network, language in (("linkedin", "en"), ("x", "fr"), ("linkedin", "fr"), ("x", "en")):
            for who in order:
                sheet = await drawn(told, story, who, network, language)
                assert f"The own words of {who}" in sheet
                assert any(token in sheet for token in whose[who])
                for other in set(PEOPLE) - {who}:
                    assert f"The own words of {other}" not in sheet
                    assert not any(token in sheet for token in whose[other])


async def test_a_sheet_drawn_again_is_the_sheet_drawn_first(told: Told, story: Story) -> None:
    """What is remembered is what would be drawn; nobody who sends it changes it."""
    for who in PEOPLE * 2:
        for network, language in (("linkedin", "en"), ("x", "fr")):
            remembered = await drawn(told, story, who, network, language)
            buttons.forget()
            told.bot.storage.lately.forget()
            assert await drawn(told, story, who, network, language) == remembered


async def test_what_one_person_pressed_stands_on_their_sheet_alone(told: Told, story: Story) -> None:
    """Not counted, or just opened: the next one's sheet says nothing of it."""
    before = await drawn(told, story, TOM, "linkedin", "en")
    await told.do(DoNotCountMe(story.id, "linkedin"), ANA)
    await told.bot.form(OpenNetwork(story.id, "linkedin"), told.by(ANA))
    assert DoNotCountMe.wire not in await pressed(told, story, ANA)
    assert DoNotCountMe.wire in await pressed(told, story, TOM)
    assert await drawn(told, story, TOM, "linkedin", "en") == before


async def pressed(told: Told, story: Story, who: str) -> set[str]:
    """The names of what the buttons of somebody's sheet carry."""
    shown: Json = json.loads(await drawn(told, story, who, "linkedin", "en"))
    rows = [block["elements"] for block in shown["blocks"] if block["type"] == "actions"]
    return {each["value"].partition("?")[0] for row in rows for each in row if "value" in each}
