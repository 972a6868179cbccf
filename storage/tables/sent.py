"""What was sent, accepted and decided."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import Table, moment

_BEHIND = text("wanted > drawn")
"""Few of all copies ever sent, and asked for every second."""


class Messages(Table, table=True):
    """Every card sent or to be sent: the outbox and the memory of copies at once."""

    __table_args__ = (
        UniqueConstraint("view", "subject", "address", "round"),
        Index(None, "programme", "subject"),
        Index(None, "workspace", "state"),
        Index(None, "workspace", "due", sqlite_where=_BEHIND, postgresql_where=_BEHIND),
        Index(None, "workspace", "ref"),
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
    created: datetime = moment()
    sending_at: datetime | None = moment()
    sent_at: datetime | None = moment()
    attempts: int
    due: datetime = moment()
    counted: int | None
    error: str


class Seen(Table, table=True):
    """Keys of what was accepted, kept for 48 hours: the same key again is the same press."""

    key: str = Field(primary_key=True)
    programme: str
    at: datetime = moment(index=True)


class Audit(Table, table=True):
    """Every decision, each entry sealed with the hash of the one before."""

    __table_args__ = (UniqueConstraint("programme", "number"),)
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id")
    number: int
    at: datetime = moment()
    actor: str
    action: str
    subject: str
    seal: str


class Leases(Table, table=True):
    """Which process sends in a workspace, until when. `epoch` rises with every change of hands."""

    workspace: str = Field(primary_key=True)
    holder: str
    epoch: int
    until: datetime = moment()
