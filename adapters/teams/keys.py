"""The keys that Microsoft signs with: fetched off the hot path, kept for a day, asked for unknown ones.

The SDK fetches them with blocking calls inside the event loop, once a day, and stumbles over a key it has
not seen.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from jwt import PyJWK, PyJWTError

from adapters.teams.plain import Json
from bot.ports import Unreachable
from bot.proxies import proxy_of

log = structlog.get_logger("herald.teams")

FRESH = 24 * 3600.0
"""Seconds after which the keys are fetched again, in the background."""
AGAIN = 300.0
"""Seconds between two looks for an unknown key: anybody can send made-up names."""
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels whose messages it may sign."""

    public: Any
    channels: frozenset[str]


class Keys:
    """The signing keys by name. `clock` is monotonic."""

    def __init__(
        self, session: aiohttp.ClientSession, metadata: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is fetched yet; `metadata` is the address of the OpenID document."""
        self._session = session
        self._metadata = metadata
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched: float | None = None
        self._asked: float | None = None
        self._task: asyncio.Task[None] | None = None

    async def key(self, name: str) -> Key | None:
        """The key of a name; None when there is none. Raises `Unreachable` while there are no keys at all."""
        if self._fetched is None:
            await self._refreshed()
        elif self._clock() - self._fetched > FRESH:
            self._ask()
        if name not in self._keys and self._may_ask():
            await self._refreshed()
        if self._fetched is None:
            raise Unreachable("Microsoft's signing keys")
        return self._keys.get(name)

    async def close(self) -> None:
        """Stop fetching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def _may_ask(self) -> bool:
        return self._asked is None or self._clock() - self._asked > AGAIN

    async def _refreshed(self) -> None:
        self._ask()
        if self._task is not None:
            await asyncio.shield(self._task)

    def _ask(self) -> None:
        """One fetch at a time, whoever asks."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        self._asked = self._clock()
        try:
            document = await self._json(self._metadata)
            found = await self._json(str(document.get("jwks_uri")))
        except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
            log.warning("teams.keys", failure=type(failure).__name__)
            return
        self._keys = dict(filter(None, map(_named, found.get("keys") or [])))
        self._fetched = self._clock()

    async def _json(self, address: str) -> Json:
        limit = aiohttp.ClientTimeout(total=TIMEOUT)
        asked = self._session.get(address, timeout=limit, raise_for_status=True, proxy=proxy_of(address))
        async with asked as answer:
            found = await answer.json(content_type=None)
        return found if isinstance(found, dict) else {}


def _named(found: Json) -> tuple[str, Key] | None:
    """One key of the set; None for a kind that signs nothing of ours."""
    try:
        return str(found["kid"]), Key(PyJWK(found).key, frozenset(found.get("endorsements") or ()))
    except (KeyError, PyJWTError):
        return None
