"""Signed presses as Slack sends them, and a generator that keeps what each was answered."""

import asyncio
import hashlib
import hmac
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from bot.commands import Command, dump
from bot.commands.moderation import DeclineStory
from bot.commands.sharing import OpenNetwork
from content.shares import Evidence, Fact, of_person
from content.stories import Origin, State, Story
from storage.records import AuditEntry
from storage.work import Storage
from tests.bot.programme import ANA, MONDAY, P, W

SECRET = "made-up-signing-secret"
SHARED = "S1"
"""The story that everybody takes."""
CALLERS = 32
"""Connections of the generator: Slack keeps them open."""


@dataclass(frozen=True, slots=True)
class Press:
    """A request, and the row that must be there once it is answered."""

    row: str
    raw: bytes


def share(number: int, port: int) -> Press:
    """Somebody opens the network from the sheet: each press is another person's."""
    story = Story(SHARED, P, 1, State.LIVE, Origin.MODERATOR, MONDAY)
    row = of_person(Evidence.INTENT, story, person(number), MONDAY, "linkedin").key
    return Press(row, request(OpenNetwork(SHARED, "linkedin"), person(number), f"{number}", port))


def decline(number: int, port: int) -> Press:
    """Ana says no to an idea: each press is about another one."""
    typed = {"reason": {"reason": {"type": "static_select", "selected_option": {"value": "moment"}}}}
    return Press(idea(number), request(DeclineStory(idea(number), 1), ANA, f"d{number}", port, typed))


def person(number: int) -> str:
    """Our id of a colleague."""
    return f"{W}/U{number:06}"


def idea(number: int) -> str:
    """The id of a story that waits."""
    return f"I{number:05}"


def request(command: Command, who: str, number: str, port: int, typed: dict[str, Any] | None = None) -> bytes:
    """A form, sent: its acknowledgement says what became of it."""
    shown = {
        "id": f"V{number}", "hash": "1.h", "type": "modal", "callback_id": "herald", "team_id": "T1",
        "private_metadata": dump(command), "blocks": [{"type": "input", "block_id": "words"}],
        "state": {"values": typed or {}},
    }  # fmt: skip
    user = {"id": who.partition("/")[2], "team_id": "T1", "name": "x"}
    payload = {
        "type": "view_submission", "team": {"id": "T1"}, "user": user, "trigger_id": f"1.2.{number}",
        "view": shown,
    }  # fmt: skip
    return signed(("payload=" + quote_plus(json.dumps(payload))).encode(), port)


def signed(body: bytes, port: int) -> bytes:
    """Raw HTTP with Slack's two headers."""
    stamp = str(int(time.time()))
    mac = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={mac}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Answers:
    """What became of presses: the rows of those that were taken, and what others were told instead."""

    taken: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    heard: Callable[["Answers"], None] = lambda answers: None

    def keep(self, press: Press, status: int, body: bytes) -> None:
        """One answer."""
        self.statuses[status] += 1
        said = json.loads(body) if body.startswith(b"{") else {}
        if said.get("response_action") == "errors":
            self.refused[press.row] = " ".join(said["errors"].values())
        elif status == 200:
            self.taken.add(press.row)
        self.heard(self)


async def burst(port: int, presses: Iterable[Press], rate: float, answers: Answers) -> None:
    """So many a second, whatever becomes of those before, until all are made or nobody listens any more."""
    left = enumerate(presses)
    began = time.monotonic()

    async def caller() -> None:
        async for reader, writer in connections(port):
            for number, press in left:
                await asyncio.sleep(began + number / rate - time.monotonic())
                try:
                    writer.write(press.raw)
                    answers.keep(press, *await answer(reader))
                except (OSError, asyncio.IncompleteReadError):
                    answers.lost += 1
                    break
            else:
                return

    await asyncio.gather(*(caller() for _ in range(CALLERS)))


async def connections(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """One after the other, until nobody listens."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return
        try:
            yield reader, writer
        finally:
            writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body, when the whole of it came."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)
    return int(lines[0].split()[1]), await reader.readexactly(length)


async def rows(storage: Storage) -> set[str]:
    """What is in the database: facts by their key, decisions by the story they are about."""
    async with storage.reading(P) as at:
        facts = {fact.key for fact in await at.find(Fact)}
        return facts | {entry.subject for entry in await at.find(AuditEntry) if entry.action == "decline"}
