"""What a moderator writes into a story: its card, and the words people may start from."""

from bot.commands.feeding import PrepareItem
from bot.commands.moderation import WriteStory
from bot.commands.writing import Written
from bot.pictures import named
from content.links import anonymous, canonical, host
from content.refusals import Refusal
from content.stories import Kind, Origin, State, Story
from content.texts import LANGUAGES
from content.words import cleaned
from storage.records import Caption
from storage.work import Work, new_id

TITLE, WHY, ANGLE, READY = 200, 600, 200, 2000
"""Visible characters of each part (a LinkedIn post takes 3,000; the link and one's own words need room)."""
ANGLES = 3
"""Questions that help a person write; more are not read."""
BETWEEN = "---"
"""A line of its own that separates one ready text from the next."""


def changes(command: Written) -> dict[str, object]:
    """The fields of a story that a moderator's form sets."""
    link = _link(command.link)
    return {
        "title": cleaned(command.title, TITLE),
        "why": cleaned(command.why, WHY),
        "link": link,
        "canonical": canonical(link) if link else None,
        "host": host(link) if link else None,
        "kind": Kind(command.kind) if command.kind in tuple(Kind) else Kind.OTHER,
        "angles": tuple(cleaned(line, ANGLE) for line in command.angles.splitlines() if line.strip())[
            :ANGLES
        ],
        "image_alt": cleaned(command.shows, 200),
    }


def written(work: Work, command: WriteStory | PrepareItem, author: str | None) -> Story:
    """A new story from the moderators' form. With a link its page is read first, for the picture."""
    parts = changes(command)
    state = State.READING if parts["link"] else State.SUGGESTED
    return Story(
        new_id(), work.programme, 1, state, Origin.MODERATOR, work.now,
        author=author, image=named(getattr(command, "picture", ""), author or ""), **parts,  # type: ignore[arg-type]
    )  # fmt: skip


def captions_of(story: str, programme: str, command: Written) -> list[Caption]:
    """The ready words of a form, per language; a line of three hyphens starts another text."""
    typed = dict(zip(LANGUAGES, (command.words_en, command.words_fr), strict=True))
    return [
        Caption(story, language, number, programme, words)
        for language, whole in typed.items()
        for number, words in enumerate(ready(whole))
    ]


def ready(whole: str) -> list[str]:
    """The separate ready texts of one field."""
    lines = [line if line.strip() != BETWEEN else "\0" for line in whole.splitlines()]
    return [part.strip()[:READY] for part in "\n".join(lines).split("\0") if part.strip()]


def _link(written_link: str) -> str | None:
    if not written_link.strip():
        return None
    try:
        return canonical(written_link.strip()) and anonymous(written_link.strip())
    except Refusal as broken:
        raise Refusal(broken.words, "link") from broken
