"""The verbs about the whole database: copy it, put a copy in its place, bring it to this schema."""

from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from adapters.host.failed import Failed
from storage.copies import Done, copy_out, put_in
from storage.engine import file_of
from storage.locking import held
from storage.migrating import HEAD, migrate
from storage.upgrading import bring_up


async def copy(url: str, asked: Namespace) -> str:
    """Copy the database, of whatever engine, into a file while Herald runs."""
    there(url)
    done = await copy_out(url, asked.file)
    return f"Copied to {asked.file}: {_rows(done)} It holds people's choices: keep it as you keep passwords."


async def put_back(url: str, asked: Namespace) -> str:
    """Put a copy in the database's place; refused while Herald runs."""
    done = await put_in(asked.file, url)
    kept = f" What was there is kept as {done.kept}." if done.kept else ""
    return f"Restored {asked.file}: {_rows(done)}{kept}"


def _rows(done: Done) -> str:
    """The same number stands on both sides; a table of its own for each that has any."""
    each = ", ".join(f"{name} {rows}" for name, rows in done.rows.items() if rows)
    return f"{sum(done.rows.values())} rows ({each or 'nothing yet'})."


async def upgrade(url: str, asked: Namespace) -> str:
    """Bring the schema to this version's; refused while Herald runs."""
    del asked
    kept = None
    with held(file_of(url)):
        if file_of(url):
            kept = await bring_up(url)
        else:
            await migrate(url)
    return f"The schema is {HEAD}." + (f" A copy of what was there: {kept}" if kept else "")


def there(url: str) -> Path | None:
    """The SQLite file of a database that exists; None for another engine."""
    path = file_of(url)
    if path is not None and not path.is_file():
        raise Failed(f"There is no database at {path} yet: python app.py serve makes it.")
    return path


FILES: Final[Mapping[str, Callable[[str, Namespace], Awaitable[str]]]] = {
    "backup": copy,
    "restore": put_back,
    "migrate": upgrade,
}
"""Verbs about the whole database."""
