"""Copies of a database of any engine: always one SQLite file, which any engine takes back."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.backup import back_up, beside, check, restore
from storage.carrying import CARRIED, carry
from storage.engine import file_of
from storage.locking import held
from storage.migrating import HEAD, migrate, revision
from storage.upgrading import Behind, bring_up


@dataclass(frozen=True, slots=True)
class Done:
    """What was copied: rows by table; `kept` is where a file that stood there before is now."""

    rows: Mapping[str, int]
    kept: Path | None = None


async def copy_out(url: str, target: Path) -> Done:
    """Copy a database into a file while Herald runs; the file appears whole or not at all."""
    source = file_of(url)
    if source is not None:
        back_up(source, target)
        return Done(tally(target))
    if await revision(url) != HEAD:
        raise Behind(await revision(url) or "empty")
    unfinished = beside(target)
    await migrate(_url(unfinished))
    rows = await carry(url, _url(unfinished))
    _alone(unfinished)
    check(unfinished)
    unfinished.replace(target)
    return Done(rows)


async def put_in(copy: Path, url: str) -> Done:
    """Put a checked copy in a database's place.

    Nothing may serve there. A file that stood there is kept beside it; what is no file must be empty.
    """
    path = file_of(url)
    if path is not None:
        with held(path):
            kept = restore(copy, path)
            await bring_up(url)
            return Done(tally(path), kept)
    check(copy)
    if await revision(url) is None:
        await migrate(url)
    if await revision(url) != HEAD:
        raise Behind(str(await revision(url)))
    with TemporaryDirectory(prefix="herald-restore-") as folder:
        file = Path(shutil.copy(copy, folder))
        await migrate(_url(file))
        return Done(await carry(_url(file), url))


def tally(copy: Path) -> Mapping[str, int]:
    """How many rows a copy has in each table."""
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as there:
        return {name: there.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in CARRIED}  # noqa: S608


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.absolute()}"


def _alone(file: Path) -> None:
    """One file to carry away, without a log beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
