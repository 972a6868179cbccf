"""Every card Herald keeps alive, by name: what a copy shows is drawn from what is stored, each time."""

from collections.abc import Mapping
from typing import Final

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
