"""A golden file: what a platform draws of one sample or scene, in one language."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recorder:
    """Compares with the file, or writes it."""

    write: bool

    def check(self, platform: str, name: str, language: str, drawn: Any) -> None:  # noqa: ANN401  any JSON
        """The drawing is the recorded one; `make record` accepts a new one."""
        file = HERE / platform / f"{name}.{language}.json"
        words = json.dumps(drawn, indent=2, ensure_ascii=False) + "\n"
        if self.write:
            file.parent.mkdir(exist_ok=True)
            file.write_text(words, encoding="utf-8")
        assert file.exists(), f"{file.name} was never recorded: make record"
        assert json.loads(file.read_text(encoding="utf-8")) == json.loads(words)


def strays(platform: str, names: Iterable[str]) -> list[str]:
    """Recorded files that nothing draws any more."""
    wanted = {f"{name}.json" for name in names}
    return sorted(file.name for file in (HERE / platform).glob("*.json") if file.name not in wanted)
