"""What happened in the local workspace, for the page: the wire, the guided list's evidence, live notices."""

import asyncio
import copy
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count

from adapters.local.people import Json

END = "end"
"""The last notice: the workspace stops."""
KEPT = 200
"""How many wire entries the page can look back at."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One request between the workspace and Herald, in either direction, with its answer."""

    number: int
    way: str
    name: str
    sent: Json
    status: int
    answer: Json
    at: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing a person or Herald did, that a step of the guided list can be ticked by."""

    what: str
    person: str = ""
    name: str = ""
    channel: str = ""


@dataclass(slots=True)
class Journal:
    """Collects crossings and sightings and tells every open page that something changed."""

    now: Callable[[], datetime]
    crossings: deque[Crossing] = field(default_factory=lambda: deque(maxlen=KEPT))
    seen: list[Seen] = field(default_factory=list)
    _listeners: set[asyncio.Queue[Json]] = field(default_factory=set)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def crossed(self, way: str, name: str, sent: Json, status: int, answer: Json) -> None:
        """Keep one request and its answer (`way`: `in` to Herald, `out` from Herald)."""
        number, at = next(self._numbers), self.now().isoformat()
        self.crossings.append(
            Crossing(number, way, name, copy.deepcopy(sent), status, copy.deepcopy(answer), at)
        )

    def saw(self, what: str, person: str = "", name: str = "", channel: str = "") -> None:
        """Keep one sighting for the guided list."""
        self.seen.append(Seen(what, person, name, channel))
        self.tell("guide")

    def tell(self, kind: str, **more: str) -> None:
        """Wake every open page."""
        for listener in self._listeners:
            listener.put_nowait({"kind": kind, **more})

    def end(self) -> None:
        """Let every open page go."""
        self.tell(END)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["asyncio.Queue[Json]"]:
        """The notices from now on, until the page goes away."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def wire(self) -> list[Json]:
        """The kept crossings, newest first."""
        return [asdict(crossing) for crossing in reversed(self.crossings)]

    def clear(self) -> None:
        """Forget what happened, but keep the open pages listening."""
        self.crossings.clear()
        self.seen.clear()
