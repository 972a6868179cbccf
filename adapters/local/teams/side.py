"""The Teams side of the local workspace as one thing: tenant, keys, line, address."""

from collections.abc import Callable
from datetime import datetime

from adapters.local.journal import Journal
from adapters.local.teams.issuer import Issuer
from adapters.local.teams.line import TeamsLine
from adapters.local.teams.tenant import Tenant

MESSAGES = "/api/messages"
"""Herald's door for Teams."""
PREFIX = "/local/teams/"


class Side:
    """`origin` is where the local workspace and Herald are served."""

    def __init__(self, origin: str, now: Callable[[], datetime], journal: Journal) -> None:
        self.service_url = origin + PREFIX
        self.tenant = Tenant(now)
        self.issuer = Issuer()
        self.line = TeamsLine(origin + MESSAGES, self.service_url, self.issuer, journal)

    @property
    def metadata(self) -> str:
        """Where Herald finds the keys that sign its activities."""
        return f"{self.service_url}openid"
