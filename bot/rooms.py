"""Channels and what they are for: taken into use, kept in step with the platform, shut when they must be."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bot.looking import Sight
from bot.ports import Place
from content.programmes import SMALL, Channel, Use, called, unfit
from content.refusals import Refusal
from content.texts import Text, text
from storage import moving, queries
from storage.work import Reading, Work

SHOWN: Final[Mapping[Use, tuple[str, ...]]] = {
    Use.STORIES: ("story", "introduction"),
    Use.REVIEW: ("review", "tray", "feed", "problem", "newcomer", "unsure"),
    Use.DIGEST: ("digest",),
}
"""Which cards a channel gets for each use."""
CURABLE = "not_in"
"""The only reason that does not keep a channel from being chosen: somebody may still invite Herald."""


async def assign(  # noqa: PLR0913  what for, where, as seen, and who says so
    work: Work,
    use: Use,
    wanted: Iterable[str],
    sight: Sight,
    field: str = "channels",
    *,
    vouched: bool = False,
) -> None:
    """Give a use to exactly these channels of a workspace; raises `Refusal` for one that cannot have it.

    `vouched`: an admin says that the team is private, where the platform does not.
    """
    names = dict.fromkeys(wanted)
    chosen = [await _chosen(work, use, channel, sight, field, vouched=vouched) for channel in names]
    workspaces = {channel.workspace for channel in chosen}
    for before in await uses(work, use):
        if before.workspace in workspaces:
            await work.remove(Channel, id=before.id, use=use)
            if before.id not in {channel.id for channel in chosen}:
                await moving.drop_unsent(work, before.id, SHOWN[use])
    for channel in chosen:
        await work.put(channel)


async def uses(at: Reading, use: Use) -> list[Channel]:
    """The channels that have a use now."""
    return [channel for channel in await at.find(Channel) if channel.use is use]


def now_is(channel: Channel, place: Place | None, work: Work) -> Channel:
    """A channel as the platform says it is now; one that it does not show us is out of reach."""
    if place is None:
        return replace(channel, shut="gone", checked=work.now)
    return replace(
        channel, name=place.name, shut=problem(channel.use, place, vouched=channel.vouched), checked=work.now
    )


def problem(use: Use, place: Place, *, vouched: bool = False) -> str | None:
    """Why a channel cannot have a use, as `content.programmes.unfit` says it.

    What an admin vouched for is private as long as the platform says nothing else and few are in.
    """
    private = place.private or (vouched and small(place))
    return unfit(use, private=private, shared=place.shared, archived=place.archived, joined=place.joined)


def small(place: Place) -> bool:
    """Whether an admin may vouch for a place: nobody says whether it is private, and few are in."""
    return place.crowd is not None and place.crowd <= SMALL


def why_shut(channel: Channel) -> Text:
    """Why nothing goes to a channel, in words."""
    return text(f"room.{channel.shut}", channel=channel.called)


async def _chosen(  # noqa: PLR0913  as above
    work: Work, use: Use, id_: str, sight: Sight, field: str, *, vouched: bool
) -> Channel:
    place = sight.places.get(id_)
    if place is None:
        raise Refusal(text("room.unseen"), field)
    reason = problem(use, place, vouched=vouched)
    if reason not in (None, CURABLE):
        raise Refusal(text(f"room.{reason}", channel=called(place.channel, place.name)), field)
    known = await work.get(Channel, id=id_, use=use)
    return now_is(replace(known or await _new(work, use, id_), vouched=vouched), place, work)


async def _new(work: Work, use: Use, id_: str) -> Channel:
    """A channel that had another use keeps its language and hours; a new one starts with the programme's."""
    others = [channel for channel in await work.find(Channel) if channel.id == id_]
    if others:
        return replace(others[0], use=use)
    language = await spoken(work)
    return Channel(id_, work.programme, id_.partition("/")[0], use, id_, language)


async def spoken(at: Reading) -> str:
    """The programme's own language."""
    return (await queries.programme(at)).language
