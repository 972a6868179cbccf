"""The figures of the doors: a press, a share, a link, each beside its peer in alternating rounds."""

import asyncio
import time

from bench import counting, load
from bench.company import OPEN, SHARE
from bench.figure import Figure
from bench.presses import Json, press, visits, written
from bench.programs import Program, pinned
from bench.stage import Plan, Side, Stage, Unrecorded, beside, flooded, recorded, settled, stage, until


def growth(plan: Plan) -> list[Figure]:
    """Processor time of a press over ten million facts ÷ over ten thousand."""
    with stage(10_000_000) as large, stage(10_000) as small:
        sides = [(at, press(OPEN, at.company.sheet), Side(at.herald)) for at in (large, small)]
        for _ in range(plan.rounds):
            for at, body, side in sides:
                side.add(lambda at=at, body=body: flooded(at, body, at.herald, plan))  # type: ignore[misc]
    ours, theirs = (side.costs for _, _, side in sides)
    return [Figure.of("growth", "<=1.1", ours, theirs, "µs of processor a press; at ten million facts")]


def slack_press(plan: Plan) -> list[Figure]:
    """*Open LinkedIn* on an open sheet: the intent is on disk before the acknowledgement."""
    with stage() as at:
        body = press(OPEN, at.company.sheet)
        peer = at.bolt("before")
        ours, theirs = Side(at.herald), Side(peer)
        for _ in range(plan.rounds):
            before = counting.rows(at.company.file, INTENTS)
            found = ours.add(lambda: flooded(at, body, at.herald, plan))
            recorded(counting.rows(at.company.file, INTENTS) - before, found)
            theirs.add(lambda: flooded(at, body, peer, plan))
    return beside("slack_press", "1.2", ours, theirs, "presses/s, sheet redrawn afterwards included")


INTENTS = "SELECT count(*) FROM facts WHERE kind = 'intent'"
VISITS = "SELECT count(*) FROM facts WHERE kind IN ('observed', 'missed')"


def slack_share(plan: Plan) -> list[Figure]:
    """*Share* on a card, until the sheet is open and its fact on disk; Bolt with one row and one view."""
    with stage() as at:
        body = press(SHARE)
        peer = at.bolt("share")
        ours, theirs = [], []
        for _ in range(plan.rounds):
            before = counting.rows(at.company.file)
            rate, opened = shown(at, body, at.herald, plan)
            ours.append(rate)
            if until(lambda: counting.rows(at.company.file), before + opened) < before + opened:
                raise Unrecorded(f"{opened} sheets, {counting.rows(at.company.file) - before} facts")
            theirs.append(shown(at, body, peer, plan)[0])
    return [Figure.of("slack_share", "2.5", ours, theirs, "sheets opened/s, backlog included")]


def shown(at: Stage, body: Json, program: Program, plan: Plan) -> tuple[float, int]:
    """Views opened per second and in all, waiting at the end for those still to come."""
    path = f"/{'api' if program is at.herald else 'peer'}/views.open"
    before = at.slack.told("/made").get(path, 0)
    began = time.monotonic()
    found = flooded(at, body, program, plan)
    writing = time.monotonic() - began - found.seconds  # the preparation of requests is nobody's time
    opened = until(lambda: at.slack.told("/made").get(path, 0) - before, found.answered)
    rate = opened / max(time.monotonic() - began - writing, found.seconds)
    settled(program)  # what it answered at the very end would count for the next
    return rate, opened


def slack_latency(plan: Plan) -> list[Figure]:
    """The median of a press at 200 a second, from the moment it was due."""
    with stage() as at:
        body = press(OPEN, at.company.sheet)
        peer = at.bolt("default")
        ours, theirs, late = [], [], []
        for _ in range(plan.rounds):
            amount = int(200 * plan.seconds)
            found = asyncio.run(
                load.steady(list(at.presses(body, amount, at.herald.port)), at.herald.port, 200)
            )
            at.pressed(amount)
            ours.append(found.p50)
            late.append(found.p99)
            amount = int(200 * plan.seconds)
            stock = asyncio.run(load.steady(list(at.presses(body, amount, peer.port)), peer.port, 200))
            at.pressed(amount)
            theirs.append(stock.p50)
            settled(at.herald)
    return [
        Figure.of(
            "slack_latency", "<=0.4", ours, theirs, f"ms at the median; p99 {max(late):.0f} ms at worst"
        )
    ]


def link(plan: Plan) -> list[Figure]:
    """A reader's link: counted on disk, then 302."""
    with stage() as at:
        peer = at.peer("bench/peers/bare.py", "PORT")
        ours, theirs = Side(at.herald), Side(peer)
        for _ in range(plan.rounds):
            before = counting.rows(at.company.file, VISITS)
            found = ours.add(lambda: visited(at, at.herald, plan))
            new = until(lambda: counting.rows(at.company.file, VISITS), before + found.answered) - before
            recorded(new, found)
            theirs.add(lambda: visited(at, peer, plan))
    return beside("link", "0.5", ours, theirs, "redirects/s")


def visited(at: Stage, program: Program, plan: Plan) -> load.Answered:
    """One round of readers."""
    file = at.folder / "requests"
    written(visits(at.company.token, program.port), file)
    return load.flood(file, program.port, plan.seconds, pinned(-1))
