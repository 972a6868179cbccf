"""The platforms of a process, whichever they are: each speaks, listens, starts and ends in the same way."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

from aiohttp import web

from bot.bot import Bot
from bot.ports import Chat


class Platform(Protocol):
    """One connected platform. `chats` is by our id of each workspace."""

    @property
    def chats(self) -> Mapping[str, Chat]:
        """How Herald speaks there."""
        ...

    def routes(self) -> list[web.RouteDef]:
        """What web's application mounts."""
        ...

    async def start(self) -> None:
        """Open what the platform does not open by itself, once the routes are there."""
        ...

    async def healthy(self) -> bool:
        """Whether it can be reached (for `/readyz`)."""
        ...

    async def close(self) -> None:
        """Finish what was answered, let go of the connections."""
        ...


Connect = Callable[[], Awaitable[Platform]]
"""Makes a platform; it is imported only then."""


@asynccontextmanager
async def speaking(bot: Bot, wanted: Mapping[str, Connect]) -> AsyncIterator[dict[str, Platform]]:
    """Every wanted platform, connected and speaking; closed at the end, also when a later one fails."""
    async with AsyncExitStack() as stack:
        on: dict[str, Platform] = {}
        for name, connect in wanted.items():
            on[name] = await connect()
            stack.push_async_callback(on[name].close)
            for workspace, chat in on[name].chats.items():
                bot.speak(workspace, chat)
        yield on
