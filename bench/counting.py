"""What is on disk, read beside the running program."""

import sqlite3
from pathlib import Path


def rows(file: Path, query: str = "SELECT count(*) FROM facts") -> int:
    """The answer to a counting query."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30) as connection:
        return int(connection.execute(query).fetchone()[0])
