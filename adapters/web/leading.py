"""A redirect whose bytes are made once: for the link that goes round."""

import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from string import punctuation
from urllib.parse import quote

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import SERVER_SOFTWARE

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "origin",
    "X-Robots-Tag": "noindex, nofollow",
}
"""A kept redirect would keep readers from being counted; the page learns the origin, never the token."""

_ADDRESS = punctuation


class Led(web.StreamResponse):
    """302 on a connection of HTTP/1.1 that stays open: the same for everybody who goes there.

    It keeps nothing of a request, so one serves all. The server calls `prepare`, then `write_eof`.
    """

    def __init__(self, address: str) -> None:
        """Write the head, but for the date."""
        super().__init__(status=HTTPStatus.FOUND, headers=leading(address))
        lines = [f"HTTP/1.1 {self.status} {self.reason}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += ["Content-Length: 0", f"Server: {SERVER_SOFTWARE}", "Date: "]
        self._head = "\r\n".join(lines).encode("ascii")

    @property
    def keep_alive(self) -> bool:
        """The connection stays open."""
        return True

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send everything at once."""
        await request.writer.write_eof(self._head + _date(int(time.time())))
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """There is no more to send."""


@lru_cache(maxsize=1024)
def led(address: str) -> Led:
    """The answer for an address."""
    return Led(address)


def leading(address: str) -> dict[str, str]:
    """Headers are ASCII; what is encoded stays as it is."""
    return {**HEADERS, "Location": quote(address, safe=_ADDRESS)}


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    return f"{formatdate(second, usegmt=True)}\r\n\r\n".encode("ascii")
