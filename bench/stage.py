"""Where a figure is measured: a company, a Slack that says yes, Herald in full wiring, and its load."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import counting, load
from bench.company import PEOPLE, PUBLIC, Company, company
from bench.figure import Figure
from bench.presses import SECRET, TOKEN, Json, requests, written
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
    environment: Mapping[str, str]
    _stack: ExitStack
    _pressed: int = 0

    def peer(self, *words: str) -> Program:
        """Another program, on the measured core as well; it idles while Herald is measured."""
        port = free_port()
        said = [str(port) if word == "PORT" else word for word in words]
        log = self.folder / "peer.log"
        return self._stack.enter_context(running(said, port, log=log, environment=self.environment))

    def bolt(self, mode: str) -> Program:
        """Stock Bolt in a mode."""
        file = self.folder / f"bolt-{mode}.db"
        return self.peer("bench/peers/bolt.py", "PORT", mode, api(self.slack, "peer"), str(file))

    def presses(self, body: Json, amount: int, port: int) -> Iterator[bytes]:
        """New people's presses, until `pressed` says how many were sent."""
        return requests(body, start=self._pressed, count=amount, port=port)

    @property
    def used(self) -> int:
        """How many people have pressed so far."""
        return self._pressed

    def pressed(self, amount: int) -> None:
        """So many are used up, and perhaps those that were under way.

        Raises `Unrecorded` when the company has not as many: whom Herald never met it first asks Slack about.
        """
        self._pressed += amount + 2 * load.CONNECTIONS
        if self._pressed > PEOPLE:
            raise Unrecorded(f"{self._pressed} pressed, and the company has {PEOPLE}")


def api(slack: Program, whose: str = "api") -> str:
    """Where Slack's methods are; the peer's are counted apart, for some of its calls come very late."""
    return f"http://127.0.0.1:{slack.port}/{whose}/"


@contextmanager
def stage(
    facts: int = 0,
    environment: Mapping[str, str] | None = None,
    database: str = "",
    *,
    on_teams: bool = False,
) -> Iterator[Stage]:
    """Everything running, with so many facts of the past on disk; `database` is one beside SQLite."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="herald-bench-")))
        port = free_port()
        slack = stack.enter_context(running(["bench/peers/slack.py", str(port)], port, core=-1))
        made = asyncio.run(company(folder, database, on_teams=on_teams))
        if facts:
            counting.grow(made.file, facts)
        herald = stack.enter_context(herald_on(made, slack, folder, environment))
        yield Stage(folder, slack, made, herald, environment or {}, stack)


@contextmanager
def herald_on(
    made: Company, slack: Program, folder: Path, more: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """`python app.py serve`, nothing left out."""
    port = free_port()
    environment = {
        "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api(slack),
        "DATABASE_URL": made.url, "PORT": str(port), "HERALD_PUBLIC_URL": PUBLIC,
        "HERALD_SECRET_KEY": "bench" * 8, **(more or {}),
    }  # fmt: skip
    with running(["app.py", "serve"], port, log=folder / "herald.log", environment=environment) as herald:
        yield herald


class Unrecorded(AssertionError):
    """Requests were answered whose facts are not on disk: no figure."""


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


def flooded(at: Stage, body: Json, program: Program, plan: Plan) -> load.Answered:
    """One round of presses against one program; who pressed at the peer has not pressed at Herald yet."""
    file = at.folder / "requests"
    written(at.presses(body, int(PER_SECOND * plan.seconds), program.port), file)
    found = load.flood(file, program.port, plan.seconds, pinned(-1))
    if program is at.herald:
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
