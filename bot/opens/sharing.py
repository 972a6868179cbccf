"""The share sheet and the small forms around it. A sheet opens complete, from a reading alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.authority import colleague
from bot.cards import Body, Button, Buttons, Heading, Part, Role, Small, Title, buttons
from bot.commands.sharing import (
    ChooseNetwork,
    DoNotCountMe,
    KeepDraft,
    OpenNetwork,
    ReportProblem,
    SayPosted,
    SendMeTheText,
    ShareStory,
    TakeOtherWords,
)
from bot.forms import Field, Form, Writing
from bot.ports import By, Surroundings
from bot.roads import network_of, ready_words, roads
from bot.signatures import Openings
from content.networks import NETWORKS, OFFERED, Network
from content.refusals import Refusal
from content.shares import Evidence
from content.stories import OUT, State, Story
from content.texts import Text, text
from storage import queries
from storage.work import Reading

SHORT = 1000
"""A network that takes fewer characters than this says so at the field."""


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet's network, and what it shows beyond what is stored: words just typed, what was just pressed."""

    network: Network
    words: str | None = None
    opened: bool = False
    uncounted: bool = False


async def share(at: Reading, command: ShareStory, by: By, around: Surroundings) -> Form:
    """The sheet for a network."""
    await colleague(at, by)
    story = await to_share(at, command.id, State.LIVE)
    ready = await ready_words(
        at, story, by, await roads(at, story, await queries.member(at, by.member), around)
    )
    network = network_of(command.network)
    return await sheet(at, story, Look(network, carried(command.words, ready, network)), by, around)


async def sheet(at: Reading, story: Story, look: Look, by: By, around: Surroundings) -> Form:
    """1 say it your way, 2 paste it there; the words of a closed sheet are back for seven days."""
    network = look.network
    member = await queries.member(at, by.member)
    ways = await roads(at, story, member, around)
    ready = (await ready_words(at, story, by, ways))[network.key]
    words = look.words if look.words is not None else await _first_words(at, story, by, ready)
    uncounted = look.uncounted or Evidence.UNCOUNTED in await queries.taken(at, story.id, by.member)
    parts = (
        *_say_it(story, network, words, several=len(ready) > 1),
        *_paste_it(story.id, network, tuple(ways[key].opens for key in OFFERED), opened=look.opened),
        *_counting(story.id, network, uncounted=uncounted),
    )
    return Form(
        named("sheet.title", network), parts, close=text("sheet.later"),
        command=SayPosted(story.id, network.key), submit=named("sheet.posted", network),
        closed=KeepDraft(story.id, network.key),
    )  # fmt: skip


def carried(words: str, ready: Mapping[str, tuple[str, ...]], network: Network) -> str | None:
    """The words to go on with on a network: one's own, or its ready text, never another network's."""
    typed = words.strip()
    known = {text_ for texts in ready.values() for text_ in texts}
    return words if typed and (typed in ready[network.key] or typed not in known) else None


async def to_share(at: Reading, id_: str, *states: State) -> Story:
    """A story that can be shared; of one that is over, people are told so."""
    story = await queries.story(at, id_)
    if story is None or story.state not in OUT:
        raise Refusal(text("refused.no_story"))
    if story.state not in states:
        raise Refusal(text(f"story.{story.state}"))
    return story


def named(key: str, network: Network) -> Text:
    """A text that names a network; an e-mail is written and sent, not opened and posted."""
    return text(key, network=network.name) if network.on_the_web else text(f"{key}_{network.key}")


async def _first_words(at: Reading, story: Story, by: By, ready: tuple[str, ...]) -> str:
    draft = await queries.draft(at, story.id, by.member)
    return draft.words if draft else next(iter(ready), "")


def _say_it(story: Story, network: Network, words: str, *, several: bool) -> list[Field | Role]:
    angles = [Body("\n".join(f"• {angle}" for angle in story.angles))] if story.angles else []
    hint = text("sheet.hint")
    if network.limit < SHORT:
        hint = text("sheet.hint_short", network=network.name, limit=network.limit)
    other = TakeOtherWords(story.id, network.key)
    return [
        Heading(text("sheet.say_it")),
        *angles,
        Writing("words", text("sheet.words"), words, hint, long=True, optional=True),
        *([buttons(Button(text("sheet.other_words"), other))] if several else []),
    ]


@lru_cache(maxsize=512)
def _paste_it(story: str, network: Network, addresses: tuple[str, ...], *, opened: bool) -> tuple[Role, ...]:
    """The network in one press, then every other way; `addresses` in the order of the networks.

    Remembered: most people share through the story's own links.
    """
    heading, ways = named("sheet.opened" if opened else "sheet.paste_it", network), _by_network(addresses)
    others = tuple(_other(story, key, ways[key]) for key in OFFERED if key != network.key)
    way = Button(
        named("sheet.open", network), OpenNetwork(story, network.key),
        address=ways[network.key], primary=True,
    )  # fmt: skip
    text_ = Button(text("sheet.send_text"), SendMeTheText(story, network.key))
    return Heading(heading), buttons(way), Part(text("sheet.ways"), (Buttons((text_, *others)),))


def _by_network(addresses: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(OFFERED, addresses, strict=True))


def _other(story: str, key: str, address: str) -> Button:
    """Another network in one press.

    What no browser opens has its own sheet: a platform that refuses its address must not refuse this one.
    """
    if address.startswith(("https://", "http://")):
        return Button(named("sheet.open", NETWORKS[key]), OpenNetwork(story, key), address=address, rare=True)
    return Button(named("sheet.title", NETWORKS[key]), ShareStory(story, key), rare=True)


@lru_cache(maxsize=512)
def _counting(story: str, network: Network, *, uncounted: bool) -> tuple[Role, ...]:
    if uncounted:
        return (Small(text("sheet.not_counted")),)
    leave = Button(text("sheet.do_not_count"), DoNotCountMe(story, network.key))
    return Small(named("sheet.noted", network)), buttons(leave)


async def choose_network(at: Reading, command: ChooseNetwork, by: By, around: Surroundings) -> Form:
    """The networks beside the first one; each leads to its own sheet."""
    del around
    await colleague(at, by)
    story = await to_share(at, command.id, State.LIVE)
    found = [Button(named("sheet.title", NETWORKS[key]), ShareStory(story.id, key)) for key in OFFERED[1:]]
    return Form(text("networks.title"), (Title(story.title), Buttons(tuple(found))), close=text("form.close"))


async def report_problem(at: Reading, command: ReportProblem, by: By, around: Surroundings) -> Form:
    """What is wrong, in the person's words."""
    del around
    await colleague(at, by)
    story = await to_share(at, command.id, *OUT)
    words = Writing("words", text("problem.what"), long=True, limit=1000)
    return Form(
        text("problem.title"), (Title(story.title), words, Small(text("problem.goes_to"))),
        close=text("form.cancel"), command=ReportProblem(story.id), submit=text("problem.submit"),
    )  # fmt: skip


FORMS: Openings = {
    ShareStory: share,
    ChooseNetwork: choose_network,
    ReportProblem: report_problem,
}
