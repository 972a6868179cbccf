"""Counts since the beginning."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import Table, moment


class Reads(Table, table=True):
    """How many readers a story had until its programme was counted last."""

    story: str = Field(primary_key=True)
    programme: str = Field(index=True)
    readers: int


class Counted(Table, table=True):
    """Until when a programme's readers are counted."""

    programme: str = Field(primary_key=True)
    until: datetime = moment()
