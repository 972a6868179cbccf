"""Every form, by the command that opens it: drawn from a `Reading`, never after a fetch."""

from typing import Final

from bot.opens import feeding, moderation, suggesting
from bot.signatures import Openings

FORMS: Final[Openings] = {**suggesting.FORMS, **moderation.FORMS, **feeding.FORMS}
