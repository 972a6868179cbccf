"""Every form, by the command that opens it: drawn from a `Reading`, never after a fetch."""

from typing import Final

from bot.opens import choosing, feeding, homing, moderation, privacy, settling, sharing, suggesting
from bot.signatures import Openings

FORMS: Final[Openings] = {
    **suggesting.FORMS,
    **moderation.FORMS,
    **feeding.FORMS,
    **sharing.FORMS,
    **choosing.FORMS,
    **homing.FORMS,
    **privacy.FORMS,
    **settling.FORMS,
}
