"""Members: accounts in a workspace, and what each chose."""

from dataclasses import dataclass, replace
from datetime import datetime

from content.texts import Listing, Words, supported, text

FIVE = 5
"""No count of people below five on any surface that others see."""


@dataclass(frozen=True, slots=True)
class Member:
    """One account in one workspace. `outside` is why an account is never counted nor given content.

    `named`, `reminded` and `links` are choices, each asked for; `asked` is when the two boxes were shown.
    `joined` is the charter version the person saw when a choice first made them join; `quiet` stops every
    message that was not asked for.
    `language` is the one Herald speaks with them: the one they chose, else the platform's.

    `mark` stands for a confirmed address at a trusted domain, `person` for the accounts known by it to be one
    human's. `parted` is since when that is no longer known: what began before stays one person's. `linked`
    is when the human asked for one set of choices, `alone` that they said the others are not theirs.
    """

    id: str
    programme: str
    workspace: str
    name: str
    language: str = "en"
    zone: str = "UTC"
    outside: str | None = None
    left: bool = False
    mark: str | None = None
    person: str | None = None
    parted: datetime | None = None
    linked: datetime | None = None
    alone: bool = False
    named: bool = False
    named_since: datetime | None = None
    reminded: bool = False
    links: bool = False
    asked: datetime | None = None
    joined: int | None = None
    joined_at: datetime | None = None
    quiet: bool = False
    pace: int = 7
    paused_until: datetime | None = None
    met: datetime | None = None
    platform_language: str = "en"
    chosen_language: str | None = None

    @property
    def whose(self) -> str:
        """Who this is now: the person of several accounts, else the account itself."""
        return self.person if self.person and self.parted is None else self.id

    def spoken(self, platform: str | None) -> str:
        """The language to answer in: their choice, else what the platform says now, else what it said."""
        return self.chosen_language or (supported(platform) if platform else self.language)

    @property
    def here(self) -> bool:
        """Whether this is a colleague's own account, in use."""
        return self.outside is None and not self.left


def outside(*, guest: bool, bot: bool, foreign: bool) -> str | None:
    """Why an account is not a colleague's own: never counted, never given content."""
    if bot:
        return "bot"
    if foreign:
        return "foreign"
    return "guest" if guest else None


def chosen(  # noqa: PLR0913  the three choices one can make, and when
    member: Member, at: datetime, charter: int, *, named: bool, reminded: bool, links: bool
) -> Member:
    """What somebody chose: the first choice joins under a version of the charter, the last undone leaves."""
    joining = named or reminded or links
    joined = (member.joined or charter) if joining else None
    since = (member.named_since or at) if named else None
    return replace(
        member, named=named, named_since=since, reminded=reminded, links=links,
        joined=joined, joined_at=(member.joined_at or at) if joining else None,
    )  # fmt: skip


def some_of(names: tuple[str, ...], unnamed: int | None) -> Words:
    """Name those who chose it.

    The others as a number only when none can be told apart (none, or at least five); None withholds it.
    """
    if unnamed == 0:
        return text("people.named", names=Listing(names))
    if unnamed is not None and unnamed >= FIVE:
        if not names:
            return text("people.counted", count=unnamed)
        return text("people.named_and", names=Listing((*names, text("people.others", count=unnamed))))
    if not names:
        return text("people.few")
    return text("people.named_and", names=Listing((*names, text("people.few_others"))))
