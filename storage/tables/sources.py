"""Where stories come from by themselves."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Table, moment


class Feeds(Table, table=True):
    """A source of stories, and what makes the next poll polite."""

    __table_args__ = (UniqueConstraint("programme", "address"), Index(None, "due"))
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    address: str
    title: str
    language: str
    etag: str | None
    modified: str | None
    due: datetime = moment()
    polled: datetime | None = moment()
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
    published: datetime | None = moment()
    language: str
    day: str
    found: datetime = moment()
    state: str
    story: str | None
