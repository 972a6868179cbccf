"""local-slack (npm), a Slack that nobody here wrote, as a program that tests start and end."""

import asyncio
import json
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

PROGRAM = Path(__file__).with_name("node_modules") / "local-slack-linux-x64/bin/local-slack"
PORT = 4630
BASE_URL = f"http://127.0.0.1:{PORT}/api/"
"""What stands in the place of https://slack.com/api/."""

READY = b"local-slack is running"
START_SECONDS = 90


@asynccontextmanager
async def local_slack(folder: Path, config: Mapping[str, object]) -> AsyncIterator[None]:
    """Run local-slack with this configuration (its config.yaml) until the block ends.

    Everything that it prints goes to `local-slack.log` in the folder.
    """
    settings = folder / "config.yaml"
    settings.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    options = {
        "--config": settings,
        "--port": PORT,
        "--base-host": "127.0.0.1",
        "--files-dir": folder / "files",
    }
    arguments = [str(part) for option in options.items() for part in option]
    process = await asyncio.create_subprocess_exec(PROGRAM, *arguments, stdout=PIPE, stderr=STDOUT)
    ready = asyncio.Event()
    reading = asyncio.create_task(_keep_log(process, folder / "local-slack.log", ready))
    try:
        await asyncio.wait_for(ready.wait(), START_SECONDS)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await reading


async def _keep_log(process: Process, log: Path, ready: asyncio.Event) -> None:
    assert process.stdout is not None
    with log.open("wb") as file:
        async for line in process.stdout:
            file.write(line)
            if READY in line:
                ready.set()
