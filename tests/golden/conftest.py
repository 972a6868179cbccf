"""`--record` writes what is drawn instead of comparing it; scenes are played once."""

import pytest

from tests.golden.gallery import Gallery
from tests.golden.recording import Recorder


@pytest.fixture
def recorder(request: pytest.FixtureRequest) -> Recorder:
    return Recorder(write=bool(request.config.getoption("--record")))


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(tmp_path_factory.mktemp("scenes"))
