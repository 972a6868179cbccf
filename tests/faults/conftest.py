"""A company with many channels, and a Slack that fails."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.faults.company import DONE, SOAKED, Company, company

Tell = Callable[[str], None]
"""Says a figure where `make soak` is watched."""


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    writer, plugins = request.config.get_terminal_writer(), request.config.pluginmanager
    capturing = plugins.getplugin("capturemanager")

    def says(line: str) -> None:
        if request.config.getoption("--soak"):
            with capturing.global_and_fixture_disabled():
                writer.line(f"\n{line}")

    return says


@pytest.fixture
def platform() -> str:
    """Where the cards go; a test may say otherwise."""
    return "slack"


@pytest.fixture
async def many(tmp_path: Path, platform: str, request: pytest.FixtureRequest) -> AsyncIterator[Company]:
    done = SOAKED if request.config.getoption("--soak") else DONE
    async with company(tmp_path, platform, done) as many:
        yield many
