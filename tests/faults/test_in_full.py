"""A disk that is full, a database that another process holds: said, nothing half done, over by itself."""

import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from content.texts import say, text
from storage.backup import back_up, integrity
from tests.faults.presses import Answers, burst, decline, idea, rows
from tests.faults.serving import PATIENT, Host, Serving, company, host
from tests.slack.server import slack_server

pytestmark = pytest.mark.skipif("config.getoption('--database') != 'sqlite'")
BUSY = say(text("busy"), "en")
IDEAS = 400


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Host]:
    """The database stands in a folder of its own, which may be a disk of its own."""
    (tmp_path / "data").mkdir()
    (tmp_path / "first").mkdir()
    url = f"sqlite+aiosqlite:///{tmp_path / 'first' / 'herald.db'}"
    await company(url, 10, IDEAS)
    async with slack_server() as slack, host(url, slack, tmp_path) as found:
        yield found


async def told(serving: Serving, *numbers: int) -> Answers:
    """Ana decides about some ideas, one after the other."""
    answers = Answers()
    for number in numbers:
        await burst(serving.port, [decline(number, serving.port)], 1_000, answers)
    return answers


async def refused(serving: Serving, numbers: range) -> Answers:
    """Ana decides until she is told that nothing was recorded: SQLite's log had some room left."""
    answers = Answers()
    for number in numbers:
        await burst(serving.port, [decline(number, serving.port)], 1_000, answers)
        if answers.refused:
            return answers
    raise AssertionError(answers)


def fill(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"x" * 4_096)


async def kept(here: Host, file: Path, *answers: Answers) -> None:
    """The file is sound; in it is what was told, and nothing of what was refused."""
    copy = here.folder / "copy.db"
    back_up(file, copy)
    assert integrity(copy) == ""
    here.url = f"sqlite+aiosqlite:///{copy}"
    async with here.storage() as storage:
        assert await rows(storage) == {row for each in answers for row in each.taken}


def frozen(serving: Serving, inside: Path, folder: Path) -> Path:
    """The files as they are at one moment; SQLite itself would not follow the way into another namespace."""
    folder.mkdir()
    serving.process.send_signal(signal.SIGSTOP)
    for name in ("herald.db", "herald.db-wal"):
        shutil.copy(inside / name, folder)
    serving.process.send_signal(signal.SIGCONT)
    return folder / "herald.db"


async def test_a_full_disk(here: Host) -> None:
    """A file system of its own in a mount namespace: filled from outside, and emptied again."""
    disk, first = here.folder / "data", here.folder / "first" / "herald.db"
    mounting = f'mount -t tmpfs -o size=24m herald {disk} && cp {first} {disk}/ && exec "$@"'
    here.url = f"sqlite+aiosqlite:///{disk / 'herald.db'}"
    serving = await here.start("unshare", "--mount", "--map-root-user", "bash", "-c", mounting, "herald")
    await serving.until(200)
    before = await told(serving, 0)
    assert before.taken == {idea(0)}

    inside = Path(f"/proc/{serving.process.pid}/root{disk}")
    fill(inside / "filler")
    meanwhile = await refused(serving, range(1, IDEAS - 1))
    assert set(meanwhile.refused.values()) == {BUSY}
    assert (await serving.until(503))["reasons"]["database"] == "the disk is full"

    (inside / "filler").unlink()
    await serving.until(200)
    after = await told(serving, IDEAS - 1)
    assert after.taken == {idea(IDEAS - 1)}
    await kept(here, frozen(serving, inside, here.folder / "frozen"), before, meanwhile, after)
    assert await serving.stop() == 0


async def test_a_database_that_another_process_holds(here: Host) -> None:
    """Somebody's tool keeps the write lock: said within seconds, over as soon as it lets go."""
    serving = await here.ready()
    file = here.folder / "first" / "herald.db"
    with closing(sqlite3.connect(file, isolation_level=None, timeout=PATIENT)) as other:
        other.execute("BEGIN IMMEDIATE")
        meanwhile = await told(serving, 0)
        assert meanwhile.refused == {idea(0): BUSY}
        reasons = (await serving.until(503))["reasons"]
        assert reasons["database"] == "another process is writing for too long"
        other.execute("ROLLBACK")
    await serving.until(200)
    after = await told(serving, 1)
    assert after.taken == {idea(1)}
    await kept(here, file, after)
    assert await serving.stop() == 0
