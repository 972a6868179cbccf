"""Ten million events of a year: 1,000 stories in turn, 20,000 colleagues; six in ten are readers."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

PROGRAMME = "P1"
EVENTS, STORIES, PEOPLE = 10_000_000, 1_000, 20_000
BEGAN, LENGTH = datetime(2025, 11, 17, tzinfo=UTC), timedelta(weeks=52)

_INDEXES = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'facts' AND type = 'index' AND sql > ''"
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :events)
INSERT INTO facts (key, programme, story, kind, at, member, network)
SELECT printf('S%04d:%08d', i * :stories / :events, i), 'P1', printf('S%04d', i * :stories / :events),
       CASE i % 10 WHEN 0 THEN 'said' WHEN 1 THEN 'intent' WHEN 2 THEN 'intent' WHEN 3 THEN 'opened'
                   ELSE 'observed' END,
       strftime('%Y-%m-%d %H:%M:%S', :began, '+' || (i * :seconds / :events) || ' seconds') || '.000000',
       CASE WHEN i % 10 < 4 THEN 'slack:T1/U' || printf('%08d', (i * 7919 + i / :people) % :people) END,
       'linkedin'
FROM n
"""


def fill(file: Path) -> None:
    """Put them into a database that nobody uses yet; indexes are made afterwards, in a tenth of the time."""
    with sqlite3.connect(file, isolation_level=None) as connection:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute(_FILL, numbers())
        for _, sql in indexes:
            connection.execute(sql)
    connection.close()


def numbers() -> dict[str, int | str]:
    """What the statement is filled in with."""
    return {
        "events": EVENTS, "stories": STORIES, "people": PEOPLE, "seconds": int(LENGTH.total_seconds()),
        "began": f"{BEGAN:%Y-%m-%d %H:%M:%S}",
    }  # fmt: skip
