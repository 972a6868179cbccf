"""Who acts, where: from an inbound activity to `By`. Nothing here grants anything; storage does."""

from dataclasses import dataclass

from adapters.teams.wire import Scene
from bot.ports import By


@dataclass(frozen=True, slots=True)
class Ours:
    """One tenant that Herald serves, and the app it is there (`28:…` on the wire)."""

    tenant: str
    app_id: str = ""

    @property
    def workspace(self) -> str:
        """Our id of the tenant."""
        return f"teams:{self.tenant}"

    @property
    def bot(self) -> str:
        """Teams' id of Herald's own account."""
        return f"28:{self.app_id}"

    def within(self, platform_id: str) -> str:
        """Our id of somebody (Entra object id) or of a conversation."""
        return f"{self.workspace}/{platform_id}"

    def by(self, scene: Scene, key: str = "") -> By:
        """The person of an activity; `key` is what makes it one press, else the activity's own id."""
        return By(
            member=self.within(scene.user),
            workspace=self.workspace,
            key=f"{self.workspace}/{key or scene.id}",
            channel=None if scene.personal else self.within(scene.conversation),
            home=scene.home,
            language=scene.language,
        )
