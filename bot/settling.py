"""Set-up in chat, step by step; it may be left and taken up again, and each step answers with the list."""

from dataclasses import replace

from bot import rooms
from bot.authority import admin
from bot.commands.settling import (
    ChooseDigest,
    ChoosePeople,
    ChooseReview,
    ChooseStoryChannels,
    DescribeCompany,
    PreviewIntroduction,
    SendIntroduction,
    ShowSetup,
    SkipIntroduction,
    TuneChannel,
)
from bot.founding import seed
from bot.looking import Looking, Lookings, Sight, Wish
from bot.meeting import introduce
from bot.opens.settling import vouch
from bot.ports import Answer, Asked, By, Place, Told, Wrong
from bot.signatures import Handlers
from bot.suggesting import show_moderators
from bot.tuning import has_hours, number, tuned, wrong_hours, wrong_zone
from bot.views.introduction import INTRODUCED, preview, to_introduce
from bot.views.settling import checklist
from content.programmes import SMALL, Channel, Programme, Use, called
from content.texts import LANGUAGES, text
from content.words import cleaned
from storage import queries
from storage.records import HOST, Admin, Moderator
from storage.work import Reading, Work

NAME = 80
"""Visible characters of a company's or a contact's name."""


async def look_again(at: Reading, command: ShowSetup, by: By) -> Wish:
    """Every channel of this workspace; public ones are joined."""
    del command
    await admin(at, by)
    here = [channel.id for channel in await at.find(Channel) if channel.workspace == by.workspace]
    return Wish(tuple(here), enter=True)


async def show_setup(work: Work, command: ShowSetup, by: By, sight: Sight) -> Answer:
    """The checklist, true at this moment."""
    del command
    for channel in await work.find(Channel):
        if channel.workspace == by.workspace:
            await work.put(rooms.now_is(channel, sight.places.get(channel.id), work))
    return Told(await checklist(work, by))


async def describe_company(work: Work, command: DescribeCompany, by: By) -> Answer:
    """Whose Herald this is; channels that spoke its former language go over to the new one."""
    await admin(work, by)
    wrong = wrong_zone(command.zone)
    employer = cleaned(command.employer, NAME)
    if not employer:
        wrong["employer"] = text("setup.no_employer")
    if wrong:
        return Wrong(wrong)
    programme = await queries.programme(work)
    language = command.language if command.language in LANGUAGES else programme.language
    for channel in await work.find(Channel):
        if language != programme.language == channel.language:
            await work.put(replace(channel, language=language))
    after = replace(programme, name=employer, employer=employer, language=language, zone=command.zone.strip())
    return await _settled(work, after, by)


async def look_at_review(at: Reading, command: ChooseReview, by: By) -> Wish:
    """The channel and everybody in it."""
    await admin(at, by)
    chosen = _ours(by, command.vouched or command.channel)
    return Wish(chosen, rooms=chosen)


async def choose_review(work: Work, command: ChooseReview, by: By, sight: Sight) -> Answer:
    """Its full members decide from now on, nobody else; what waits is shown there."""
    if not (command.vouched or command.channel):
        return Wrong({"channel": text("setup.no_channel")})
    [channel] = _ours(by, command.vouched or command.channel)
    place = sight.places.get(channel)
    if place is not None and not command.vouched and rooms.problem(Use.REVIEW, place) == "public":
        return _to_vouch(place)
    await rooms.assign(work, Use.REVIEW, [channel], sight, "channel", vouched=bool(command.vouched))
    if command.vouched:
        await work.audit(by.member, "vouch", channel)
    for moderator in await work.find(Moderator):
        if moderator.member.startswith(f"{by.workspace}/") and moderator.member not in sight.full(channel):
            await work.remove(Moderator, member=moderator.member)
    await seed(work, sight.full(channel), sight)
    for story in await queries.waiting(work):
        await show_moderators(work, story)
    return await _settled(work, await queries.programme(work), by)


def _to_vouch(place: Place) -> Answer:
    """A public channel is refused; where the platform cannot tell, whoever runs Herald is asked."""
    where = called(place.channel, place.name)
    if place.crowd is None:
        return Wrong({"channel": text("room.public", channel=where)})
    if not rooms.small(place):
        return Wrong({"channel": text("room.crowded", channel=where, people=place.crowd, most=SMALL)})
    return Asked(vouch(place))


async def look_at_stories(at: Reading, command: ChooseStoryChannels, by: By) -> Wish:
    """The channels; public ones are joined."""
    await admin(at, by)
    return Wish(_ours(by, *command.channels), enter=True)


async def choose_story_channels(work: Work, command: ChooseStoryChannels, by: By, sight: Sight) -> Answer:
    """Stories go there from now on, and no longer to those that were left out."""
    if not command.channels:
        return Wrong({"channels": text("setup.no_channel")})
    await rooms.assign(work, Use.STORIES, _ours(by, *command.channels), sight)
    return await _settled(work, await queries.programme(work), by)


async def tune_channel(work: Work, command: TuneChannel, by: By) -> Answer:
    """A channel's language, whatever it is used for; time zone and hours where stories appear."""
    await admin(work, by)
    uses = [channel for channel in await work.find(Channel) if channel.id == command.id]
    hours = has_hours(uses)
    wrong = wrong_hours(command) if hours else {}
    if wrong:
        return Wrong(wrong)
    for use in uses:
        await work.put(tuned(use, command, hours=hours))
    return await _settled(work, await queries.programme(work), by)


async def look_at_digest(at: Reading, command: ChooseDigest, by: By) -> Wish:
    """The channels; public ones are joined."""
    await admin(at, by)
    return Wish(_ours(by, *command.channels), enter=True)


async def choose_digest(work: Work, command: ChooseDigest, by: By, sight: Sight) -> Answer:
    """The week is summed up there, on that day and hour of the programme's zone."""
    if not command.channels:
        return Wrong({"channels": text("setup.no_channel")})
    await rooms.assign(work, Use.DIGEST, _ours(by, *command.channels), sight)
    day, hour = number(command.day, 0) % 7, number(command.hour, 9) % 24
    programme = await queries.programme(work)
    return await _settled(work, replace(programme, digest_day=day, digest_hour=hour), by)


async def look_at_people(at: Reading, command: ChoosePeople, by: By) -> Wish:
    """Who they are."""
    await admin(at, by)
    return Wish(people=_ours(by, *command.admins))


async def choose_people(work: Work, command: ChoosePeople, by: By, sight: Sight) -> Answer:
    """Who runs Herald; those whom the host's settings name stay."""
    chosen = _ours(by, *command.admins)
    strangers = [member for member in chosen if not sight.colleague(member)]
    if not chosen or strangers:
        return Wrong({"admins": text("setup.only_colleagues")})
    for one in await work.find(Admin):
        if one.member.startswith(f"{by.workspace}/") and one.named_by != HOST:
            await work.remove(Admin, member=one.member)
    for member in chosen:
        await introduce(work, member, sight.accounts[member])
        await work.claim(Admin(member, work.programme, by.member))
    programme = replace(await queries.programme(work), contact=cleaned(command.contact, NAME))
    return await _settled(work, programme, by)


async def preview_introduction(work: Work, command: PreviewIntroduction, by: By) -> Answer:
    """What the channels would see, for this person only."""
    del command
    await admin(work, by)
    if not await to_introduce(work):
        return Told(await checklist(work, by))
    return Told(await preview(work))


async def send_introduction(work: Work, command: SendIntroduction, by: By) -> Answer:
    """Once to each open story channel, in its language."""
    del command
    await admin(work, by)
    for channel in await to_introduce(work):
        await work.fire(INTRODUCED, channel.id, "once")
        await work.send("introduction", channel.id, channel.id, channel.language)
    await work.audit(by.member, "introduce", work.programme)
    return Told(await checklist(work, by))


async def skip_introduction(work: Work, command: SkipIntroduction, by: By) -> Answer:
    """Leave the channels alone; the list does not ask again."""
    del command
    await admin(work, by)
    for channel in await to_introduce(work):
        await work.fire(INTRODUCED, channel.id, "once")
    return Told(await checklist(work, by))


async def _settled(work: Work, programme: Programme, by: By) -> Answer:
    """Keep a step, write down who took it, and show what is left."""
    await work.put(programme)
    await work.audit(by.member, "set up", programme.id)
    return Told(await checklist(work, by))


def _ours(by: By, *ids: str) -> tuple[str, ...]:
    return tuple(f"{by.workspace}/{id_}" for id_ in ids if id_)


HANDLERS: Handlers = {
    DescribeCompany: describe_company,
    TuneChannel: tune_channel,
    PreviewIntroduction: preview_introduction,
    SendIntroduction: send_introduction,
    SkipIntroduction: skip_introduction,
}

LOOKINGS: Lookings = {
    ShowSetup: Looking(look_again, show_setup),
    ChooseReview: Looking(look_at_review, choose_review),
    ChooseStoryChannels: Looking(look_at_stories, choose_story_channels),
    ChooseDigest: Looking(look_at_digest, choose_digest),
    ChoosePeople: Looking(look_at_people, choose_people),
}
