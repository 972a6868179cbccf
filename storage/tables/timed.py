"""What the clock has done."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.columns import Table, moment


class Firings(Table, table=True):
    """What the clock has done: one row per job, subject and period."""

    job: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    at: datetime = moment()


class Reminders(Table, table=True):
    """One gentle reminder: a story is reminded once to a person."""

    __table_args__ = (Index(None, "member", "sent"),)
    member: str = Field(primary_key=True)
    story: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    sent: datetime = moment()
    again: datetime | None = moment()
    response: str
    responded: datetime | None = moment()


class Digests(Table, table=True):
    """A week's frozen totals: what was said does not change, names may be added or taken back."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    week: str
    starts: datetime = moment()
    ends: datetime = moment()
    totals: dict[str, Any] = Field(sa_type=JSON)
