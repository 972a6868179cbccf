"""How long a process waits before it takes another's place or another's word. In seconds of real time."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """The lease of a workspace, and what a lost answer costs.

    `request` is the longest that a call to a platform takes, `grace` what may be wrong about clocks, `claim`
    how old a claim may be when its card is posted, `looks` when a card of which nobody knows is looked for.
    """

    lease: float = 10.0
    renewal: float = 3.0
    request: float = 15.0
    grace: float = 30.0
    claim: float = 2.0
    looks: tuple[float, ...] = (30.0, 60.0)

    @property
    def abandoned(self) -> float:
        """After so long nobody is still posting what was claimed."""
        return self.lease + self.request + self.grace


PATIENT = Patience()
"""As docs/operations.md says."""


AT_LAST: ContextVar[Callable[[], bool]] = ContextVar("at_last", default=lambda: True)
"""Whether a first post may still be made. Adapters ask when the connection stands and before any byte leaves:
a process may sleep for minutes while it connects."""


def elapsed() -> float:
    """Seconds that never jump and also pass while the machine sleeps, where it can tell."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)
