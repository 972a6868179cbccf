"""The figures of the doors: a press, a share, a link, each beside its peer in alternating rounds."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import counting, load
from bench.company import OPEN, PUBLIC, SHARE, Company, company
from bench.figure import Figure
from bench.presses import SECRET, TOKEN, Json, press, requests, visits, written
from bench.programs import Program, free_port, pinned, running

PER_SECOND = 8_000
"""Requests prepared for a second of load; a peer that answers more gets the first ones again."""
DRAIN = 20.0
"""Seconds after a round in which what was acknowledged must be shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure: rounds of each program, seconds a round."""

    rounds: int = 7
    seconds: float = 2.0


@dataclass
class Stage:
    """A folder, a Slack that says yes, a company, and Herald in full wiring over it."""

    folder: Path
    slack: Program
    company: Company
    herald: Program
    _stack: ExitStack
    _pressed: int = 0

    def peer(self, *words: str) -> Program:
        """Another program, on the measured core as well; it idles while Herald is measured."""
        port = free_port()
        said = [str(port) if word == "PORT" else word for word in words]
        return self._stack.enter_context(running(said, port, log=self.folder / "peer.log"))

    def bolt(self, mode: str) -> Program:
        """Stock Bolt in a mode."""
        file = self.folder / f"bolt-{mode}.db"
        return self.peer("bench/peers/bolt.py", "PORT", mode, api(self.slack), str(file))

    def presses(self, body: Json, amount: int, port: int) -> Iterator[bytes]:
        """New people's presses, until `pressed` says how many were sent."""
        return requests(body, start=self._pressed, count=amount, port=port)

    def pressed(self, amount: int) -> None:
        """So many are used up, and perhaps those that were under way."""
        self._pressed += amount + 2 * load.CONNECTIONS


def api(slack: Program) -> str:
    """Where Slack's methods are."""
    return f"http://127.0.0.1:{slack.port}/api/"


@contextmanager
def stage(facts: int = 0) -> Iterator[Stage]:
    """Everything running, with so many facts of the past on disk."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="herald-bench-")))
        port = free_port()
        slack = stack.enter_context(running(["bench/peers/slack.py", str(port)], port, core=-1))
        made = asyncio.run(company(folder))
        counting.grow(made.file, facts)
        herald = stack.enter_context(herald_on(made, slack, folder))
        yield Stage(folder, slack, made, herald, stack)


@contextmanager
def herald_on(made: Company, slack: Program, folder: Path) -> Iterator[Program]:
    """`python app.py serve`, nothing left out."""
    port = free_port()
    environment = {
        "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api(slack),
        "DATABASE_URL": made.url, "PORT": str(port), "HERALD_PUBLIC_URL": PUBLIC,
        "HERALD_SECRET_KEY": "bench" * 8,
    }  # fmt: skip
    with running(["app.py", "serve"], port, log=folder / "herald.log", environment=environment) as herald:
        yield herald


def growth(plan: Plan) -> list[Figure]:
    """Processor time of a press over a million facts ÷ over ten thousand."""
    with stage(1_000_000) as large, stage(10_000) as small:
        sides = [(at, press(OPEN, at.company.sheet), Side(at.herald)) for at in (large, small)]
        for _ in range(plan.rounds):
            for at, body, side in sides:
                side.add(lambda at=at, body=body: flooded(at, body, at.herald, plan))  # type: ignore[misc]
    ours, theirs = (side.costs for _, _, side in sides)
    return [Figure.of("growth", "<=1.1", ours, theirs, "µs of processor a press; at a million facts")]


class Unrecorded(AssertionError):
    """Requests were answered whose facts are not on disk: no figure."""


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


@dataclass
class Side:
    """One of two programs: answers a second, and microseconds of its processor time for each, by round."""

    program: Program
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def add(self, load_: Callable[[], load.Answered]) -> load.Answered:
        """One round, with what it left to do."""
        before = self.program.cpu
        found = load_()
        self.rates.append(found.rate)
        self.costs.append((settled(self.program) - before) / found.answered * 1e6)
        return found


def beside(name: str, goal: str, ours: Side, theirs: Side, note: str) -> list[Figure]:
    """Both by the clock, and by processor time, which other programs on the machine disturb less."""
    cost = Figure.of(
        f"{name}.processor", goal, [1e6 / each for each in ours.costs], [1e6 / each for each in theirs.costs],
        "the same per second of its own processor time",
    )  # fmt: skip
    return [Figure.of(name, goal, ours.rates, theirs.rates, note), cost]


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
    before = at.slack.told("/made").get("views.open", 0)
    began = time.monotonic()
    found = flooded(at, body, program, plan)
    writing = time.monotonic() - began - found.seconds  # the preparation of requests is nobody's time
    opened = until(lambda: at.slack.told("/made").get("views.open", 0) - before, found.answered)
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


def flooded(at: Stage, body: Json, program: Program, plan: Plan) -> load.Answered:
    """One round of presses against one program."""
    file = at.folder / "requests"
    written(at.presses(body, int(PER_SECOND * plan.seconds), program.port), file)
    found = load.flood(file, program.port, plan.seconds, pinned(-1))
    at.pressed(found.answered)
    if found.wrong:
        raise Unrecorded(f"{found.wrong} requests of {found.answered} were refused")
    return found


def recorded(new: int, found: load.Answered) -> None:
    """Each answered request has its fact; those under way when the round ended may have one too."""
    if not found.answered <= new <= found.answered + load.CONNECTIONS + 1:
        raise Unrecorded(f"{found.answered} answered, {new} on disk")


def until(read: Callable[[], int], enough: int) -> int:
    """Read a number until it is enough, or for as long as a backlog may take."""
    end = time.monotonic() + DRAIN
    while (found := read()) < enough and time.monotonic() < end:
        time.sleep(0.05)
    return found


def settled(program: Program) -> float:
    """The processor time of a program once it has nothing left to do."""
    before, end = -1.0, time.monotonic() + DRAIN
    while program.cpu - before > 0.05 and time.monotonic() < end:  # noqa: PLR2004
        before = program.cpu
        time.sleep(0.25)
    return program.cpu
