"""A gentle reminder, every answer to it, and how one's reminders stand."""

from datetime import UTC, datetime, timedelta

from bot.commands.moderation import EndStory
from bot.commands.nudging import (
    PauseReminders,
    RemindLess,
    RemindTomorrow,
    ShowReminders,
    SkipReminder,
    StartAll,
    StopAll,
    StopReminders,
    TurnOnReminders,
)
from bot.commands.sharing import SaveThanks, SayPosted
from tests.bot.programme import ANA, LEA, TOM
from tests.golden.scenes.tales import live
from tests.golden.stage import Stage

SENT = (
    "reminder", "reminder-tomorrow", "reminder-again", "reminder-less", "reminder-paused", "reminder-stopped",
    "reminder-skipped", "reminder-posted", "reminder-ended",
)  # fmt: skip
OVER = ("reminders-over", "reminders-on-again")
STANDING = (
    "reminders-off",
    "reminders-on",
    "reminders-less",
    "reminders-paused",
    "all-stopped",
    "all-started",
)

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""Eleven o'clock in Paris."""


async def sent(stage: Stage) -> None:
    story = await live(stage)
    await stage.told.do(SaveThanks(choices=("reminded",)), TOM)
    await stage.until(TUESDAY)
    await stage.card("reminder", TOM)
    await stage.told.do(RemindTomorrow(story.id), TOM)
    await stage.card("reminder-tomorrow", TOM)
    await stage.until(TUESDAY + timedelta(hours=23, minutes=1))
    await stage.card("reminder-again", TOM)
    await stage.told.do(RemindLess(story.id), TOM)
    await stage.card("reminder-less", TOM, back=2)
    await stage.told.do(PauseReminders(story.id), TOM)
    await stage.card("reminder-paused", TOM, back=2)
    await stage.told.do(StopReminders(story.id), TOM)
    await stage.card("reminder-stopped", TOM, back=2)
    await stage.told.do(SkipReminder(story.id), TOM)
    await stage.card("reminder-skipped", TOM, back=2)
    await stage.told.do(SayPosted(story.id), TOM)
    await stage.card("reminder-posted", TOM)
    await stage.told.do(EndStory(story.id, story.version), ANA)
    await stage.card("reminder-ended", TOM)


async def over(stage: Stage) -> None:
    """Four in a row go without a press."""
    await stage.told.do(SaveThanks(choices=("reminded",)), TOM)
    for number in range(5):
        await live(stage, stage.say(f"Story number {number}", f"Actu numéro {number}"))
        await stage.until(TUESDAY + number * timedelta(days=14))
        await stage.told.later(days=13)
    await stage.card("reminders-over", TOM)
    await stage.told.do(TurnOnReminders(), TOM)
    await stage.card("reminders-on-again", TOM)


async def standing(stage: Stage) -> None:
    await stage.answer("reminders-off", ShowReminders(), LEA)
    await stage.answer("reminders-on", TurnOnReminders(), LEA)
    await stage.answer("reminders-less", RemindLess(), LEA)
    await stage.answer("reminders-paused", PauseReminders(), LEA)
    await stage.answer("all-stopped", StopAll(), LEA)
    await stage.answer("all-started", StartAll(), LEA)
