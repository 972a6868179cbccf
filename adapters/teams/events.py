"""Teams' events as commands: who came, who left, what changed.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

from adapters.teams.places import Places
from adapters.teams.wire import Changed, Event, Installed, Moved, Scene, Someone
from bot.commands import Command
from bot.commands.settling import NoteBotAdded, NoteChannelChanged, NoteJoined, NoteLeft

ARCHIVED = {"teamArchived": True, "teamUnarchived": False, "teamRestored": False}
"""Events that stop a whole team, or set it going again."""


def noted(event: Event, places: Places) -> list[Command]:
    """What an event tells Herald; nothing for the many that tell it nothing."""
    match event:
        case Installed(at, added):
            return [] if at.personal else _installed(at, places, added=added)
        case Moved(at):
            return [] if at.personal else _moved(event, places)
        case Changed(at, what) if what.startswith("team"):
            return [NoteChannelChanged(room.id) for room in places.of_team(at.team)]
        case Changed(at, what) if what.startswith("channel") and what != "channelCreated":
            return [NoteChannelChanged(places.ours.within(at.conversation))]
        case _:
            return []


def explored(event: Event) -> bool:
    """Whether a team's channels are worth another look before the event is noted."""
    return isinstance(event, Installed | Changed | Moved) and bool(event.at.team)


def _installed(at: Scene, places: Places, *, added: bool) -> list[Command]:
    channel = places.ours.within(at.conversation)
    if added:
        return [NoteBotAdded(channel)]
    lost = {channel, *(room.id for room in places.of_team(at.team))}
    return [NoteChannelChanged(each) for each in sorted(lost)]


def _moved(event: Moved, places: Places) -> list[Command]:
    """Herald itself, and everybody else whom Teams names."""
    channel, bot = places.ours.within(event.at.conversation), event.at.bot
    came: list[Command] = [
        NoteBotAdded(channel) if one.mri == bot else NoteJoined(channel, places.ours.within(one.user))
        for one in event.came
        if _known(one, bot)
    ]
    went: list[Command] = [
        NoteChannelChanged(channel) if one.mri == bot else NoteLeft(channel, places.ours.within(one.user))
        for one in event.went
        if _known(one, bot)
    ]
    return [*came, *went]


def _known(one: Someone, bot: str) -> bool:
    return bool(one.user) or one.mri == bot
