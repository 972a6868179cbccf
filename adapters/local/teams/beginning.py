"""How Herald comes to the local Teams: it hears of the team, and is added to it."""

from adapters.local.teams import activities
from adapters.local.teams.activities import Standing
from adapters.local.teams.people import REVIEW, TEAM
from adapters.local.workspace import LocalWorkspace

INSTALLER = "U0IDA"


async def introduce(workspace: LocalWorkspace) -> None:
    """Herald learns the team's channels, which nobody but Teams can tell it; so set-up can name them."""
    tenant = workspace.teams.tenant
    await workspace.teams.line.send(activities.created(Standing(workspace, INSTALLER, tenant.at(REVIEW))))


async def install(workspace: LocalWorkspace) -> None:
    """Ida adds Herald to the team, which greets it. Set-up on the host came first: the greeting knows it."""
    tenant = workspace.teams.tenant
    await workspace.teams.line.send(activities.installed(Standing(workspace, INSTALLER, tenant.at(TEAM))))
