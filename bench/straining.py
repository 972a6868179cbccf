"""What a bad day costs: another database, a slow disk, a thousand presses a second, ten minutes of them."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.host.loop import LOOP
from bench import counting, load, teams
from bench.company import OPEN
from bench.doors import INTENTS
from bench.figure import Figure
from bench.presses import press
from bench.stage import Plan, Side, Stage, Unrecorded, beside, flooded, recorded, stage
from tests.databases import Server, postgresql

AGAINST = {"slack_press_pg": ("before", "0.9"), "slack_press_slow_disk": ("orm", "8")}
"""The mode of the Bolt beside it, and the floor."""
BURST, LASTS = 1_000, 30
"""Presses a second, and for how many seconds."""
GENTLY, MINUTES = 150, 10
"""Presses a second on each platform while memory is watched; each is somebody else's."""


def slack_press_pg(plan: Plan) -> list[Figure]:
    """The press on a PostgreSQL that waits for its disk ÷ stock Bolt that only acknowledges."""
    with postgresql(durable=True) as server:
        url = server.new()
        with stage(database=url) as at:
            return pressed_beside(at, "slack_press_pg", plan, lambda: in_server(server, url))


def slack_press_slow_disk(plan: Plan) -> list[Figure]:
    """The press with two milliseconds for every fsync ÷ stock Bolt with an ORM session per request."""
    with slow_disk() as environment, stage(environment=environment) as at:
        return pressed_beside(at, "slack_press_slow_disk", plan, lambda: intents(at))


def pressed_beside(at: Stage, name: str, plan: Plan, count: Callable[[], int]) -> list[Figure]:
    """The press beside its peer; `count` are the intents on disk."""
    mode, goal = AGAINST[name]
    body, peer = press(OPEN, at.company.sheet), at.bolt(mode)
    ours, theirs = Side(at.herald), Side(peer)
    for _ in range(plan.rounds):
        before = count()
        found = ours.add(lambda: flooded(at, body, at.herald, plan))
        recorded(count() - before, found)
        theirs.add(lambda: flooded(at, body, peer, plan))
    return beside(name, goal, ours, theirs, "presses/s")


def slack_burst(plan: Plan) -> list[Figure]:
    """The 99th percentile of a thousand presses a second, each from the moment it was due; and the worst."""
    del plan
    with stage() as at:
        raw = list(at.presses(press(OPEN, at.company.sheet), BURST * LASTS, at.herald.port))
        found = steadily(at, raw, BURST, INTENTS)
        if found.worst > 3_000:  # noqa: PLR2004  Slack's patience
            raise Unrecorded(f"somebody waited {found.worst:.0f} ms")
        note = f"ms at p99 (the ratio's unit is one ms); median {found.p50:.1f}, worst {found.worst:.0f}"
    return [Figure.of("slack_burst", "<=500", [found.p99], [1.0], note)]


def memory(plan: Plan) -> list[Figure]:
    """What Herald holds in each of ten minutes of presses on both platforms ÷ what it held in the first."""
    del plan
    with stage(environment={"HERALD_TEAMS_ANONYMOUS": "1"}, on_teams=True) as at:
        held = []
        for _ in range(MINUTES):
            steadily(at, list(on_both(at, GENTLY * 60)), 2 * GENTLY, f"{INTENTS} OR kind = 'denied'")
            at.pressed(GENTLY * 60)
            held.append(at.herald.memory)
    note = f"MB resident after each minute: {', '.join(f'{each:.0f}' for each in held)}"
    return [Figure.of("memory", "<=1.1", held[1:], [held[0]] * (MINUTES - 1), note)]


def on_both(at: Stage, amount: int) -> Iterator[bytes]:
    """A press on Slack and one on Teams in turn."""
    slack = at.presses(press(OPEN, at.company.sheet), amount, at.herald.port)
    return chain.from_iterable(zip(slack, teams.invokes(at, amount, at.herald.port), strict=True))


def steadily(at: Stage, raw: Sequence[bytes], rate: int, stated: str) -> load.Answered:
    """Presses at their moments, whatever became of those before; what each `stated` is on disk at the end."""
    before = counting.rows(at.company.file, stated)
    with asyncio.Runner(loop_factory=LOOP) as runner:
        found = runner.run(load.steady(raw, at.herald.port, rate))
    recorded(counting.rows(at.company.file, stated) - before, found)
    if found.wrong:
        raise Unrecorded(f"{found.wrong} were refused")
    return found


def intents(at: Stage) -> int:
    """On disk."""
    return counting.rows(at.company.file, INTENTS)


def in_server(server: Server, url: str) -> int:
    """The same in PostgreSQL, asked by its own program."""
    place = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "herald", "-d", url.rsplit("/", 1)[1]]
    asked: list[str | Path] = [server.programs / "psql", *place, "-At", "-c", INTENTS]
    return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


@contextmanager
def slow_disk() -> Iterator[dict[str, str]]:
    """The environment of a program whose disk is slow, and that knows it from the first write on."""
    if shutil.which("gcc") is None:
        raise FileNotFoundError("gcc is missing (Debian: apt-get install gcc libc6-dev)")
    with TemporaryDirectory(prefix="herald-bench-") as folder:
        made = Path(folder) / "slow_disk.so"
        source = Path(__file__).with_name("slow_disk.c")
        subprocess.run(["gcc", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
        yield {"LD_PRELOAD": str(made)}
