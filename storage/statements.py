"""The two statements that SQLite and PostgreSQL both know and SQLAlchemy spells per dialect."""

from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


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


def _insert(connection: AsyncConnection, rows: Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(rows)
    return postgresql.insert(rows)
