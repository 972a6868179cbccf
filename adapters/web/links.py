"""The two doors of links. They lead on, and nothing of a reader is kept: no address, no device, no cookie."""

import re
from collections.abc import Awaitable
from http import HTTPStatus

from aiohttp import HttpVersion11, web

from adapters.web.leading import leading, led
from adapters.web.unknown import unknown
from bot.doors import Doors, Leads
from content.readers import counted

READER, SHARER = "/s/", "/o/"

_PHONE = re.compile(r"Mobi|Android|iPhone|iPad", re.IGNORECASE)


class Links:
    """Follows links through the bot's doors."""

    def __init__(self, doors: Doors) -> None:
        """Use these doors."""
        self._doors = doors

    def routes(self) -> list[web.RouteDef]:
        """`/s/…` for readers, `/o/…` for whoever shares; HEAD is answered and never counted."""
        return [web.get(f"{READER}{{token}}", self.read), web.get(f"{SHARER}{{token}}", self.open)]

    def ahead(self, request: web.BaseRequest) -> Awaitable[web.StreamResponse] | None:
        """A reader of a link that goes round is led on before any route is looked for.

        None leaves the request to the routes: what is not remembered, not plain, or wants another answer.
        """
        path = request.raw_path
        if not path.startswith(READER) or request.method != "GET":
            return None
        leads = self._doors.known(path[len(READER) :])
        plain = leads is not None and request.keep_alive and request.version == HttpVersion11
        return self._lead(request, leads) if leads and plain else None

    async def read(self, request: web.Request) -> web.Response:
        """302 to the story for everybody; people are counted, machines and previews are not."""
        counts = counted(request.method, request.headers)
        return _on(request, await self._doors.read(request.match_info["token"], counts=counts))

    async def open(self, request: web.Request) -> web.Response:
        """302 to the network's own host."""
        counts = counted(request.method, request.headers)
        token, phone = request.match_info["token"], on_a_phone(request)
        return _on(request, await self._doors.open(token, counts=counts, phone=phone))

    async def _lead(self, request: web.BaseRequest, leads: Leads) -> web.StreamResponse:
        if counted(request.method, request.headers):
            await self._doors.visited(leads)
        return led(leads.address)


def on_a_phone(request: web.Request) -> bool:
    """Whether the app of a network will open: it drops the words of a prefilled composer."""
    told = request.headers.get("Sec-CH-UA-Mobile")
    return told == "?1" or bool(_PHONE.search(request.headers.get("User-Agent", "")))


def _on(request: web.Request, address: str | None) -> web.Response:
    if address is None:
        return unknown(request)
    return web.Response(status=HTTPStatus.FOUND, headers=leading(address))
