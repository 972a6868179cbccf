"""The port `Chat` over Bot Connector, for one tenant."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime

from adapters.teams.carried import HOME
from adapters.teams.connector import Connector
from adapters.teams.places import CHANNEL, GROUP, SHARED, Places, kind_of, name_of
from adapters.teams.plain import Json, say
from adapters.teams.render import message, worded
from adapters.teams.roster import Roster, unseen
from bot.cards import Button, Card, buttons
from bot.commands.homing import ShowHome
from bot.lettering import clean
from bot.ports import Account, CannotTell, Gone, Pace, Place, Rate, Rejected
from content.texts import Words, supported, text
from storage.records import Conversation

HOMES = 10_000
"""Home cards remembered, to be drawn anew in place."""


PACE = Pace(address=Rate(7, 14), post=Rate(25, 1), redraw=Rate(25, 1))
"""1,800 messages an hour per conversation, seven at once; 50 calls a second per app and tenant
(https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit)."""


class TeamsChat:
    """Speaks as Herald in one tenant."""

    platform = "teams"
    pace = PACE
    can_look = False

    def __init__(self, connector: Connector, places: Places, roster: Roster) -> None:
        """Speak through `connector`."""
        self._connector = connector
        self._places = places
        self._roster = roster
        self._homes: dict[str, str] = {}
        self._rendered: tuple[Card, str, Json] | None = None

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        """Post a card once: a thread in a channel, a message in a chat, or 1:1 for a person.

        Teams cannot be asked for the operation later, so a lost answer is for the moderators to settle.
        """
        del operation
        return await self._sent(address, self._message(card, language))

    async def redraw(self, ref: str, card: Card, language: str) -> None:
        """Draw a message anew."""
        await self._redrawn(ref, self._message(card, language))

    async def find(self, address: str, operation: str, since: datetime) -> str | None:
        """Bots cannot read what was said: whether a card arrived is for the moderators to see."""
        del operation, since
        raise CannotTell(address)

    async def probe(self) -> None:
        """Log in."""
        await self._connector.enter()

    async def tell(self, user: str, channel: str | None, words: Words | Card, language: str) -> None:
        """To one person: where they are, if Teams can do that here, else 1:1."""
        told = message(words, language) if isinstance(words, Card) else worded(clean(say(words, language)))
        await self.show(user, channel, told)

    async def account(self, user: str) -> Account:
        """One account, with the language and zone of its own activities."""
        try:
            found = await self._roster.account(user)
        except Gone as gone:
            raise unseen(gone) from gone
        return replace(found, language=supported(found.language) if found.language else "")

    async def place(self, channel: str) -> Place:
        """One channel or group chat; a channel of several organisations counts as shared whoever is in it."""
        room = self._places.rooms.get(channel)
        if room is None:
            raise Gone(f"{channel}: Herald was not added there")
        if room.kind == GROUP:
            return await self._group(channel, room)
        return await self._channel(channel, room)

    async def members(self, channel: str) -> tuple[str, ...]:
        """Everybody in a channel or chat, page by page."""
        return await self._roster.members(channel)

    async def join(self, channel: str) -> None:
        """An app cannot enter by itself: `Gone` where it was not added."""
        if not (await self.place(channel)).joined:
            raise Gone(f"{channel}: an invitation is needed")

    async def home(self, user: str, card: Card, language: str) -> None:
        """Home is a card in the 1:1 chat: drawn anew where it stands, else posted."""
        drawn = homely(card, language)
        known = self._homes.get(user)
        if known and await _there(self._redrawn(known, drawn)):
            return
        self.home_is(user, await self._sent(user, drawn))

    # ---------------------------------------------------------------------- beyond the port: Teams' own

    def home_is(self, user: str, ref: str) -> None:
        """This message is somebody's Home; none when it should be posted anew, where it is seen."""
        if len(self._homes) > HOMES:
            self._homes.clear()
        self._homes[user] = ref

    async def move_home(self, user: str, card: Card, language: str) -> None:
        """Home anew at the end of the chat; the old one goes, so that there is one: it is no sent card."""
        before = self._homes.pop(user, "")
        await self.home(user, card, language)
        conversation, _, id_ = before.rpartition("/")
        if conversation:
            await self._connector.delete(conversation, id_)

    async def reply(self, conversation: str, to: str, words: Words, language: str) -> None:
        """A few words under somebody's message, for everybody there to read."""
        await self._connector.reply(conversation, to, worded(clean(say(words, language))))

    def has_home(self, user: str) -> bool:
        """Whether somebody's Home stands somewhere."""
        return bool(self._homes.get(user))

    async def show(self, user: str, channel: str | None, told: Json) -> None:
        """The same with a message already drawn."""
        if not channel or not await self._whispered(user, channel, told):
            await self._connector.send(await self._roster.chat(user), told)

    async def post(self, conversation: str, card: Card, language: str) -> None:
        """A card that is no copy of anything: a welcome."""
        await self._sent(conversation, message(card, language))

    def _message(self, card: Card, language: str) -> Json:
        """A card as a message; what goes to many channels is drawn once for all of them."""
        last = self._rendered
        if last is None or last[0] is not card or last[1] != language:
            self._rendered = last = (card, language, message(card, language))
        return last[2]

    async def _sent(self, address: str, drawn: Json) -> str:
        if not self._places.is_room(address):
            chat = await self._roster.chat(address)
            return f"{chat}/{await self._connector.send(chat, drawn)}"
        if self._places.is_channel(address):
            return f"{address}/{await self._connector.start_thread(address, drawn)}"
        return f"{address}/{await self._connector.send(address, drawn)}"

    async def _redrawn(self, ref: str, drawn: Json) -> None:
        conversation, _, id_ = ref.rpartition("/")
        if not conversation or not id_:
            raise Gone(f"{ref}: no message of ours")
        await self._connector.update(conversation, id_, drawn)

    async def _whispered(self, user: str, channel: str, told: Json) -> bool:
        """In the channel, for one person; False where Teams does not know how, or the person is not there.

        A service that knows nothing of it would show the words to everybody, so it is tried only in tenants
        that sent such messages themselves.
        """
        if not self._places.targeted:
            return False
        recipient = self._places.heard(user).mri or user
        try:
            await self._connector.whisper(channel, recipient, told)
        except (Gone, Rejected):
            return False
        return True

    async def _group(self, channel: str, room: Conversation) -> Place:
        """A chat of several people is private; somebody of another tenant makes it shared."""
        people = await self._roster.accounts(channel)
        foreign = any(account.home != self._places.ours.tenant for account in people if not account.bot)
        return Place(channel, name_of(room) or "…", private=True, shared=foreign)

    async def _channel(self, channel: str, room: Conversation) -> Place:
        channels = await self._connector.channels(room.team)
        found = next((each for each in channels if each.get("id") == channel), None)
        if found is None:
            raise Gone(f"{channel}: not among the channels of its team")
        kind = kind_of(found) or room.kind
        crowd = await self._crowd(room.team) if kind == CHANNEL else None
        return Place(
            channel, str(found.get("name") or "") or name_of(room),
            private=kind not in ("standard", SHARED), shared=kind == SHARED, archived=room.archived,
            joined=not room.archived, crowd=crowd,
        )  # fmt: skip

    async def _crowd(self, team: str) -> int | None:
        """How many are in a team: whether it is private, Teams tells no app."""
        try:
            people = (await self._connector.team(team)).get("memberCount")
        except Gone:
            return None
        return people if isinstance(people, int) else None


def homely(card: Card, language: str) -> Json:
    """Home as a message: the same parts, and *Refresh*, for nothing redraws it by itself."""
    refresh = buttons(Button(text("teams.refresh"), ShowHome()))
    return message(card, language, on=HOME, foot=(refresh,))


async def _there(redrawing: Awaitable[None]) -> bool:
    try:
        await redrawing
    except Gone:
        return False
    return True
