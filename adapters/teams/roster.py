"""Who is in a conversation, and who somebody is: Teams answers both from the roster of a conversation.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
"""

import time
from collections.abc import Callable
from dataclasses import replace

from adapters.teams.connector import Connector
from adapters.teams.places import Places
from adapters.teams.plain import Json
from bot.ports import Account, Gone, Unreachable

FRESH = 60.0
"""Seconds a roster answers for its members: set-up asks for a channel and then for each in it."""


class Roster:
    """People of one tenant. `clock` is monotonic."""

    def __init__(
        self, connector: Connector, places: Places, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Ask through `connector`; what people's own activities told is in `places`."""
        self._connector = connector
        self._places = places
        self._clock = clock
        self._seen: dict[str, tuple[float, Account]] = {}

    async def members(self, conversation: str) -> tuple[str, ...]:
        """Everybody in a conversation, by Entra object id; an app without one is named by Teams' own."""
        found: list[str] = []
        async for page in self._connector.members(conversation):
            found += [self._met(member).user for member in page]
        return tuple(found)

    async def accounts(self, conversation: str) -> list[Account]:
        """The same, as accounts."""
        return [self._seen[user][1] for user in await self.members(conversation)]

    async def account(self, user: str) -> Account:
        """One account: as just seen, else from where the person was last, else from the 1:1 chat."""
        at, seen = self._seen.get(user, (-FRESH, None))
        heard = self._places.heard(user)
        if seen is not None and self._clock() - at < FRESH:
            return replace(seen, language=heard.language or seen.language, zone=heard.zone or seen.zone)
        if heard.seen_in:
            try:
                return self._met(await self._connector.member(heard.seen_in, heard.mri or user))
            except Gone:
                self._places.note(user, seen_in="")
        return self._met(await self._connector.member(await self.chat(user), heard.mri or user))

    async def chat(self, user: str) -> str:
        """The 1:1 chat with somebody, made once.

        Teams refuses it (403) where Herald is not installed for somebody: that says nothing about the person.
        """
        known = self._places.heard(user).chat
        if known:
            return known
        made = await self._connector.start_chat(user)
        self._places.note(user, chat=made)
        return made

    def _met(self, found: Json) -> Account:
        account = self._account(found)
        if len(self._seen) > 10_000:  # noqa: PLR2004  a few large rosters, all younger than a minute
            self._seen.clear()
        self._seen[account.user] = (self._clock(), account)
        self._places.note(account.user, mri=str(found.get("id") or ""))
        return account

    def _account(self, found: Json) -> Account:
        mri = str(found.get("id") or "")
        user = str(found.get("aadObjectId") or found.get("objectId") or mri)
        heard = self._places.heard(user)
        named = " ".join(str(found.get(part) or "") for part in ("givenName", "surname")).strip()
        return Account(
            user=user,
            name=str(found.get("name") or "") or named or "…",
            home=str(found.get("tenantId") or self._places.ours.tenant),
            language=heard.language,
            zone=heard.zone,
            email=_address(found),
            guest=found.get("userRole") == "guest",
            bot=mri.startswith("28:") or found.get("userRole") == "bot",
        )


def _address(found: Json) -> str | None:
    """A colleague's address, as their organisation keeps it; none where Teams does not say whose they are.

    A guest's account is named after an address elsewhere (`…#EXT#@…`).
    """
    told = bool(found.get("tenantId")) and "#EXT#" not in str(found.get("userPrincipalName") or "").upper()
    return str(found.get("email") or "") or None if told else None


def unseen(refused: Gone) -> Exception:
    """A refusal to look is no news about a person: only "not found" says that somebody is no more."""
    return refused if ": 404" in str(refused) else Unreachable(str(refused))
