"""Somebody's press, and what it is answered with."""

from dataclasses import dataclass
from http import HTTPStatus

from adapters.teams.carried import HOME, Carried
from adapters.teams.plain import Json
from adapters.teams.wire import Scene
from bot.commands import Typed
from bot.ports import By


@dataclass(frozen=True, slots=True)
class Reply:
    """What an invoke is answered with; other activities need only the status."""

    status: int = HTTPStatus.OK
    body: Json | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody's press: who and where, what the button carried, and what stood in the fields around it."""

    at: Scene
    by: By
    state: Carried
    typed: Typed

    @property
    def ref(self) -> str:
        """The message pressed on, as `Chat` names it: one of the conversation that Teams says this is."""
        on = self.at.shown or ("" if self.state.on == HOME else self.state.on)
        return f"{self.at.conversation}/{on}" if on else ""

    @property
    def channel(self) -> str | None:
        """Where to tell something to this person only; None for the 1:1 chat."""
        return None if self.at.personal else self.at.conversation
