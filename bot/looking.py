"""Commands that must look at the platform before they decide: who are these people, may this channel be used?

The network is asked first and outside any transaction; then one `Work` decides on what was seen. Only set-up,
what the platform reports by itself and a first press of somebody new are like that.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.commands.wire import Command
from bot.ports import Account, Answer, By, Chat, Gone, Place
from storage.work import Reading, Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to ask; every id is ours. With `enter` Herald joins the public channels it is not in yet."""

    channels: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    enter: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """What the platform showed, by our ids; what it does not show us is missing."""

    places: Mapping[str, Place] = field(default_factory=dict)
    rooms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)

    def full(self, room: str) -> list[str]:
        """The colleagues in a room: no guest, no bot, nobody of another organisation, nobody who left."""
        return [member for member in self.rooms.get(room, ()) if self.colleague(member)]

    def colleague(self, member: str) -> bool:
        """Whether an account is a colleague's own."""
        account = self.accounts.get(member)
        home = member.partition("/")[0].partition(":")[2]
        return account is not None and not (
            account.guest or account.bot or account.gone or account.home != home
        )


@dataclass(frozen=True, slots=True)
class Looking:
    """What a command looks at, if whoever asks may ask it, and what it then decides.

    The wish is asked again before the decision, in its transaction. A `silent` one answers nobody.
    """

    wish: Callable[[Reading, Any, By], Awaitable[Wish]]
    then: Callable[[Work, Any, By, Sight], Awaitable[Answer]]
    silent: bool = False


Lookings = Mapping[type[Command], Looking]


async def see(chat: Chat, wish: Wish) -> Sight:
    """Ask the platform; raises its families of failure, except that what is `Gone` is missing."""
    places = {
        channel: await _place(chat, channel, enter=wish.enter) for channel in dict.fromkeys(wish.channels)
    }
    rooms = {room: await _room(chat, room) for room in dict.fromkeys(wish.rooms)}
    people = dict.fromkeys([*wish.people, *(member for room in rooms.values() for member in room)])
    accounts = {member: await _account(chat, member) for member in people}
    return Sight(_there(places.items()), rooms, _there(accounts.items()))


async def _place(chat: Chat, channel: str, *, enter: bool) -> Place | None:
    try:
        found = await chat.place(_plain(channel))
        if not enter or found.joined or found.private or found.shared or found.archived:
            return found
        await chat.join(_plain(channel))
        return await chat.place(_plain(channel))
    except Gone:
        return None


async def _room(chat: Chat, room: str) -> tuple[str, ...]:
    workspace = room.partition("/")[0]
    try:
        return tuple(f"{workspace}/{member}" for member in await chat.members(_plain(room)))
    except Gone:
        return ()


async def _account(chat: Chat, member: str) -> Account | None:
    try:
        return await chat.account(_plain(member))
    except Gone:
        return None


def _plain(ours: str) -> str:
    return ours.partition("/")[2]


def _there(found: Iterable[tuple[str, T | None]]) -> dict[str, T]:
    return {name: thing for name, thing in found if thing is not None}
