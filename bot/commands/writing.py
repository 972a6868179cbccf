"""What a moderator fills in whenever a story is written: from nothing, from a feed's item, or once more."""

from dataclasses import dataclass

from bot.commands.wire import Command, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Command):
    """The card that people will see, and the words they may start from; `shows` describes the picture."""

    title: str = typed()
    link: str = typed()
    why: str = typed()
    kind: str = typed()
    angles: str = typed()
    words_en: str = typed()
    words_fr: str = typed()
    shows: str = typed()
