"""One fake per port: real classes that keep what they were told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cards import Card
from bot.patience import Patience
from bot.ports import Account, CannotTell, Gone, LockedOut, Pace, Place, Rate
from content.feeds import Fetched, Validators
from content.pages import Page, Unreadable
from content.texts import Words

_FAST = Rate(1_000_000, 1)
UNHURRIED = Pace(_FAST, _FAST, _FAST)
"""A platform without limits."""
LEISURELY = Patience(answer=60.0, click=60.0)
"""A slow machine gives nobody another answer."""


class FrozenClock:
    """A clock that moves when a test says so."""

    def __init__(self, at: datetime) -> None:
        """Start at a moment."""
        self._at = at

    def now(self) -> datetime:
        """The moment it shows."""
        return self._at

    def shift(self, by: timedelta) -> None:
        """Move it."""
        self._at += by


@dataclass
class Sent:
    """One card in one place, as it looks now, and every look it had."""

    ref: str
    address: str
    language: str
    operation: str
    looks: list[Card]

    @property
    def card(self) -> Card:
        """As it looks now."""
        return self.looks[-1]


@dataclass
class FakeChat:
    """A workspace that remembers what it was shown; `failing` is raised instead, once per entry.

    `failing_at` is the same for the next posts at one address: what goes elsewhere at the same time works.
    """

    platform: str
    now: Callable[[], datetime]
    sent: list[Sent] = field(default_factory=list)
    whispers: list[tuple[str, str | None, Words | Card]] = field(default_factory=list)
    homes: dict[str, Card] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failing: list[Exception] = field(default_factory=list)
    failing_at: dict[str, list[Exception]] = field(default_factory=dict)
    pace: Pace = UNHURRIED
    history: bool = False
    locked: bool = False

    def knows(self, account: Account) -> None:
        """Add an account."""
        self.accounts[account.user] = account

    def at(self, address: str) -> list[Sent]:
        """What stands at an address, oldest first."""
        return [sent for sent in self.sent if sent.address == address]

    def latest(self, address: str) -> Card:
        """How the latest card of an address looks now."""
        return self.at(address)[-1].card

    @property
    def can_look(self) -> bool:
        """As `find` does."""
        return self.history

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        """Keep a card."""
        self._fail()
        if self.failing_at.get(address):
            raise self.failing_at[address].pop(0)
        ref = f"{address}:{len(self.sent)}"
        self.sent.append(Sent(ref, address, language, operation, [card]))
        return ref

    async def redraw(self, ref: str, card: Card, language: str) -> None:
        """Give a card a new look."""
        self._fail()
        del language
        found = next((sent for sent in self.sent if sent.ref == ref), None)
        if found is None:
            raise Gone(ref)
        found.looks.append(card)

    async def find(self, address: str, operation: str, since: datetime) -> str | None:
        """Look through what was sent, where the fake lets itself be looked through."""
        self._fail()
        if not self.history:
            raise CannotTell(address)
        return next((sent.ref for sent in self.at(address) if sent.operation == operation), None)

    async def probe(self) -> None:
        """Let in, or not."""
        self._fail()

    async def tell(self, user: str, channel: str | None, words: Words | Card, language: str) -> None:
        """Keep what was said to one person."""
        self._fail()
        del language
        self.whispers.append((user, channel, words))

    async def account(self, user: str) -> Account:
        """Give an account."""
        self._fail()
        if user not in self.accounts:
            raise Gone(user)
        return self.accounts[user]

    async def place(self, channel: str) -> Place:
        """Give a channel."""
        self._fail()
        if channel not in self.places:
            raise Gone(channel)
        return self.places[channel]

    async def members(self, channel: str) -> tuple[str, ...]:
        """Give a channel's members."""
        self._fail()
        return self.people.get(channel, ())

    async def join(self, channel: str) -> None:
        """Enter a channel."""
        self._fail()
        if channel not in self.places:
            raise Gone(channel)
        self.places[channel] = replace(self.places[channel], joined=True)

    async def home(self, user: str, card: Card, language: str) -> None:
        """Keep somebody's Home."""
        self._fail()
        del language
        self.homes[user] = card

    def _fail(self) -> None:
        if self.locked:
            raise LockedOut("token_revoked")
        if self.failing:
            raise self.failing.pop(0)


@dataclass
class FakePages:
    """Pages and feeds by address; an address nobody wrote answers nothing."""

    pages: dict[str, Page | Unreadable] = field(default_factory=dict)
    feeds: dict[str, Fetched | Unreadable] = field(default_factory=dict)

    async def page(self, address: str) -> Page:
        """Give a page."""
        found = self.pages.get(address, Unreadable("no_answer"))
        if isinstance(found, Unreadable):
            raise found
        return found

    async def feed(self, address: str, seen: Validators) -> Fetched:
        """Give a feed."""
        del seen
        found = self.feeds.get(address, Unreadable("no_answer"))
        if isinstance(found, Unreadable):
            raise found
        return found
