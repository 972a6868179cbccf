"""The line from the local Teams to Herald: activities with a signed token, as Bot Connector sends them."""

import json

from adapters.local.journal import Journal
from adapters.local.people import Json
from adapters.local.teams.issuer import Issuer
from adapters.local.wire import JSON, Ack, Line

SECONDS = 15.0
"""How long Teams waits for an answer, at most."""
AGENT = "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)"


class TeamsLine(Line):
    """Posts activities to one address and writes them into the journal."""

    def __init__(self, url: str, service_url: str, issuer: Issuer, journal: Journal) -> None:
        super().__init__(url, SECONDS)
        self._service_url = service_url
        self._issuer = issuer
        self._journal = journal

    async def send(self, activity: Json) -> Ack:
        """One activity; `name` of an invoke, else its type, stands in the journal."""
        body = activity | {"serviceUrl": self._service_url}
        headers = {
            "Content-Type": JSON,
            "User-Agent": AGENT,
            "Authorization": f"Bearer {self._issuer.token(self._service_url)}",
        }
        ack = await self.answer(json.dumps(body), headers)
        name = f"Teams {activity.get('name') or activity['type']}"
        self._journal.crossed("in", name, body, ack.status, ack.body)
        return ack
