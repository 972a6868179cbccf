"""Commands that look at the platform first: done while the person waits, or told afterwards."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import structlog

from bot import digesting, noting, nudging, settling
from bot.commands.settling import ShowSetup
from bot.commands.wire import Command
from bot.founding import begin
from bot.looking import Lookings, see
from bot.ports import FAILURES, Answer, By, Chat, Done, Redrawn, Surroundings, Told, Wrong
from content.texts import text
from storage.work import Storage

log = structlog.get_logger("herald.ahead")

LOOKINGS: Final[Lookings] = {
    **settling.LOOKINGS, **noting.LOOKINGS, **digesting.LOOKINGS, **nudging.LOOKINGS,
}  # fmt: skip
"""Commands that ask the platform before they decide."""


class Ahead:
    """Looks, then decides. `close` waits for what people are still to be told."""

    def __init__(
        self, storage: Storage, around: Surroundings, language: Callable[[By], Awaitable[str]]
    ) -> None:
        """`language` is the one to tell somebody in."""
        self.patience = around.patience.answer
        self._storage = storage
        self._admins = around.admins
        self._language = language
        self._tasks: set[asyncio.Task[Any]] = set()

    async def answer(
        self, chat: Chat, command: Command, by: By, looking: Coroutine[Any, Any, Answer]
    ) -> Answer:
        """The answer if it comes soon; else words that it is coming, and then the answer, told."""
        silent = LOOKINGS[type(command)].silent
        task: asyncio.Task[Answer] = self._kept(looking)
        await asyncio.wait({task}, timeout=self.patience)
        if task.done():
            return task.result()
        self._kept(self._tell(chat, task, by)).add_done_callback(_log)
        return Done() if silent else Told(text("setup.looking"))

    async def look(self, chat: Chat, programme: str | None, command: Command, by: By) -> Answer:
        """Ask the platform, then decide in one transaction; an owner's first look begins a programme."""
        try:
            if programme is None and isinstance(command, ShowSetup):
                programme = await begin(self._storage, chat, by, self._admins)
            return (
                Told(text("inert")) if programme is None else await self._look(chat, programme, command, by)
            )
        except FAILURES as failure:
            log.warning("looking.failed", command=command.wire, failure=type(failure).__name__)
            return Told(text("setup.unreachable"))

    async def close(self) -> None:
        """Wait for what people are still to be told."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _look(self, chat: Chat, programme: str, command: Command, by: By) -> Answer:
        looking = LOOKINGS[type(command)]
        async with self._storage.reading(programme) as at:
            wish = await looking.wish(at, command, by)
        sight = await see(chat, wish)
        async with self._storage.work(programme) as work:
            if not await work.once(by.key):
                return Redrawn()
            await looking.wish(work, command, by)  # looking took its time: who may ask is what stands now
            answer = await looking.then(work, command, by, sight)
            if isinstance(answer, Wrong):
                await work.undo()
        return answer

    async def _tell(self, chat: Chat, task: asyncio.Task[Answer], by: By) -> None:
        match await task:
            case Told(words):
                said = words
            case Wrong(fields):
                said = next(iter(fields.values()))
            case _:
                return
        channel = by.channel.partition("/")[2] if by.channel else None
        try:
            await chat.tell(by.member.partition("/")[2], channel, said, await self._language(by))
        except FAILURES as failure:
            log.warning("looking.untold", failure=type(failure).__name__)

    def _kept(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _log(task: asyncio.Task[Any]) -> None:
    """Nobody waits for this task: what broke it is written down here."""
    failed = None if task.cancelled() else task.exception()
    if failed is not None:
        log.error("looking.broke", exc_info=failed)
