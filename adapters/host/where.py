"""Where a verb works."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports import Surroundings


@dataclass(frozen=True, slots=True)
class Where:
    """Which database, where a running Herald listens, what the deployment decides.

    `now` is the domain's moment.
    """

    url: str = field(repr=False)
    host: str
    port: int
    around: Surroundings
    now: Callable[[], datetime]
