"""Nothing that Herald shows is without a drawing."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from bot.commands import KINDS, OPENS
from bot.commands.spoken import WORDS
from bot.commands.wire import Command
from bot.opens import FORMS
from bot.views import VIEWS
from content.texts import LANGUAGES
from tests.golden.gallery import PLAYED, Gallery


def test_every_view_is_drawn(gallery: Gallery) -> None:
    assert gallery.views() == set(VIEWS)


def test_every_form_is_drawn(gallery: Gallery) -> None:
    assert gallery.commands() == set(FORMS) == set(OPENS)


def test_every_command_is_offered_somewhere(gallery: Gallery) -> None:
    """On something that is drawn, or as a word; else nobody could ask for it."""
    drawn = {kind for name in PLAYED for kind in carried(gallery.shown(name, LANGUAGES[0]))}
    assert drawn | {type(command) for command in WORDS.values()} == set(KINDS)


def carried(shown: object) -> Iterator[type[Command]]:
    """Every command in something that is drawn."""
    if isinstance(shown, Command):
        yield type(shown)
    elif isinstance(shown, tuple | list):
        for part in shown:
            yield from carried(part)
    elif is_dataclass(shown):
        for each in fields(shown):
            yield from carried(getattr(shown, each.name))
