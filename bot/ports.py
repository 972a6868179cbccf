"""What Herald needs from outside, and how that can fail. One fake per port lives in `tests/fakes.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, Protocol

from bot.cards import Card
from bot.forms import Form
from bot.patience import PATIENT, Patience
from content.feeds import Fetched, Validators
from content.pages import Page
from content.texts import Words


@dataclass(frozen=True, slots=True)
class By:
    """Who asks, where, and the key under which the platform may ask again.

    `member`, `workspace` and `channel` are our ids (`slack:T1/U1`, `slack:T1`, `slack:T1/C1`); `home` is the
    person's own workspace or tenant as the platform says it, `language` their locale if it came along. `key`
    is unique per press and prefixed by workspace: the same key twice is the same press.
    """

    member: str
    workspace: str
    key: str
    channel: str | None = None
    home: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Redrawn:
    """It is done, or was already: the copy shows the present state."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words, or a card, for this person only."""

    words: Words | Card


@dataclass(frozen=True, slots=True)
class Asked:
    """A form to show: the next question, the sheet redrawn, or a receipt."""

    form: Form


NOWHERE = ""
"""The name under which `Wrong` says what is about no field of the form."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, field by field; nothing was recorded and nothing typed is lost."""

    fields: dict[str, Words]


@dataclass(frozen=True, slots=True)
class Done:
    """It is done and there is nothing to say."""


Answer = Redrawn | Told | Asked | Wrong | Done


@dataclass(frozen=True, slots=True)
class Account:
    """What a platform says of one account; `home` is its own workspace or tenant.

    `language` and `zone` are empty where the platform does not say: what is known of the person stays.
    """

    user: str
    name: str
    home: str
    language: str = "en"
    zone: str = "UTC"
    email: str | None = None
    guest: bool = False
    bot: bool = False
    gone: bool = False
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What a platform says of one channel; `shared` with another organisation (or about to be).

    `crowd` is how many read it, where the platform does not say whether others may come in by themselves.
    """

    channel: str
    name: str
    private: bool = False
    shared: bool = False
    archived: bool = False
    joined: bool = True
    crowd: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds; as many at once."""

    calls: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform lets itself be spoken to: per address, for all posts, for all redraws."""

    address: Rate
    post: Rate
    redraw: Rate


class Chat(Protocol):
    """One workspace of one platform, as Herald speaks to it. Addresses and users are the platform's own ids.

    Every method may raise `Throttled`, `Unreachable`, `Unknown` or `LockedOut`; those about one address also
    `Gone` and, when the platform refuses what we built, `Rejected`.
    """

    platform: str
    pace: Pace

    @property
    def can_look(self) -> bool:
        """Whether `find` can tell, as far as the platform has said: else first posts go one at a time."""
        ...

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        """Post a card once; `address` is a channel, or a user for a 1:1 message. Returns the copy's `ref`."""
        ...

    async def redraw(self, ref: str, card: Card, language: str) -> None:
        """Draw a copy anew, in place."""
        ...

    async def find(self, address: str, operation: str, since: datetime) -> str | None:
        """Look for the copy that an operation posted at about a moment; its `ref`, None when it is not there.

        Raises `CannotTell` when the platform does not let us look.
        """
        ...

    async def probe(self) -> None:
        """Ask for nothing, to learn whether the credential works; `LockedOut` when it does not."""
        ...

    async def tell(self, user: str, channel: str | None, words: Words | Card, language: str) -> None:
        """Tell one person only, where they are if the platform can, else 1:1."""
        ...

    async def account(self, user: str) -> Account:
        """What the platform knows of an account."""
        ...

    async def place(self, channel: str) -> Place:
        """What the platform knows of a channel."""
        ...

    async def members(self, channel: str) -> tuple[str, ...]:
        """Everybody in a channel, bots and guests included."""
        ...

    async def join(self, channel: str) -> None:
        """Enter a public channel where the platform allows it; `Gone` when it does not."""
        ...

    async def home(self, user: str, card: Card, language: str) -> None:
        """Publish this person's Home."""
        ...


class Pages(Protocol):
    """The outside web, fetched with care. What a person must be told is a `Refusal`."""

    async def page(self, address: str) -> Page:
        """Read a page's title, picture and words; raises `content.pages.Unreadable`."""
        ...

    async def feed(self, address: str, seen: Validators) -> Fetched:
        """Read a feed, or learn that it did not change; raises `content.pages.Unreadable`."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the deployment decides: `public_url` (no slash at its end), whom it names as `admins`, its keys.

    `back` tells how many seconds the machine's clock has gone back, 0 while it can be believed.
    """

    public_url: str | None = None
    local: bool = False
    admins: tuple[str, ...] = ()
    patience: Patience = PATIENT
    back: Callable[[], float] = lambda: 0.0
    secret_key: str = field(default="", repr=False)


class Throttled(Exception):
    """Too fast: wait `seconds` before speaking again about `scope` (an address, a method or everything)."""

    def __init__(self, seconds: float, scope: Literal["address", "method", "workspace"]) -> None:
        """Keep how long, and what it speaks about."""
        super().__init__(f"{scope} throttled for {seconds:.0f} s")
        self.seconds = seconds
        self.scope = scope


class Gone(Exception):
    """This copy or this address is no more."""


class Unreachable(Exception):
    """The platform did not act: no connection, or it said so."""


class Unknown(Exception):
    """The platform may have acted: the answer never came."""


class LockedOut(Exception):
    """The workspace's credential or scope is refused: pause it, forget nothing, tell the admin once."""


class CannotTell(Exception):
    """The platform does not let us look whether something was posted."""


class Rejected(Exception):
    """The platform refused what we built: a bug of ours; the message is set aside and stays visible."""


FAILURES: Final = (Gone, LockedOut, Rejected, Throttled, Unknown, Unreachable)
"""How platforms fail; anything else that is raised is a bug."""
