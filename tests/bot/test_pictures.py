"""A picture sent to Herald: kept a day for whoever sent it, used in an idea with a description, shown."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.web.routes import routes
from bot.cards import Card, Image
from bot.commands.moderation import WriteStory
from bot.commands.privacy import DeleteMyData, ShowTransparency
from bot.commands.suggesting import EditIdea, SuggestStory
from bot.forms import Picture, values_of
from bot.pictures import MOST, Sent
from bot.ports import Asked, By, Surroundings, Told, Wrong
from content.people import Member
from content.programmes import Workspace
from content.stories import Story
from content.texts import Text
from storage import pictures
from storage.records import Moderator
from tests.bot.programme import MONDAY, REVIEW, P, pressable, programme, said
from tests.bot.programme import Told as Programme
from tests.content.test_pictures import photograph
from tests.fakes import FakeChat

T = "teams:T9"
ZOE, BEA = f"{T}/zoe", f"{T}/bea"
SITE = "https://herald.acme.example"
NAME = "a-name-that-nobody-guesses"


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Programme]:
    """Zoé and Béa are on Teams; Béa decides."""
    async with programme(tmp_path, Surroundings(SITE)) as at:
        async with at.storage.work(P) as work:
            await work.insert(Workspace(T, P, "teams", swept=MONDAY))
            for id_, name in ((ZOE, "Zoé"), (BEA, "Béa")):
                await work.insert(Member(id_, P, T, name, met=MONDAY))
            await work.insert(Moderator(BEA, P, MONDAY))
        at.bot.speak(T, FakeChat("teams", at.clock.now))
        yield at


def by(told: Programme, member: str = ZOE) -> By:
    return By(member, T, f"{T}:{next(told.presses)}", home="T9")


async def sent(told: Programme, name: str = NAME, member: str = ZOE, words: str = "") -> Card | Text:
    """What Herald says to a picture."""
    answer = await told.bot.picture(Sent(name, photograph(), words), by(told, member))
    assert isinstance(answer, Told)
    assert not isinstance(answer.words, str)
    return answer.words


async def stories(told: Programme) -> list[Story]:
    async with told.storage.reading(P) as at:
        return await at.find(Story)


async def test_a_picture_becomes_part_of_an_idea_with_a_description(told: Programme) -> None:
    offered = await sent(told, words="Open day in Lyon")
    assert isinstance(offered, Card)
    assert [said(button) for button in pressable(offered)] == ["Suggest a story"]
    suggest = pressable(offered)[0].command
    assert suggest == SuggestStory(what="Open day in Lyon", picture=NAME)
    opened = await told.bot.form(suggest, by(told))
    assert isinstance(opened, Asked)
    assert {"picture", "shows"} <= values_of(opened.form)
    (field,) = (part for part in opened.form.parts if isinstance(part, Picture))
    assert (field.value, field.shown) == (NAME, f"{SITE}/p/{NAME}")
    refused = await told.bot.do(suggest, by(told))
    assert isinstance(refused, Wrong)
    assert list(refused.fields) == ["shows"]

    await told.bot.do(SuggestStory(what="Open day", picture=NAME, shows="Two welders laugh"), by(told))
    await told.settle()
    (story,) = await stories(told)
    assert (story.image, story.image_alt) == (f"herald:{NAME}", "Two welders laugh")
    drawn = [role for role in told.chat.latest(REVIEW.partition("/")[2]).roles if isinstance(role, Image)]
    assert drawn == [Image(f"{SITE}/p/{NAME}", "Two welders laugh")]


async def test_moderators_may_write_a_story_with_it(told: Programme) -> None:
    offered = await sent(told, member=BEA)
    assert isinstance(offered, Card)
    commands = [button.command for button in pressable(offered)]
    assert commands == [SuggestStory(picture=NAME), WriteStory(picture=NAME)]
    await told.bot.do(WriteStory(title="Open day", picture=NAME, shows="Two welders"), by(told, BEA))
    assert [story.image for story in await stories(told)] == [f"herald:{NAME}"]


async def test_a_picture_goes_into_an_idea_that_is_in_already(told: Programme) -> None:
    """Sent to Herald, it is offered for one's own ideas that wait; the form asks what it shows."""
    await told.bot.do(SuggestStory(what="Open day in Lyon for everybody"), by(told))
    await told.settle()
    (idea,) = await stories(told)
    offered = await sent(told)
    assert isinstance(offered, Card)
    add = pressable(offered)[-1]
    assert (said(add), add.command) == ("Add to “Open day in Ly…”", EditIdea(idea.id, picture=NAME))
    opened = await told.bot.form(EditIdea(idea.id, picture=NAME), by(told))
    assert isinstance(opened, Asked)
    (field,) = (part for part in opened.form.parts if isinstance(part, Picture))
    assert (field.value, field.shown) == (NAME, f"{SITE}/p/{NAME}")

    told_again = EditIdea(idea.id, what="Open day in Lyon", picture=NAME)
    refused = await told.bot.do(told_again, by(told))
    assert isinstance(refused, Wrong)
    assert list(refused.fields) == ["shows"]
    await told.bot.do(replace(told_again, shows="Two welders laugh"), by(told))
    await told.settle()
    (after,) = await stories(told)
    assert (after.image, after.image_alt) == (f"herald:{NAME}", "Two welders laugh")
    drawn = [role for role in told.chat.latest(REVIEW.partition("/")[2]).roles if isinstance(role, Image)]
    assert drawn == [Image(f"{SITE}/p/{NAME}", "Two welders laugh")]

    await told.bot.do(EditIdea(idea.id, what="Open day", shows="Two welders"), by(told))
    (kept,) = await stories(told)
    assert (kept.image, kept.image_alt) == (f"herald:{NAME}", "Two welders"), "the old one stays"


async def test_a_picture_from_slack_goes_into_an_idea_that_is_in_already(told: Programme) -> None:
    """There the form itself takes the file."""
    lea = told.by("slack:T1/ULEA")
    await told.bot.do(SuggestStory(what="Open day in Lyon"), lea)
    (idea,) = await stories(told)
    opened = await told.bot.form(EditIdea(idea.id), lea)
    assert isinstance(opened, Asked)
    assert {"picture", "shows"} <= values_of(opened.form)
    after = EditIdea(idea.id, what="Open day in Lyon", picture="F1", shows="Two welders")
    await told.bot.do(after, told.by("slack:T1/ULEA"))
    assert [(story.image, story.image_alt) for story in await stories(told)] == [("slack:F1", "Two welders")]


@pytest.mark.parametrize("who", [BEA, ZOE])
async def test_nobody_uses_anothers_picture_or_one_twice(told: Programme, who: str) -> None:
    await sent(told)
    if who == ZOE:
        await told.bot.do(SuggestStory(what="Once", picture=NAME, shows="x"), by(told))
    again = await told.bot.do(SuggestStory(what="Again", picture=NAME, shows="x"), by(told, who))
    assert isinstance(again, Wrong)
    assert list(again.fields) == ["picture"]
    assert len(await stories(told)) == (who == ZOE)


async def test_what_nothing_uses_goes_after_a_day_and_what_is_used_stays(told: Programme) -> None:
    for name in (NAME, f"{NAME}-2"):
        await sent(told, name)
    await told.bot.do(SuggestStory(what="One", picture=NAME, shows="x"), by(told))
    await told.later(hours=25)
    assert await pictures.held(told.storage, f"{NAME}-2") is None
    kept = await pictures.held(told.storage, NAME)
    assert kept is not None
    assert (kept.member, kept.kind) == (None, "image/jpeg")


async def test_deleting_my_data_takes_the_pictures_that_wait(told: Programme) -> None:
    await sent(told)
    await told.bot.do(DeleteMyData(), by(told))
    assert await pictures.held(told.storage, NAME) is None


async def test_a_pile_of_pictures_is_refused(told: Programme) -> None:
    for number in range(MOST):
        assert isinstance(await sent(told, f"{NAME}-{number}"), Card)
    refused = await sent(told)
    assert isinstance(refused, Text)
    assert refused.key == "picture.many"


async def test_what_is_no_picture_is_told(told: Programme) -> None:
    answer = await told.bot.picture(Sent(NAME, b"MZ"), by(told))
    assert isinstance(answer, Told)
    assert isinstance(answer.words, Text)
    assert answer.words.key == "picture.unreadable"


async def test_without_an_address_there_is_nothing_to_show_it_from(tmp_path: Path) -> None:
    async with programme(tmp_path) as at:
        answer = await at.bot.picture(Sent(NAME, photograph()), at.by("slack:T1/ULEA"))
    assert isinstance(answer, Told)
    assert isinstance(answer.words, Text)
    assert answer.words.key == "picture.no_address"


async def test_it_stands_among_what_is_kept_where_herald_holds_pictures(told: Programme) -> None:
    for who, there in ((by(told), True), (told.by("slack:T1/ULEA"), False)):
        opened = await told.bot.form(ShowTransparency(), who)
        assert isinstance(opened, Asked)
        assert ("privacy.picture'" in repr(opened.form)) is there


async def test_the_picture_is_served_under_its_name_alone(told: Programme) -> None:
    await sent(told)
    app = web.Application()
    app.add_routes(routes(told.bot))
    async with TestServer(app, host="127.0.0.1") as server, ClientSession() as session:
        async with session.get(server.make_url(f"/p/{NAME}")) as answer:
            assert (answer.status, answer.content_type) == (200, "image/jpeg")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert (await answer.read())[:2] == b"\xff\xd8"
        for wrong in (f"{NAME}x", "x", "%2e%2e%2fdata", "a" * 100):
            async with session.get(server.make_url("/").join(server.make_url(f"/p/{wrong}"))) as answer:
                assert answer.status == 404
