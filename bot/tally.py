"""What happened, counted, for `/metrics`. Numbers only, no names."""

from collections import Counter, defaultdict
from datetime import datetime
from math import inf

LAGS = (1.0, 5.0, 15.0, 60.0, 300.0, 3600.0)
"""Seconds after which a lag is of another kind."""


class Tally:
    """Since the process began: counts by name and label, each workspace's last success.

    `lags` counts cards by how late they were posted, `lagged` are all those seconds together.
    """

    def __init__(self) -> None:
        """Nothing happened yet."""
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.lags: Counter[float] = Counter()
        self.lagged = 0.0
        self.successes: dict[str, datetime] = {}

    def count(self, name: str, label: str) -> None:
        """One more."""
        if label:
            self.counts[name][label] += 1

    def lag(self, seconds: float) -> None:
        """A card was posted so long after it was due."""
        self.lagged += seconds
        self.lags[next((bound for bound in LAGS if seconds <= bound), inf)] += 1

    def succeeded(self, workspace: str, at: datetime) -> None:
        """A platform did what it was asked."""
        self.successes[workspace] = at
