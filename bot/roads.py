"""Where a sheet leads: to the network's composer, through Herald's own door when it has a public address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.ports import By, Surroundings
from content.captions import Wanted, choose, in_turn
from content.networks import NETWORKS, OFFERED, Network
from content.people import Member
from content.stories import Story
from content.texts import supported
from storage import queries, sharing
from storage.sharing import Roads
from storage.work import Reading


@dataclass(frozen=True, slots=True)
class Road:
    """What the sheet's button opens, and what readers will follow (none for a story without a link)."""

    opens: str
    link: str | None


def network_of(key: str) -> Network:
    """The network a button names; the first one when it names none we know."""
    return NETWORKS[key if key in OFFERED else OFFERED[0]]


async def roads(at: Reading, story: Story, member: Member | None, around: Surroundings) -> dict[str, Road]:
    """The way from a sheet to each network, with a person's own links once they asked for some."""
    own = await _own(at, member)

    async def find() -> dict[str, Road]:
        found = await sharing.roads(at, story.id, own)
        return {key: _road(story, NETWORKS[key], found.get(key, Roads()), around) for key in OFFERED}

    return await at.shared(("roads", story.id, own, around.public_url), find)


def _road(story: Story, network: Network, links: Roads, around: Surroundings) -> Road:
    link = readers_link(story, links, around)
    if around.public_url and links.door:
        return Road(f"{around.public_url}/o/{links.door.token}", link)
    return Road(composer(network, link, opening_words(network, story), around), link)


def readers_link(story: Story, links: Roads | None, around: Surroundings) -> str | None:
    """What readers follow: Herald's link where it has a public address, else the story's own."""
    if around.public_url and links and links.reader:
        return f"{around.public_url}/s/{links.reader.token}"
    return story.link


def composer(network: Network, link: str | None, words: str, around: Surroundings) -> str:
    """A network's composer; in the local workspace the page that stands in for it."""
    if around.local and around.public_url:
        told = urlencode({"network": network.key, "url": link or "", "text": words})
        return f"{around.public_url}/local/network?{told}"
    return network.composer(link, words)


def opening_words(network: Network, story: Story) -> str:
    """What stands in a composer before anybody pastes: nothing, but in an e-mail its subject."""
    return "" if network.on_the_web else story.title


async def ready_words(
    at: Reading, story: Story, by: By, ways: Mapping[str, Road]
) -> dict[str, tuple[str, ...]]:
    """The ready words of a story for whoever asks, in their turn, as each network takes them."""
    programme, member = await queries.programme(at), await queries.member(at, by.member)
    language = member.language if member else supported(by.language or programme.language)
    employer, turn = programme.employer or programme.name, f"{story.id}/{by.member}"

    async def find() -> dict[str, tuple[str, ...]]:
        texts: dict[str, list[str]] = {}
        for caption in await queries.captions(at, story.id):
            texts.setdefault(caption.language, []).append(caption.words)
        wanted = {key: Wanted(language, employer, NETWORKS[key], ways[key].link) for key in OFFERED}
        return {key: choose(texts, wanted[key]) for key in OFFERED}

    links = tuple(ways[key].link for key in OFFERED)
    every = await at.shared(("ready", story.id, language, employer, links), find)
    return {key: in_turn(ready, turn) for key, ready in every.items()}


async def _own(at: Reading, member: Member | None) -> str | None:
    """Whose own links to use; nobody's where the works council turned off every view of a person."""
    if member is None or not member.links or (await queries.programme(at)).council:
        return None
    return member.id
