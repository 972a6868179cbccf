"""The review card in every state, the forms of a decision, and what whoever comes second is told."""

from datetime import timedelta

from bot.commands.moderation import (
    ApproveStory,
    AskAuthor,
    ChooseChannels,
    DeclineStory,
    EditStory,
    EndStory,
    RecallStory,
    RemindModerators,
    ScheduleStory,
    UndoApproval,
    WriteStory,
)
from bot.commands.privacy import DeleteMyData
from bot.commands.suggesting import AnswerQuestion, SuggestStory, WithdrawIdea
from bot.ports import Place
from content.pages import Unreadable
from content.programmes import Channel, Use
from storage.records import Moderator
from tests.bot.programme import ANA, LEA, REVIEW, TOM, P, W
from tests.golden.scenes.tales import LINK, idea, page, prepared, title, why
from tests.golden.stage import Stage

DECIDED = (
    "review-suggested", "review-not-moderator", "ask-form", "decline-form", "schedule-form", "edit-form",
    "channels-form", "review-asked", "review-answered", "review-older", "review-approved-soon",
    "review-second", "review-approved-later", "review-live", "recall-form", "review-ended", "review-recalled",
)  # fmt: skip
REFUSED = ("review-declined", "review-withdrawn", "review-unread", "review-told", "review-erased")
ALIKE = ("review-twin",)
OWN = ("write-form", "write-receipt", "review-own", "review-own-refused", "review-reminded", "review-alone")


async def decided(stage: Stage) -> None:
    await _lyon(stage)
    story = await idea(stage, f"{LINK} {stage.say('Heard at lunch on Friday.', 'Entendu vendredi à midi.')}")
    await stage.card("review-suggested", REVIEW)
    await stage.answer("review-not-moderator", ApproveStory(story.id, story.version), LEA)
    for name, kind in (("ask", AskAuthor), ("decline", DeclineStory), ("schedule", ScheduleStory)):
        await stage.form(f"{name}-form", kind(story.id, story.version), ANA)
    question = stage.say("Does Zoé agree to the picture?", "Zoé est-elle d'accord pour la photo ?")
    await stage.told.do(AskAuthor(story.id, story.version, question=question), ANA)
    await stage.card("review-asked", REVIEW)
    await stage.told.do(
        AnswerQuestion(story.id, answer=stage.say("Yes, she chose it.", "Oui, elle l'a choisie.")), LEA
    )
    await stage.card("review-answered", REVIEW)
    await stage.card("review-older", REVIEW, back=2)
    await _out(stage)


async def _out(stage: Stage) -> None:
    story = await prepared(stage, await stage.story())
    await stage.form("edit-form", EditStory(story.id, story.version), ANA)
    await stage.form("channels-form", ChooseChannels(story.id, story.version), ANA)
    at = str(int((stage.told.clock.now() + timedelta(days=1)).timestamp()))
    await stage.told.do(ScheduleStory(story.id, story.version, at=at), ANA)
    await stage.card("review-approved-later", REVIEW)
    await stage.told.do(UndoApproval(story.id, story.version + 1), ANA)
    story = await stage.story()
    await stage.told.do(ApproveStory(story.id, story.version), ANA)
    await stage.card("review-approved-soon", REVIEW)
    await stage.answer("review-second", ApproveStory(story.id, story.version), TOM)
    await stage.told.later(minutes=2)
    await stage.card("review-live", REVIEW)
    story = await stage.story()
    await stage.form("recall-form", RecallStory(story.id, story.version), TOM)
    await stage.told.do(EndStory(story.id, story.version), TOM)
    await stage.card("review-ended", REVIEW)
    words = stage.say("The date on the page was wrong.", "La date sur la page était fausse.")
    await stage.told.do(RecallStory(story.id, story.version + 1, words=words), TOM)
    await stage.card("review-recalled", REVIEW)


async def refused(stage: Stage) -> None:
    story = await idea(stage)
    await stage.told.do(DeclineStory(story.id, story.version, reason="covered"), ANA)
    await stage.card("review-declined", REVIEW)
    stage.told.pages.pages["https://intra.acme.example/1"] = Unreadable("closed")
    await stage.told.do(SuggestStory(what="https://intra.acme.example/1"), LEA)
    await stage.card("review-unread", REVIEW)
    await stage.told.do(WithdrawIdea((await stage.story()).id), LEA)
    await stage.card("review-withdrawn", REVIEW)
    told = stage.say("Lyon won the regional safety prize.", "Lyon a reçu le prix régional de la sécurité.")
    await stage.told.do(SuggestStory(what=told), LEA)
    await stage.card("review-told", REVIEW)
    await stage.told.do(DeleteMyData(), LEA)
    await stage.card("review-erased", REVIEW)


async def alike(stage: Stage) -> None:
    await idea(stage)
    shared = f"{LINK}?utm_source=mail"
    stage.told.pages.pages[shared] = stage.told.pages.pages[LINK]
    await stage.told.do(SuggestStory(what=shared), TOM)
    await stage.card("review-twin", REVIEW)


async def own(stage: Stage) -> None:
    page(stage)
    await stage.form("write-form", WriteStory(), ANA)
    await stage.answer("write-receipt", WriteStory(title=title(stage), why=why(stage), kind="portrait"), ANA)
    await stage.card("review-own", REVIEW)
    story = await stage.story()
    await stage.answer("review-own-refused", ApproveStory(story.id, story.version), ANA)
    await stage.answer("review-reminded", RemindModerators(story.id), ANA)
    async with stage.told.storage.work(P) as work:
        await work.remove(Moderator, member=TOM)
        await work.refresh(story.id)
    await stage.told.settle()
    await stage.card("review-alone", REVIEW)


async def _lyon(stage: Stage) -> None:
    """A second story channel, whose language nobody has words in yet."""
    other = stage.say("fr", "en")
    async with stage.told.storage.work(P) as work:
        await work.insert(Channel(f"{W}/CLYON", P, W, Use.STORIES, "lyon", other))
    stage.told.chat.places["CLYON"] = Place("CLYON", "lyon")
