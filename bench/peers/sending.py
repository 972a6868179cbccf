"""What is told to send: `POST /send` with seconds sends for so long, eight at a time, and tells how many."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from bench.peers.listening import serve

AT_ONCE = 8
"""As many as Herald sends at a time (`bot.delivering.AT_ONCE`)."""
CHATS = 1_000
"""People the cards go to, in turn."""

Send = Callable[[int], Awaitable[object]]
"""Sends a card to one of the people, or raises."""


def chat(number: int) -> str:
    """The id of somebody's 1:1 chat, about as long as Teams makes them."""
    return f"a:1{number:0120d}"


async def told(port: int, send: Send) -> None:
    """Listen until killed."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"sent": await sent(send, float((await request.json())["seconds"]))})

    await serve(port, web.post("/send", answer))


async def sent(send: Send, seconds: float) -> int:
    """How many were sent in so many seconds; those under way at the end are finished."""
    ends, done = time.perf_counter() + seconds, 0

    async def one_after_the_other() -> None:
        nonlocal done
        while time.perf_counter() < ends:
            number, done = done, done + 1
            await send(number % CHATS)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return done
