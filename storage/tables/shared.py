"""What is shared: stories, their words and links, and what happened to them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Table, moment, words


class Stories(Table, table=True):
    """What people may share."""

    __table_args__ = (Index(None, "programme", "state"), Index(None, "programme", "canonical"))
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    version: int
    state: str
    origin: str
    created: datetime = moment()
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
    angles: tuple[str, ...] = words()
    channels: tuple[str, ...] = words()
    author: str | None = Field(index=True)
    source: str | None
    unread: str | None
    twin: str | None
    question: str
    asked_by: str | None
    answer: str
    decided_by: str | None
    decided_at: datetime | None = moment()
    reason: str
    reason_words: str
    out_at: datetime | None = moment()
    live_at: datetime | None = moment()
    over_at: datetime | None = moment()


class Pictures(Table, table=True):
    """Pictures that people sent, small; `member` is empty once a story uses one."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    member: str | None = Field(index=True)
    kind: str
    data: bytes
    created: datetime = moment(index=True)


class Captions(Table, table=True):
    """Ready words to start from, per language."""

    story: str = Field(primary_key=True, foreign_key="stories.id")
    language: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    words: str


class Facts(Table, table=True):
    """What happened, append-only."""

    __table_args__ = (
        Index(None, "programme", "at", "kind"),
        Index(None, "story", "kind"),
        Index(None, "member", "at"),
    )
    key: str = Field(primary_key=True)
    programme: str
    story: str
    kind: str
    at: datetime = moment()
    member: str | None
    network: str


class Drafts(Table, table=True):
    """The words left in a sheet, for seven days."""

    story: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    programme: str
    words: str
    at: datetime = moment(index=True)


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
    at: datetime = moment(index=True)
