"""What happened, counted, for `/metrics`. Numbers only, no names."""

from collections import Counter, defaultdict
from datetime import datetime


class Tally:
    """Since the process began: counts by name and label, seconds of lag, each workspace's last success."""

    def __init__(self) -> None:
        """Nothing happened yet."""
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.lags: list[float] = []
        self.successes: dict[str, datetime] = {}

    def count(self, name: str, label: str) -> None:
        """One more."""
        if label:
            self.counts[name][label] += 1

    def lag(self, seconds: float) -> None:
        """A card was posted so long after it was due."""
        self.lags.append(seconds)
        del self.lags[:-1000]

    def succeeded(self, workspace: str, at: datetime) -> None:
        """A platform did what it was asked."""
        self.successes[workspace] = at
