"""What happens in most scenes: an idea of Léa's about Zoé, a decision, colleagues who share."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.moderation import ApproveStory, EditStory
from bot.commands.sharing import OpenNetwork, SayPosted
from bot.commands.suggesting import SuggestStory
from content.pages import Page
from content.people import Member
from content.stories import Story
from tests.bot.programme import ANA, LEA, P, W
from tests.golden.stage import Stage

LINK = "https://www.acme.example/zoe"
PICTURE = "https://www.acme.example/zoe.jpg"


def title(stage: Stage) -> str:
    """The title of Zoé's page."""
    return stage.say("Zoé, welder and coach", "Zoé, soudeuse et coach")


def why(stage: Stage) -> str:
    """Why Léa thinks of it."""
    return stage.say(
        "She trained ten apprentices in Lyon, and two of them now train others.",
        "Elle a formé dix apprentis à Lyon, et deux d'entre eux en forment d'autres.",
    )


def page(stage: Stage, *, picture: bool = True) -> None:
    """Zoé's page stands on the web."""
    image = PICTURE if picture else None
    stage.told.pages.pages[LINK] = Page(LINK, title(stage), "", image, stage.language, "Acme")


async def idea(stage: Stage, what: str = LINK, **more: str) -> Story:
    """Léa has an idea; it is read, and the moderators see it."""
    page(stage)
    suggested = SuggestStory(what=what, why=why(stage))
    await stage.told.do(replace(suggested, **more), LEA)  # type: ignore[arg-type]
    return await stage.story()


async def prepared(stage: Stage, story: Story) -> Story:
    """Ana writes the ready words and the angles."""
    words = {
        f"words_{stage.language}": stage.say(
            "Zoé welds, and teaches welding. Ten apprentices learned it from her.\n---\n"
            "Ten apprentices, one teacher: Zoé.",
            "Zoé soude, et apprend à souder. Dix apprentis ont appris avec elle.\n---\n"
            "Dix apprentis, une formatrice : Zoé.",
        )
    }
    angles = stage.say(
        "What did you learn from Zoé?\nWho taught you your trade?",
        "Qu'avez-vous appris de Zoé ?\nQui vous a appris votre métier ?",
    )
    edit = EditStory(
        story.id, story.version, title=story.title, link=story.link or "", why=story.why, kind="portrait",
        angles=angles, shows=stage.say("Zoé at her bench", "Zoé à l'établi"),
        **words,
    )  # fmt: skip
    await stage.told.do(edit, ANA)
    return await stage.story()


async def live(stage: Stage, what: str = LINK, **more: str) -> Story:
    """Léa's idea, prepared and approved, is out."""
    story = await prepared(stage, await idea(stage, what, **more))
    await stage.told.do(ApproveStory(story.id, story.version), ANA)
    await stage.told.later(minutes=2)
    return await stage.story()


async def colleagues(stage: Stage, many: int) -> list[str]:
    """More people at Acme, whom Herald has met."""
    names = (
        "Bilal", "Chloé", "David", "Emma", "Farid", "Gina", "Hugo", "Inès", "Jonas", "Kim", "Lou", "Mehdi",
        "Nora", "Omar", "Paul", "Rosa", "Sami",
    )  # fmt: skip
    ids = [f"{W}/U{name.upper()}" for name in names[:many]]
    async with stage.told.storage.work(P) as work:
        for id_, name in zip(ids, names, strict=False):
            await work.put(
                Member(id_, P, W, name, stage.language, "Europe/Paris", met=stage.told.clock.now())
            )
    return ids


async def taken(stage: Stage, story: Story, members: list[str], *, said: int = 0) -> None:
    """Colleagues open LinkedIn from the sheet; the first of them say that they posted."""
    for number, member in enumerate(members):
        await stage.told.bot.do(OpenNetwork(story.id), stage.told.by(member))
        if number < said:
            await stage.told.bot.do(SayPosted(story.id), stage.told.by(member))


async def counted(stage: Stage) -> None:
    """The minute goes by after which cards show new counts."""
    stage.told.clock.shift(timedelta(minutes=2))
    await stage.told.settle()
