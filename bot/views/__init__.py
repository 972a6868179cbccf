"""Every card Herald keeps alive, by name: what a copy shows is drawn from what is stored, each time."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.cards import Card
from bot.ports import Surroundings
from bot.signatures import View
from bot.views import (
    author,
    delivering,
    digest,
    introduction,
    linking,
    reminder,
    review,
    settling,
    sharing,
    story,
    tray,
)
from bot.views.counting import counted
from storage.records import Copy
from storage.work import Reading

VIEWS: Final[Mapping[str, View]] = {
    "story": story.story_card,
    "recalled": story.recalled_note,
    "review": review.review_card,
    "question": author.question_card,
    "outcome": author.outcome_card,
    "sourced": author.sourced_card,
    "tray": tray.tray_card,
    "feed": tray.feed_card,
    "digest": digest.digest_card,
    "quiet_week": digest.quiet_card,
    "reminder": reminder.reminder_card,
    "reminders_over": reminder.over_card,
    "link": linking.link_card,
    "words": sharing.words_card,
    "problem": sharing.problem_card,
    "introduction": introduction.introduction_card,
    "newcomer": settling.newcomer_card,
    "unsure": delivering.unsure_card,
    "shut": delivering.shut_card,
    "removed": delivering.removed_card,
    "locked": delivering.locked_card,
}

ALIKE: Final = frozenset({"story", "introduction"})
"""Views for many channels: a copy looks like every other of its subject that is posted, or is not yet."""


async def look(at: Reading, copy: Copy, around: Surroundings) -> tuple[Copy, Card | None]:
    """What a copy shows now, and the copy with what it counts; None when it shows nothing any more."""
    now = replace(copy, counted=await counted(at, copy))
    return now, await VIEWS[copy.view](at, now, around)
