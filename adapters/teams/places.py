"""What Herald knows of a tenant's conversations and people, as inbound activities tell it.

Teams lists neither the channels a bot is in nor what a channel belongs to, so every activity is listened to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from adapters.teams.plain import Json
from adapters.teams.who import Ours
from adapters.teams.wire import Scene
from bot.forms import Option
from bot.recent import Recent
from storage.records import Conversation

CHANNEL, PRIVATE, SHARED, GROUP = "standard", "private", "shared", "groupChat"
"""Kinds of conversations: three of channels, as a team's list calls them, and chats of several people."""
PEOPLE = 10_000
"""People remembered at once, in 8 MB. To write to somebody heard longer ago costs one call more: Teams tells
their 1:1 chat again."""
_THREADS = ("@thread.tacv2", "@thread.skype")


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody's activities tell: Teams' id of them, language, zone, chat last seen in, 1:1 chat."""

    mri: str = ""
    language: str = ""
    zone: str = ""
    seen_in: str = ""
    chat: str = ""
    home: str = ""


@dataclass(slots=True)
class Places:
    """One tenant. `targeted` once Teams proved here that it knows messages for one person in a channel."""

    ours: Ours
    service_url: str
    rooms: dict[str, Conversation] = field(default_factory=dict)
    people: Recent[Heard] = field(default_factory=lambda: Recent(PEOPLE))
    targeted: bool = False

    def recall(self, known: Iterable[Conversation]) -> None:
        """What was kept from before."""
        for room in known:
            self.rooms[room.id.partition("/")[2]] = room
            self.service_url = room.service_url or self.service_url

    def base(self, conversation: str) -> str:
        """Where a conversation is served, with a slash at its end."""
        room = self.rooms.get(conversation)
        return ((room and room.service_url) or self.service_url).rstrip("/") + "/"

    def learn(self, at: Scene) -> Conversation | None:
        """Remember what an activity tells; returns the conversation when there is something new to keep."""
        self.service_url = at.service_url or self.service_url
        self.targeted = self.targeted or at.targeted
        if at.user:
            self._meet(at)
        if at.personal:
            return None
        return self._room(at)

    def heard(self, user: str) -> Heard:
        """What is known of somebody."""
        return self.people.get(user) or Heard()

    def note(self, user: str, **known: str) -> None:
        """Remember more about somebody."""
        self.people.keep(user, replace(self.heard(user), **known))

    def listed(self, team: str, name: str, channels: Iterable[Json]) -> list[Conversation]:
        """A team's channels as Teams lists them; returns those with something new to keep."""
        found = [self._channel(team, name, each) for each in channels if each.get("id")]
        return [room for room in found if self._keep(room)]

    def archive(self, team: str, *, archived: bool) -> list[Conversation]:
        """A whole team was archived, or is back."""
        found = [replace(room, archived=archived) for room in self.of_team(team)]
        return [room for room in found if self._keep(room)]

    def of_team(self, team: str) -> list[Conversation]:
        """The conversations of a team that Herald knows."""
        return [room for room in self.rooms.values() if team and room.team == team]

    def is_room(self, address: str) -> bool:
        """Whether an address is a conversation: its id holds a colon, a person's (Entra object id) none."""
        return address in self.rooms or ":" in address

    def is_channel(self, conversation: str) -> bool:
        """Whether messages there are threads: a team's channel, and no chat of several people."""
        room = self.rooms.get(conversation)
        return conversation.endswith(_THREADS) or (room is not None and room.kind != GROUP)

    def public(self, conversation: str) -> bool:
        """Whether a conversation is surely open to a whole team."""
        room = self.rooms.get(conversation)
        return room is not None and room.kind == CHANNEL and bool(room.team)

    def choices(self, *, private: bool) -> tuple[Option, ...]:
        """The conversations to choose from in set-up: those for a few, or for all; shared ones never."""
        kinds = (PRIVATE, GROUP) if private else (CHANNEL,)
        found = [room for room in self.rooms.values() if room.kind in kinds and not room.archived]
        offered = [Option(room.id.partition("/")[2], label(room)) for room in found]
        return tuple(sorted(offered, key=lambda option: str(option.label).casefold()))

    def _meet(self, at: Scene) -> None:
        known = {
            "mri": at.mri, "language": at.language or "", "zone": at.zone, "home": at.home,
            "seen_in": at.conversation, "chat": at.conversation if at.personal else "",
        }  # fmt: skip
        self.note(at.user, **{name: value for name, value in known.items() if value})

    def _room(self, at: Scene) -> Conversation | None:
        known = self.rooms.get(at.conversation)
        kind = known.kind if known else CHANNEL if at.team else GROUP
        named = at.conversation_name or (known.name if known else "")
        room = Conversation(
            self.ours.within(at.conversation), self.ours.workspace, kind, named,
            at.team or (known.team if known else ""), at.team_name or (known.team_name if known else ""),
            at.service_url, archived=known.archived if known else False,
        )  # fmt: skip
        return room if self._keep(room) else None

    def _channel(self, team: str, name: str, found: Json) -> Conversation:
        id_ = str(found["id"])
        known = self.rooms.get(id_)
        kind = kind_of(found) or CHANNEL
        return Conversation(
            self.ours.within(id_), self.ours.workspace, kind, str(found.get("name") or ""), team, name,
            self.service_url, archived=known.archived if known else False,
        )  # fmt: skip

    def _keep(self, room: Conversation) -> bool:
        id_ = room.id.partition("/")[2]
        if self.rooms.get(id_) == room:
            return False
        self.rooms[id_] = room
        return True


def kind_of(found: Json) -> str:
    """The kind of a listed channel: Teams says `type`, its Agents Playground `channelType`."""
    return str(found.get("type") or found.get("channelType") or "")


def label(room: Conversation) -> str:
    """What people call a conversation: its team and its name."""
    return " / ".join(part for part in (room.team_name, name_of(room)) if part) or room.id[-12:]


def name_of(room: Conversation) -> str:
    """A conversation's own name; Teams gives a team's first channel none."""
    return room.name or ("General" if room.kind != GROUP else "")
