"""Set-up in chat: the checklist on its way, its forms, the introduction, who joined the review channel."""

from dataclasses import replace

from bot.commands.settling import (
    ChangeRules,
    ChooseDigest,
    ChoosePeople,
    ChooseReview,
    ChooseStoryChannels,
    ConfirmModerator,
    DescribeCompany,
    NoteJoined,
    NoteLeft,
    PreviewIntroduction,
    SendIntroduction,
    ShowSetup,
    TuneChannel,
)
from bot.ports import Place
from content.programmes import Channel
from storage.records import Admin, Moderator
from tests.bot.programme import ANA, LEA, REVIEW, STORIES, TOM, P
from tests.golden.stage import Stage

FROM_NOTHING = (
    "setup-company-form", "setup-review-form", "setup-stories-form", "setup-digest-form", "setup-people-form",
    "setup-begun", "setup-half-way", "setup-not-in", "setup-preview", "setup-done", "introduction",
    "setup-tune-form", "setup-speaks-form", "setup-not-yours", "setup-rules-form", "setup-rules",
)  # fmt: skip
JOINED = ("newcomer", "newcomer-confirmed", "newcomer-left")


async def from_nothing(stage: Stage) -> None:
    """Ana runs Herald; nothing is chosen yet."""
    await _empty(stage)
    await stage.answer("setup-begun", ShowSetup(), ANA)
    await stage.form("setup-company-form", DescribeCompany(), ANA)
    await stage.form("setup-review-form", ChooseReview(), ANA)
    await stage.form("setup-stories-form", ChooseStoryChannels(), ANA)
    await stage.form("setup-digest-form", ChooseDigest(), ANA)
    await stage.form("setup-people-form", ChoosePeople(), ANA)
    company = DescribeCompany(employer="Acme", language=stage.language, zone="Europe/Paris")
    await stage.told.do(company, ANA)
    await stage.answer("setup-half-way", ChooseReview(channel="CREVIEW"), ANA)
    stage.told.chat.places["CLYON"] = Place("CLYON", "lyon", private=True, joined=False)
    await stage.answer("setup-not-in", ChooseStoryChannels(channels=("CSTORIES", "CLYON")), ANA)
    stage.told.chat.places["CLYON"] = Place("CLYON", "lyon", private=True)
    await stage.told.do(ShowSetup(), ANA)
    await stage.form("setup-tune-form", TuneChannel(STORIES), ANA)
    await stage.form("setup-speaks-form", TuneChannel(REVIEW), ANA)
    await stage.told.do(ChooseDigest(channels=("CSTORIES",), day="0", hour="9"), ANA)
    contact = stage.say("Ana, in #comms", "Ana, dans #comms")
    await stage.told.do(ChoosePeople(admins=("UANA",), contact=contact), ANA)
    await stage.answer("setup-preview", PreviewIntroduction(), ANA)
    await stage.answer("setup-done", SendIntroduction(), ANA)
    await stage.card("introduction", STORIES)
    await stage.refused("setup-not-yours", ChooseReview(), LEA)
    await stage.form("setup-rules-form", ChangeRules(), ANA)
    await stage.answer("setup-rules", ChangeRules(rules=("council", "prefill")), ANA)


async def joined(stage: Stage) -> None:
    lea = replace(stage.told.chat.accounts["ULEA"], name="Léa")
    stage.told.chat.knows(lea)
    await stage.told.do(NoteJoined(REVIEW, LEA), LEA)
    await stage.card("newcomer", REVIEW)
    await stage.told.do(ConfirmModerator(LEA), TOM)
    await stage.card("newcomer-confirmed", REVIEW)
    await stage.told.do(NoteLeft(REVIEW, LEA), LEA)
    await stage.card("newcomer-left", REVIEW)


async def _empty(stage: Stage) -> None:
    async with stage.told.storage.work(P) as work:
        for channel in await work.find(Channel):
            await work.remove(Channel, id=channel.id)
        for moderator in await work.find(Moderator):
            await work.remove(Moderator, member=moderator.member)
        await work.put(Admin(ANA, P, ANA))
    await stage.programme(employer="", contact="")
