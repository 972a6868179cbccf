"""What `make bench` sends is what Slack would send, and what it prints is what it measured."""

import re
import time
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.door import parsed
from adapters.teams.tokens import NoTokens
from bench.figure import Figure
from bench.peers import connector
from bench.presses import SECRET, press, requests
from bench.speaker import Speaker
from bot.cards import Body, Card
from content.texts import text
from tests.slack.desk import signed

ROOT = Path(__file__).parent.parent


def test_presses_are_signed_and_each_is_somebody_else_s() -> None:
    """As the recorded ones are; never measured twice as one."""
    whole = list(requests(press("share?id=S1"), start=0, count=20, port=1))
    heads, bodies = zip(*(each.split(b"\r\n\r\n", 1) for each in whole), strict=True)
    told = [dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:]) for head in heads]
    for head, body in zip(told, bodies, strict=True):
        stamp = float(head["X-Slack-Request-Timestamp"])
        assert abs(time.time() - stamp) < 60
        assert signed(body, secret=SECRET, at=stamp).items() <= head.items()
    found = [parsed(body, "application/x-www-form-urlencoded") for body in bodies]
    assert len({each["user"]["id"] for each in found}) == 20
    assert len({each["trigger_id"] for each in found}) == 20


def test_a_figure_compares_what_was_measured_next_to_each_other() -> None:
    """The median of the rounds' ratios, not the ratio of the medians."""
    figure = Figure.of("door", "1.2", [1.0, 20.0, 300.0], [2.0, 10.0, 100.0])
    assert figure.line() == "door ratio=2.000 (min 0.500 max 3.000) goal=1.2 ours=20 peer=10 n=3"


def test_every_figure_stands_in_the_document() -> None:
    """Nobody measures what nobody reads, and no row is left of what is measured no more."""
    table = (ROOT / "docs/performance.md").read_text(encoding="utf-8").partition("## What was done")[0]
    measured = re.findall(r'^    "(\w+)": \w+\.\w+,$', (ROOT / "bench/__main__.py").read_text(), re.MULTILINE)
    rows = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert sorted(measured) == sorted(rows)


async def test_what_herald_sends_by_itself_is_what_the_bench_counts() -> None:
    """A card drawn for Teams, in somebody's 1:1 chat."""
    site, before = web.Application(), connector.MADE["cards"]
    site.add_routes(connector.ROUTES)
    async with TestServer(site) as server, aiohttp.ClientSession() as session:
        card = Card(text("busy"), (Body(text("busy")),))
        speaker = Speaker(session, NoTokens(), str(server.make_url("/")), card)
        for number in range(3):
            await speaker.send(number)
    assert connector.MADE["cards"] - before == 3
