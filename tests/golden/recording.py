"""A golden file: what a platform draws of one sample or scene, in one language."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PART = "~"
"""Between the name of a drawing and that of a part of it, in a file's name."""


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

    def check_parts(self, platform: str, name: str, language: str, drawn: Mapping[str, Any]) -> None:
        """The same for what opens from the drawing, by path: a file each, and none too many."""
        for path, each in drawn.items():
            self.check(platform, _part(name, path), language, each)
        wanted = {f"{_part(name, path)}.{language}.json" for path in drawn}
        kept = {file.name for file in (HERE / platform).glob(f"{name}{PART}*.{language}.json")}
        if self.write:
            for stray in kept - wanted:
                (HERE / platform / stray).unlink()
        assert self.write or kept == wanted


def strays(platform: str, names: Iterable[str]) -> list[str]:
    """Recorded files that nothing draws any more; parts are looked at with what they are parts of."""
    wanted, found = set(names), [file.name for file in (HERE / platform).glob("*.json")]
    return sorted(name for name in found if _whole(name) not in wanted)


def _part(name: str, path: str) -> str:
    return name + PART + path.replace("/", PART)


def _whole(file: str) -> str:
    """`home-admin.en` of `home-admin~home.mine.en.json`."""
    name, _, language = file.removesuffix(".json").rpartition(".")
    return f"{name.partition(PART)[0]}.{language}"
