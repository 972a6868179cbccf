"""The pictures that Herald holds, for the platforms that draw them on cards: they fetch what they show."""

import re

from aiohttp import web

from adapters.web.unknown import unknown
from storage import pictures
from storage.work import Storage

HEADERS = {
    "Cache-Control": "public, max-age=86400, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
_NAME = re.compile(r"[\w-]{20,64}")


class Pictures:
    """Shows what storage holds; the name is the secret, and says nothing."""

    def __init__(self, storage: Storage) -> None:
        """Use this storage."""
        self._storage = storage

    def routes(self) -> list[web.RouteDef]:
        """`/p/…`."""
        return [web.get("/p/{name}", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """A picture, always the same under its name."""
        name = request.match_info["name"]
        found = await pictures.held(self._storage, name) if _NAME.fullmatch(name) else None
        if found is None:
            return unknown(request)
        return web.Response(body=found.data, content_type=found.kind, headers=HEADERS)
