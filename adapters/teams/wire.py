"""What Teams sends, as our own values: the rest of the adapter knows no activity, and no SDK's model."""

from dataclasses import dataclass

from adapters.teams.plain import Json

PERSONAL = "personal"


class Malformed(ValueError):
    """JSON that is no activity of Teams."""


@dataclass(frozen=True, slots=True)
class Someone:
    """An account: its Entra object id, Teams' own id of it (`29:…`), and its name if told."""

    user: str
    mri: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts where. `conversation` is a channel or chat without its thread, `shown` the message pressed on.

    `home` is the person's own tenant; `zone` an IANA name; `team` is there in channels.
    """

    id: str
    tenant: str
    service_url: str
    conversation: str
    kind: str
    user: str = ""
    mri: str = ""
    name: str = ""
    home: str = ""
    bot: str = ""
    shown: str = ""
    team: str = ""
    team_name: str = ""
    conversation_name: str = ""
    language: str | None = None
    zone: str = ""
    targeted: bool = False

    @property
    def personal(self) -> bool:
        """Whether this is the 1:1 chat with Herald."""
        return self.kind == PERSONAL


@dataclass(frozen=True, slots=True)
class Said:
    """A message: its words without the mention of Herald, and where its pictures are."""

    at: Scene
    words: str
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a card. Without `answered`, nothing can be shown in its place (Action.Submit)."""

    at: Scene
    data: Json
    answered: bool = True


@dataclass(frozen=True, slots=True)
class DialogOpened:
    """A button that opens a dialog."""

    at: Scene
    data: Json


@dataclass(frozen=True, slots=True)
class DialogSent:
    """A button inside a dialog, with what was typed. `extension` when a message extension opened it."""

    at: Scene
    data: Json
    extension: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionOpened:
    """A command of the message extension; `message` is the one it was used on, if any."""

    at: Scene
    command: str
    message: Json | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """Herald was added to a person, a chat or a team, or taken out; `new` when it was not there before."""

    at: Scene
    added: bool
    new: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """People came and went."""

    at: Scene
    came: tuple[Someone, ...] = ()
    went: tuple[Someone, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A channel or a team is not what it was (`channelRenamed`, `teamArchived` …)."""

    at: Scene
    what: str


@dataclass(frozen=True, slots=True)
class Other:
    """Something Herald does not know; an `invoke` still wants an answer."""

    at: Scene
    name: str
    invoke: bool = False


Event = Said | Pressed | DialogOpened | DialogSent | ExtensionOpened | Installed | Moved | Changed | Other
