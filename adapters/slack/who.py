"""Who presses, where: from a payload of Slack to `By`. Nothing here grants anything; storage does."""

from dataclasses import dataclass

from adapters.slack.plain import Json
from bot.ports import By


@dataclass(frozen=True, slots=True)
class Ours:
    """The workspace of our token, as `auth.test` names it: looked up once, at start."""

    team: str
    bot_user: str
    bot: str = ""
    enterprise: str | None = None

    @property
    def workspace(self) -> str:
        """Our id of the workspace."""
        return f"slack:{self.team}"

    def within(self, platform_id: str) -> str:
        """Our id of somebody or of a channel."""
        return f"{self.workspace}/{platform_id}"

    def by(self, payload: Json, key: str) -> By:
        """The person of an interaction, a command or an event; `key` is what makes it one press."""
        channel = channel_of(payload)
        return By(
            member=self.within(user_of(payload)),
            workspace=self.workspace,
            key=f"{self.workspace}/{key}",
            channel=self.within(channel) if channel else None,
            home=self.home_of(payload),
        )

    def home_of(self, payload: Json) -> str:
        """The person's own workspace; ours for everybody of our organisation (Enterprise Grid)."""
        user, team = payload.get("user"), payload.get("team")
        said = user.get("team_id") if isinstance(user, dict) else None
        outer = team.get("id") if isinstance(team, dict) else None
        home = str(said or payload.get("team_id") or outer or self.team)
        return self.team if self.enterprise and self._organisation(payload) == self.enterprise else home

    def _organisation(self, payload: Json) -> str | None:
        enterprise = payload.get("enterprise")
        return enterprise.get("id") if isinstance(enterprise, dict) else payload.get("enterprise_id")

    def hears(self, payload: Json) -> bool:
        """Whether an event is for our workspace: in shared channels `authorizations` says (bolt-js#935)."""
        named = payload.get("authorizations") or [payload]
        return named[0].get("team_id") in (self.team, None)


def user_of(payload: Json) -> str:
    """The platform's id of whoever acts; empty when nobody does (an uninstallation)."""
    event = payload.get("event")
    source = event if isinstance(event, dict) else payload
    user = source.get("user") or source.get("user_id") or ""
    return str(user.get("id") or "") if isinstance(user, dict) else str(user)


def team_of(payload: Json) -> str:
    """The workspace whose Herald a press is for, as Bolt finds it."""
    installed = (payload.get("view") or {}).get("app_installed_team_id")
    return str(installed or (payload.get("team") or {}).get("id") or "")


def channel_of(payload: Json) -> str | None:
    """The platform's id of the channel, if there is one."""
    event = payload.get("event")
    source = event if isinstance(event, dict) else payload
    channel = source.get("channel") or source.get("channel_id")
    found = channel.get("id") if isinstance(channel, dict) else channel
    return str(found) if found else None
