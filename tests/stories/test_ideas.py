"""An idea's link and picture: what its author sees in the form is what the moderators see on the card."""

from content.pages import Page
from content.stories import Story
from tests.bot.programme import P
from tests.slack.limits import nodes
from tests.stories.slack import Scene

OLD, NEW = "https://www.acme.example/old", "https://www.acme.example/new"


async def hand_in(scene: Scene, **typed: str) -> None:
    scene.told.pages.pages[OLD] = Page(
        OLD, "The old page", "", "https://www.acme.example/old.png", None, "Acme"
    )
    scene.told.pages.pages[NEW] = Page(NEW, "The new page", "", None, None, "Acme")
    await scene.types("ULEA", "/story")
    await scene.submits("ULEA", **typed)
    await scene.settle()


async def edit(scene: Scene, what: str) -> dict[str, object]:
    await scene.presses_on("UANA", "CREVIEW", "Ask Léa")
    await scene.submits("UANA", question="Which page?")
    await scene.settle()
    await scene.presses_on("ULEA", "DLEA", "Edit my idea")
    answer = await scene.submits("ULEA", what=what)
    await scene.settle()
    return answer


async def the_story(scene: Scene) -> Story:
    async with scene.told.storage.reading(P) as at:
        return (await at.find(Story))[0]


async def test_a_picture_of_one_s_own_is_on_every_card(scene: Scene) -> None:
    await hand_in(scene, what="Zoé trained ten of us", picture="F0PICTURE", shows="Zoé at her bench")
    await scene.presses_on("UANA", "CREVIEW", "Approve")
    await scene.later(seconds=61)
    for channel in ("CREVIEW", "CSTORIES"):
        (image,) = [node for node in nodes(scene.latest(channel)[1]["blocks"]) if node.get("type") == "image"]
        assert image["slack_file"] == {"id": "F0PICTURE"}
        assert image["alt_text"] == "Zoé at her bench"


async def test_another_link_brings_its_own_page_alone(scene: Scene) -> None:
    await hand_in(scene, what=OLD)
    await edit(scene, f"Better this one {NEW}")
    story = await the_story(scene)
    assert (story.title, story.link, story.image) == ("The new page", NEW, None)


async def test_a_link_that_was_taken_out_is_out(scene: Scene) -> None:
    await hand_in(scene, what=OLD)
    await edit(scene, "Zoé trained ten of us")
    story = await the_story(scene)
    assert (story.title, story.link, story.image) == ("Zoé trained ten of us", None, None)
    assert "acme.example" not in scene.reads("CREVIEW")


async def test_nobody_s_password_goes_out_with_a_link(scene: Scene) -> None:
    """Some browsers write who is logged in into the address that one copies."""
    await hand_in(scene, what="https://lea:secret@www.acme.example/new?a=b@c")
    assert (await the_story(scene)).link == "https://www.acme.example/new?a=b@c"
    await scene.presses_on("UANA", "CREVIEW", "Edit…")
    await scene.submits("UANA", title="New", link="HTTPS://ana@www.acme.example/new")
    await scene.settle()
    assert (await the_story(scene)).link == "HTTPS://www.acme.example/new"
    assert "secret" not in str(scene.server.calls)
