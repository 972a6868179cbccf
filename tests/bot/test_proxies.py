"""Through which proxy a platform is reached: what the environment says, what an HTTP client makes of it."""

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from bot.proxies import loopback, named, proxy_of


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Nothing of this machine's own, and nothing remembered."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    named.cache_clear()
    yield monkeypatch
    named.cache_clear()


def test_without_a_proxy_platforms_are_reached_as_they_are() -> None:
    assert proxy_of("https://slack.com/api/") is None


def test_a_proxy_goes_by_the_scheme(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HTTPS_PROXY", "http://proxy.acme.example:3128")
    assert proxy_of("https://slack.com/api/chat.postMessage") == "http://proxy.acme.example:3128"
    assert proxy_of("http://slack.com/api/") is None


def test_hosts_that_need_none_are_left_out(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("https_proxy", "http://proxy.acme.example:3128")
    environment.setenv("no_proxy", "acme.example,.teams.microsoft.com")
    assert proxy_of("https://herald.acme.example/healthz") is None
    assert proxy_of("https://emea.teams.microsoft.com/x") is None
    assert proxy_of("https://smba.trafficmanager.net/teams/") is not None


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "127.0.0.2", "[::1]:8080", "localhost:3978"])
def test_no_proxy_reaches_this_machine(environment: pytest.MonkeyPatch, host: str) -> None:
    environment.setenv("http_proxy", "http://proxy.acme.example:3128")
    assert proxy_of(f"http://{host}/v3/conversations") is None


@pytest.mark.parametrize("host", ["", "localhost.example", "10.0.0.1", None])
def test_other_machines_are_not_this_one(host: str | None) -> None:
    assert not loopback(host)


@pytest.fixture
async def proxy() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A proxy that answers by itself, and what it was asked."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def test_a_client_shows_the_proxy_its_credentials(
    environment: pytest.MonkeyPatch, proxy: tuple[str, list[bytes]]
) -> None:
    address, asked = proxy
    environment.setenv("http_proxy", f"http://herald:secret@{address}")
    url = "http://smba.acme.example/v3/conversations"
    async with aiohttp.ClientSession() as session, session.get(url, proxy=proxy_of(url)) as answer:
        assert answer.status == 204
    shown = base64.b64encode(b"herald:secret").decode()
    assert asked[0].startswith(b"GET http://smba.acme.example/v3/conversations HTTP/1.1\r\n")
    assert f"Proxy-Authorization: Basic {shown}".encode() in asked[0]
