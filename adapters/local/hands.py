"""Hands of a sample colleague: they press what is on the screen, never more than a person could."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from adapters.local import senders
from adapters.local.blocks import parts
from adapters.local.board import Room, SlackError
from adapters.local.people import Json
from adapters.local.senders import Outcome
from adapters.local.values import fields
from adapters.local.workspace import LocalWorkspace

PATIENCE = 10.0
"""Real seconds that hands wait for something to appear."""


class NotThere(LookupError):
    """What should be pressed never appeared on the screen."""


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press: where it stands and, for a menu, which option."""

    block_id: str
    element: Json
    option: Json | None = None

    def act(self) -> Json:
        """The press as the page sends it."""
        held = {"selected_option": self.option} if self.option else {}
        return {"block_id": self.block_id, "action_id": self.element["action_id"], "held": held}


def controls(blocks: list[Json], command: str) -> Iterator[Control]:
    """Everything in these blocks whose wire carries that command."""
    for block in blocks:
        for element in parts(block):
            if command in {_name(element.get("value")), _name(element.get("action_id"))}:
                yield Control(block["block_id"], element)
            for option in element.get("options") or []:
                if element.get("type") == "overflow" and _name(option.get("value")) == command:
                    yield Control(block["block_id"], element, option)


def _name(wire: object) -> str:
    return str(wire or "").partition("?")[0].split("/")[-1]


@dataclass(frozen=True, slots=True)
class Hands:
    """One person's hands."""

    workspace: LocalWorkspace
    user: str

    async def press(self, channel: str, command: str) -> Outcome:
        """Press a button of the newest message in the channel that carries the command, waiting for it."""
        room = self.workspace.board.room(channel)
        message, control = await self._appear(lambda: _newest(room, command), command)
        return await senders.press(self.workspace, self.user, room.id, message["ts"], control.act())

    def sees(self, channel: str, command: str) -> bool:
        """Whether there is something to press already."""
        return _newest(self.workspace.board.room(channel), command) is not None

    async def press_in_form(self, command: str) -> Control:
        """Press a button of the form that is open; gives back what was pressed."""
        view, control = await self._appear(lambda: self._in_form(command), command)
        found: Control = control
        await senders.press_in_view(self.workspace, self.user, view["id"], found.act())
        return found

    async def has_boxes(self) -> bool:
        """Whether the form that is open has boxes to tick."""
        top = self._top()
        return top is not None and any(part["type"] == "checkboxes" for _, part in fields(top["blocks"]))

    async def form(self) -> Json:
        """The form that is open, once it is."""
        view: Json = await self._appear(self._top, "form")
        return view

    async def submit(self, **entered: str) -> Outcome:
        """Send the form that is open, with these texts in the fields whose action id ends in that name."""
        view = await self.form()
        return await senders.submit(self.workspace, self.user, view["id"], fill(view["blocks"], entered))

    async def tick_and_submit(self, *ticked: int) -> Outcome:
        """Send the form that is open with the boxes at these places ticked."""
        view = await self.form()
        return await senders.submit(self.workspace, self.user, view["id"], tick(view["blocks"], ticked))

    async def close(self) -> Outcome:
        """Close the form that is open, if any."""
        view = self._top()
        if view is None:
            return Outcome()
        return await senders.close(self.workspace, self.user, view["id"], {})

    async def say(self, channel: str, text: str) -> Outcome:
        """Type into the composer."""
        return await senders.say(self.workspace, self.user, channel, text)

    def _top(self) -> Json | None:
        stack = self.workspace.stage.modals.get(self.user)
        return stack[-1] if stack else None

    def _in_form(self, command: str) -> tuple[Json, Control] | None:
        view = self._top()
        found = next(controls(view["blocks"], command), None) if view else None
        return (view, found) if view and found else None

    async def _appear(self, look: Callable[[], Any], what: str) -> Any:  # noqa: ANN401  whatever `look` finds
        async with self.workspace.journal.listening() as notices:
            try:
                async with asyncio.timeout(PATIENCE):
                    while (found := look()) is None:
                        await notices.get()
            except TimeoutError as late:
                raise NotThere(what) from late
            return found


def _newest(room: Room, command: str) -> tuple[Json, Control] | None:
    for message in reversed(room.messages):
        control = next(controls(message.get("blocks") or [], command), None)
        if control:
            return message, control
    return None


def fill(blocks: list[Json], entered: dict[str, str]) -> Json:
    """What the form sends when these texts stand in its fields, chosen by name."""
    given: Json = {}
    for block_id, element in fields(blocks):
        for name, text in entered.items():
            if name in {block_id, element["action_id"]}:
                given.setdefault(block_id, {})[element["action_id"]] = {"value": text}
    if len(given) < len(entered):
        raise SlackError("field_not_found")
    return given


def tick(blocks: list[Json], places: tuple[int, ...]) -> Json:
    """What the form sends when the boxes at these places are ticked, counted over the whole form."""
    given: Json = {}
    boxes = ((block_id, element) for block_id, element in fields(blocks) if element["type"] == "checkboxes")
    every = [(block_id, element, option) for block_id, element in boxes for option in element["options"]]
    for place in places:
        block_id, element, option = every[place]
        held = given.setdefault(block_id, {}).setdefault(element["action_id"], {"selected_options": []})
        held["selected_options"].append(option)
    return given
