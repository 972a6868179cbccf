"""Everything that is drawn: samples of each role and field, and what people see in the scenes."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from bot.cards import Role, flat
from bot.commands.wire import Command
from bot.forms import Field, Form
from content.texts import LANGUAGES
from tests.golden.cards import SAMPLES
from tests.golden.scenes import SCENES, Scene
from tests.golden.stage import Shown, Stage, Tab, stage

PLAYED = {name: scene for scene, names in SCENES.items() for name in names}
CASES = [(name, language) for name in sorted([*SAMPLES, *PLAYED]) for language in LANGUAGES]
"""Every drawing in every language: what a platform's golden test is parametrised by."""
NAMES = [f"{name}.{language}" for name, language in CASES]


@dataclass
class Gallery:
    """Plays each scene once per language, when one of its drawings is first looked at."""

    folder: Path
    played: dict[tuple[Scene, str], Stage] = field(default_factory=dict)

    def shown(self, name: str, language: str) -> Shown:
        """The card, form or Home of that name."""
        if name in SAMPLES:
            return SAMPLES[name]
        return self._play(PLAYED[name], language).shown[name]

    def views(self) -> set[str]:
        """The views whose cards some scene looks at."""
        return {view for scene in SCENES for view in self._play(scene, LANGUAGES[0]).views}

    def commands(self) -> set[type[Command]]:
        """The commands whose forms some scene looks at."""
        return {kind for scene in SCENES for kind in self._play(scene, LANGUAGES[0]).commands}

    def _play(self, scene: Scene, language: str) -> Stage:
        if (scene, language) not in self.played:
            self.played[scene, language] = asyncio.run(self._played(scene, language))
        return self.played[scene, language]

    async def _played(self, scene: Scene, language: str) -> Stage:
        async with stage(Path(mkdtemp(dir=self.folder)), language) as played:
            await scene(played)
        assert set(played.shown) == set(SCENES[scene])
        return played


def parts(shown: Shown) -> tuple[Field | Role, ...]:
    """What a card, form or Home consists of, parts opened."""
    match shown:
        case Form():
            return tuple(flat(shown.parts))
        case Tab(card):
            return tuple(flat(card.roles))
        case _:
            return tuple(flat(shown.roles))
