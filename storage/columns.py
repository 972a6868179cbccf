"""Column types and the names of constraints, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from content.digests import Line, Totals

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name from the first migration on: SQLite can only change what it can name."""

METADATA = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out, stored in UTC; a naive datetime is a bug and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite stores text without a zone, so everything is turned to UTC first."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        del dialect
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


def in_file(at: datetime) -> str:
    """The same as SQLite keeps it, for its driver alone; one without a zone is a bug and raises."""
    if at.tzinfo is None:
        raise ValueError(at)
    moment = at if at.tzinfo is UTC else at.astimezone(UTC)
    return moment.isoformat(" ", "microseconds")[:_LENGTH]


_LENGTH = len("2026-11-23 09:00:00.000000")


class Words(TypeDecorator[tuple[str, ...]]):
    """A short tuple of texts, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:  # noqa: ANN401  JSON takes anything
        """JSON knows lists."""
        del dialect
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:  # noqa: ANN401  JSON gives anything
        """Content knows tuples."""
        del dialect
        return tuple(value or ())


class WeekTotals(TypeDecorator[Totals]):
    """What a week counted, kept as JSON: frozen together, read together."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Totals:  # noqa: ANN401  JSON gives anything
        """Content knows lines; fields that came later have their defaults."""
        del dialect
        return Totals(**{**value, "lines": tuple(Line(**line) for line in value["lines"])})


class Table(SQLModel):
    """The declarative base of every table."""

    metadata = METADATA


def moment(**options: Any) -> Any:  # noqa: ANN401  a column default stands for any type
    """A column that keeps a point in time."""
    return Field(sa_type=UtcDateTime, **options)


def words() -> Any:  # noqa: ANN401  a column default stands for any type
    """A column that keeps a short tuple of texts."""
    return Field(sa_type=Words, default=())
