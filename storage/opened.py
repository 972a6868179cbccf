"""A connection to a SQLite file that stays open between groups of writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.engine.interfaces import DBAPICursor

from storage.engine import writing_here


class Opened:
    """One writer's, used by one thread at a time."""

    def __init__(self, file: Path, patience: float) -> None:
        """Nothing is opened yet; `patience` is how many seconds a lock is waited for."""
        self._engine: Engine = writing_here(file, patience)
        self._open: PoolProxiedConnection | None = None

    @contextmanager
    def cursor(self) -> Iterator[DBAPICursor]:
        """Over the connection of the time before, unless something went wrong over it."""
        if self._open is None:
            self._open = self._engine.raw_connection()
        well = False
        try:
            yield self._open.cursor()
            well = True
        finally:
            if not well:
                self._let_go()

    def close(self) -> None:
        """Nothing is written after this."""
        self._let_go()
        self._engine.dispose()

    def _let_go(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
