"""Herald as its host runs it: `python app.py VERB` in a process of its own, on a database of its own."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.peers.waiting import eventually

ROOT = Path(__file__).parents[2]
LATER = """
import runpy, sys
from datetime import timedelta
from adapters import clock
ahead, sys.argv = timedelta(seconds=float(sys.argv[1])), sys.argv[2:]
class Later(clock.Clock):
    def __init__(self):
        super().__init__()
        self.shift(ahead)
clock.Clock = Later
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs app.py with the domain's clock ahead; signatures and timeouts stay in real time."""
ENDING = 60
"""Seconds that a process gets to end."""
STARTING = 90
"""Seconds until Herald is ready."""


@dataclass
class Host:
    """One machine: a folder, an environment. `log` is where `serve` writes."""

    folder: Path
    environment: Mapping[str, str]
    port: int

    @property
    def log(self) -> list[dict[str, Any]]:
        """Every line that `serve` wrote so far."""
        written = (self.folder / "herald.log").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in written if line.startswith("{")]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """What `serve` itself calls an error."""
        return [line for line in self.log if line["level"] in {"error", "critical"}]

    async def verb(self, *words: str) -> tuple[int, str]:
        """One verb to its end: the exit code, and what it printed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            ROOT / "app.py",
            *words,
            cwd=self.folder,
            env=self._whole(),
            stdout=PIPE,
            stderr=PIPE,
        )
        async with asyncio.timeout(STARTING):
            said, complained = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode() + complained.decode()

    @asynccontextmanager
    async def serving(self, ahead: float = 0) -> AsyncIterator[None]:
        """Herald serves until the block ends, its clock `ahead` by so many seconds; it must end well."""
        with (self.folder / "herald.log").open("ab") as log:
            program = [sys.executable, "-c", LATER, str(ahead), str(ROOT / "app.py"), "serve"]
            process = await asyncio.create_subprocess_exec(
                *program, cwd=self.folder, env=self._whole(), stdout=log, stderr=log
            )
            try:
                await eventually(lambda: self._ready(process), STARTING)
                yield
            finally:
                await _ended(process)
        assert process.returncode == 0

    async def _ready(self, process: Process) -> bool:
        assert process.returncode is None, (self.folder / "herald.log").read_text(encoding="utf-8")
        try:
            async with (
                ClientSession() as session,
                session.get(f"http://127.0.0.1:{self.port}/readyz") as answer,
            ):
                return answer.status == 200
        except ClientError:
            return False

    def _whole(self) -> dict[str, str]:
        """This machine's environment without anybody's credentials, and ours."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | {"PYTHONPATH": str(ROOT)} | dict(self.environment)


async def _ended(process: Process) -> None:
    """Ask it to end; a process that does not is killed, and fails the test by its exit code."""
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(ENDING):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
