"""What Slack alone can draw: bars, as a `data_visualization` block.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block: title 50 characters, labels 20 and
unique; pages disagree on 6 or 12 entries, so 6.
"""

from adapters.slack.plain import Json
from bot.cards import Chart
from bot.lettering import clean, cut, one_line
from content.texts import say

BARS = 6
CHARTS = 2
"""Charts that one message may hold."""
_LABEL, _TITLE = 20, 50


def chart_block(chart: Chart, language: str) -> Json:
    """The first six bars; whoever cannot see them reads the text twin beside it."""
    bars = chart.bars[:BARS]
    labels = _labels([name for name, _ in bars])
    title = cut(one_line(clean(say(chart.title, language))), _TITLE)
    points = [{"label": label, "value": value} for label, (_, value) in zip(labels, bars, strict=True)]
    series = [{"name": cut(title, _LABEL), "data": points}]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": "bar", "series": series, "axis_config": {"categories": labels}},
    }


def _labels(names: list[str]) -> list[str]:
    """Short labels, each once: two names that begin alike get a number."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        label = cut(one_line(clean(name)), _LABEL) or str(number)
        found.append(label if label not in found else f"{cut(label, _LABEL - 2)} {number}")
    return found
