"""The tables. Rows carry the same names as content's dataclasses.

`programme` stands on every table but the last few.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import METADATA, UtcDateTime, Words


class Table(SQLModel):
    """The declarative base of every table."""

    metadata = METADATA


def _moment(**options: Any) -> Any:  # noqa: ANN401  a column default stands for any type
    return Field(sa_type=UtcDateTime, **options)


def _words() -> Any:  # noqa: ANN401  a column default stands for any type
    return Field(sa_type=Words, default=())


class Programmes(Table, table=True):
    """One company's Herald."""

    id: str = Field(primary_key=True)
    name: str
    created: datetime = _moment()
    language: str
    zone: str
    hold: int
    digest_day: int
    digest_hour: int
    council: bool
    prefill: bool
    contact: str
    employer: str
    charter: int
    all_day: bool


class Workspaces(Table, table=True):
    """One Slack workspace or one Teams tenant."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id", index=True)
    platform: str
    name: str
    paused: str | None
    swept: datetime | None = _moment()


class Channels(Table, table=True):
    """A channel and its use; one channel may have two uses."""

    id: str = Field(primary_key=True)
    use: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id", index=True)
    workspace: str = Field(foreign_key="workspaces.id")
    name: str
    language: str
    opens: int
    closes: int
    weekend: bool
    checked: datetime | None = _moment()
    shut: str | None


class Members(Table, table=True):
    """One account in one workspace, and what the person chose."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id", index=True)
    workspace: str = Field(foreign_key="workspaces.id")
    name: str
    language: str
    zone: str
    email: str | None
    outside: str | None
    owner: bool
    left: bool
    person: str | None
    named: bool
    named_since: datetime | None = _moment()
    reminded: bool
    links: bool
    asked: datetime | None = _moment()
    joined: int | None
    joined_at: datetime | None = _moment()
    quiet: bool
    pace: int
    paused_until: datetime | None = _moment()
    met: datetime | None = _moment()
    platform_language: str
    chosen_language: str | None


class Moderators(Table, table=True):
    """Who decides. A press reads only this table.

    `confirmed` is empty for somebody who joined the channel later.
    """

    member: str = Field(primary_key=True)
    programme: str = Field(primary_key=True, foreign_key="programmes.id")
    confirmed: datetime | None = _moment()


class Admins(Table, table=True):
    """Who runs Herald, beside `HERALD_ADMINS`."""

    member: str = Field(primary_key=True)
    programme: str = Field(primary_key=True, foreign_key="programmes.id")


class Stories(Table, table=True):
    """What people may share."""

    __table_args__ = (Index(None, "programme", "state"), Index(None, "programme", "canonical"))
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    version: int
    state: str
    origin: str
    created: datetime = _moment()
    title: str
    why: str
    told: str
    link: str | None
    canonical: str | None
    host: str | None
    language: str
    image: str | None
    image_alt: str
    kind: str
    angles: tuple[str, ...] = _words()
    channels: tuple[str, ...] = _words()
    author: str | None = Field(index=True)
    source: str | None
    unread: str | None
    twin: str | None
    question: str
    asked_by: str | None
    answer: str
    decided_by: str | None
    decided_at: datetime | None = _moment()
    reason: str
    reason_words: str
    out_at: datetime | None = _moment()
    live_at: datetime | None = _moment()
    over_at: datetime | None = _moment()


class Captions(Table, table=True):
    """Ready words to start from, per language."""

    story: str = Field(primary_key=True, foreign_key="stories.id")
    language: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    words: str


class Messages(Table, table=True):
    """Every card sent or to be sent: the outbox and the memory of copies at once."""

    __table_args__ = (
        UniqueConstraint("view", "subject", "address", "round"),
        Index(None, "programme", "subject"),
        Index(None, "workspace", "state", "due"),
    )
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    workspace: str = Field(foreign_key="workspaces.id")
    address: str
    view: str
    subject: str
    language: str
    round: str
    wanted: int
    drawn: int
    ref: str | None
    state: str
    op_id: str
    epoch: int
    created: datetime = _moment()
    sending_at: datetime | None = _moment()
    sent_at: datetime | None = _moment()
    attempts: int
    due: datetime = _moment()
    counted: datetime | None = _moment()
    error: str


class Facts(Table, table=True):
    """What happened, append-only."""

    __table_args__ = (
        Index(None, "programme", "at"),
        Index(None, "story", "kind"),
        Index(None, "member", "at"),
    )
    key: str = Field(primary_key=True)
    programme: str
    story: str
    kind: str
    at: datetime = _moment()
    member: str | None
    network: str


class Drafts(Table, table=True):
    """The words left in a sheet, for seven days."""

    story: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    programme: str
    words: str
    at: datetime = _moment(index=True)


class Links(Table, table=True):
    """Addresses that lead to a story; they redirect for ever."""

    __table_args__ = (UniqueConstraint("story", "member", "network", "doorway"),)
    token: str = Field(primary_key=True)
    programme: str
    story: str
    target: str
    network: str
    member: str | None = Field(index=True)
    doorway: bool
    personal: bool


class Slips(Table, table=True):
    """Words on their way into one message."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    kind: str
    story: str
    member: str = Field(index=True)
    network: str
    words: str
    at: datetime = _moment(index=True)


class Seen(Table, table=True):
    """Keys of what was accepted, kept for 48 hours: the same key again is the same press."""

    key: str = Field(primary_key=True)
    programme: str
    at: datetime = _moment(index=True)


class Audit(Table, table=True):
    """Every decision, each entry sealed with the hash of the one before."""

    __table_args__ = (UniqueConstraint("programme", "number"),)
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    number: int
    at: datetime = _moment()
    actor: str
    action: str
    subject: str
    seal: str


class Feeds(Table, table=True):
    """A source of stories, and what makes the next poll polite."""

    __table_args__ = (UniqueConstraint("programme", "address"), Index(None, "due"))
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    address: str
    title: str
    language: str
    added_by: str | None
    etag: str | None
    modified: str | None
    due: datetime = _moment()
    polled: datetime | None = _moment()
    failures: int
    problem: str | None
    reported: bool
    moved_to: str | None
    moved_times: int
    off: bool


class Items(Table, table=True):
    """One entry of a feed, on the tray of the day it was first seen."""

    __table_args__ = (UniqueConstraint("feed", "identity"), Index(None, "feed", "day"))
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    feed: str = Field(foreign_key="feeds.id")
    identity: str
    title: str
    address: str | None
    summary: str
    published: datetime | None = _moment()
    language: str
    day: str
    found: datetime = _moment()
    state: str
    story: str | None


class Firings(Table, table=True):
    """What the clock has done: one row per job, subject and period."""

    job: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    at: datetime = _moment()


class Reminders(Table, table=True):
    """One gentle reminder: a story is reminded once to a person."""

    __table_args__ = (Index(None, "member", "sent"),)
    member: str = Field(primary_key=True)
    story: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    sent: datetime = _moment()
    again: datetime | None = _moment()
    response: str
    responded: datetime | None = _moment()


class Digests(Table, table=True):
    """A week's frozen totals: what was said does not change, names may be added or taken back."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    week: str
    starts: datetime = _moment()
    ends: datetime = _moment()
    totals: dict[str, Any] = Field(sa_type=JSON)
