"""Accounts of one human as that human sees them: in Home, and in the question on the other side."""

from collections.abc import Iterable

from bot.cards import Body, Button, Buttons, Card, Confirm, Part, Role, Small, Status, Tone, buttons
from bot.commands.linking import DenyAccounts, LinkAccounts, UnlinkAccounts
from bot.ports import Surroundings
from content.people import Member
from content.texts import Listing, Text, text
from storage import persons, queries
from storage.records import Copy
from storage.work import Reading


async def link_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """The one question on the other side: is this you? Nothing when it was answered before it came."""
    del around
    reader, asker = await queries.member(at, copy.address), await queries.member(at, copy.subject)
    if reader is None:
        return None
    waiting = asker is not None and asker.linked is not None and reader.whose == asker.whose
    if copy.ref is None and (reader.quiet or not waiting or reader.linked):
        return None
    if asker is None:
        return Card(text("link.over"), (Status(text("link.over"), Tone.STOPPED),))
    said = text("link.asked", platform=_platform(asker.id))
    if not (waiting or reader.alone):
        return Card(said, (Body(said), Status(text("link.over"), Tone.STOPPED)))
    return Card(said, (Body(said), *_state(reader, asker)))


async def same_person(at: Reading, member: Member) -> list[Role]:
    """For Home: which other accounts are counted as one with this one, and the way to link them."""
    others = await persons.others_of(at, member)
    if not others:
        return []
    linked = [one for one in others if one.linked] if member.linked else []
    if linked:
        apart = buttons(Button(text("link.unlink"), UnlinkAccounts()))
        return _together(text("link.linked", accounts=accounts(linked)), apart)
    if member.linked:
        return _together(text("link.confirm_there", platforms=where(others)), buttons(_deny()))
    return _together(text("link.same", accounts=accounts(others)), buttons(_link(), _deny()))


def _together(said: Text, ways: Buttons) -> list[Role]:
    return [Part(text("link.accounts"), (Body(said), ways))]


def accounts(members: Iterable[Member]) -> Listing:
    """Accounts by name and platform."""
    return Listing(tuple(text("link.account", name=one.name, platform=_platform(one.id)) for one in members))


def where(members: Iterable[Member]) -> Listing:
    """The platforms of some accounts."""
    return Listing(tuple(text(f"platform.{name}") for name in sorted({_name(one.id) for one in members})))


def _state(reader: Member, asker: Member) -> tuple[Role, ...]:
    if reader.alone:
        return (Status(text("link.denied"), Tone.STOPPED), buttons(_link()))
    if reader.linked:
        linked = text("link.linked", accounts=accounts([asker]))
        return (Status(linked, Tone.GOOD), buttons(Button(text("link.unlink"), UnlinkAccounts())))
    return (
        Body(text("link.is_it_you", name=asker.name, platform=_platform(asker.id))),
        Small(text("link.what")),
        buttons(_link(primary=True), _deny()),
    )


def _link(*, primary: bool = False) -> Button:
    return Button(text("link.link"), LinkAccounts(), primary=primary)


def _deny() -> Button:
    sure = Confirm(text("link.sure"), text("link.two_people"), text("link.deny"), text("link.keep"))
    return Button(text("link.deny"), DenyAccounts(), confirm=sure)


def _platform(member: str) -> Text:
    return text(f"platform.{_name(member)}")


def _name(member: str) -> str:
    return member.partition(":")[0]
