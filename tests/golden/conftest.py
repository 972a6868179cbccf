"""`--record` writes what is drawn instead of comparing it."""

import pytest

from tests.golden.recording import Recorder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="draw every golden file again")


@pytest.fixture
def recorder(request: pytest.FixtureRequest) -> Recorder:
    return Recorder(write=bool(request.config.getoption("--record", False)))
