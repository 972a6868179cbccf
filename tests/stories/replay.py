"""Payloads as Slack sends them, one folder per story, and what Herald answers and does on Slack.

A folder holds `slack.json`: `story` says what happens, `request` is what Slack sends (as `command`,
`interaction` or `event`; a form that is sent keeps its fields only, a message loses its blocks), `asks` the
command that Herald understands, `answer` what stands in the acknowledgement, `calls` what Herald then asks of
Slack, sorted by method. `reads` are words that somebody sees there. Whoever adds a command copies a folder.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.slack.limits import message_problems, nodes, view_problems
from tests.slack.server import Call
from tests.stories.company import Company

Json = dict[str, Any]
HERE = Path(__file__).parent
QUIET = ("users.info", "conversations.info", "conversations.members")
"""Looking around changes nothing; who is met when is tested elsewhere."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One story."""

    name: str
    story: str
    request: Json
    asks: str
    answer: Json
    calls: list[Json]

    @property
    def body(self) -> str:
        """The bytes that Slack sends."""
        [(kind, body)] = self.request.items()
        if kind == "interaction":
            return urlencode({"payload": json.dumps(body)})
        return urlencode(body) if kind == "command" else json.dumps(body)

    @property
    def kind(self) -> str:
        """The content type that Slack sends it as."""
        return "application/json" if "event" in self.request else "application/x-www-form-urlencoded"


def recorded() -> list[Recorded]:
    """Every story, by name."""
    found = sorted(HERE.glob("*/slack.json"))
    return [Recorded(path.parent.name, **json.loads(path.read_text(encoding="utf-8"))) for path in found]


async def replayed(company: Company, story: Recorded) -> tuple[int, Json, list[Call]]:
    """The request goes in at the door; the answer, and every call to Slack that followed."""
    status, answer = await company.desk.post(story.body, kind=story.kind)
    await company.bot.deliver()
    made = [call for call in company.server.calls[company.calls_before :] if call.method not in QUIET]
    return (
        status,
        {} if answer == {"text": ""} else answer,
        sorted(made, key=lambda call: (call.method, told_of(call).get("to", ""))),
    )


def told_of(call: Call) -> Json:
    """What a story tells of a call: the method, and whom or what it is about."""
    to = call.body.get("channel") or call.body.get("user_id") or call.body.get("view_id")
    return {"method": call.method} | ({"to": to} if to else {})


def without_words(told: Json) -> Json:
    """What a story tells, but for the words somebody reads."""
    return {key: value for key, value in told.items() if key != "reads"}


def problems(call: Call) -> list[str]:
    """What Slack would refuse of a call."""
    shown = call.body.get("view")
    return view_problems(shown) if shown else message_problems(call.body)


def words_in(value: object) -> str:
    """Every word somebody reads, those that stand in a field included."""
    read = [node.get(part) for node in nodes(value) for part in ("text", "initial_value")]
    return "\n".join(words for words in read if isinstance(words, str))
