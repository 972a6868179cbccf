"""The guided list: seven steps, each ticked by what really happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adapters.local.journal import Seen
from adapters.local.people import ANA, GENERAL, LEA, MODERATORS, REVIEW, SAMPLES, STORIES, Json

ADD_NAME = "add_name"
"""The wire of the digest's *Add my name*."""

Test = Callable[[list[Seen]], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, where *Take me there* goes, and what ticks it."""

    name: str
    person: str
    place: str
    focus: str
    done: Test


def wires(seen: Iterable[Seen], what: str, *names: str) -> list[Seen]:
    """The sightings of that kind whose wire carries one of these commands."""
    return [one for one in seen if one.what == what and _commands(one.name) & set(names)]


def _commands(evidence: str) -> set[str]:
    return {word.partition("?")[0] for word in evidence.replace("/", " ").split()}


def _suggested(seen: list[Seen]) -> bool:
    sent = [one for one in wires(seen, "submit", "suggest", "story") if one.person == LEA]
    return bool(sent) and bool(wires(seen, "post", "approve"))


def _approved(seen: list[Seen]) -> bool:
    pressed = [*wires(seen, "press", "approve"), *wires(seen, "submit", "approve", "schedule")]
    decided = any(one.person in MODERATORS for one in pressed)
    return decided and bool(wires(seen, "redraw", "undo"))


def _shared(seen: list[Seen]) -> bool:
    return any(one.person == LEA for one in wires(seen, "open", "share"))


def _published(seen: list[Seen]) -> bool:
    return any(one.what == "publish" for one in seen)


def _colleagues(seen: list[Seen]) -> bool:
    names = {person.id for person in SAMPLES}
    return len({one.person for one in wires(seen, "submit", "said", "share") if one.person in names}) == len(
        names
    )


def _monday(seen: list[Seen]) -> bool:
    jumps = [index for index, one in enumerate(seen) if one.what == "clock" and one.name == "monday"]
    return bool(jumps) and bool(wires(seen[jumps[0] :], "post", ADD_NAME))


def _named(seen: list[Seen]) -> bool:
    return bool(wires(seen, "press", ADD_NAME))


STEPS = (
    Step("suggest", LEA, STORIES, "composer", _suggested),
    Step("approve", ANA, REVIEW, "approve", _approved),
    Step("share", LEA, STORIES, "share", _shared),
    Step("publish", LEA, STORIES, "share", _published),
    Step("colleagues", LEA, STORIES, "colleagues", _colleagues),
    Step("monday", LEA, GENERAL, ADD_NAME, _monday),
    Step("name", LEA, GENERAL, ADD_NAME, _named),
)


def guide(seen: list[Seen]) -> list[Json]:
    """The list as the page draws it."""
    return [
        {
            "name": step.name,
            "person": step.person,
            "place": _place(step, seen),
            "focus": step.focus,
            "done": step.done(seen),
        }
        for step in STEPS
    ]


def _place(step: Step, seen: list[Seen]) -> str:
    """Where the thing to press was last seen in a channel, else where it is expected."""
    posts = [one.channel for one in wires(seen, "post", step.focus) if one.channel.startswith("C")]
    return posts[-1] if posts else step.place
