"""What is made once is whole or not at all: not even the head of a request leaves when it is too late."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest

from adapters.slack import api as slack
from adapters.teams import api as teams
from bot.once import TooLate
from bot.patience import AT_LAST

HELD = pytest.mark.parametrize("held", [slack.Held, teams.Held], ids=["slack", "teams"])
Held = Callable[[bytes], aiohttp.BytesPayload]


@asynccontextmanager
async def listening(heard: list[bytes]) -> AsyncIterator[str]:
    """A server for one connection, of which it keeps every byte; it answers once the body is there."""
    ended = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not b"".join(heard).endswith(b"{}") and (piece := await reader.read(4096)):
            heard.append(piece)
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        ended.set()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        await ended.wait()


@HELD
async def test_not_a_byte_leaves_when_it_is_too_late(held: Held) -> None:
    """The connection stands, and nothing is said on it; the reason is told."""
    heard: list[bytes] = []
    async with listening(heard) as address, aiohttp.ClientSession() as session:
        token = AT_LAST.set(lambda: False)
        with pytest.raises(aiohttp.ClientError) as late:
            await session.post(address, data=held(b"{}"))
        AT_LAST.reset(token)
    assert isinstance(late.value.__cause__, TooLate)
    assert b"".join(heard) == b""


@HELD
async def test_in_time_it_goes_out_whole_with_its_length(held: Held) -> None:
    """As any other body: no proxy has to know chunks."""
    heard: list[bytes] = []
    async with listening(heard) as address, aiohttp.ClientSession() as session:
        await session.post(address, data=held(b"{}"))
    head, _, body = b"".join(heard).partition(b"\r\n\r\n")
    assert body == b"{}"
    assert b"content-length: 2" in head.lower()
    assert b"content-type: application/json; charset=utf-8" in head.lower()
    assert b"transfer-encoding" not in head.lower()


@HELD
async def test_the_task_that_made_it_decides(held: Held) -> None:
    """What is asked is what held when the body was made, whoever reads it later."""
    heard: list[bytes] = []
    token = AT_LAST.set(lambda: False)
    made = held(b"{}")
    AT_LAST.reset(token)
    async with listening(heard) as address, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError) as late:
            await session.post(address, data=made)
    assert isinstance(late.value.__cause__, TooLate)
