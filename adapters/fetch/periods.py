"""How long a feed says that it stays as it is."""

from collections.abc import Mapping
from types import MappingProxyType

_PERIODS: Mapping[str, int] = MappingProxyType(
    {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
)


def seconds(minutes: str, period: str, times: str) -> float | None:
    """RSS's `ttl` in minutes, else the syndication module's so many times a period; None when neither is."""
    if minutes.isascii() and minutes.isdigit():
        return float(minutes[:6]) * 60
    lasts = _PERIODS.get(period.strip().lower())
    often = int(times[:4]) if times.isascii() and times.isdigit() else 1
    return lasts / max(1, often) if lasts else None
