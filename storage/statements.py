"""The two statements that SQLite and PostgreSQL both know and SQLAlchemy spells per dialect."""

from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert_new(connection: AsyncConnection, rows: Table, values: Any) -> Insert:  # noqa: ANN401  one row or many
    """Insert what is not there yet; what is there stays as it is."""
    return _insert(connection, rows).values(values).on_conflict_do_nothing()


def upsert(connection: AsyncConnection, rows: Table, values: dict[str, Any]) -> Insert:
    """Insert, or replace under the primary key."""
    key = [column.name for column in rows.primary_key]
    changed = {name: value for name, value in values.items() if name not in key}
    return _insert(connection, rows).values(values).on_conflict_do_update(index_elements=key, set_=changed)


def _insert(connection: AsyncConnection, rows: Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(rows)
    return postgresql.insert(rows)
