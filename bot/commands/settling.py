"""Set-up, step by step, and what the platform reports by itself: people and channels come, go and change.

Adapters make the reports (`Note…`) from events; they stand in no `WIRES`, so no button can ever carry one.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.wire import Command, typed


@dataclass(frozen=True, slots=True)
class ShowSetup(Command):
    """See what is set up and what is still to do; looks at the channels again."""

    wire: ClassVar[str] = "setup"


@dataclass(frozen=True, slots=True)
class DescribeCompany(Command):
    """Say whose Herald this is, in which language and time zone."""

    wire: ClassVar[str] = "setup_company"
    employer: str = typed()
    language: str = typed()
    zone: str = typed()


@dataclass(frozen=True, slots=True)
class ChooseReview(Command):
    """Choose the private channel where ideas are decided.

    `vouched` is a channel of which an admin says that its team is private, where the platform does not say.
    """

    wire: ClassVar[str] = "setup_review"
    channel: str = typed()
    vouched: str = ""


@dataclass(frozen=True, slots=True)
class ChooseStoryChannels(Command):
    """Choose the channels where stories appear."""

    wire: ClassVar[str] = "setup_stories"
    channels: tuple[str, ...] = typed(())


@dataclass(frozen=True, slots=True)
class TuneChannel(Command):
    """Give a channel a language, a time zone and hours of its own."""

    wire: ClassVar[str] = "setup_channel"
    id: str
    language: str = typed()
    zone: str = typed()
    opens: str = typed()
    closes: str = typed()
    weekend: tuple[str, ...] = typed(())


@dataclass(frozen=True, slots=True)
class ChooseDigest(Command):
    """Choose where and when the week is summed up."""

    wire: ClassVar[str] = "setup_digest"
    channels: tuple[str, ...] = typed(())
    day: str = typed()
    hour: str = typed()


@dataclass(frozen=True, slots=True)
class ChoosePeople(Command):
    """Choose who runs Herald and whom colleagues may ask."""

    wire: ClassVar[str] = "setup_people"
    admins: tuple[str, ...] = typed(())
    contact: str = typed()


@dataclass(frozen=True, slots=True)
class TrustDomains(Command):
    """Say whose e-mail addresses tell that two accounts are one colleague's."""

    wire: ClassVar[str] = "setup_domains"
    domains: str = typed()


@dataclass(frozen=True, slots=True)
class ChangeRules(Command):
    """Decide what holds for everybody: whether anybody is named, whether LinkedIn opens with the words."""

    wire: ClassVar[str] = "setup_rules"
    rules: tuple[str, ...] = typed(())


@dataclass(frozen=True, slots=True)
class PreviewIntroduction(Command):
    """See what Herald would say in the story channels; nobody else sees it."""

    wire: ClassVar[str] = "setup_preview"


@dataclass(frozen=True, slots=True)
class SendIntroduction(Command):
    """Say it, once in each channel."""

    wire: ClassVar[str] = "setup_send"


@dataclass(frozen=True, slots=True)
class SkipIntroduction(Command):
    """Say nothing; the channels are introduced some other way."""

    wire: ClassVar[str] = "setup_skip"


@dataclass(frozen=True, slots=True)
class ConfirmModerator(Command):
    """Let somebody decide who joined the review channel later."""

    wire: ClassVar[str] = "confirm_moderator"
    member: str


@dataclass(frozen=True, slots=True)
class NoteBotAdded(Command):
    """Herald was invited into a channel."""

    wire: ClassVar[str] = "note_bot_added"
    channel: str


@dataclass(frozen=True, slots=True)
class NoteJoined(Command):
    """Somebody entered a channel."""

    wire: ClassVar[str] = "note_joined"
    channel: str
    member: str


@dataclass(frozen=True, slots=True)
class NoteLeft(Command):
    """Somebody left a channel."""

    wire: ClassVar[str] = "note_left"
    channel: str
    member: str


@dataclass(frozen=True, slots=True)
class NoteChannelChanged(Command):
    """A channel was shared, unshared, renamed, archived, lost to Herald, or got another id (`became`)."""

    wire: ClassVar[str] = "note_channel"
    channel: str
    became: str = ""


@dataclass(frozen=True, slots=True)
class NoteMemberChanged(Command):
    """An account is new, renamed, deactivated, or became a guest."""

    wire: ClassVar[str] = "note_member"
    member: str


@dataclass(frozen=True, slots=True)
class NoteUninstalled(Command):
    """Herald was taken out of the workspace, or its credential was revoked."""

    wire: ClassVar[str] = "note_uninstalled"
