"""Many rows as one statement of PostgreSQL: an array for each column.

Outside a transaction it is its own commit: one way there and back, where begin, insert, replace and
commit are four.
https://www.postgresql.org/docs/current/functions-array.html
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, cast

from sqlalchemy.dialects.postgresql import asyncpg

from content.shares import Draft, Fact
from storage.rows import owner, shape, table

DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]


def columns(kind: type, entries: Sequence[object]) -> list[list[Any]]:
    """What the driver takes for `unnest`: the values of each column. A moment without a zone raises."""
    values, binders = _bound(cast("Hashable", kind))
    if not entries:
        return [[] for _ in binders]
    found = zip(*map(values, entries), strict=True)
    return [
        list(map(bind, column)) if bind else list(column) for bind, column in zip(binders, found, strict=True)
    ]


@cache
def _bound(kind: Hashable) -> tuple[Callable[[object], tuple[Any, ...]], list[Callable[[Any], Any] | None]]:
    """What gives the values of a thing's columns, and what makes of them what the driver knows."""
    names, rows = shape(kind)[0], table(cast("type", kind))
    return attrgetter(*names), [
        rows.c[name].type.dialect_impl(DIALECT).bind_processor(DIALECT) for name in names
    ]


@cache
def writing() -> str:
    """Facts that are new, and drafts of which the last words count: the keys of the new facts."""
    facts, drafts = _rows(Fact, 1), _rows(Draft, len(shape(Fact)[0]) + 1)
    key = [column.name for column in table(Draft).primary_key]
    changed = ", ".join(
        f"{_named(name)} = excluded.{_named(name)}" for name in shape(Draft)[0] if name not in key
    )
    return (
        f"WITH new AS (INSERT INTO {facts} ON CONFLICT DO NOTHING RETURNING key),"  # noqa: S608  names of ours
        f" kept AS (INSERT INTO {drafts} ON CONFLICT ({_named(*key)}) DO UPDATE SET {changed})"
        " SELECT array_agg(key) FROM new"
    )


@cache
def asking(kind: Hashable, names: tuple[str, ...]) -> str:
    """The things of a kind in a programme that have one of many values in these columns.

    A row is those columns, then the fields in their order.
    """
    made = cast("type", kind)
    rows = table(made)
    wanted = ", ".join(f"${number}::{_type(made, name)}[]" for number, name in enumerate(names, 2))
    return (
        f"SELECT {_named(*names, *shape(kind)[0])} FROM {rows.name}"  # noqa: S608  names of ours
        f" WHERE {owner(made)} = $1 AND ({_named(*names)}) IN (SELECT * FROM unnest({wanted}))"
    )


def _rows(kind: type, first: int) -> str:
    names = shape(cast("Hashable", kind))[0]
    given = ", ".join(f"${number}::{_type(kind, name)}[]" for number, name in enumerate(names, first))
    return f"{table(kind).name} ({_named(*names)}) SELECT * FROM unnest({given})"  # noqa: S608  names of ours


def _named(*names: str) -> str:
    """Names of columns; PostgreSQL takes `left` for a word of its own."""
    return ", ".join(map(DIALECT.identifier_preparer.quote, names))


def _type(kind: type, name: str) -> str:
    return table(kind).c[name].type.compile(DIALECT)
