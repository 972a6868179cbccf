"""The token Herald shows to Microsoft: one for all calls, renewed in time, never inside the event loop.

The SDK logs in anew for every turn, blocking. MSAL knows secrets, certificates and managed identities; it
blocks too, so it works in a thread, once an hour.
"""

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

import msal
import requests
import structlog

from adapters.teams.settings import TeamsSettings
from bot.ports import LockedOut, Unreachable

log = structlog.get_logger("herald.teams")

EARLY = 600.0
"""Seconds before its end at which a token is renewed in the background."""
BUSY = frozenset({"temporarily_unavailable", "server_error", "service_unavailable", "timeout"})
"""Microsoft's words for a login that failed for no fault of the credentials."""
_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL)
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)

Login = Callable[[], Mapping[str, Any]]
"""Logs in, blocking: what MSAL answers (`access_token`, `expires_in`, or `error`)."""


class Tokens:
    """One token, shared. `clock` is monotonic."""

    def __init__(self, login: Login, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is asked yet."""
        self._login = login
        self._clock = clock
        self._token = ""
        self._ends = 0.0
        self._task: asyncio.Task[None] | None = None

    async def headers(self) -> dict[str, str]:
        """The header of a call; raises `LockedOut` and `Unreachable`."""
        left = self._ends - self._clock()
        if not self._token or left <= 0:
            await asyncio.shield(self._renewal())
        elif left <= EARLY:
            self._renewal().add_done_callback(_seen)
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """Microsoft refused the token: the next call logs in anew."""
        self._token = ""

    async def close(self) -> None:
        """Wait for a login that is under way: a thread cannot be stopped."""
        if self._task is not None:
            await asyncio.wait([self._task])
            _seen(self._task)

    def _renewal(self) -> asyncio.Task[None]:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._renew())
        return self._task

    async def _renew(self) -> None:
        try:
            answer = await asyncio.to_thread(self._login)
        except (requests.RequestException, OSError, msal.ManagedIdentityError) as failure:
            raise Unreachable(f"login: {type(failure).__name__}") from failure
        if "access_token" not in answer:
            raise _refused(answer)
        self._token = str(answer["access_token"])
        self._ends = self._clock() + float(answer.get("expires_in") or 0)


class NoTokens(Tokens):
    """Without credentials, for the Agents Playground."""

    def __init__(self) -> None:
        """There is nobody to log in."""
        super().__init__(dict)

    async def headers(self) -> dict[str, str]:
        """No header at all."""
        return {}


def login(settings: TeamsSettings, http: Any = None) -> Login:  # noqa: ANN401  whatever MSAL takes as its client
    """How this app logs in. A new client each time: MSAL's own memory would give a refused token back."""
    if settings.managed:
        identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)
        resource = settings.cloud.scope.removesuffix("/.default")
        return lambda: msal.ManagedIdentityClient(
            identity, http_client=http or requests.Session()
        ).acquire_token_for_client(resource=resource)
    return lambda: msal.ConfidentialClientApplication(
        settings.app_id,
        authority=f"{settings.cloud.login}/{settings.tenants[0]}",
        client_credential=credential(settings.password),
        http_client=http,
    ).acquire_token_for_client(scopes=[settings.cloud.scope])


def credential(password: str) -> str | dict[str, str]:
    """A secret as it is; a private key with its certificate as MSAL takes them."""
    key, certificate = _KEY.search(password), _CERTIFICATE.search(password)
    if key is None or certificate is None:
        return password
    return {"private_key": key[0], "public_certificate": certificate[0]}


def _refused(answer: Mapping[str, Any]) -> Exception:
    """No token: the credentials are wrong, unless Microsoft says that it is busy."""
    error = str(answer.get("error") or "unknown")
    words = f"login: {error} {str(answer.get('error_description') or '')[:200]}".rstrip()
    return Unreachable(words) if error in BUSY else LockedOut(words)


def _seen(task: asyncio.Task[None]) -> None:
    """A renewal nobody waits for: what went wrong is written down; the next one tries again."""
    failed = None if task.cancelled() else task.exception()
    if failed is not None:
        log.warning("teams.token", failure=type(failed).__name__, words=str(failed))
