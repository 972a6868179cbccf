"""What each way of failing means for a copy, its address and its workspace."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from random import uniform
from typing import Any

from bot import outages
from bot.limits import EVERYTHING, Kind, Limits
from bot.patience import Patience
from bot.ports import Gone, LockedOut, Rejected, Throttled, Unknown
from storage.records import Copy, Sending
from storage.work import Storage, Work

FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
"""A platform that does not answer is asked again after two seconds, then after twice as long, and so on."""
SPOKEN = 200
"""Characters of a platform's own words that are kept."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to write about a copy, and what to do in the same transaction."""

    values: dict[str, Any]
    then: Callable[[Work], Awaitable[None]] | None = None
    outcome: str = ""


class Failing:
    """Judges failures in one workspace."""

    def __init__(self, storage: Storage, limits: Limits, patience: Patience) -> None:
        """Pauses are kept in `limits`."""
        self._storage = storage
        self._limits = limits
        self._patience = patience

    def judge(self, copy: Copy, failure: Exception, kind: Kind) -> Verdict:
        """The verdict on one failure; pauses begin at once."""
        told = {"state": Sending.IDLE, "error": str(failure)[:SPOKEN]}
        match failure:
            case Throttled():
                self._limits.throttled(failure, kind, copy.address)
                return Verdict({"state": Sending.IDLE}, outcome="throttled")
            case Gone():
                tells = outages.shut if copy.ref is None else outages.removed
                return Verdict(told | {"state": Sending.GONE}, lambda work: tells(work, copy), "gone")
            case Rejected():
                return Verdict(told | {"state": Sending.ASIDE}, outcome="rejected")
            case LockedOut():
                self._limits.pause(EVERYTHING, FIRST_WAIT)
                return Verdict(told, lambda work: outages.pause(work, copy, str(failure)), "locked")
            case Unknown() if copy.ref is None:
                return Verdict(told | unsure(self._storage, self._patience.looks[0]), outcome="ambiguous")
            case _:
                self._limits.pause(copy.address, backoff(copy.attempts))
                return Verdict(told | {"attempts": copy.attempts + 1}, outcome="retried")


def unsure(storage: Storage, seconds: float) -> dict[str, Any]:
    """Nobody knows whether it was posted: it is looked for in some seconds."""
    due = storage.now() + timedelta(seconds=seconds)
    return {"state": Sending.UNSURE, "attempts": 0, "due": due}


def backoff(attempts: int) -> float:
    """Seconds to wait after some failed attempts, never the same for two that failed together."""
    doubled: float = FIRST_WAIT * 2 ** min(attempts, 20)
    return min(doubled, LONGEST_WAIT) * uniform(0.75, 1.25)  # noqa: S311  no secret
