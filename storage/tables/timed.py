"""What the clock has done."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from content.digests import Totals
from storage.columns import Table, WeekTotals, moment


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
    response: str
    responded: datetime | None = moment()


class Digests(Table, table=True):
    """A week's frozen totals: what was said does not change, names may be added or taken back."""

    programme: str = Field(primary_key=True, foreign_key="programmes.id")
    week: str = Field(primary_key=True)
    starts: datetime = moment()
    ends: datetime = moment()
    fired: datetime = moment()
    totals: Totals = Field(sa_type=WeekTotals)


class Additions(Table, table=True):
    """*Add my name*, pressed on a week's summary that was out already."""

    programme: str = Field(primary_key=True, foreign_key="programmes.id")
    week: str = Field(primary_key=True)
    member: str = Field(primary_key=True, index=True)
    at: datetime = moment()
    waiting: bool
