"""`python -m bench [NAME …] [--rounds 7] [--seconds 2] [--json FILE]`: every figure on a line."""

import json
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import delivering, digesting, doors, feeding, speaking, starting, straining, teams
from bench.figure import Figure
from bench.stage import Plan

FIGURES: Mapping[str, Callable[[Plan], list[Figure]]] = {
    "slack_press": doors.slack_press,
    "slack_share": doors.slack_share,
    "slack_press_pg": straining.slack_press_pg,
    "slack_press_slow_disk": straining.slack_press_slow_disk,
    "slack_latency": doors.slack_latency,
    "slack_burst": straining.slack_burst,
    "teams_invoke": teams.teams_invoke,
    "teams_send": speaking.teams_send,
    "link": doors.link,
    "growth": doors.growth,
    "memory": straining.memory,
    "start": starting.start,
    "feeds": feeding.feeds,
    "deliver": delivering.deliver,
    "digest": digesting.digest,
    "digest_all_time": digesting.digest_all_time,
}


def asked() -> Namespace:
    """What to measure, and for how long."""
    words = ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("figures", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    words.add_argument("--rounds", type=int, default=7, help="alternating rounds (7)")
    words.add_argument("--seconds", type=float, default=2.0, help="seconds of load in a round (2)")
    words.add_argument("--json", type=Path, help="write the figures there too")
    found = words.parse_args()
    unknown = set(found.figures) - set(FIGURES)
    if unknown:
        words.error(f"no such figure: {', '.join(sorted(unknown))}")
    return found


def main() -> None:
    """Measure, print, write."""
    words = asked()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing (Debian: apt-get install wrk)")
    plan, found = Plan(words.rounds, words.seconds), []
    for name in words.figures or FIGURES:
        for figure in FIGURES[name](plan):
            print(figure.line(), flush=True)
            found.append(figure.json())
    if words.json:
        words.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
