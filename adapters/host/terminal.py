"""What a verb prints, and the code it ends with."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Coroutine
from typing import Any

from adapters.host.doctor import Unwell
from adapters.host.failed import Failed
from adapters.host.loop import LOOP
from adapters.host.serving import loopback
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable
from content.refusals import Refusal
from content.texts import say
from storage.backup import NotACopy
from storage.carrying import NotEmpty, Uneven
from storage.locking import InUse
from storage.upgrading import Behind
from storage.work import Busy

MENDABLE = (
    Refusal, Failed, InUse, Behind, Busy, NotACopy, NotEmpty, Uneven, OSError,
    Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable,
)  # fmt: skip
"""What a person at the keyboard can do something about: said in a line, without a traceback."""
UNFIT = 2
"""The verb could not even begin: a setting is missing or wrong."""


def run(verb: str, doing: Coroutine[Any, Any, str]) -> int:
    """Do it and print what it says: 0, or 1 when it failed."""
    try:
        with asyncio.Runner(loop_factory=LOOP) as runner:
            return tell(runner.run(doing))
    except Unwell as unwell:
        return tell(str(unwell), code=1)
    except MENDABLE as problem:
        return refuse(verb, words_of(problem), code=1)


def tell(said: str, *, code: int = 0) -> int:
    """Print an answer; returns the code to end with."""
    if said:
        sys.stdout.write(said if said.endswith("\n") else f"{said}\n")
    return code


def unfit(asked: Namespace, host: str, missing: list[str], real: list[str]) -> str:
    """Why `serve` or `setup` cannot even begin; empty when they can.

    `missing` credentials keep Herald from its work, `real` ones have no place in the local workspace.
    """
    if asked.local and not loopback(host):
        return f"the local workspace is for this machine only, HERALD_HOST is {host}"
    if asked.local and real:
        return f"the local workspace reaches nothing real; unset {', '.join(real)}"
    if asked.verb in {"serve", "setup"} and not asked.local and missing:
        return f"not set: {', '.join(missing)} (docs/slack.md, docs/teams.md). To look around: serve --local"
    return ""


def refuse(verb: str, words: str, *, code: int = UNFIT) -> int:
    """Say why not; returns the code to end with."""
    sys.stderr.write(f"herald {verb}: {words}\n")
    return code


def words_of(problem: Exception) -> str:
    """A problem in words for whoever runs the host."""
    match problem:
        case Refusal(words=words):
            said = say(words, "en")
        case InUse():
            said = f"Herald is running on {problem}. Stop it first; it must be alone on its database."
        case Behind():
            said = f"the database has the schema of another version ({problem}): python app.py migrate"
        case Busy():
            said = "the database is busy: try again"
        case NotEmpty():
            said = f"the database is not empty ({problem}); nothing was written"
        case Uneven():
            said = f"not every row arrived ({problem}); nothing was written"
        case FileExistsError():
            said = f"{problem} exists already; nothing was written"
        case FileNotFoundError():
            said = f"there is no {problem.filename or problem}"
        case _:
            said = str(problem)
    return said or type(problem).__name__
