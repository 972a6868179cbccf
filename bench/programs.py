"""Programs under measurement: each a process of its own, on a core of its own, on loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
READY = 30.0
"""Seconds a program may take until it answers."""
CORES = sorted(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Program:
    """A running one."""

    port: int
    process: "subprocess.Popen[bytes]"

    def told(self, path: str) -> dict[str, int]:
        """What it answers in JSON."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            found: dict[str, int] = json.load(answer)
        return found

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """Resident megabytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def pinned(which: int) -> list[str]:
    """What runs a command on one core: 0 for what is measured, 1 for the rest; nothing with one core."""
    if len(CORES) < 2 or shutil.which("taskset") is None:  # noqa: PLR2004
        return []
    return ["taskset", "-c", str(CORES[which])]


@contextmanager
def running(
    words: Sequence[str],
    port: int,
    *,
    core: int = 0,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Program]:
    """Start `python WORDS`, wait until `/readyz` answers, stop it at the end."""
    with (log or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen(
            [*pinned(core), sys.executable, *words],
            cwd=ROOT,
            env=plain(environment or {}),
            stdout=out,
            stderr=out,
        )
        try:
            wait_for(port, process, log)
            yield Program(port, process)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def plain(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment with nothing of this machine's settings in it."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, "PYTHONPATH": str(ROOT), **environment}


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path | None) -> None:
    """Until it says that it is ready; a program that ended or takes too long raises."""
    end = time.monotonic() + READY
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended: {log.read_text()[-2000:] if log else ''}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
    raise TimeoutError(f"{process.args!r} is not ready")


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
