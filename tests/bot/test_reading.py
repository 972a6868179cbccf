"""What is read ahead: as much as goes out, and no more than that."""

import pytest

from bot import reading
from bot.drawing import Drawings
from bot.limits import Limits
from bot.ports import Surroundings
from bot.reading import AGE, FEW, MANY, Ahead
from storage import directory
from storage.directory import Head
from storage.work import Storage
from tests.bot.programme import P, Told, W
from tests.fakes import UNHURRIED


async def test_as_many_are_read_as_went_out(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many where they go fast, and at once when those are used up; few where a platform takes its time."""
    moment, asked = [100.0], []

    async def heads(storage: Storage, workspace: str, *, most: int, **narrower: object) -> list[Head]:
        asked.append(most)
        return [Head(P, f"{number}", f"{workspace}/C{number}") for number in range(most)]

    monkeypatch.setattr(reading, "elapsed", lambda: moment[0])
    monkeypatch.setattr(directory, "heads", heads)
    ahead = Ahead(
        told.storage,
        W,
        Limits(UNHURRIED, told.storage.now),
        Drawings(told.storage, Surroundings()),
    )
    await ahead.ask("post", ())
    assert len(ahead.ready("post", FEW, ())) == FEW
    moment[0] += 0.01
    assert ahead.used_up("post", ("somebody",))
    await ahead.ask("post", ())
    assert len(ahead.ready("post", 5, ())) == 5
    assert not ahead.used_up("post", ())
    moment[0] += AGE
    assert ahead.used_up("post", ("somebody",))
    await ahead.ask("post", ())
    assert asked == [FEW, MANY, FEW]
