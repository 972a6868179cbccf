"""How long a process waits, for another process or before it answers a person. In seconds of real time."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """The lease of a workspace, and what a lost answer costs.

    `request` is the longest that a call to a platform takes, `grace` what may be wrong about clocks, `claim`
    how old a claim may be when its card is posted, `looks` when a card of which nobody knows is looked for.
    `answer` is the longest that somebody who pressed waits for the platform to be looked at (it gives three
    seconds for everything), `click` that somebody who follows a link waits for the disk.
    """

    lease: float = 10.0
    renewal: float = 3.0
    request: float = 15.0
    grace: float = 30.0
    claim: float = 2.0
    looks: tuple[float, ...] = (30.0, 60.0)
    answer: float = 1.5
    click: float = 0.25

    @property
    def abandoned(self) -> float:
        """After so long nobody is still posting what was claimed."""
        return self.lease + self.request + self.grace


PATIENT = Patience()
"""As docs/operations.md says."""


AT_LAST: ContextVar[Callable[[], bool]] = ContextVar("at_last", default=lambda: True)
"""Whether a first post may still be made. Adapters ask when the connection stands and before any byte leaves:
a process may sleep for minutes while it connects."""


_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed() -> float:
    """Seconds that never jump and also pass while the machine sleeps, where it can tell."""
    return time.clock_gettime(_STEADY)
