"""The database engine.

SQLite in a file by default, PostgreSQL for replicas, with the modes each of them needs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PATIENCE = 1.5
"""Seconds a press waits for another process's write on SQLite."""
VERB_PATIENCE = 10.0
"""Seconds a verb on the host waits."""

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
READ_ONLY: Mapping[str, Any] = {"herald_reading": True}
"""Execution options of a connection that only reads."""


def engine_for(url: str, *, patience: float = PATIENCE, foreign_keys: bool = True) -> AsyncEngine:
    """An engine for `url`.

    Migrations on SQLite run with `foreign_keys` off (batch mode would delete child rows).
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=10, pool_pre_ping=True)
    _make_room(url)
    engine = create_async_engine(url, connect_args={"timeout": patience})
    pragmas = _PRAGMAS if foreign_keys else _PRAGMAS[:2]
    event.listen(engine.sync_engine, "connect", lambda dbapi, _: _prepare(dbapi, pragmas))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def file_of(url: str) -> Path | None:
    """The SQLite file behind a URL; None for another engine or a database in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


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
