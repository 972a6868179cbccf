"""A link that goes round is led on before any route is looked for, and nobody can tell the difference."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import parse_headers
from io import BytesIO
from pathlib import Path

import pytest

from adapters.host.logs import requested
from adapters.host.serving import listening
from adapters.web.routes import ahead, routes
from bench.programs import free_port
from bot.doors import FRESH
from bot.ports import Surroundings
from content.shares import Link
from tests.bot.programme import P, Told, programme
from tests.bot.sharing import kinds, out

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@dataclass
class Wire:
    """One connection, and what stands on it byte for byte."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, path: str, *more: str, method: str = "GET", version: str = "1.1") -> None:
        """Ask, and wait for nothing."""
        lines = [f"{method} {path} HTTP/{version}", "Host: herald.example", f"User-Agent: {FIREFOX}", *more]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())

    async def answer(self, method: str = "GET") -> tuple[str, dict[str, str]]:
        """The status line and the headers; the body is read away."""
        status = (await self.reader.readline()).decode().rstrip()
        head = await self.reader.readuntil(b"\r\n\r\n")
        headers = dict(parse_headers(BytesIO(head)).items())
        if method != "HEAD":
            await self.reader.readexactly(int(headers["Content-Length"]))
        return status, headers

    async def ask(self, path: str, *more: str, method: str = "GET", version: str = "1.1") -> dict[str, str]:
        """One request and its answer, status included; the date is checked and left out."""
        self.send(path, *more, method=method, version=version)
        status, headers = await self.answer(method)
        assert parsedate_to_datetime(headers.pop("Date")).tzinfo is not None
        return {"status": status, **headers}


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    """A programme with a public address, and a story that is out."""
    async with programme(tmp_path, Surroundings("https://herald.example")) as told:
        await out(told)
        yield told


@pytest.fixture
async def wire(told: Told) -> AsyncIterator[Wire]:
    """A connection to it, as it is served."""
    port = free_port()
    async with listening(routes(told.bot), "127.0.0.1", port, ahead(told.bot)):
        wire = Wire(*await asyncio.open_connection("127.0.0.1", port))
        yield wire
        wire.writer.close()


@pytest.fixture
async def path(told: Told) -> str:
    """A reader's link."""
    async with told.bot.storage.reading(P) as at:
        found = await at.find(Link)
    (only,) = [link for link in found if not link.doorway and link.network == "linkedin"]
    return f"/s/{only.token}"


async def test_the_second_reader_gets_what_the_first_got(
    told: Told, wire: Wire, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is led on by the route, the second before it: the same headers, and both are counted."""
    first = await wire.ask(path)
    monkeypatch.setattr(told.bot.doors, "read", None)  # what the route would ask
    second = await wire.ask(path)
    assert first == second
    assert first["status"] == "HTTP/1.1 302 Found"
    assert await kinds(told) == ["observed"] * 2


async def test_a_visit_is_on_disk_before_its_answer(told: Told, wire: Wire, path: str) -> None:
    """Also of a link that goes round."""
    for number in range(1, 6):
        await wire.ask(path)
        assert len(await kinds(told)) == number


async def test_requests_that_follow_at_once_are_answered_in_order(told: Told, wire: Wire, path: str) -> None:
    """A connection is pipelined: what is led on early overtakes nothing."""
    await wire.ask(path)
    asked = [path, "/healthz", path, "/s/nobody", path]
    for each in asked:
        wire.send(each)
    found = [(await wire.answer())[0].split()[1] for _ in asked]
    assert found == ["302", "200", "302", "404", "302"]
    assert await kinds(told) == ["observed"] * 4


@pytest.mark.parametrize(
    "more",
    [("Sec-Purpose: prefetch",), ("purpose: prefetch",), ("SEC-FETCH-DEST: image",), ("X-Moz: prefetch",)],
)
async def test_a_browser_looking_ahead_is_led_on_and_not_counted(
    told: Told, wire: Wire, path: str, more: tuple[str]
) -> None:
    """However it writes the names of its headers."""
    first = await wire.ask(path)
    assert await wire.ask(path, *more) == first
    assert await kinds(told) == ["observed"]


async def test_head_is_answered_by_the_route(told: Told, wire: Wire, path: str) -> None:
    """And never counted."""
    found = await wire.ask(path)
    head = await wire.ask(path, method="HEAD")
    assert head["Location"] == found["Location"]
    assert await kinds(told) == ["observed"]


async def test_another_method_is_refused(told: Told, wire: Wire, path: str) -> None:
    """As for every route."""
    await wire.ask(path)
    assert (await wire.ask(path, "Content-Length: 0", method="POST"))["status"].startswith("HTTP/1.1 405")
    assert await kinds(told) == ["observed"]


async def test_what_stands_behind_the_token_leads_on_as_well(told: Told, wire: Wire, path: str) -> None:
    """What a network adds to an address is left to the route."""
    plain = await wire.ask(path)
    assert await wire.ask(f"{path}?fbclid=1") == plain
    assert await kinds(told) == ["observed"] * 2


@pytest.mark.parametrize(("version", "more"), [("1.1", ("Connection: close",)), ("1.0", ())])
async def test_a_connection_that_ends_is_closed(
    told: Told, wire: Wire, path: str, version: str, more: tuple[str, ...]
) -> None:
    """Whoever wants one answer gets one."""
    await wire.ask(path)
    found = await wire.ask(path, *more, version=version)
    assert found["status"] == f"HTTP/{version} 302 Found"
    assert await wire.reader.read() == b""
    assert await kinds(told) == ["observed"] * 2


async def test_a_body_that_nobody_reads_is_no_request(told: Told, wire: Wire, path: str) -> None:
    """The next request on the connection begins behind it."""
    await wire.ask(path)
    inside = f"GET {path} HTTP/1.1\r\nHost: x\r\nUser-Agent: {FIREFOX}\r\n\r\n"
    wire.send(path, f"Content-Length: {len(inside)}")
    wire.writer.write(inside.encode())
    assert (await wire.answer())[0] == "HTTP/1.1 302 Found"
    assert (await wire.ask("/healthz"))["status"] == "HTTP/1.1 200 OK"
    assert await kinds(told) == ["observed"] * 2


async def test_an_address_that_was_corrected_is_looked_up_again(told: Told, path: str) -> None:
    """A link is remembered for a minute."""
    moments = [0.0]
    told.bot.doors._clock = lambda: moments[0]  # noqa: SLF001  a minute is not waited for
    token = path.removeprefix("/s/")
    assert await told.bot.doors.read(token, counts=False)
    assert told.bot.doors.known(token)
    moments[0] = FRESH + 1
    assert told.bot.doors.known(token) is None
    assert await told.bot.doors.read(token, counts=False)


async def test_each_request_has_a_number_of_its_own(
    told: Told, wire: Wire, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the lines of what is led on early as well."""
    seen: list[object] = []
    visited = told.bot.doors.visited

    def noted(leads: object) -> object:
        seen.append(requested(None, "info", {}).get("request"))
        return visited(leads)  # type: ignore[arg-type]

    monkeypatch.setattr(told.bot.doors, "visited", noted)
    for _ in range(3):
        await wire.ask(path)
    assert None not in seen
    assert len(set(seen)) == 3
