"""What Teams alone can draw: bars, as `Chart.HorizontalBar`; other clients have the text twin beside it.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
"""

from adapters.teams.plain import Json, say
from bot.cards import Chart
from bot.lettering import clean, cut, one_line

CHARTS = 2
"""Charts that one card holds; more is a report."""
BARS = 12
_LABEL, _TITLE = 40, 80


def chart(drawn: Chart, language: str) -> Json:
    """The bars; `drop` leaves the same numbers as text, which stand there in any case."""
    points = [
        {"x": cut(one_line(clean(name)), _LABEL) or str(number), "y": value}
        for number, (name, value) in enumerate(drawn.bars[:BARS], start=1)
    ]
    return {
        "type": "Chart.HorizontalBar",
        "title": cut(one_line(clean(say(drawn.title, language))), _TITLE),
        "displayMode": "AbsoluteWithAxis",
        "data": points,
        "fallback": "drop",
    }
