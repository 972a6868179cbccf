"""Every card Herald keeps alive, by name: what a copy shows is drawn from what is stored, each time."""

from collections.abc import Mapping
from typing import Final

from bot.signatures import View
from bot.views import author, review, story, tray

VIEWS: Final[Mapping[str, View]] = {
    "story": story.story_card,
    "recalled": story.recalled_note,
    "review": review.review_card,
    "question": author.question_card,
    "outcome": author.outcome_card,
    "tray": tray.tray_card,
    "feed": tray.feed_card,
}
