"""Copies: of either engine into a file, and from the file into either; every row, or nothing."""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, insert, select

from content.digests import Line, Totals
from storage import carrying, tables
from storage.backup import NotACopy, integrity
from storage.carrying import CARRIED, NotEmpty, Uneven
from storage.columns import METADATA, UtcDateTime, WeekTotals, Words
from storage.copies import copy_out, put_in
from storage.engine import READ_ONLY, engine_for
from storage.leases import give_back, take
from storage.locking import InUse, held
from storage.migrating import migrate
from storage.work import Storage
from tests.databases import DATABASES
from tests.storage.conftest import NOW, W

postgresql = pytest.mark.skipif("config.getoption('--database') != 'postgresql'")
TOTALS = asdict(Totals(takers=7, visits=3, out=1, lines=(Line("S1", "Zoé’s “pump”", 5),)))


MOMENT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
ODD: dict[type[object], object] = {WeekTotals: TOTALS, Words: ("Why?", "« Où ? »"), UtcDateTime: MOMENT}
ODD[LargeBinary] = bytes(range(256))


def value(column: Column[Any], number: int) -> object:
    """Something of a column's type; the second row has nothing where that is allowed."""
    for key in column.foreign_keys:
        return f"{key.column.table.name}{number}"
    if number == 2 and column.nullable:
        return None
    kind = type(column.type)
    if kind in ODD:
        return ODD[kind]
    if issubclass(kind, Integer | Boolean):
        return column.type.python_type(number % 2 if kind is Boolean else number)
    return f"{column.table.name}{number}" if column.primary_key else f"Zoé 🌧 {number}\n'\"\\"


def rows(table: Table) -> list[dict[str, object]]:
    """Two rows of a table."""
    return [{column.name: value(column, number) for column in table.columns} for number in (1, 2)]


async def filled(url: str) -> str:
    """Something in every table there is, also in those of next year."""
    engine = engine_for(url)
    try:
        async with engine.begin() as connection:
            for table in METADATA.sorted_tables:
                await connection.execute(insert(table), rows(table))
    finally:
        await engine.dispose()
    return url


async def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a database, as Python sees it."""
    engine = engine_for(url)
    found: dict[str, list[tuple[Any, ...]]] = {}
    async with engine.connect() as plain:
        connection = await plain.execution_options(**READ_ONLY)
        for name in CARRIED:
            table = METADATA.tables[name]
            query = select(table).order_by(*table.primary_key.columns)
            found[name] = [tuple(row) for row in await connection.execute(query)]
    await engine.dispose()
    return found


def file(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def source(tmp_path: Path) -> str:
    """A full database of the engine under test."""
    (tmp_path / "source").mkdir()
    url = DATABASES.empty(tmp_path / "source")
    await migrate(url)
    return await filled(url)


async def test_a_copy_of_either_engine_is_put_into_a_file(source: str, tmp_path: Path) -> None:
    """Also into one that stood there: that one is kept."""
    before = await everything(source)
    done = await copy_out(source, tmp_path / "copies" / "monday.db")
    assert done.rows == dict.fromkeys(CARRIED, 2)
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["monday.db"]
    assert (tmp_path / "copies" / "monday.db").stat().st_mode & 0o077 == 0
    for kept in (None, tmp_path / "herald.db.before-restore"):
        put = await put_in(tmp_path / "copies" / "monday.db", file(tmp_path / "herald.db"))
        assert (put.rows, put.kept) == (done.rows, kept)
    assert await everything(file(tmp_path / "herald.db")) == before
    assert integrity(tmp_path / "herald.db") == ""


async def test_a_name_that_is_taken_is_left_alone(source: str, tmp_path: Path) -> None:
    (tmp_path / "monday.db").write_text("mine")
    with pytest.raises(FileExistsError):
        await copy_out(source, tmp_path / "monday.db")
    assert (tmp_path / "monday.db").read_text() == "mine"


async def test_every_row_is_carried_and_the_lease_is_not(source: str, tmp_path: Path) -> None:
    """Into an empty database: of whatever engine, page by page."""
    target = file(tmp_path / "target.db")
    await migrate(target)
    await carrying.carry(source, target)
    assert await everything(target) == await everything(source)
    with closing(sqlite3.connect(tmp_path / "target.db")) as there:
        assert there.execute("SELECT count(*) FROM leases").fetchone() == (0,)
    with pytest.raises(NotEmpty, match="programmes"):
        await carrying.carry(source, target)


async def test_when_a_row_is_missing_nothing_is_written(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted on both sides before the commit."""
    target = file(tmp_path / "target.db")
    await migrate(target)
    copy = carrying._copy  # noqa: SLF001  one table is forgotten

    async def but_audit(table: Table, *between: Any) -> None:  # noqa: ANN401  two connections
        if table.name != "audit":
            await copy(table, *between)

    monkeypatch.setattr(carrying, "_copy", but_audit)
    with pytest.raises(Uneven, match="audit"):
        await carrying.carry(source, target)
    assert sum(map(len, (await everything(target)).values())) == 0


async def test_a_file_in_use_is_left_alone(source: str, tmp_path: Path) -> None:
    await copy_out(source, tmp_path / "monday.db")
    with held(tmp_path / "herald.db"), pytest.raises(InUse):
        await put_in(tmp_path / "monday.db", file(tmp_path / "herald.db"))
    assert not (tmp_path / "herald.db").exists()


@postgresql
async def test_there_and_back_again(source: str, tmp_path: Path) -> None:
    """PostgreSQL, a file, another PostgreSQL without any table, a file, SQLite: not a value has changed."""
    before = await everything(source)
    await copy_out(source, tmp_path / "out.db")
    other = DATABASES.empty(tmp_path)
    assert (await put_in(tmp_path / "out.db", other)).rows == dict.fromkeys(CARRIED, 2)
    assert await everything(other) == before
    await copy_out(other, tmp_path / "back.db")
    await put_in(tmp_path / "back.db", file(tmp_path / "herald.db"))
    assert await everything(file(tmp_path / "herald.db")) == before
    assert integrity(tmp_path / "out.db") == ""


@postgresql
async def test_what_is_in_use_or_full_is_left_alone(storage: Storage, url: str, tmp_path: Path) -> None:
    """Replicas have no file to lock: whoever serves holds a lease."""
    await copy_out(url, tmp_path / "copy.db")
    assert await take(storage, W, "a replica", 10)
    with pytest.raises(InUse):
        await put_in(tmp_path / "copy.db", url)
    await give_back(storage, W, "a replica")
    with pytest.raises(NotEmpty):
        await put_in(tmp_path / "copy.db", url)


@postgresql
async def test_what_is_no_copy_is_put_nowhere(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 4096)
    with pytest.raises(NotACopy):
        await put_in(tmp_path / "bad.db", DATABASES.empty(tmp_path))


def test_every_table_is_carried_but_the_leases() -> None:
    assert {*CARRIED, tables.Leases.__tablename__} == set(METADATA.tables)
    assert NOW.tzinfo
