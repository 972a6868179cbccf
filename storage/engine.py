"""The database engine.

SQLite in a file by default, PostgreSQL for replicas, with the modes each of them needs.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.tried import tried

PATIENCE = 1.5
"""Seconds a press waits for another process's write on SQLite."""
VERB_PATIENCE = 10.0
"""Seconds a verb on the host waits."""
POOL = 10
"""Connections that a replica keeps to PostgreSQL; as many again in a rush (its default takes 100 in all)."""
STATEMENT = 15_000
"""Milliseconds that one statement may take on PostgreSQL; migrations take as long as they need."""
IDLE = 30_000
"""Milliseconds after which PostgreSQL ends a transaction whose process sleeps: its locks hold others up."""

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
READ_ONLY: Mapping[str, Any] = {"herald_reading": True}
"""Execution options of a connection that only reads."""
REPEATABLE: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""The same on PostgreSQL: one snapshot for everything that is read."""


def engine_for(url: str, *, patience: float = PATIENCE, foreign_keys: bool = True) -> AsyncEngine:
    """An engine for `url`.

    Migrations on SQLite run with `foreign_keys` off (batch mode would delete child rows).
    """
    if make_url(url).get_backend_name() != "sqlite":
        return _postgresql(url, patience, STATEMENT if foreign_keys else 0)
    _make_room(url)
    engine = create_async_engine(url, connect_args={"timeout": patience})
    pragmas = _PRAGMAS if foreign_keys else _PRAGMAS[:2]
    event.listen(engine.sync_engine, "connect", lambda dbapi, _: _prepare(dbapi, pragmas))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def reading_here(file: Path) -> Engine:
    """An engine that reads a SQLite file in the thread of whoever asks, who begins the snapshots."""
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 0.05, "check_same_thread": False})
    event.listen(engine, "connect", lambda dbapi, _: _prepare(dbapi, ("query_only = ON",)))
    return engine


def writing_here(file: Path, patience: float) -> Engine:
    """An engine that writes a SQLite file in the thread of whoever asks, who begins and ends transactions."""
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"timeout": patience, "check_same_thread": False}
    )
    event.listen(engine, "connect", lambda dbapi, _: _prepare(dbapi, _PRAGMAS))
    return engine


def file_of(url: str) -> Path | None:
    """The SQLite file behind a URL; None for another engine or a database in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


FULL = "the disk is full"
_CAUSES: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "another process is writing for too long",
    sqlite3.SQLITE_LOCKED: "another process is writing for too long",
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: "the disk fails or is full",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
    sqlite3.SQLITE_READONLY: "its file cannot be written to",
}
_BUSY = frozenset(_CAUSES)
"""What SQLite calls a file that cannot be written to just now (https://www.sqlite.org/rescode.html)."""
_WAITED = frozenset({"55P03", "57014", "40001", "40P01"})
"""PostgreSQL let others go first: lock and statement timeouts, serialization, deadlock."""
_ABSENT = ("08", "53", "57P")
"""Classes of PostgreSQL's codes for: no connection, no room, going down or coming up."""


def busy(error: Exception) -> bool:
    """Whether the database could not be used just now, through no fault of what was asked of it."""
    told = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(told, sqlite3.Error):
        return getattr(told, "sqlite_errorcode", 0) & 0xFF in _BUSY
    if not isinstance(error, DBAPIError):
        return isinstance(error, (OSError, NoConnection))
    code = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or code in _WAITED or code.startswith(_ABSENT)


def cause(error: BaseException | None) -> str:
    """Why the database could not be used, in words for whoever runs it: no address, no name, no value."""
    told = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(told, sqlite3.Error):
        code = getattr(told, "sqlite_errorcode", 0) & 0xFF
        return _CAUSES.get(code, "it cannot be used")
    if getattr(told, "sqlstate", None) in _WAITED:
        return "others are writing for too long"
    return "there is no connection to it"


def _postgresql(url: str, patience: float, statement: int) -> AsyncEngine:
    """Every connection speaks UTC, waits no longer than its caller, and is tried after a rest."""
    told = {
        "application_name": "herald",
        "timezone": "UTC",
        "lock_timeout": f"{patience * 1000:.0f}",
        "statement_timeout": f"{statement}",
        "idle_in_transaction_session_timeout": f"{IDLE}",
    }
    engine = create_async_engine(
        url,
        pool_size=POOL,
        max_overflow=POOL,
        pool_timeout=patience,
        pool_use_lifo=True,  # the one that rested least
        connect_args={"timeout": patience, "server_settings": told},
    )
    tried(engine.sync_engine)
    return engine


def _make_room(url: str) -> None:
    path = file_of(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


def _prepare(dbapi: Any, pragmas: tuple[str, ...]) -> None:  # noqa: ANN401  a driver's own connection
    """Turn the driver's own transactions off: `_begin` decides how each one starts."""
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A reader takes a snapshot and never waits.

    A writer takes its lock at once, so it never loses an update.
    """
    reading = connection.get_execution_options().get("herald_reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
