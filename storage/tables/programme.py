"""Who takes part: programmes, workspaces, channels, members and their roles."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import Table, moment, words


class Programmes(Table, table=True):
    """One company's Herald."""

    id: str = Field(primary_key=True)
    name: str
    created: datetime = moment()
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
    domains: tuple[str, ...] = words()
    domains_at: datetime | None = moment()


class Workspaces(Table, table=True):
    """One Slack workspace or one Teams tenant."""

    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id", index=True)
    platform: str
    name: str
    paused: str | None
    swept: datetime | None = moment()


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
    zone: str
    checked: datetime | None = moment()
    shut: str | None
    vouched: bool = False


class Members(Table, table=True):
    """One account in one workspace, and what the person chose."""

    __table_args__ = (Index(None, "person"), Index(None, "mark"))
    id: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programmes.id", index=True)
    workspace: str = Field(foreign_key="workspaces.id")
    name: str
    language: str
    zone: str
    outside: str | None
    left: bool
    mark: str | None
    person: str | None
    parted: datetime | None = moment()
    linked: datetime | None = moment()
    alone: bool
    named: bool
    named_since: datetime | None = moment()
    reminded: bool
    links: bool
    asked: datetime | None = moment()
    joined: int | None
    joined_at: datetime | None = moment()
    quiet: bool
    pace: int
    paused_until: datetime | None = moment()
    met: datetime | None = moment()
    platform_language: str
    chosen_language: str | None


class Moderators(Table, table=True):
    """Who decides. A press reads only this table.

    `confirmed` is empty for somebody who joined the channel later.
    """

    member: str = Field(primary_key=True)
    programme: str = Field(primary_key=True, foreign_key="programmes.id")
    confirmed: datetime | None = moment()


class Admins(Table, table=True):
    """Who runs Herald, and who named them: a member, or the host's settings."""

    member: str = Field(primary_key=True)
    programme: str = Field(primary_key=True, foreign_key="programmes.id")
    named_by: str


class Conversations(Table, table=True):
    """Where Herald was added. Known before any programme is, and without one."""

    id: str = Field(primary_key=True)
    workspace: str = Field(index=True)
    kind: str
    name: str
    team: str
    team_name: str
    service_url: str
    archived: bool


class Installations(Table, table=True):
    """A workspace's token, sealed with the deployment's key. Known before any programme is."""

    id: str = Field(primary_key=True)
    name: str
    token: str
