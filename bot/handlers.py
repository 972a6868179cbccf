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
from bot.commands.settling import ShowSetup
from bot.opens import FORMS
from bot.signatures import Handlers, Noters, Openings
from bot.views.settling import shown_checklist

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

DRAWN: Final[Openings] = {**FORMS, **sharing.LATER}
"""Commands that a form belongs to: what it asks, or what it looks like afterwards."""

SHOWS: Final[Noters] = {**homing.NOTES, **helping.SHOWS, **nudging.NOTES, ShowSetup: shown_checklist}
"""Commands whose card can be shown again from a reading alone: a part of what is long opens by itself."""

NOTES: Final[Noters] = {
    **sharing.NOTES,
    **choosing.NOTES,
    **homing.NOTES,
    **helping.NOTES,
    **digesting.NOTES,
    **nudging.NOTES,
}
"""Commands that only state a fact: a reading, one durable append, an answer."""
