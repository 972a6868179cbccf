"""Connections to a database server that rested are tried before they are used again."""

import time
from functools import partial
from typing import Any

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

RESTED = 0.02
"""Seconds. To try one costs three ways to the server and back: more than what a hundred presses ask of it."""


def tried(engine: Engine) -> None:
    """Whoever gets a connection gets one that works, as far as one can know beforehand."""
    event.listen(engine, "checkin", _rest)
    event.listen(engine, "checkout", partial(_try, engine.dialect))


def _rest(_: object, entry: ConnectionPoolEntry) -> None:
    entry.info["rests"] = time.monotonic()


def _try(dialect: Dialect, driver: Any, entry: ConnectionPoolEntry, _: object) -> None:  # noqa: ANN401  the driver's own
    """The pool connects anew when this says so. The server's farewell is known without asking."""
    since = entry.info.get("rests")
    if since is None:
        return
    if driver.driver_connection.is_closed():
        raise InvalidatePoolError
    if time.monotonic() - since > RESTED:
        try:
            dialect.do_ping(driver)
        except dialect.loaded_dbapi.Error as broken:
            raise InvalidatePoolError from broken
