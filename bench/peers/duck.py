"""DuckDB over the same ten million events, made by the same arithmetic. In `make bench` only."""

from datetime import datetime, timedelta

import duckdb

_FACTS = """
CREATE TABLE facts AS
SELECT printf('S%04d', i * {stories} // {events}) AS story,
       CASE i % 10 WHEN 0 THEN 'said' WHEN 1 THEN 'intent' WHEN 2 THEN 'intent' WHEN 3 THEN 'opened'
                   ELSE 'observed' END AS kind,
       TIMESTAMP '{began}' + to_seconds(i * {seconds} // {events}) AS moment,
       CASE WHEN i % 10 < 4 THEN 'slack:T1/U' || printf('%08d', (i * 7919 + i // {people}) % {people})
            END AS member
FROM range({events}) t(i)
"""
_MEMBERS = """
CREATE TABLE members AS
SELECT 'slack:T1/U' || printf('%08d', i) AS id, NULL::VARCHAR AS person, NULL::VARCHAR AS outside,
       TIMESTAMP '{began}' AS met
FROM range({people}) t(i)
"""
_STORIES = (
    "CREATE TABLE stories AS SELECT printf('S%04d', i) AS id, 'live' AS state FROM range({stories}) t(i)"
)
_TAKEN = """
WITH took AS (
  SELECT coalesce(m.person, m.id) AS person, f.story, f.kind IN ('said', 'posted') AS said
  FROM facts f JOIN members m ON m.id = f.member JOIN stories s ON s.id = f.story
  WHERE f.moment >= ? AND f.moment < ? AND f.kind IN ('intent', 'said', 'posted')
    AND m.outside IS NULL AND m.met IS NOT NULL AND s.state <> 'recalled'
    AND NOT EXISTS (
      SELECT 1 FROM facts o JOIN members om ON om.id = o.member
      WHERE o.kind = 'uncounted' AND o.story = f.story
        AND coalesce(om.person, om.id) = coalesce(m.person, m.id)))
SELECT story, count(DISTINCT person), count(DISTINCT CASE WHEN said THEN person END)
FROM took GROUP BY GROUPING SETS ((story), ())
"""
_VISITS = "SELECT count(*) FROM facts WHERE kind = 'observed' AND moment >= ? AND moment < ?"
_READERS = "SELECT story, count(*) FROM facts WHERE kind = 'observed' GROUP BY story"
_SHOWN = 10


class Duck:
    """A year in memory."""

    def __init__(self, events: int, stories: int, people: int, began: datetime, length: timedelta) -> None:
        """Make it."""
        words = {
            "events": events, "stories": stories, "people": people,
            "seconds": int(length.total_seconds()), "began": f"{began:%Y-%m-%d %H:%M:%S}",
        }  # fmt: skip
        self._base = duckdb.connect()
        for table in (_FACTS, _MEMBERS, _STORIES):
            self._base.execute(table.format(**words))

    def week(self, starts: datetime, ends: datetime) -> tuple[int, int, int, list[int]]:
        """Takers, posters, readers, and the takers of the most taken stories."""
        between = [starts.replace(tzinfo=None), ends.replace(tzinfo=None)]
        rows = self._base.execute(_TAKEN, between).fetchall()
        visits = self._base.execute(_VISITS, between).fetchall()[0][0]
        takers, posters = next((count, told) for story, count, told in rows if story is None)
        lines = sorted(count for story, count, _ in rows if story is not None)
        return takers, posters, visits, lines[-_SHOWN:]

    def readers(self) -> dict[str, int]:
        """How many readers each story had."""
        return dict(self._base.execute(_READERS).fetchall())
