"""All one can ask of Herald: frozen dataclasses, imperative. `WIRES` is every name a button may carry."""

from collections.abc import Mapping
from typing import Final

from bot.commands import (
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
    wire,
)
from bot.commands.wire import Command, Typed

KINDS: Final[tuple[type[Command], ...]] = (
    suggesting.SuggestStory,
    suggesting.WithdrawIdea,
    suggesting.EditIdea,
    suggesting.AnswerQuestion,
    suggesting.ShowMyIdeas,
    moderation.ApproveStory,
    moderation.UndoApproval,
    moderation.AskAuthor,
    moderation.DeclineStory,
    moderation.ScheduleStory,
    moderation.EditStory,
    moderation.WriteStory,
    moderation.ChooseChannels,
    moderation.EndStory,
    moderation.RecallStory,
    moderation.RemindModerators,
    moderation.ShowQueue,
    moderation.ShowStories,
    sharing.ShareStory,
    sharing.ChooseNetwork,
    sharing.TakeOtherWords,
    sharing.SendMeTheText,
    sharing.OpenNetwork,
    sharing.KeepDraft,
    sharing.DoNotCountMe,
    sharing.SayPosted,
    sharing.DenyPosted,
    sharing.SaveThanks,
    sharing.ExplainThanks,
    sharing.ReportProblem,
    sharing.ExplainCard,
    feeding.AddFeed,
    feeding.RemoveFeed,
    feeding.ShowFeeds,
    feeding.PrepareItem,
    feeding.SkipItem,
    homing.ShowHome,
    homing.ShowMoreStories,
    homing.ChangeChoices,
    homing.ChangeLanguage,
    homing.AskForLinks,
    homing.GiveLinksBack,
    linking.LinkAccounts,
    linking.UnlinkAccounts,
    linking.DenyAccounts,
    privacy.ShowMyData,
    privacy.DeleteMyData,
    privacy.ShowTransparency,
    digesting.AddMyName,
    digesting.TakeBackName,
    digesting.ShowWeek,
    digesting.AboutNumbers,
    nudging.TurnOnReminders,
    nudging.StopReminders,
    nudging.SkipReminder,
    nudging.RemindTomorrow,
    nudging.RemindLess,
    nudging.PauseReminders,
    nudging.ShowReminders,
    nudging.StopAll,
    nudging.StartAll,
    settling.ShowSetup,
    settling.DescribeCompany,
    settling.ChooseReview,
    settling.ChooseStoryChannels,
    settling.TuneChannel,
    settling.ChooseDigest,
    settling.ChoosePeople,
    settling.TrustDomains,
    settling.ChangeRules,
    settling.PreviewIntroduction,
    settling.SendIntroduction,
    settling.SkipIntroduction,
    settling.ConfirmModerator,
    delivering.ConfirmSent,
    delivering.SendAgain,
    helping.ShowHelp,
    helping.ShowHow,
    helping.ShowRecallable,
)

FORMERLY: Final[Mapping[str, type[Command]]] = {}
"""Names that old cards still carry; a renamed command moves its old name here and stays readable."""

WIRES: Final[Mapping[str, type[Command]]] = {**FORMERLY, **{kind.wire: kind for kind in KINDS}}

OPENS: Final[frozenset[type[Command]]] = frozenset(
    {
        suggesting.SuggestStory,
        suggesting.EditIdea,
        suggesting.AnswerQuestion,
        suggesting.ShowMyIdeas,
        moderation.AskAuthor,
        moderation.DeclineStory,
        moderation.ScheduleStory,
        moderation.EditStory,
        moderation.WriteStory,
        moderation.ChooseChannels,
        moderation.RecallStory,
        sharing.ShareStory,
        sharing.ChooseNetwork,
        sharing.ReportProblem,
        feeding.AddFeed,
        feeding.ShowFeeds,
        feeding.PrepareItem,
        homing.ShowMoreStories,
        homing.ChangeChoices,
        homing.ChangeLanguage,
        homing.AskForLinks,
        privacy.ShowMyData,
        privacy.ShowTransparency,
        settling.DescribeCompany,
        settling.ChooseReview,
        settling.ChooseStoryChannels,
        settling.TuneChannel,
        settling.ChooseDigest,
        settling.ChoosePeople,
        settling.TrustDomains,
        settling.ChangeRules,
    }
)
"""The commands whose button always opens a form first (Teams must know when it draws)."""

SHOWS: Final[frozenset[type[Command]]] = frozenset(
    {
        homing.ShowHome,
        settling.ShowSetup,
        moderation.ShowStories,
        helping.ShowRecallable,
        nudging.ShowReminders,
    }
)
"""The commands whose card can be shown again from a reading: its parts open by themselves, and a press on it
draws it anew."""


def dump(command: Command) -> str:
    """The command as a button carries it."""
    return wire.dump(command)


def load(carried: str, values: Typed | None = None) -> Command:
    """The command a button carried, with what was typed; raises `wire.Unreadable`."""
    return wire.load(carried, WIRES, values)


def read(carried: str, values: Typed) -> Command | None:
    """The same for what a platform hands over; None when nobody knows such a button (any more)."""
    try:
        return load(carried, values)
    except wire.Unreadable:
        return None


__all__ = ["FORMERLY", "KINDS", "OPENS", "SHOWS", "WIRES", "Command", "Typed", "dump", "load", "read"]
