"""Every command and what carries it out, by explicit dicts; `bot.ahead.LOOKINGS` is the third."""

from typing import Final

from bot import (
    choosing,
    digesting,
    feeding,
    helping,
    homing,
    linking,
    moderation,
    noting,
    nudging,
    privacy,
    ruling,
    settling,
    sharing,
    suggesting,
    trusting,
    unsure,
)
from bot.signatures import Handlers, Noters

HANDLERS: Final[Handlers] = {
    **suggesting.HANDLERS,
    **moderation.HANDLERS,
    **feeding.HANDLERS,
    **sharing.HANDLERS,
    **choosing.HANDLERS,
    **linking.HANDLERS,
    **privacy.HANDLERS,
    **digesting.HANDLERS,
    **nudging.HANDLERS,
    **settling.HANDLERS,
    **trusting.HANDLERS,
    **ruling.HANDLERS,
    **noting.HANDLERS,
    **unsure.HANDLERS,
}
"""Commands that decide or change something: each in one transaction of its own."""

NOTES: Final[Noters] = {
    **sharing.NOTES,
    **choosing.NOTES,
    **homing.NOTES,
    **helping.NOTES,
    **digesting.NOTES,
    **nudging.NOTES,
}
"""Commands that only state a fact: a reading, one durable append, an answer."""
