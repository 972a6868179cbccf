"""Short scenes through the real functions; each leaves what people saw on its stage, by name."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tests.golden.scenes import (
    delivery,
    feeds,
    helping,
    home,
    ideas,
    linking,
    reminder,
    review,
    setup,
    sheet,
    story,
    week,
)
from tests.golden.stage import Stage

Scene = Callable[[Stage], Awaitable[None]]

SCENES: Final[Mapping[Scene, tuple[str, ...]]] = {
    ideas.handed_in: ideas.HANDED_IN,
    ideas.answered: ideas.ANSWERED,
    review.decided: review.DECIDED,
    review.refused: review.REFUSED,
    review.alike: review.ALIKE,
    review.own: review.OWN,
    story.told: story.TOLD,
    story.recalled: story.RECALLED,
    story.wrong: story.WRONG,
    story.linkless: story.LINKLESS,
    sheet.shared: sheet.SHARED,
    sheet.elsewhere: sheet.ELSEWHERE,
    sheet.bare: sheet.BARE,
    week.full: week.FULL,
    week.few: week.FEW,
    week.council: week.COUNCIL,
    week.quiet: week.QUIET,
    reminder.sent: reminder.SENT,
    reminder.over: reminder.OVER,
    reminder.standing: reminder.STANDING,
    home.new: home.NEW,
    home.busy: home.BUSY,
    home.run: home.RUN,
    setup.from_nothing: setup.FROM_NOTHING,
    setup.joined: setup.JOINED,
    linking.asked: linking.ASKED,
    linking.asking: linking.ASKING,
    linking.kept: linking.KEPT,
    linking.domains: linking.DOMAINS,
    feeds.brought: feeds.BROUGHT,
    feeds.broken: feeds.BROKEN,
    delivery.there: delivery.THERE,
    delivery.again: delivery.AGAIN,
    delivery.closed: delivery.CLOSED,
    delivery.locked: delivery.LOCKED,
    delivery.removed: delivery.REMOVED,
    helping.asked: helping.ASKED,
    helping.listed: helping.LISTED,
}
"""Every scene, and the names of what it draws."""
