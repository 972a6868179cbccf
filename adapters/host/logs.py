"""The log: JSON for machines, pretty on a terminal, and never a secret nor somebody's words.

Lines of libraries go through the same processors as ours.
"""

import logging
import re
import sys
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from itertools import count
from uuid import uuid4

import structlog
from aiohttp import web
from structlog.typing import EventDict, Processor, WrappedLogger

PRIVATE = frozenset({
    "answer", "body", "draft", "email", "name", "payload", "question", "reason", "text", "title", "told",
    "what", "why",
})  # fmt: skip
"""Keys under which people's words or names would stand: their values are never written."""

_SECRET = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|Bearer\s+\S+|eyJ[\w-]{8,}\.[\w.-]+|v0=[0-9a-f]{64}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_HIDDEN = "[hidden]"
_PROCESS = uuid4().hex[:8]
_NUMBERS = count(1)
_REQUEST: ContextVar[int | None] = ContextVar("request", default=None)

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def start(*, pretty: bool | None = None, level: int = logging.INFO) -> None:
    """Send every log line to standard error; `pretty` is decided by the terminal when nobody says."""
    on_terminal = sys.stderr.isatty() if pretty is None else pretty
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        requested,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # before the next: a traceback may hold a token
        redacted,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    _listen(shared, on_terminal=on_terminal, level=level)


def redacted(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Hide what looks like a token, and whatever stands under a key of people's words."""
    return {
        key: value if key == "event" and not isinstance(value, str) else _safe(key, value)
        for key, value in event.items()
    }


def numbered(handler: Handler) -> Handler:
    """Put one id on every line that a request causes; its words are made for the lines alone."""

    def handle(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        _REQUEST.set(next(_NUMBERS))  # the server answers each request in a context of its own
        return handler(request)

    return handle


def requested(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The id of the request that caused this line, if one did."""
    number = _REQUEST.get()
    return event if number is None else {"request": f"{_PROCESS}-{number}", **event}


def _safe(key: str, value: object) -> object:
    if key in PRIVATE:
        return _HIDDEN
    return _SECRET.sub(_HIDDEN, value) if isinstance(value, str) else value


def _listen(shared: list[Processor], *, on_terminal: bool, level: int) -> None:
    pretty = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    last = pretty if on_terminal else structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redacted, last],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for talkative in ("alembic", "apscheduler"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
