"""A story: what people may share. Whatever its origin, it has one life, and every step of it is here.

reading -> suggested <-> asked -> approved(out_at) -> live -> ended | recalled
or declined, withdrawn (by its author), lapsed (an unused feed item). approved -> suggested is Undo, until
`out_at`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from content.refusals import Refusal
from content.texts import Text, text

TITLE = 120
"""Characters of a title taken from what somebody told."""


class State(StrEnum):
    """Where a story is in its life."""

    READING = "reading"
    SUGGESTED = "suggested"
    ASKED = "asked"
    APPROVED = "approved"
    LIVE = "live"
    ENDED = "ended"
    RECALLED = "recalled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Origin(StrEnum):
    """Where a story came from."""

    IDEA = "idea"
    FEED = "feed"
    MODERATOR = "moderator"


class Kind(StrEnum):
    """What a story is about; programmes learn which kinds people carry."""

    PORTRAIT = "portrait"
    LAUNCH = "launch"
    EVENT = "event"
    JOB = "job"
    PRESS = "press"
    EXPERTISE = "expertise"
    FINANCE = "finance"
    OTHER = "other"


class Reason(StrEnum):
    """The ready reasons for a no."""

    COVERED = "covered"
    MOMENT = "moment"
    PRIVATE = "private"
    INTERNAL = "internal"


OPEN = frozenset({State.READING, State.SUGGESTED, State.ASKED})
"""States in which a story waits for a decision."""
OUT = frozenset({State.LIVE, State.ENDED, State.RECALLED})
"""States of stories whose cards are in channels."""


@dataclass(frozen=True, slots=True)
class Story:
    """What people may share. `version` rises with every decision and edit, never with counts."""

    id: str
    programme: str
    version: int
    state: State
    origin: Origin
    created: datetime
    title: str = ""
    why: str = ""
    told: str = ""
    link: str | None = None
    canonical: str | None = None
    host: str | None = None
    language: str = ""
    image: str | None = None
    image_alt: str = ""
    kind: Kind = Kind.OTHER
    angles: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    author: str | None = None
    source: str | None = None
    unread: str | None = None
    twin: str | None = None
    question: str = ""
    asked_by: str | None = None
    answer: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""
    reason_words: str = ""
    out_at: datetime | None = None
    live_at: datetime | None = None
    over_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was learnt from a story's link.

    The page's words, or why it could not be read (`unread`, a text key).
    """

    title: str = ""
    canonical: str | None = None
    host: str | None = None
    image: str | None = None
    language: str = ""
    unread: str | None = None


def read(story: Story, found: Read) -> Story:
    """Complete a story from its page; what the author wrote stays."""
    _only(story, State.READING)
    return _next(
        story,
        State.SUGGESTED,
        title=story.title or found.title or _first_line(story.told) or story.host or "",
        canonical=found.canonical or story.canonical,
        host=found.host or story.host,
        image=story.image or found.image,
        language=found.language or story.language,
        unread=found.unread,
    )


def with_twin(story: Story, twin: str | None) -> Story:
    """Note another story that looks the same, for the moderators to see."""
    return replace(story, twin=twin)


def ask(story: Story, by: str, question: str, at: datetime) -> Story:
    """A moderator asks the author; nobody asks themselves, nobody asks a feed."""
    _only(story, State.SUGGESTED, State.ASKED)
    may_ask(story, by)
    if not question.strip():
        raise Refusal(text("refused.empty"), "question")
    return _next(story, State.ASKED, question=question.strip(), asked_by=by, answer="", decided_at=at)


def may_ask(story: Story, by: str) -> None:
    """Refuse a question that nobody else would answer."""
    if story.author is None or story.author == by:
        raise Refusal(text("refused.nobody_to_ask"))


def answer(story: Story, words: str) -> Story:
    """The author answers; the story waits for a decision again."""
    _only(story, State.ASKED, field="answer")
    if not words.strip():
        raise Refusal(text("refused.empty"), "answer")
    return _next(story, State.SUGGESTED, answer=words.strip())


def approve(story: Story, by: str, at: datetime, out_at: datetime) -> Story:
    """Let a story out at `out_at`; it can be undone until then."""
    _only(story, State.SUGGESTED, State.ASKED)
    if not story.title.strip():
        raise Refusal(text("refused.no_title"))
    return _next(story, State.APPROVED, decided_by=by, decided_at=at, out_at=out_at)


def undo(story: Story, at: datetime) -> Story:
    """Take an approval back before the story goes out."""
    _only(story, State.APPROVED)
    if story.out_at is not None and at >= story.out_at:
        raise Refusal(text("refused.already_out"))
    return _next(story, State.SUGGESTED, decided_by=None, decided_at=None, out_at=None)


def release(story: Story, at: datetime) -> Story:
    """The hold is over: the story is live."""
    _only(story, State.APPROVED)
    return _next(story, State.LIVE, live_at=at)


def decline(story: Story, by: str, at: datetime, reason: str, words: str) -> Story:
    """Say no, always with a reason."""
    _only(story, State.SUGGESTED, State.ASKED)
    if reason not in tuple(Reason) and not words.strip():
        raise Refusal(text("refused.no_reason"), "reason")
    known = reason if reason in tuple(Reason) else ""
    return _next(
        story, State.DECLINED, decided_by=by, decided_at=at, reason=known, reason_words=words.strip()
    )


def withdraw(story: Story, by: str, at: datetime) -> Story:
    """The author takes an idea back while nothing has gone out."""
    if story.author != by:
        raise Refusal(text("refused.not_yours"))
    _only(story, *OPEN, State.APPROVED)
    return _next(story, State.WITHDRAWN, over_at=at, out_at=None)


def end(story: Story, at: datetime) -> Story:
    """The story has had its time; cards stay and say so."""
    _only(story, State.LIVE)
    return _next(story, State.ENDED, over_at=at)


def recall(story: Story, by: str, at: datetime, words: str) -> Story:
    """Take the story back everywhere, with words for those who shared it."""
    _only(story, State.LIVE, State.ENDED)
    return _next(story, State.RECALLED, over_at=at, decided_by=by, reason_words=words.strip())


def edited(story: Story, **changes: object) -> Story:
    """A correction by a moderator. A story that is over stays as it was."""
    _only(story, *OPEN, State.APPROVED, State.LIVE)
    return _next(story, story.state, **changes)


def retold(story: Story, **changes: object) -> Story:
    """A correction by the author, while the story waits: what is decided about is what the moderator saw."""
    _only(story, *OPEN, field="what")
    return _next(story, story.state, **changes)


def _only(story: Story, *states: State, field: str | None = None) -> None:
    """Refuse in any other state; at a form's `field`, so that what was typed in it is not lost."""
    if story.state not in states:
        raise Refusal(_present(story), field)


def _present(story: Story) -> Text:
    return text(f"now.{story.state}", title=story.title or story.host or "…")


def _next(story: Story, state: State, **changes: object) -> Story:
    return replace(story, state=state, version=story.version + 1, **changes)  # type: ignore[arg-type]


def _first_line(words: str) -> str:
    first = words.strip().splitlines()[0] if words.strip() else ""
    return first if len(first) <= TITLE else first[: TITLE - 1].rstrip() + "…"
