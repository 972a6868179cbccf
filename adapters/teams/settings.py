"""What a deployment says about Teams: which app Herald is, for which tenants, in which cloud."""

from dataclasses import dataclass, field, replace
from typing import Self

from yarl import URL


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where one of Microsoft's clouds has its doors.

    `hosts` are the ones a `serviceUrl` may name, those with a dot in front with everything below them: Herald
    shows its own token to whatever host it is told to answer, so it answers no other.
    https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
    """

    issuer: str
    metadata: str
    login: str
    scope: str
    service_url: str
    hosts: tuple[str, ...]
    scheme: str = "https"

    def trusts(self, service_url: str) -> bool:
        """Whether a `serviceUrl` is one of this cloud's."""
        address = url(service_url)
        if address is None or address.scheme != self.scheme or address.user or address.password:
            return False
        host = (address.host or "").lower()
        return any(host == each or (each.startswith(".") and host.endswith(each)) for each in self.hosts)


PUBLIC = Cloud(
    issuer="https://api.botframework.com",
    metadata="https://login.botframework.com/v1/.well-known/openidconfiguration",
    login="https://login.microsoftonline.com",
    scope="https://api.botframework.com/.default",
    service_url="https://smba.trafficmanager.net/teams/",
    hosts=("smba.trafficmanager.net", ".teams.microsoft.com"),
)
GCC = replace(PUBLIC, service_url="https://smba.infra.gcc.teams.microsoft.com/teams/")
"""US government on the public cloud: its own Teams, everybody's login."""
GCC_HIGH = Cloud(
    issuer="https://api.botframework.us",
    metadata="https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
    login="https://login.microsoftonline.us",
    scope="https://api.botframework.us/.default",
    service_url="https://smba.infra.gov.teams.microsoft.us/teams/",
    hosts=(".teams.microsoft.us",),
)
DOD = replace(GCC_HIGH, service_url="https://smba.infra.dod.teams.microsoft.us/teams/")
CLOUDS = {"public": PUBLIC, "gcc": GCC, "gcch": GCC_HIGH, "dod": DOD}
"""By the value of `HERALD_TEAMS_CLOUD`.
https://learn.microsoft.com/azure/bot-service/how-to-deploy-gov-cloud-high,
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

MANAGED = "UserAssignedMSI"
"""The kind of app that has no secret: the machine it runs on vouches for it."""


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """One app registration. `password` is a client secret, or a private key and its certificate in PEM.

    `tenants` are the ones Herald serves; it logs in at the first. `anonymous` is for Microsoft's Agents
    Playground alone: no credentials, and nobody but this machine.
    """

    app_id: str = ""
    password: str = field(default="", repr=False)
    tenants: tuple[str, ...] = ()
    kind: str = "SingleTenant"
    anonymous: bool = False
    cloud: Cloud = PUBLIC

    @classmethod
    def of(  # noqa: PLR0913  one by one, as the environment has them
        cls, app_id: str, password: str, tenants: str, kind: str, *, anonymous: bool, cloud: str = "public"
    ) -> Self:
        """The settings as the environment has them; several tenants stand between commas."""
        served = tuple(filter(None, (name.strip() for name in tenants.split(","))))
        return cls(app_id.strip(), password, served, kind, anonymous, CLOUDS[cloud])

    @property
    def managed(self) -> bool:
        """Whether a managed identity stands in for a secret."""
        return self.kind.casefold() == MANAGED.casefold()

    def missing(self) -> list[str]:
        """The settings that have no value and need one."""
        if self.anonymous:
            return []
        needed = {"MicrosoftAppId": self.app_id, "MicrosoftAppTenantId": "".join(self.tenants)}
        if not self.managed:
            needed["MicrosoftAppPassword"] = self.password
        return [name for name, value in needed.items() if not value.strip()]


def url(address: str) -> URL | None:
    """An address, parsed; None for what is none."""
    try:
        return URL(address)
    except ValueError:
        return None
