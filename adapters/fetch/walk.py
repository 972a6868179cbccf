"""One guarded request: every redirect looked at before it is followed, bytes and time bounded."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)
from yarl import URL

from adapters.fetch import guard, headers
from adapters.fetch.allowed import Allowed, opens_inside
from content.links import is_address
from content.pages import Reason, Unreadable

_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_GOOD = frozenset({200, 203})
_UNCHANGED = 304
_PACKINGS = frozenset({"", "identity", "gzip", "x-gzip"})
_PIECE = 65536
_SAID: Mapping[int, Reason] = MappingProxyType(
    {401: "closed", 403: "closed", 404: "missing", 410: "gone", 429: "busy", 451: "closed", 503: "busy"}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a stranger's server may cost us: bytes after decompression, seconds, redirects.

    `seconds` bounds a whole request with its redirects, `connecting` one connection, `page_parsing` and
    `feed_parsing` the worker: an honest page takes milliseconds, five megabytes of feed five seconds.
    """

    page: int = 2_000_000
    feed: int = 5_000_000
    seconds: float = 15
    connecting: float = 5
    page_parsing: float = 5
    feed_parsing: float = 20
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted: at most `room` bytes, of one of `kinds` (if any) when the answer names its kind."""

    room: int
    preview: bool
    headers: Mapping[str, str]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from `address`. `moved`: only permanent redirects led there; `unchanged`: without a body."""

    address: str
    headers: Mapping[str, str]
    body: bytes = b""
    moved: bool = False
    unchanged: bool = False

    @property
    def content_type(self) -> str:
        """The kind and charset the server claims; empty when it does not."""
        return self.headers.get("Content-Type", "")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a walk is. `inside`: at an allowed host; `lasting`: led here by permanent redirects only."""

    url: URL
    inside: bool
    hops: int = 0
    lasting: bool = True


def led_on(step: Step, location: str, allowed: Sequence[Allowed], ask: Ask, *, lasting: bool) -> Step:
    """The step a redirect leads to. Nobody outside may lead inside, and what was encrypted stays so.

    Raises `Unreadable`.
    """
    try:
        url = step.url.join(URL(location)).with_fragment(None)
    except ValueError as odd:
        raise Unreadable("no_answer") from odd
    inside = opens_inside(url, allowed, preview=ask.preview)
    if (inside and not step.inside) or (step.url.scheme == "https" and url.scheme == "http"):
        raise Unreadable("not_allowed")
    return Step(url, inside, step.hops + 1, step.lasting and lasting)


class Walker:
    """Walks from an address to its answer.

    Two sessions that share nothing: one for the public web, one for allowed hosts.
    """

    def __init__(self, allowed: Sequence[Allowed], limits: Limits) -> None:
        """Connections open at the first request, inside the running loop."""
        self._allowed = tuple(allowed)
        self._limits = limits
        self._sessions: dict[bool, ClientSession] = {}

    async def __aenter__(self) -> Self:
        """Nothing opens yet."""
        return self

    async def __aexit__(self, *_failure: object) -> None:
        """Close every connection."""
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def answer(self, address: str, ask: Ask) -> Answer:
        """The answer at the end of the redirects; raises `Unreadable` with a reason people can act on."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._walk(address, ask)
        except TimeoutError as late:
            raise Unreadable("too_slow") from late
        except InvalidURL as odd:
            raise Unreadable("bad_address") from odd
        except ClientConnectorError as lost:
            raise Unreadable(
                "not_allowed" if isinstance(lost.os_error, guard.Blocked) else "no_answer"
            ) from lost
        except (
            ClientError,
            OSError,
            UnicodeError,
        ) as lost:  # UnicodeError: the system's resolver on odd names
            raise Unreadable("no_answer") from lost

    async def _walk(self, address: str, ask: Ask) -> Answer:
        step = self._begun(address, ask)
        while step.hops <= self._limits.redirects:
            session = self._session(inside=step.inside)
            async with session.get(step.url, headers=ask.headers, allow_redirects=False) as response:
                if response.status not in _LEADS_ON or "Location" not in response.headers:
                    return await self._read(response, step, ask)
                lasting = response.status in _FOR_GOOD
                step = led_on(step, response.headers["Location"], self._allowed, ask, lasting=lasting)
        raise Unreadable("too_many_redirects")

    def _begun(self, address: str, ask: Ask) -> Step:
        if not is_address(address):
            raise Unreadable("bad_address")
        url = URL(address.strip()).with_fragment(None)
        return Step(url, opens_inside(url, self._allowed, preview=ask.preview))

    async def _read(self, response: ClientResponse, step: Step, ask: Ask) -> Answer:
        moved = step.hops > 0 and step.lasting
        if response.status == _UNCHANGED and headers.conditional(ask.headers):
            return Answer(str(step.url), response.headers, moved=moved, unchanged=True)
        if response.status not in _GOOD:
            wait = headers.retry_after(response.headers)
            raise Unreadable(_SAID.get(response.status, "status"), code=response.status, retry_after=wait)
        if ask.kinds and "Content-Type" in response.headers and response.content_type not in ask.kinds:
            raise Unreadable("not_a_page")
        return Answer(str(step.url), response.headers, await _body(response, ask.room), moved=moved)

    def _session(self, *, inside: bool) -> ClientSession:
        if inside not in self._sessions:
            self._sessions[inside] = _opened(self._limits, inside=inside)
        return self._sessions[inside]


async def _body(response: ClientResponse, room: int) -> bytes:
    """The unpacked bytes, given up at `room`: a server may send more than it says, or a bomb."""
    if response.headers.get("Content-Encoding", "").strip().lower() not in _PACKINGS:
        raise Unreadable("no_answer")
    if (response.content_length or 0) > room:
        raise Unreadable("too_big")
    body = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > room:
            raise Unreadable("too_big")
    return bytes(body)


def _opened(limits: Limits, *, inside: bool) -> ClientSession:
    """No proxy (it would resolve for us, unguarded), no cookies, a connection per request."""
    connector = TCPConnector(
        socket_factory=guard.inside if inside else guard.outside, force_close=True, limit=20, limit_per_host=2
    )
    return ClientSession(
        connector=connector,
        trust_env=False,
        timeout=ClientTimeout(total=limits.seconds, sock_connect=limits.connecting),
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": headers.AGENT, "Accept-Encoding": "gzip"},
    )
