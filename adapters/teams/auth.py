"""Who may speak to us: Microsoft's Bot Connector alone, for our app, about a tenant we serve.

Stricter than the SDK, which takes a token without an end, a channel that is not named, and any tenant:
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt
from aiohttp import web

from adapters.teams.keys import Keys
from adapters.teams.plain import Json
from adapters.teams.reading import scene
from adapters.teams.settings import TeamsSettings, url
from adapters.teams.wire import Malformed
from bot.proxies import loopback

CHANNEL: Final = "msteams"
ALGORITHM: Final = "RS256"
LEEWAY = 300
"""Seconds that clocks may differ, as Microsoft's own SDKs have it."""
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


class Unadmitted(Exception):
    """This request is not Microsoft's, or not for us; the words go into the log, never to whoever sent it."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a verified token says; without credentials, nothing."""

    claims: Mapping[str, Any]


class Gate:
    """Verifies the token first, on the headers alone; then that the activity is the one the token is for."""

    def __init__(self, settings: TeamsSettings, keys: Keys) -> None:
        """Let in what `keys` signed for the app of `settings`."""
        self._settings = settings
        self._keys = keys

    async def admit(self, request: web.Request) -> Admitted:
        """The claims of a good token; raises `Unadmitted`, and `Unreachable` when no keys can be had."""
        if self._settings.anonymous:
            return _nearby(request)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise Unadmitted("no bearer token")
        try:
            return Admitted(await self._claims(token))
        except jwt.PyJWTError as bad:
            raise Unadmitted(type(bad).__name__) from bad

    def match(self, admitted: Admitted, activity: Json) -> None:
        """The activity is from Teams, from an allowed tenant, to be answered where the token says."""
        service_url = str(activity.get("serviceUrl") or "")
        if activity.get("channelId") != CHANNEL:
            raise Unadmitted("another channel")
        if not self._answers(service_url, admitted):
            raise Unadmitted("a serviceUrl that is not Microsoft's, or not the token's")
        try:
            tenant = scene(activity).tenant
        except Malformed as odd:
            raise Unadmitted(str(odd)) from odd
        if tenant not in self._settings.tenants:
            raise Unadmitted("a tenant that is not served")

    def _answers(self, service_url: str, admitted: Admitted) -> bool:
        if self._settings.anonymous:
            address = url(service_url)
            return address is not None and loopback(address.host)
        return self._settings.cloud.trusts(service_url) and admitted.claims.get("serviceurl") == service_url

    async def _claims(self, token: str) -> dict[str, Any]:
        head = jwt.get_unverified_header(token)
        if head.get("alg") != ALGORITHM:
            raise Unadmitted("another algorithm")
        key = await self._keys.key(str(head.get("kid")))
        if key is None or CHANNEL not in key.channels:
            raise Unadmitted("a key that signs nothing from Teams")
        return jwt.decode(
            token, key.public, algorithms=[ALGORITHM], audience=self._settings.app_id,
            issuer=self._settings.cloud.issuer, leeway=LEEWAY, options={"require": ["exp", "iss", "aud"]},
        )  # fmt: skip


def _nearby(request: web.Request) -> Admitted:
    """Without credentials: only this machine, and nothing that a proxy passed on."""
    if not loopback(request.remote) or any(name in request.headers for name in FORWARDED):
        raise Unadmitted("not this machine")
    return Admitted({})
