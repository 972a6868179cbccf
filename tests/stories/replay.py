"""Payloads as the platforms send them, one folder per story, and what Herald answers and does there.

A folder holds `slack.json`, `teams.json` or both: `story` says what happens, `request` is what the platform
sends (a form that is sent to Slack keeps its fields only, a message loses its blocks), `asks` the command
that Herald understands, `then` what it asks of itself to answer, `answer` what stands in the answer, `calls`
what Herald then asks of the platform, sorted. `reads` are words that somebody sees there. Whoever adds a
command copies a folder for each platform; docs/parity.md shows them side by side.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.slack.limits import nodes
from tests.stories.company import Company, Made, Platform
from tests.stories.slack_side import SLACK
from tests.stories.teams_side import TEAMS

Json = dict[str, Any]
HERE = Path(__file__).parent
PLATFORMS: dict[str, Platform] = {"slack": SLACK, "teams": TEAMS}
READ = {
    "slack": ("text", "initial_value"),
    "teams": ("text", "title", "label", "value", "altText", "placeholder"),
}
"""Where words stand in Slack's blocks and in Adaptive Cards."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One story on one platform."""

    name: str
    platform: str
    story: str
    request: Json
    asks: str
    answer: Json
    calls: list[Json]
    then: list[str] = field(default_factory=list)
    status: int = 200

    @property
    def activity(self) -> Json:
        """What Teams sends; empty on Slack."""
        found: Json = self.request.get("activity", {})
        return found


def recorded(platform: str) -> list[Recorded]:
    """Every story of a platform, by name."""
    found = sorted(HERE.glob(f"*/{platform}.json"))
    return [
        Recorded(path.parent.name, platform, **json.loads(path.read_text(encoding="utf-8"))) for path in found
    ]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a story."""

    status: int
    answer: Json
    calls: list[Made]


async def replayed(company: Company, story: Recorded) -> Replayed:
    """The request goes in at the door; the answer, and every call that followed."""
    before = len(company.side.made())
    status, answer = await company.side.send(story.request)
    await company.bot.deliver()
    calls = company.side.made()[before:]
    return Replayed(status, answer, sorted(calls, key=lambda call: (call.method, call.to, call.message)))


def told_of(call: Made) -> Json:
    """What a story tells of a call: the method, and whom or what it is about."""
    return {"method": call.method} | ({"to": call.to} if call.to else {})


def without_words(told: Json) -> Json:
    """What a story tells, but for the words somebody reads."""
    return {key: value for key, value in told.items() if key != "reads"}


def words_in(shown: object, platform: str) -> str:
    """Every word somebody reads, those that stand in a field included."""
    return "\n".join(_words(shown, READ[platform]))


def _words(shown: object, parts: tuple[str, ...]) -> Iterator[str]:
    read = (node.get(part) for node in nodes(shown) for part in parts)
    yield from (words for words in read if isinstance(words, str))
