"""Before Herald serves: the database has this version's schema, and a copy of what it was before."""

from datetime import UTC, datetime
from pathlib import Path

from storage.backup import back_up
from storage.engine import file_of
from storage.migrating import HEAD, migrate, revision


class Behind(RuntimeError):
    """The schema is not this version's, and replicas may still run the other one: only a person migrates."""


async def bring_up(url: str) -> Path | None:
    """Migrate a SQLite file, copied first when it holds something; returns the copy. Else raise `Behind`."""
    path = file_of(url)
    if path is None:
        known = await revision(url)
        if known != HEAD:
            raise Behind(known or "empty")
        return None
    copy = await _copied(path, url) if path.is_file() else None
    await migrate(url)
    return copy


async def _copied(path: Path, url: str) -> Path | None:
    if await revision(url) in {None, HEAD}:
        return None
    copy = path.with_name(f"{path.name}.before-{HEAD}-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    back_up(path, copy)
    return copy
