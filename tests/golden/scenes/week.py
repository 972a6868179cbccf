"""Monday's summary: with names, of few people, without measured visits, for a works council; a quiet week."""

from datetime import UTC, datetime

from bot.commands.digesting import AboutNumbers, AddMyName, ShowWeek, TakeBackName
from bot.commands.sharing import SaveThanks
from bot.commands.suggesting import SuggestStory
from bot.digesting import fire_digests
from bot.ports import Surroundings
from content.shares import Link
from content.stories import Story
from tests.bot.programme import ANA, DIGEST, LEA, REVIEW, TOM
from tests.golden.scenes.tales import colleagues, live, taken
from tests.golden.stage import Stage

FULL = (
    "week-none-yet", "week-nothing-so-far", "week-so-far", "digest", "digest-name-added",
    "digest-with-my-name", "digest-name-taken-back", "digest-nothing-yet", "about-numbers", "week",
)  # fmt: skip
FEW = ("digest-few", "digest-unmeasured-about")
COUNCIL = ("digest-council", "digest-no-names")
QUIET = ("quiet-week",)

NEXT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
"""Monday, nine o'clock in Paris."""
WEEK = "2026-W48"


async def full(stage: Stage) -> None:
    await stage.answer("week-none-yet", ShowWeek(), LEA)
    await stage.answer("week-nothing-so-far", ShowWeek(), ANA)
    await _two_stories(stage)
    await stage.answer("week-so-far", ShowWeek(), ANA)
    await stage.until(NEXT)
    await stage.card("digest", DIGEST)
    await stage.answer("digest-name-added", AddMyName(WEEK), "slack:T1/UFARID")
    await stage.card("digest-with-my-name", DIGEST)
    await stage.answer("digest-name-taken-back", TakeBackName(), "slack:T1/UFARID")
    await stage.answer("digest-nothing-yet", AddMyName(WEEK), ANA)
    await stage.answer("about-numbers", AboutNumbers(), TOM)
    await stage.answer("week", ShowWeek(), LEA)


async def few(stage: Stage) -> None:
    stage.told.bot.around = Surroundings()
    story = await live(stage)
    await taken(stage, story, await colleagues(stage, 3))
    stage.told.clock.shift(NEXT - stage.told.clock.now())
    await fire_digests(stage.told.storage, stage.told.bot.around)
    await stage.told.settle()
    await stage.card("digest-few", DIGEST)
    await stage.answer("digest-unmeasured-about", AboutNumbers(), LEA)


async def council(stage: Stage) -> None:
    await stage.programme(council=True)
    await _two_stories(stage)
    await stage.until(NEXT)
    await stage.card("digest-council", DIGEST)
    await stage.answer("digest-no-names", AddMyName(WEEK), LEA)


async def quiet(stage: Stage) -> None:
    await stage.until(NEXT)
    await stage.card("quiet-week", REVIEW)


async def _two_stories(stage: Stage) -> None:
    zoe = await live(stage)
    people = await colleagues(stage, 17)
    for one in people[:2]:
        await stage.told.do(SaveThanks(choices=("named",)), one)
    await taken(stage, zoe, people[:9], said=6)
    await stage.told.later(hours=3)
    opened = stage.say("Lyon opens its second hall", "Lyon ouvre sa deuxième halle")
    lyon = await live(stage, opened)
    await taken(stage, lyon, people[9:16], said=2)
    await stage.told.do(SuggestStory(what=stage.say("Robots in Nantes", "Des robots à Nantes")), people[0])
    await _visits(stage, zoe, 86)


async def _visits(stage: Stage, story: Story, many: int) -> None:
    async with stage.told.storage.reading(story.programme) as at:
        link = next(one for one in await at.find(Link) if one.story == story.id and not one.doorway)
    for _ in range(many):
        await stage.told.bot.doors.read(link.token, counts=True)
    await stage.told.settle()
