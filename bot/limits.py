"""How fast Herald speaks in a workspace: the platform's rates, and the pauses it asked for."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from aiolimiter import AsyncLimiter

from bot.ports import Pace, Rate, Throttled

Kind = Literal["post", "redraw"]
KINDS: tuple[Kind, ...] = ("post", "redraw")
EVERYTHING = "workspace"
KEPT = 1000
"""Buckets of addresses in memory; those that are full again go first."""


class Limits:
    """Who may be spoken to now. Pauses speak of an address, a kind of call, or the whole workspace."""

    def __init__(self, pace: Pace, now: Callable[[], datetime]) -> None:
        """Keep to this pace; `now` is the domain's clock."""
        self._pace = pace
        self._now = now
        self._kinds: dict[Kind, AsyncLimiter] = {"post": bucket(pace.post), "redraw": bucket(pace.redraw)}
        self._addresses: dict[str, AsyncLimiter] = {}
        self._pauses: dict[str, tuple[datetime, datetime]] = {}

    def open(self, kind: Kind) -> bool:
        """Whether anything of a kind may be sent at all."""
        return not (self._paused(EVERYTHING) or self._paused(kind))

    def free(self, address: str) -> bool:
        """Whether an address may be spoken to."""
        left = self._addresses.get(address)
        return (left is None or left.has_capacity()) and not self._paused(address)

    def closed(self) -> Iterator[str]:
        """The addresses that must be left alone for now."""
        yield from (key for key in tuple(self._pauses) if self._paused(key))
        yield from (address for address, left in self._addresses.items() if not left.has_capacity())

    async def turn(self, kind: Kind, address: str) -> None:
        """Wait until a call of a kind is within the workspace's rate, and count it for its address."""
        await self._kinds[kind].acquire()
        if kind == "post":
            await self._bucket(address).acquire()

    def pause(self, key: str, seconds: float) -> None:
        """Leave an address, a kind or `EVERYTHING` alone for some seconds."""
        now = self._now()
        self._pauses[key] = (now, now + timedelta(seconds=seconds))

    def throttled(self, throttled: Throttled, kind: Kind, address: str) -> None:
        """Pause what the platform spoke about, for as long as it said, and nothing else."""
        keys = {"address": address, "method": kind, "workspace": EVERYTHING}
        self.pause(keys[throttled.scope], throttled.seconds)

    def _paused(self, key: str) -> bool:
        """A clock that went back ends a pause: the platform asks for another if it minds."""
        pause = self._pauses.get(key)
        if pause is None:
            return False
        began, ends = pause
        if began <= self._now() < ends:
            return True
        del self._pauses[key]
        return False

    def _bucket(self, address: str) -> AsyncLimiter:
        if len(self._addresses) >= KEPT:
            full = self._pace.address.calls
            self._addresses = {
                name: left for name, left in self._addresses.items() if not left.has_capacity(full)
            }
        return self._addresses.setdefault(address, bucket(self._pace.address))


def bucket(rate: Rate) -> AsyncLimiter:
    """A bucket that leaks at a rate."""
    return AsyncLimiter(rate.calls, rate.seconds)
