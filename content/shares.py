"""Evidence of sharing: five facts kept apart, never added, and the words a person left in a sheet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from content.links import new_token
from content.networks import OFFERED
from content.stories import Story

DRAFT_KEPT = timedelta(days=7)
"""How long the words of a closed sheet are kept."""


class Evidence(StrEnum):
    """What happened, each kind on its own.

    `opened`: the sheet; `intent`: the network, from the sheet; `said`: "I posted it"; `observed`: a reader
    came through a link; `posted`: the network's API confirmed. `said` and `posted` imply `intent`.
    `uncounted` takes a person out of a story's counts, `denied` is *No* to "Did you post it?", `missed` a
    click that could not be written in time.
    """

    OPENED = "opened"
    INTENT = "intent"
    SAID = "said"
    OBSERVED = "observed"
    POSTED = "posted"
    UNCOUNTED = "uncounted"
    DENIED = "denied"
    MISSED = "missed"


TAKEN = (Evidence.INTENT, Evidence.SAID, Evidence.POSTED)
"""Evidence that somebody took a story to their network."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, never changed. The same `key` again is the same fact."""

    key: str
    programme: str
    story: str
    kind: Evidence
    at: datetime
    member: str | None = None
    network: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The words a person left in a story's sheet; the last ones win, kept for seven days."""

    programme: str
    story: str
    member: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """An address that leads to a story: `token` is 96 random bits and says nothing of anybody.

    `doorway` links (`/o/…`) take the sharer to a network and note the intent; the others (`/s/…`) take
    readers to the story. A `personal` one was asked for by `member`, and goes on leading there when that
    person is erased from it.
    """

    token: str
    programme: str
    story: str
    target: str
    network: str = ""
    member: str | None = None
    doorway: bool = False
    personal: bool = False


def of_person(kind: Evidence, story: Story, member: str, at: datetime, network: str = "") -> Fact:
    """A person's own fact about a story: once per network, however often it is pressed."""
    key = ":".join(filter(None, (kind, story.id, member, network)))
    return Fact(key, story.programme, story.id, kind, at, member, network)


def links_for(story: Story, member: str | None = None) -> tuple[Link, ...]:
    """New links of a story, the story's own or somebody's, for each network that a sheet offers.

    Readers' links only for a story that has an address.
    """
    personal = member is not None
    readers = [
        Link(new_token(), story.programme, story.id, story.link, key, member, personal=personal)
        for key in OFFERED
        if story.link
    ]
    doors = [
        Link(new_token(), story.programme, story.id, story.link or "", key, member, True, personal)  # noqa: FBT003
        for key in OFFERED
    ]
    return (*readers, *doors)
