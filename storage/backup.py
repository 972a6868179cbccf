"""Copies of a SQLite database: made while it is written to, checked before they are trusted."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.engine import VERB_PATIENCE

LEFT = ("-wal", "-shm")
"""What SQLite keeps beside a file; after another file took its place they would damage that one."""


class NotACopy(ValueError):
    """The file is no undamaged database of Herald."""


def back_up(source: Path, target: Path) -> None:
    """Copy by SQLite's own backup, safe while Herald runs; the copy appears whole or not at all.

    Raises FileNotFoundError when there is nothing to copy and FileExistsError instead of overwriting.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    unfinished = beside(target)
    with closing(sqlite3.connect(source, timeout=VERB_PATIENCE)) as here:
        _copy(here, unfinished)
    check(unfinished)
    unfinished.replace(target)


def restore(copy: Path, target: Path) -> Path | None:
    """Put a checked copy in the database's place; what was there is kept beside it, and its path returned."""
    check(copy)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.part")
    _private(unfinished)
    shutil.copyfile(copy, unfinished)
    kept = _kept(target)
    unfinished.replace(target)
    return kept


def check(path: Path) -> None:
    """Raise `NotACopy` when a file is not one of Herald's databases or is damaged."""
    if not path.is_file():
        raise FileNotFoundError(path)
    problem = integrity(path)
    if problem:
        raise NotACopy(f"{path}: {problem}")


def integrity(path: Path) -> str:
    """What SQLite finds wrong with a file; empty when it is sound and Herald's."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as there:
            found = str(there.execute("PRAGMA integrity_check(1)").fetchone()[0])
            tables = {name for (name,) in there.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as broken:
        return str(broken)
    if found != "ok":
        return found
    return "" if "programmes" in tables else "no database of Herald"


def remove(path: Path) -> None:
    """Delete a database with everything beside it."""
    for name in (path.name, *(f"{path.name}{end}" for end in LEFT)):
        path.with_name(name).unlink(missing_ok=True)


def _kept(target: Path) -> Path | None:
    """Move the present database aside, its latest pages included."""
    if not target.exists():
        return None
    kept = target.with_name(f"{target.name}.before-restore")
    kept.unlink(missing_ok=True)
    back_up(target, kept)
    remove(target)
    return kept


def _copy(here: sqlite3.Connection, path: Path) -> None:
    """Page by page; the copy keeps no log beside it, so it is one file to carry away."""
    with closing(sqlite3.connect(path)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")


def beside(target: Path) -> Path:
    """An empty file to make a copy in, which then takes its name; raises FileExistsError for a name taken."""
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.part")
    _private(unfinished)
    return unfinished


def _private(path: Path) -> None:
    """Create a file that only its owner reads: it will hold people's choices and credentials."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
