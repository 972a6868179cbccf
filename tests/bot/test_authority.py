"""Who may ask what: every command, by everybody who may not, is refused in words and changes nothing."""

from dataclasses import MISSING, fields, replace

import pytest
from sqlalchemy import select

from bot.ahead import LOOKINGS
from bot.cards import Card
from bot.commands import (
    KINDS,
    OPENS,
    delivering,
    digesting,
    feeding,
    helping,
    homing,
    linking,
    moderation,
    nudging,
    privacy,
    settling,
    sharing,
    suggesting,
)
from bot.commands.wire import Command
from bot.handlers import HANDLERS, NOTES
from bot.ports import Answer, By, Wrong
from bot.ports import Told as Words
from content.people import Member
from content.stories import Origin, State, Story
from content.texts import Text
from storage.columns import METADATA
from storage.records import Admin, Moderator
from tests.bot.programme import ANA, LEA, MAX, MONDAY, TOM, P, Told, W

ANYBODY = {
    digesting.AboutNumbers, helping.ShowHelp, helping.ShowHow, homing.ShowHome, privacy.DeleteMyData,
    privacy.ShowMyData, privacy.ShowTransparency, sharing.ExplainCard, suggesting.ShowMyIdeas,
}  # fmt: skip
"""What holds no story of others and nobody's name but of those whom one may ask, and what is one's own."""
COLLEAGUES = {
    digesting.AddMyName, digesting.ShowWeek, digesting.TakeBackName, homing.AskForLinks,
    homing.ChangeChoices, homing.ChangeLanguage, homing.GiveLinksBack, homing.ShowMoreStories,
    linking.DenyAccounts, linking.LinkAccounts, linking.UnlinkAccounts, moderation.ShowStories,
    nudging.PauseReminders, nudging.RemindLess, nudging.RemindTomorrow, nudging.ShowReminders,
    nudging.SkipReminder, nudging.StartAll, nudging.StopAll, nudging.StopReminders, nudging.TurnOnReminders,
    sharing.ChooseNetwork, sharing.DenyPosted, sharing.DoNotCountMe, sharing.ExplainThanks,
    sharing.KeepDraft, sharing.OpenNetwork, sharing.ReportProblem, sharing.SaveThanks, sharing.SayPosted,
    sharing.SendMeTheText, sharing.ShareStory, sharing.TakeOtherWords, suggesting.SuggestStory,
}  # fmt: skip
AUTHORS = {
    moderation.RemindModerators, suggesting.AnswerQuestion, suggesting.EditIdea, suggesting.WithdrawIdea,
}  # fmt: skip
MODERATORS = {
    delivering.ConfirmSent, delivering.SendAgain, feeding.AddFeed, feeding.PrepareItem, feeding.RemoveFeed,
    feeding.ShowFeeds, feeding.SkipItem, helping.ShowRecallable, moderation.ApproveStory,
    moderation.AskAuthor, moderation.ChooseChannels, moderation.DeclineStory, moderation.EditStory,
    moderation.EndStory, moderation.RecallStory, moderation.ScheduleStory, moderation.ShowQueue,
    moderation.UndoApproval, moderation.WriteStory, settling.ConfirmModerator,
}  # fmt: skip
ADMINS = {
    settling.ChangeRules, settling.ChooseDigest, settling.ChoosePeople, settling.ChooseReview,
    settling.ChooseStoryChannels, settling.DescribeCompany, settling.PreviewIntroduction,
    settling.SendIntroduction, settling.ShowSetup, settling.SkipIntroduction,
    settling.TrustDomains, settling.TuneChannel,
}  # fmt: skip
DOES = {**HANDLERS, **NOTES, **LOOKINGS}
PENDING, GONE = f"{W}/UPENDING", f"{W}/UGONE"
STORY = Story("S", P, 1, State.SUGGESTED, Origin.IDEA, MONDAY, title="Zoé", told="Zoé welds", author=TOM)


@pytest.fixture
async def peopled(told: Told) -> Told:
    """With an idea of Tom's, somebody who waits to decide, and somebody who left and is still listed."""
    async with told.storage.work(P) as work:
        await work.insert(STORY)
        for id_, left in ((PENDING, False), (GONE, True)):
            await work.insert(Member(id_, P, W, id_, left=left, met=MONDAY))
        await work.insert(Moderator(PENDING, P))
        for member in (GONE, MAX):
            await work.put(Moderator(member, P, MONDAY))
            await work.put(Admin(member, P))
    return told


def asked(kind: type[Command]) -> Command:
    """A command about Tom's idea."""
    given = {"id": STORY.id, "version": STORY.version, "member": PENDING}
    needed = [part.name for part in fields(kind) if part.default is MISSING]
    return kind(**{name: given[name] for name in needed})


async def answers(told: Told, kind: type[Command], by: By) -> list[Answer]:
    """What somebody is told who opens its form, and who sends it."""
    command = asked(kind)
    found = [await told.bot.form(command, by)] if kind in OPENS else []
    return [*found, await told.bot.do(command, by)] if kind in DOES else found


def refused(answer: Answer) -> str:
    """The key of what somebody is told; of an answer that tells nothing, what it is."""
    match answer:
        case Words(Text(key)) | Words(Card(notice=Text(key))):
            return key
        case Wrong(fields=found) if isinstance(words := next(iter(found.values())), Text):
            return words.key
        case _:
            return str(answer)


async def remembered(told: Told) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    async with told.storage.engine.connect() as connection:
        return {
            rows.name: sorted((tuple(row) for row in await connection.execute(select(rows))), key=str)
            for rows in METADATA.sorted_tables
        }


async def check(told: Told, kinds: set[type[Command]], by: By, key: str) -> None:
    before = await remembered(told)
    for number, kind in enumerate(sorted(kinds, key=lambda one: one.wire)):
        said = await answers(told, kind, replace(by, key=f"{by.key}/{number}"))
        assert said, kind
        assert {refused(answer) for answer in said} == {key}, kind
    assert await remembered(told) == before


def test_every_command_says_who_may_ask_it() -> None:
    """A new one does not get in without an answer to that."""
    groups = (ANYBODY, COLLEAGUES, AUTHORS, MODERATORS, ADMINS)
    assert set().union(*groups) == set(KINDS)
    assert sum(map(len, groups)) == len(KINDS)


@pytest.mark.parametrize("member", [MAX, GONE])
async def test_outsiders_get_nothing_whatever_a_table_still_says(peopled: Told, member: str) -> None:
    """A guest, and somebody who left: no story, no decision, no set-up."""
    await check(peopled, COLLEAGUES | MODERATORS | ADMINS, peopled.by(member), "refused.outside")


async def test_people_of_other_organisations_get_nothing(peopled: Told) -> None:
    """Whoever the workspace takes them for: the platform says where they are at home."""
    by = replace(peopled.by(ANA), home="T9")
    await check(peopled, COLLEAGUES | MODERATORS | ADMINS, by, "refused.outside")


@pytest.mark.parametrize("member", [LEA, PENDING])
async def test_whoever_decides_nothing_is_told_whom_to_ask(peopled: Told, member: str) -> None:
    """Also who waits in the review channel to be confirmed, who cannot do that alone."""
    await check(peopled, MODERATORS, peopled.by(member), "refused.not_moderator_ask")


@pytest.mark.parametrize("member", [LEA, ANA])
async def test_only_those_who_run_herald_set_it_up(peopled: Told, member: str) -> None:
    """Deciding about stories is something else."""
    await check(peopled, ADMINS, peopled.by(member), "refused.not_admin")


@pytest.mark.parametrize("member", [LEA, ANA, MAX])
async def test_an_idea_is_its_authors(peopled: Told, member: str) -> None:
    """A moderator decides about it, in the moderators' way."""
    await check(peopled, AUTHORS - {moderation.RemindModerators}, peopled.by(member), "refused.not_yours")
