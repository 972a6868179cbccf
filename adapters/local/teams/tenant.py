"""What Teams holds: conversations with their messages, open dialogs, what the presser alone sees."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from adapters.local.people import BOT, BY_ID, Json
from adapters.local.teams.cards import card_of
from adapters.local.teams.people import PERSONAL, PLACES, PRIVATE, chat_of


class TeamsError(Exception):
    """A refusal of Bot Connector: its status, its word, its sentence."""

    def __init__(self, status: int, code: str, words: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.words = words or code


@dataclass(slots=True)
class Conversation:
    """A channel or 1:1 chat with its people and messages, oldest first; Herald is in all of them."""

    id: str
    name: str
    kind: str
    members: list[str] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)

    @property
    def personal(self) -> bool:
        """Whether this is somebody's 1:1 chat with Herald."""
        return self.kind == PERSONAL

    @property
    def private(self) -> bool:
        """Whether only some of the team see it."""
        return self.kind == PRIVATE


@dataclass(slots=True)
class Tenant:
    """One tenant; `now` stamps its messages.

    `seen` are cards that took a card's place for the one who pressed, `told` words shown under one, both by
    person and message, until the message itself is drawn anew. `dialogs` are open ones, by person.
    """

    now: Callable[[], datetime]
    conversations: dict[str, Conversation] = field(default_factory=dict)
    seen: dict[tuple[str, str], Json] = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    dialogs: dict[str, Json] = field(default_factory=dict)
    installed: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Back to the channels of the first minute and a 1:1 chat for everybody, all empty."""
        for kept in (self.seen, self.told, self.dialogs, self.installed):
            kept.clear()
        self.conversations = {
            place.id: Conversation(place.id, place.name, place.kind, list(place.members)) for place in PLACES
        }
        for user in BY_ID:
            self.conversations[chat_of(user)] = Conversation(chat_of(user), "Herald", PERSONAL, [user])

    def number(self) -> str:
        """An id nobody else has, in the order of time, as Teams' are."""
        return f"{int(self.now().timestamp() * 1000):013d}{next(self._numbers):06d}"

    def at(self, id_: str) -> Conversation:
        """A conversation; a thread of a channel is that channel. 404 for none."""
        named = id_.partition(";")[0]
        if named not in self.conversations:
            raise TeamsError(404, "ConversationNotFound", "Conversation not found.")
        return self.conversations[named]

    def chat(self, user: str) -> Conversation:
        """The 1:1 chat of somebody and Herald."""
        return self.conversations[chat_of(user)]

    def of(self, user: str) -> Iterable[Conversation]:
        """The conversations somebody is in."""
        return (one for one in self.conversations.values() if user in one.members)

    def joined(self, user: str, id_: str) -> Conversation:
        """A conversation that somebody is in; 403 otherwise."""
        found = self.at(id_)
        if user not in found.members:
            raise TeamsError(403, "BotNotInConversationRoster", "Not a member.")
        return found

    def message(self, where: Conversation, id_: str) -> Json:
        """A message that must be there."""
        found = next((one for one in where.messages if one["id"] == id_), None)
        if found is None:
            raise TeamsError(404, "ActivityNotFoundInConversation", "Message not found.")
        return found

    def put(self, where: Conversation, user: str, activity: Json, to: str = "") -> Json:
        """Add a message; with `to`, one that a single person sees."""
        message = {"id": self.number(), "user": user, "to": to, "at": self.now().isoformat()}
        where.messages.append(message | _content(activity))
        where.messages.sort(key=lambda one: str(one["id"]))
        return message

    def redraw(self, where: Conversation, id_: str, activity: Json) -> None:
        """Draw a message of Herald's anew, for everybody."""
        message = self.message(where, id_)
        if message["user"] != BOT:
            raise TeamsError(403, "BotCannotEdit", "Not a message of this bot.")
        message.update(_content(activity))
        for user in BY_ID:
            self.seen.pop((user, id_), None)
            self.told.pop((user, id_), None)

    def shown(self, user: str, message: Json) -> Json:
        """A message as one person sees it: with the answer to their own press."""
        key = (user, message["id"])
        card = self.seen.get(key, message["card"])
        return message | {"card": card, "told": self.told.get(key, "")}


def _content(activity: Json) -> Json:
    return {
        "text": str(activity.get("text") or ""),
        "summary": str(activity.get("summary") or ""),
        "picture": str(activity.get("picture") or ""),
        "card": card_of(activity),
    }
