"""The two doors of links: `/s/…` leads readers to a story, `/o/…` whoever shares to a network's composer.

They always lead on: a person who left or was erased takes no link away, and a database that cannot be written
only leaves a visit uncounted.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import getrandbits

from bot.ports import Surroundings
from bot.roads import composer, network_of, opening_words, readers_link
from bot.visits import Visits
from content.links import campaign, measured
from content.networks import Network
from content.shares import Evidence, Fact, Link, of_person
from content.stories import Story
from storage import directory, queries, sharing
from storage.work import Reading, Storage

FRESH = 60.0
"""Seconds that a link is remembered: so long a corrected address may wait for its readers."""
REMEMBERED = 10_000
"""Links remembered at most."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a token is made of; nobody has to look for anything else."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a reader's link leads, and until when that is remembered."""

    link: Link
    address: str
    until: float


class Doors:
    """Follows links. `visits` writes down what they bring; `clock` is monotonic."""

    def __init__(
        self, storage: Storage, around: Surroundings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Follow the links of this storage."""
        self.visits = Visits(storage, around.patience.click, clock)
        self._storage = storage
        self._around = around
        self._clock = clock
        self._known: dict[str, Leads] = {}

    def forget(self) -> None:
        """Remember no link any more."""
        self._known.clear()

    def known(self, token: str) -> Leads | None:
        """A reader's link that is remembered, as one that goes round is."""
        leads = self._known.get(token)
        return None if leads is None or leads.until < self._clock() else leads

    async def read(self, token: str, *, counts: bool) -> str | None:
        """Where a reader goes, with what makes the visit visible there; None for an unknown token."""
        leads = self.known(token) or await self._look_up(token)
        if leads is None:
            return None
        if counts:
            await self.visited(leads)
        return leads.address

    def visited(self, leads: Leads) -> "asyncio.Future[bool]":
        """Somebody reads: done once that is on disk, or after the reader's patience."""
        return self.visits.note(_visit(leads.link, self._storage))

    async def open(self, token: str, *, counts: bool, phone: bool) -> str | None:
        """Where somebody who shares goes: a network's composer. A link of their own tells the intent."""
        link = await self._found(token)
        if link is None or not link.doorway:
            return None
        async with self._storage.reading(link.programme) as at:
            story = await queries.story(at, link.story)
            if story is None:
                return None
            address = await self._composer(at, story, link, phone=phone)
            now = at.now
        if counts and link.personal and link.member:
            await self.visits.note(of_person(Evidence.INTENT, story, link.member, now, link.network))
        return address

    async def _composer(self, at: Reading, story: Story, link: Link, *, phone: bool) -> str:
        network = network_of(link.network)
        own = link.member if link.personal else None
        found = await sharing.roads(at, story.id, own)
        readers = readers_link(story, found.get(network.key), self._around)
        draft = await queries.draft(at, story.id, own) if own else None
        words = draft.words if draft else ""
        prefill = (await queries.programme(at)).prefill and not phone and not self._around.local
        if prefill and network.prefilled:
            return network.prefilled(readers, words)
        return composer(network, readers, self._spoken(network, story, words), self._around)

    def _spoken(self, network: Network, story: Story, words: str) -> str:
        """Pretend networks show the words; real ones are opened empty, and the person pastes."""
        return words if self._around.local else opening_words(network, story)

    async def _look_up(self, token: str) -> Leads | None:
        link = await self._found(token)
        if link is None or link.doorway:
            return None
        async with self._storage.reading(link.programme) as at:
            story = await queries.story(at, link.story)
        target = (story.link if story else None) or link.target
        named = campaign(story.title if story else "", link.story)
        address = measured(target, network=link.network or "herald", campaign=named)
        leads = Leads(link, address, self._clock() + FRESH)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[token] = leads
        return leads

    async def _found(self, token: str) -> Link | None:
        """None at once for what no token is: PostgreSQL would refuse to look for half of it."""
        return await directory.link(self._storage, token) if TOKEN.fullmatch(token) else None


_OURS = f"{time.time_ns():x}{getrandbits(64):016x}"
_NUMBERS = count(1)


def _visit(link: Link, storage: Storage) -> Fact:
    """One visit: of a link, never of anybody; a person's own link says whose it was."""
    key = f"observed:{_OURS}{next(_NUMBERS):010x}"  # in order: new ones stand together on disk
    return Fact(key, link.programme, link.story, Evidence.OBSERVED, storage.now(), link.member, link.network)
