"""Bring a database to the present schema."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage import tables  # noqa: F401  names every table in METADATA
from storage.columns import METADATA
from storage.engine import READ_ONLY, VERB_PATIENCE, engine_for

_ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtextextended('herald migrate', 0))"
"""Replicas that start together: the first migrates. The lock ends with its connection."""
_HERE = Path(__file__).parent / "migrations"
HEAD = str(ScriptDirectory(str(_HERE)).get_current_head())
"""The revision that this version of Herald needs."""


class BrokenReferences(RuntimeError):
    """After a migration some rows point nowhere: the file was damaged before, or the migration is wrong."""


async def migrate(url: str) -> None:
    """Run every migration that is missing; foreign keys are checked at the end."""
    await _within(url, lambda config: command.upgrade(config, "head"))


async def revision(url: str) -> str | None:
    """The schema a database has; None for an empty one. Raises OSError when it does not answer."""
    engine = engine_for(url)
    try:
        async with engine.connect() as plain:
            connection = await plain.execution_options(**READ_ONLY)
            return await connection.run_sync(_revision)
    finally:
        await engine.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def write_migration(url: str, message: str) -> None:
    """Compare the tables with the database at `url` and write the migration between them."""
    await _within(url, lambda config: command.revision(config, message, autogenerate=True, rev_id="0001"))


async def differences(url: str) -> list[object]:
    """What the database lacks of the tables, or has beyond them: nothing, after `migrate`."""
    engine = engine_for(url, foreign_keys=False)
    async with engine.connect() as connection:
        found = await connection.run_sync(_compared)
    await engine.dispose()
    return found


def _compared(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


async def _within(url: str, run: Callable[[Config], object]) -> None:
    engine = engine_for(url, patience=VERB_PATIENCE, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda plain: _run(plain, run))
    finally:
        await engine.dispose()


def _run(connection: Connection, run: Callable[[Config], object]) -> None:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_ONE_AT_A_TIME)
    run(config)
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise BrokenReferences(lost[0][0])
