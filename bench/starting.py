"""How long until Herald is ready, beside the bare imports of what it stands on."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.company import company
from bench.figure import Figure
from bench.programs import ROOT, free_port, pinned, plain, running
from bench.stage import Plan, herald_on

IMPORTS = "import aiohttp.web, slack_bolt.async_app, sqlmodel"


def start(plan: Plan) -> list[Figure]:
    """`serve` until `/readyz` says yes, on a database that exists."""
    ours, theirs = [], []
    with TemporaryDirectory(prefix="herald-bench-") as folder:
        port = free_port()
        with running(["bench/peers/slack.py", str(port)], port, core=-1) as slack:
            made = asyncio.run(company(Path(folder)))
            for _ in range(plan.rounds):
                began = time.monotonic()
                with herald_on(made, slack, Path(folder)):
                    ours.append(time.monotonic() - began)
                began = time.monotonic()
                command = [*pinned(0), sys.executable, "-c", IMPORTS]
                subprocess.run(command, check=True, cwd=ROOT, env=plain({}))
                theirs.append(time.monotonic() - began)
    return [Figure.of("start", "<=2.5", ours, theirs, "seconds")]
