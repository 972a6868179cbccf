"""The story card in a channel in every state, and what people say of it."""

from bot.commands.moderation import EndStory, RecallStory
from bot.commands.privacy import DeleteMyData
from bot.commands.sharing import ChooseNetwork, ExplainCard, ReportProblem
from tests.bot.programme import ANA, LEA, REVIEW, STORIES, TOM
from tests.golden.scenes.tales import colleagues, counted, live, taken
from tests.golden.stage import Stage

TOLD = (
    "story-live",
    "networks-form",
    "why-here",
    "why-here-contact",
    "story-counted",
    "story-ended",
    "story-over",
)
RECALLED = ("story-recalled", "recalled-note", "problem-recalled")
WRONG = ("problem-form", "problem-thanks", "problem-live", "problem-ended", "problem-taken-back")
LINKLESS = ("story-without-link",)


async def told(stage: Stage) -> None:
    story = await live(stage)
    await stage.card("story-live", STORIES)
    await stage.form("networks-form", ChooseNetwork(story.id), LEA)
    await stage.answer("why-here", ExplainCard(story.id), LEA)
    await stage.programme(contact=stage.say("Ana, in #comms", "Ana, dans #comms"))
    await stage.answer("why-here-contact", ExplainCard(story.id), LEA)
    await stage.told.later(minutes=1)
    await taken(stage, story, await colleagues(stage, 9))
    await counted(stage)
    await stage.card("story-counted", STORIES)
    await stage.told.do(EndStory(story.id, story.version), ANA)
    await stage.card("story-ended", STORIES)
    await stage.refused("story-over", ChooseNetwork(story.id), LEA)


async def recalled(stage: Stage) -> None:
    story = await live(stage)
    await taken(stage, story, await colleagues(stage, 1))
    wrong = stage.say("Ten apprentices, not twelve.", "Dix apprentis, pas douze.")
    await stage.told.do(ReportProblem(story.id, words=wrong), LEA)
    words = stage.say("The date on the page was wrong.", "La date sur la page était fausse.")
    await stage.told.do(RecallStory(story.id, story.version, words=words), TOM)
    await stage.card("story-recalled", STORIES)
    await stage.card("recalled-note", "slack:T1/UBILAL")
    await stage.card("problem-recalled", REVIEW)


async def wrong(stage: Stage) -> None:
    story = await live(stage)
    await stage.form("problem-form", ReportProblem(story.id), LEA)
    words = stage.say("Ten apprentices, not twelve.", "Dix apprentis, pas douze.")
    await stage.answer("problem-thanks", ReportProblem(story.id, words=words), LEA)
    await stage.card("problem-live", REVIEW)
    await stage.told.do(EndStory(story.id, story.version), ANA)
    await stage.card("problem-ended", REVIEW)
    await stage.told.do(DeleteMyData(), LEA)
    await stage.card("problem-taken-back", REVIEW)


async def linkless(stage: Stage) -> None:
    happened = stage.say(
        "Lyon won the regional safety prize.", "Lyon a reçu le prix régional de la sécurité."
    )
    shows = stage.say("The cup on the reception desk", "La coupe à l'accueil")
    await live(stage, happened, picture="F0CUP", shows=shows)
    await stage.card("story-without-link", STORIES)
