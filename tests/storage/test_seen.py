"""Keys of what was accepted: known while a platform may send the same again, and no longer."""

from datetime import timedelta
from pathlib import Path

from bot.bot import Bot
from bot.ports import Surroundings
from storage.seen import KEPT
from storage.work import Storage
from tests.fakes import FakePages
from tests.storage.conftest import NOW, P


async def accepted(storage: Storage, key: str) -> bool:
    """Whether a press with this key is new; asked without keeping it."""
    async with storage.work(P) as work:
        new = await work.once(key)
        await work.undo()
    return new


async def test_a_key_is_kept_for_two_days_and_then_forgotten(storage: Storage, tmp_path: Path) -> None:
    """By the clock, without anybody asking: else the table grows for ever."""
    now = NOW
    storage.now = lambda: now
    async with storage.work(P) as work:
        assert await work.once("slack:T1/Ev1")
    forget = next(job for job in Bot(storage, FakePages(), Surroundings()).rounds.due if job.name == "keys")
    now = NOW + KEPT - timedelta(seconds=1)
    await forget.run()
    assert not await accepted(storage, "slack:T1/Ev1")
    now = NOW + KEPT
    await forget.run()
    assert await accepted(storage, "slack:T1/Ev1")
