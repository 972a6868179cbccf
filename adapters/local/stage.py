"""Forms and Home tabs on people's screens, and the trigger ids that open them."""

import copy
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.local.blocks import named
from adapters.local.board import SlackError, opaque
from adapters.local.people import APP, BOT_ID, TEAM, Json

TRIGGER_SECONDS = 3.0
"""How long a trigger id opens a form, in real time (docs.slack.dev/interactivity)."""
DEPTH = 3
"""How many forms may lie on each other."""

_KEPT = ("type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "external_id")
_SWITCHES = ("clear_on_close", "notify_on_close")


@dataclass(slots=True)
class Trigger:
    """The right to open one form for one person, once and soon."""

    user: str
    born: float
    source: str
    used: bool = False


@dataclass(slots=True)
class Stage:
    """What is open where: a stack of forms and a Home tab per person."""

    clock: Callable[[], float] = time.monotonic
    modals: dict[str, list[Json]] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)

    def clear(self) -> None:
        """Close everything."""
        for kept in (self.modals, self.homes, self.triggers):
            kept.clear()

    def trigger(self, user: str, source: str) -> str:
        """A new trigger id; `source` names what the person did (for the guided list)."""
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user, self.clock(), source)
        return name

    def spend(self, name: str) -> Trigger:
        """Use a trigger id; `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock() - trigger.born > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def opened(self, view: Json, trigger: Trigger) -> Json:
        """Open a form as the only one of that person."""
        fresh = self._fresh(view) | {"previous_view_id": None, "source": trigger.source}
        fresh["root_view_id"] = fresh["id"]
        self.modals[trigger.user] = [fresh]
        return fresh

    def pushed(self, view: Json, user: str, source: str) -> Json:
        """Lay a form on the one that is open; `not_found` without one, `push_limit_reached` on three."""
        stack = self.modals.get(user) or []
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEPTH:
            raise SlackError("push_limit_reached")
        links = {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"], "source": source}
        stack.append(self._fresh(view) | links)
        return stack[-1]

    def updated(self, old: Json, view: Json) -> Json:
        """Replace an open form's content in place, keeping its id."""
        kept = {key: old[key] for key in ("id", "root_view_id", "previous_view_id", "source")}
        old.clear()
        old.update(self._fresh(view) | kept)
        return old

    def published(self, view: Json, user: str) -> Json:
        """Set a person's Home tab, keeping its id."""
        fresh = self._fresh(view)
        if user in self.homes:
            fresh["id"] = self.homes[user]["id"]
        self.homes[user] = fresh | {"root_view_id": fresh["id"], "previous_view_id": None}
        return self.homes[user]

    def find(self, view_id: str, external_id: str = "") -> tuple[str, Json]:
        """An open form and whose it is; `not_found`."""
        for user, stack in self.modals.items():
            for view in stack:
                if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                    return user, view
        raise SlackError("not_found")

    def close(self, user: str, view: Json) -> None:
        """Take one form off; with `clear_on_close` or at the bottom, all of them."""
        stack = self.modals.get(user, [])
        keep = [] if view["clear_on_close"] else stack[: stack.index(view)]
        self.modals[user] = keep

    def _fresh(self, view: Json) -> Json:
        kept = {key: copy.deepcopy(view.get(key)) for key in _KEPT}
        for key in ("private_metadata", "callback_id", "external_id"):
            kept[key] = kept[key] or ""
        kept["blocks"] = named(kept["blocks"] or [])
        more = {switch: bool(view.get(switch)) for switch in _SWITCHES}
        return {
            "id": opaque("V0"),
            "team_id": TEAM,
            "app_id": APP,
            "bot_id": BOT_ID,
            "app_installed_team_id": TEAM,
            "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
            "state": {"values": {}},
            **kept,
            **more,
        }
