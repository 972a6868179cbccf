"""The two doors of links. They lead on, and nothing of a reader is kept: no address, no device, no cookie."""

import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from string import punctuation
from urllib.parse import quote

from aiohttp import web

from adapters.web.unknown import unknown
from bot.doors import Doors
from content.readers import counted

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "origin",
    "X-Robots-Tag": "noindex, nofollow",
}
"""A kept redirect would keep readers from being counted; the page learns the origin, never the token."""

_ADDRESS = punctuation
_PHONE = re.compile(r"Mobi|Android|iPhone|iPad", re.IGNORECASE)


class Links:
    """Follows links through the bot's doors."""

    def __init__(self, doors: Doors) -> None:
        """Use these doors."""
        self._doors = doors

    def routes(self) -> list[web.RouteDef]:
        """`/s/…` for readers, `/o/…` for whoever shares; HEAD is answered and never counted."""
        return [web.get("/s/{token}", self.read), web.get("/o/{token}", self.open)]

    async def read(self, request: web.Request) -> web.Response:
        """302 to the story for everybody; people are counted, machines and previews are not."""
        counts = counted(request.method, request.headers)
        return _on(request, await self._doors.read(request.match_info["token"], counts=counts))

    async def open(self, request: web.Request) -> web.Response:
        """302 to the network's own host."""
        counts = counted(request.method, request.headers)
        token, phone = request.match_info["token"], on_a_phone(request)
        return _on(request, await self._doors.open(token, counts=counts, phone=phone))


def on_a_phone(request: web.Request) -> bool:
    """Whether the app of a network will open: it drops the words of a prefilled composer."""
    told = request.headers.get("Sec-CH-UA-Mobile")
    return told == "?1" or bool(_PHONE.search(request.headers.get("User-Agent", "")))


def _on(request: web.Request, address: str | None) -> web.Response:
    if address is None:
        return unknown(request)
    return web.Response(status=HTTPStatus.FOUND, headers=_headers(address))


@lru_cache(maxsize=1024)
def _headers(address: str) -> Mapping[str, str]:
    """Headers are ASCII; what is encoded stays as it is."""
    return {**HEADERS, "Location": quote(address, safe=_ADDRESS)}
