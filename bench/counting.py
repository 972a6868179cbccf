"""What is on disk, read beside the running program."""

import sqlite3
from pathlib import Path


def rows(file: Path, query: str = "SELECT count(*) FROM facts") -> int:
    """The answer to a counting query."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30) as connection:
        return int(connection.execute(query).fetchone()[0])


def grow(file: Path, facts: int) -> None:
    """Put facts of the last years into a database that nobody uses yet."""
    with sqlite3.connect(file) as connection:
        connection.execute(_GROW, (facts,))
    connection.close()


_GROW = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1),
old(i, story, member) AS (
  SELECT i, 'OLD' || (i % 1000), 'slack:T1/U' || printf('%08d', i) FROM n WHERE i < ?1)
INSERT INTO facts (key, programme, story, kind, at, member, network)
SELECT 'intent:' || story || ':' || member || ':linkedin', 'P1', story, 'intent',
       strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (i % 700) || ' days') || '000', member, 'linkedin'
FROM old
"""
