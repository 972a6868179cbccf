"""What SQLite and PostgreSQL both know and is spelled per dialect: two statements, and the time it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Insert, Table, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import UtcDateTime


def insert_new(
    connection: AsyncConnection, rows: Table, values: dict[str, Any] | None = None
) -> sqlite.Insert | postgresql.Insert:
    """Insert what is not there yet; what is there stays as it is. Many rows come with the execution."""
    new = _insert(connection, rows)
    return (new if values is None else new.values(values)).on_conflict_do_nothing()


def replacing(connection: AsyncConnection, rows: Table) -> Insert:
    """Insert, or replace under the primary key, the rows that come with the execution."""
    new = _insert(connection, rows)
    key = [column.name for column in rows.primary_key]
    changed = {name: column for name, column in new.excluded.items() if name not in key}
    return new.on_conflict_do_update(index_elements=key, set_=changed)


def upsert(connection: AsyncConnection, rows: Table, values: dict[str, Any]) -> Insert:
    """Insert, or replace under the primary key."""
    key = [column.name for column in rows.primary_key]
    changed = {name: value for name, value in values.items() if name not in key}
    return _insert(connection, rows).values(values).on_conflict_do_update(index_elements=key, set_=changed)


def moment(*, replicated: bool, later: float = 0) -> ColumnElement[datetime]:
    """Real time, or some seconds later, as the database has it; SQLite's is this machine's."""
    seconds = timedelta(seconds=later)
    if replicated:
        return func.clock_timestamp(type_=DateTime(timezone=True)) + seconds
    return literal(wall() + seconds, UtcDateTime())


def wall() -> datetime:
    """Real time on this machine."""
    return datetime.now(UTC)


def _insert(connection: AsyncConnection, rows: Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(rows)
    return postgresql.insert(rows)
