"""What storage itself keeps beside content: copies of cards, ready words, roles, the audit, firings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sending(StrEnum):
    """Where a copy is on its way.

    `unsure`: maybe posted; `aside`: refused by the platform; `gone`: no more there; `dropped`: never sent.
    """

    IDLE = "idle"
    SENDING = "sending"
    UNSURE = "unsure"
    ASIDE = "aside"
    GONE = "gone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Copy:
    """One card in one place, a live view of `subject`. It is behind when `wanted` is more than `drawn`.

    `ref` is the platform's name for the copy once it is posted; `due` is not to be sent before; `counted` is
    how many people a story's card counted when it was drawn last (0: nobody is told), None for other cards.
    """

    id: str
    programme: str
    workspace: str
    address: str
    view: str
    subject: str
    language: str
    round: str
    created: datetime
    due: datetime
    op_id: str
    wanted: int = 1
    drawn: int = 0
    ref: str | None = None
    state: Sending = Sending.IDLE
    epoch: int = 0
    sending_at: datetime | None = None
    sent_at: datetime | None = None
    attempts: int = 0
    counted: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that Herald holds; `kind` is its media type, `member` whose it is until a story uses it."""

    id: str
    programme: str
    member: str | None
    kind: str
    data: bytes
    created: datetime


@dataclass(frozen=True, slots=True)
class Caption:
    """Ready words of a story in one language; `number` orders several."""

    story: str
    language: str
    number: int
    programme: str
    words: str


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who decides in a programme.

    Unconfirmed ones joined the review channel later and wait for a moderator's press.
    """

    member: str
    programme: str
    confirmed: datetime | None = None


HOST = "host"
"""Named by the settings of the host, which may also take it back."""


@dataclass(frozen=True, slots=True)
class Admin:
    """Who runs Herald in a programme.

    `named_by` is a member, or `HOST` for `HERALD_ADMINS`; empty once the member who did it was erased.
    """

    member: str
    programme: str
    named_by: str = HOST


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One decision: who, what, on what; `seal` hashes it with the entry before."""

    id: str
    programme: str
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    seal: str


@dataclass(frozen=True, slots=True)
class Firing:
    """Something the clock did for a subject in a period: at most once."""

    job: str
    subject: str
    period: str
    programme: str
    at: datetime


class SlipKind(StrEnum):
    """What a slip is for: the `text` somebody sent to themselves, a `problem` told to the moderators."""

    TEXT = "text"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Slip:
    """Words on their way into one message, as they stood in a form when somebody pressed."""

    id: str
    programme: str
    kind: SlipKind
    story: str
    member: str
    network: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where Herald was added, as its platform told it once, and what it takes to speak there.

    `team` is the platform's id of what the conversation belongs to; `service_url` where it is served.
    """

    id: str
    workspace: str
    kind: str
    name: str = ""
    team: str = ""
    team_name: str = ""
    service_url: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Installation:
    """A workspace where Herald was installed by a link, by our id of it, and its token, sealed."""

    id: str
    name: str
    token: str
