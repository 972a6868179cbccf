"""What every test against software of others shares."""

import os

import pytest


def pytest_configure() -> None:
    """Refuse to run in the machine's own network: local-slack listens on every interface."""
    if "HERALD_ALONE" not in os.environ:
        pytest.exit("These tests run in a network namespace of their own: make peers", returncode=2)
