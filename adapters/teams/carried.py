"""What a button of ours carries through Teams and back: a command's wire, and where it stood.

All of it stands under one key, beside what was typed into the fields around the button. Whoever sends it
may have changed it: authority and state come from storage.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from adapters.teams.plain import Json, strings

KEY: Final = "herald"
SUBMIT: Final = "submit"
PART: Final = "part"
CLOSE: Final = "close"
TURNS: Final = frozenset({PART, CLOSE})
"""Ways that ask nothing of Herald: to another part of what is shown, and out."""
HOME: Final = "home"


@dataclass(frozen=True, slots=True)
class Carried:
    """One button. `wire` is its command; `way` tells a form's own submit, and the ways that lead on or out.

    `dialog` names one opening of one dialog: sent again by a client that got no answer, it is the same press.
    `opened` is the command that drew the dialog or the card, `zone` the time zone of its hours, `on` the
    message it stands on, `part` the part of it that is shown.
    """

    wire: str = ""
    way: str = ""
    dialog: str = ""
    opened: str = ""
    zone: str = ""
    on: str = ""
    part: str = ""

    def written(self) -> Json:
        """As a button's data; what is empty stays away."""
        told = {
            "do": self.wire, "way": self.way, "dialog": self.dialog, "opened": self.opened,
            "zone": self.zone, "on": self.on, "part": self.part,
        }  # fmt: skip
        return {KEY: {name: value for name, value in told.items() if value}}

    def once(self, user: str) -> str:
        """What makes somebody's press in a dialog one. It is kept for two days and tells nobody's id."""
        told = f"{user}/{self.dialog}/{self.wire.partition('?')[0]}"
        return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32] if self.dialog else ""


def carried(data: Json) -> Carried:
    """A button's data, read; what is not ours is empty."""
    found = data.get(KEY)
    told = strings(found) if isinstance(found, dict) else {}
    return Carried(
        told.get("do", ""), told.get("way", ""), told.get("dialog", "")[:64], told.get("opened", ""),
        told.get("zone", "")[:64], told.get("on", ""), told.get("part", "")[:200],
    )  # fmt: skip
