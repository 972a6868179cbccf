"""Somebody has an idea: the form, the receipt, what becomes of it, a question and its answer."""

from bot.commands.moderation import ApproveStory, AskAuthor, DeclineStory
from bot.commands.suggesting import AnswerQuestion, EditIdea, ShowMyIdeas, SuggestStory, WithdrawIdea
from tests.bot.programme import ANA, LEA, MAX, TOM
from tests.golden.scenes.tales import LINK, idea, page, why
from tests.golden.stage import Stage

HANDED_IN = (
    "suggest-form",
    "suggest-private",
    "suggest-receipt",
    "suggest-guest",
    "ideas-none",
    "edit-idea-form",
)
ANSWERED = (
    "question", "answer-form", "question-answered", "outcome-live", "outcome-declined", "sourced", "my-ideas",
    "idea-withdrawn", "answer-too-late",
)  # fmt: skip


async def handed_in(stage: Stage) -> None:
    page(stage)
    await stage.form("ideas-none", ShowMyIdeas(), LEA)
    await stage.form("suggest-form", SuggestStory(), LEA)
    await stage.form("suggest-private", SuggestStory(link=LINK, private=True), LEA)
    await stage.refused("suggest-guest", SuggestStory(), MAX)
    await stage.answer("suggest-receipt", SuggestStory(what=LINK, why=why(stage)), LEA)
    await stage.form("edit-idea-form", EditIdea((await stage.story()).id), LEA)


async def answered(stage: Stage) -> None:
    story = await idea(stage)
    await _asked_about(stage)
    story = await stage.story()
    await stage.told.do(ApproveStory(story.id, story.version), ANA)
    await stage.told.later(minutes=2)
    await stage.card("outcome-live", LEA)
    await _declined(stage)
    told = stage.say("Lyon won the regional safety prize.", "Lyon a reçu le prix régional de la sécurité.")
    await stage.told.do(SuggestStory(source=TOM, what=told), LEA)
    await stage.card("sourced", TOM)
    await idea(stage, stage.say("Robots help in the Nantes plant.", "Des robots aident à l'usine de Nantes."))
    await stage.told.do(
        AskAuthor((await stage.story()).id, 2, question=stage.say("How many?", "Combien ?")), ANA
    )
    await stage.form("my-ideas", ShowMyIdeas(), LEA)
    await stage.answer("idea-withdrawn", WithdrawIdea((await stage.story()).id), LEA)
    await stage.refused("answer-too-late", AnswerQuestion((await stage.story()).id), LEA)


async def _asked_about(stage: Stage) -> None:
    story = await stage.story()
    question = stage.say("Does Zoé agree to the picture?", "Zoé est-elle d'accord pour la photo ?")
    await stage.told.do(AskAuthor(story.id, story.version, question=question), ANA)
    await stage.card("question", LEA)
    await stage.form("answer-form", AnswerQuestion(story.id), LEA)
    await stage.told.do(
        AnswerQuestion(story.id, answer=stage.say("Yes, she chose it.", "Oui, elle l'a choisie.")), LEA
    )
    await stage.card("question-answered", LEA)


async def _declined(stage: Stage) -> None:
    await idea(
        stage, stage.say("We moved the coffee machine.", "La machine à café a changé de place."), why=""
    )
    story = await stage.story()
    words = stage.say(
        "Tell it on Friday's call: colleagues will love it.", "À raconter vendredi : on va adorer."
    )
    await stage.told.do(DeclineStory(story.id, story.version, reason="internal", words=words), ANA)
    await stage.card("outcome-declined", LEA)
