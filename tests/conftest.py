"""What every test shares: which database engine it runs on."""

from contextlib import ExitStack

import pytest

from tests import laws
from tests.databases import DATABASES, ENGINES, postgresql


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgresql` starts a server of the tests' own and runs them on it."""
    parser.addoption("--database", choices=ENGINES, default=ENGINES[0], help="the engine to run on")
    parser.addoption("--record", action="store_true", help="write golden files and docs/parity.md again")
    parser.addoption("--soak", action="store_true", help="the long way: 1,000 cards, 50 kills")
    parser.addoption("--laws", type=int, metavar="TIMES", help="new examples of laws, so many times more")
    parser.addoption("--minutes", type=float, default=2.0, help="of mixed traffic, in a soak")


def pytest_configure(config: pytest.Config) -> None:
    """Decide how laws are tried; start the server before the first test, stop it after the last.

    Where tests go on several cores each process has a server, and who hands them out needs none.
    """
    times: int | None = config.getoption("--laws")
    laws.looking_further(times) if times else laws.always()
    hands_out = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if config.getoption("--database") == "postgresql" and not hands_out:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        DATABASES.server = stack.enter_context(postgresql())
