"""The share sheet from opening to *I posted it*, and the two boxes, once in a life."""

from bot.commands.homing import ChangeChoices
from bot.commands.sharing import (
    DoNotCountMe,
    ExplainThanks,
    OpenNetwork,
    SayPosted,
    SendMeTheText,
    ShareStory,
    TakeOtherWords,
)
from bot.ports import Surroundings
from storage.records import Caption
from tests.bot.programme import LEA, TOM
from tests.golden.scenes.tales import live
from tests.golden.stage import Stage

SHARED = (
    "sheet",
    "sheet-other-words",
    "text-sent",
    "words",
    "sheet-opened",
    "thanks-boxes",
    "thanks-explained",
    "thanks",
)
ELSEWHERE = (
    "sheet-bluesky",
    "sheet-email",
    "sheet-email-opened",
    "sheet-not-counted",
    "sheet-no-public-address",
)
BARE = ("sheet-no-words", "text-nothing-to-send", "thanks-boxes-council", "choices-council-form")


async def shared(stage: Stage) -> None:
    story = await live(stage)
    words = stage.say("Zoé taught me to weld.", "Zoé m'a appris à souder.")
    await stage.form("sheet", ShareStory(story.id), LEA)
    await stage.answer("sheet-other-words", TakeOtherWords(story.id, words=words), LEA)
    await stage.answer("text-sent", SendMeTheText(story.id, words=words), LEA)
    await stage.card("words", LEA)
    await stage.answer("sheet-opened", OpenNetwork(story.id, words=words), LEA)
    await stage.answer("thanks-boxes", SayPosted(story.id, words=words), LEA)
    await stage.answer("thanks-explained", ExplainThanks(choices=("named",)), LEA)
    await stage.answer("thanks", SayPosted(story.id, "x", words=words), LEA)


async def elsewhere(stage: Stage) -> None:
    story = await live(stage)
    await stage.form("sheet-bluesky", ShareStory(story.id, "bluesky"), LEA)
    await stage.form("sheet-email", ShareStory(story.id, "email"), LEA)
    words = stage.say("Zoé taught me to weld.", "Zoé m'a appris à souder.")
    await stage.answer("sheet-email-opened", OpenNetwork(story.id, "email", words=words), LEA)
    await stage.answer("sheet-not-counted", DoNotCountMe(story.id, words=words), LEA)
    stage.told.bot.around = Surroundings()
    await stage.form("sheet-no-public-address", ShareStory(story.id), TOM)


async def bare(stage: Stage) -> None:
    happened = stage.say(
        "Lyon won the regional safety prize.", "Lyon a reçu le prix régional de la sécurité."
    )
    story = await live(stage, happened, why="")
    async with stage.told.storage.work(story.programme) as work:
        await work.remove(Caption, story=story.id)
    await stage.story(angles=())
    await stage.form("sheet-no-words", ShareStory(story.id), LEA)
    await stage.answer("text-nothing-to-send", SendMeTheText(story.id), LEA)
    await stage.programme(council=True)
    await stage.answer("thanks-boxes-council", SayPosted(story.id), LEA)
    await stage.form("choices-council-form", ChangeChoices(), LEA)
