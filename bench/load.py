"""Load over keep-alive connections: wrk as fast as it goes, or our own at a fixed rate."""

import asyncio
import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOAD = 1
"""The core that everything runs on but the program under measurement, where there are two."""
CONNECTIONS = 64
BEGINS = 0.5
"""Seconds, and some more for many, in which our own generator gets ready; nobody is late meanwhile."""
_SCRIPT = Path(__file__).with_name("requests.lua")


@dataclass(frozen=True, slots=True)
class Answered:
    """What one round brought; latencies in milliseconds."""

    answered: int
    seconds: float
    wrong: int
    p50: float
    p99: float
    worst: float = 0.0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.answered / self.seconds


def flood(file: Path, port: int, seconds: float, pin: Sequence[str]) -> Answered:
    """wrk, one thread, as many requests as are answered."""
    command = [
        *pin, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "10s", "--latency",
        "-s", str(_SCRIPT), f"http://127.0.0.1:{port}", "--", str(file),
    ]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    line = next(line for line in told.splitlines() if line.startswith("RESULT "))
    return Answered(**json.loads(line.removeprefix("RESULT ")))


async def steady(requests: Sequence[bytes], port: int, rate: float) -> Answered:
    """An open loop: each request at its moment, whatever became of those before; latency from that moment."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    began = time.perf_counter() + BEGINS + len(requests) / 20_000

    async def one(number: int, raw: bytes) -> tuple[float, bool]:
        planned = began + number / rate
        await asyncio.sleep(planned - time.perf_counter())
        reader, writer = await free.get()
        writer.write(raw)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        free.put_nowait((reader, writer))
        return (time.perf_counter() - planned) * 1e3, b" 200 " in head[:16]

    found = await asyncio.gather(*(one(number, raw) for number, raw in enumerate(requests)))
    taken = max(time.perf_counter() - began, 1e-9)
    while not free.empty():
        free.get_nowait()[1].close()
    late = sorted(latency for latency, _ in found)
    wrong = sum(not good for _, good in found)
    return Answered(len(late), taken, wrong, late[len(late) // 2], late[int(len(late) * 0.99)], late[-1])


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0
