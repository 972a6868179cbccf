"""The forms of set-up. Only those who run Herald get them."""

from bot.authority import admin
from bot.cards import Body, Small
from bot.commands.settling import (
    ChangeRules,
    ChooseDigest,
    ChoosePeople,
    ChooseReview,
    ChooseStoryChannels,
    DescribeCompany,
    TrustDomains,
    TuneChannel,
)
from bot.commands.wire import Command
from bot.forms import Choice, Field, Form, Option, People, Places, Ticks, Writing
from bot.ports import By, Place, Surroundings
from bot.rooms import uses
from bot.signatures import Openings
from content.programmes import Channel, Use, called
from content.refusals import Refusal
from content.texts import LANGUAGES, Text, text
from storage import queries
from storage.records import Admin
from storage.work import Reading

EARLIEST, LATEST = 0, 24


async def company(at: Reading, command: DescribeCompany, by: By, around: Surroundings) -> Form:
    """Whose Herald this is."""
    del around
    await admin(at, by)
    programme = await queries.programme(at)
    parts = (
        Writing(
            "employer", text("setup.employer"), programme.employer, text("setup.employer_hint"), limit=80
        ),
        language_field(programme.language),
        zone_field(programme.zone, "setup.zone"),
    )
    return _form("setup.company_title", parts, command)


async def review(at: Reading, command: ChooseReview, by: By, around: Surroundings) -> Form:
    """One private channel."""
    del around
    await admin(at, by)
    chosen = _plain(await uses(at, Use.REVIEW), by)[:1]
    where = Places("channel", text("setup.review_field"), chosen, many=False, private=True)
    return _form("setup.review_title", (where, Small(text("setup.review_hint"))), command)


def vouch(place: Place) -> Form:
    """A team of which nobody but its people knows whether it is private."""
    command = ChooseReview(vouched=place.channel)
    what = text("setup.vouch_what", count=place.crowd or 0, channel=called(place.channel, place.name))
    parts = (Body(what), Body(text("setup.vouch_check")))
    return Form(
        text("setup.vouch_title"), parts, close=text("form.cancel"), command=command,
        submit=text("setup.vouch_submit"),
    )  # fmt: skip


async def stories(at: Reading, command: ChooseStoryChannels, by: By, around: Surroundings) -> Form:
    """The channels where stories appear."""
    del around
    await admin(at, by)
    chosen = _plain(await uses(at, Use.STORIES), by)
    where = Places("channels", text("setup.stories_field"), chosen, private=True)
    return _form("setup.stories_title", (where, Small(text("setup.stories_hint"))), command)


async def tune(at: Reading, command: TuneChannel, by: By, around: Surroundings) -> Form:
    """A channel's own language; its time zone and hours where stories appear."""
    del around
    await admin(at, by)
    uses = [one for one in await at.find(Channel) if one.id == command.id]
    if not uses:
        raise Refusal(text("room.unseen"))
    channel = next((one for one in uses if one.use is Use.STORIES), None)
    if channel is None:
        what = Small(text("setup.speaks_what", channel=uses[0].called))
        return _form("setup.speaks_title", (what, language_field(uses[0].language)), command)
    weekend = (Option("yes", text("setup.weekend")),)
    parts = (
        Small(text("setup.tune_what", channel=channel.called)),
        language_field(channel.language),
        zone_field(channel.zone or (await queries.programme(at)).zone, "setup.zone"),
        _hour("opens", "setup.opens", channel.opens, range(EARLIEST, LATEST)),
        _hour("closes", "setup.closes", channel.closes, range(EARLIEST + 1, LATEST + 1)),
        Ticks("weekend", text("setup.days"), weekend, ("yes",) if channel.weekend else ()),
    )
    return _form("setup.tune_title", parts, command)


async def digest(at: Reading, command: ChooseDigest, by: By, around: Surroundings) -> Form:
    """Where and when the week is summed up."""
    del around
    await admin(at, by)
    programme = await queries.programme(at)
    days = tuple(Option(str(day), text(f"weekday.{day}")) for day in range(7))
    parts = (
        Places("channels", text("setup.digest_field"), _plain(await uses(at, Use.DIGEST), by), private=True),
        Choice("day", text("setup.digest_day"), days, str(programme.digest_day)),
        _hour("hour", "setup.digest_hour", programme.digest_hour, range(EARLIEST, LATEST)),
    )
    return _form("setup.digest_title", parts, command)


async def people(at: Reading, command: ChoosePeople, by: By, around: Surroundings) -> Form:
    """Who runs Herald, and whom colleagues may ask."""
    del around
    await admin(at, by)
    programme = await queries.programme(at)
    here = [one.member for one in await at.find(Admin) if one.member.startswith(f"{by.workspace}/")]
    parts = (
        People("admins", text("setup.admins"), tuple(member.partition("/")[2] for member in here)),
        Writing("contact", text("setup.contact_field"), programme.contact, optional=True, limit=80),
        Small(text("setup.moderators_are")),
    )
    return _form("setup.people_title", parts, command)


async def domains(at: Reading, command: TrustDomains, by: By, around: Surroundings) -> Form:
    """The company's e-mail domains."""
    del around
    await admin(at, by)
    listed = ", ".join((await queries.programme(at)).domains)
    hint = text("setup.domains_hint")
    field = Writing("domains", text("setup.domains_field"), listed, hint, optional=True, limit=1000)
    return _form("setup.domains_title", (field, Small(text("setup.domains_what"))), command)


def language_field(value: str) -> Choice:
    """Which of the languages Herald speaks."""
    options = tuple(Option(language, text(f"language.own_{language}")) for language in LANGUAGES)
    return Choice("language", text("setup.language"), options, value)


def zone_field(value: str, label: str) -> Writing:
    """A time zone by its IANA name."""
    return Writing("zone", text(label), value, hint=text("setup.zone_hint"), limit=60)


def _hour(name: str, label: str, value: int, hours: range) -> Choice:
    return Choice(name, text(label), tuple(Option(str(hour), f"{hour}:00") for hour in hours), str(value))


async def rules(at: Reading, command: ChangeRules, by: By, around: Surroundings) -> Form:
    """What holds for everybody."""
    del around
    await admin(at, by)
    programme = await queries.programme(at)
    ticked = {"council": programme.council, "prefill": programme.prefill}
    offered = tuple(Option(rule, text(f"setup.rule.{rule}")) for rule in ticked)
    parts = (
        Ticks("rules", text("setup.rules_field"), offered, tuple(rule for rule in ticked if ticked[rule])),
        Small(text("setup.rules_hint")),
    )
    return _form("setup.rules_title", parts, command)


def _plain(channels: list[Channel], by: By) -> tuple[str, ...]:
    """The platform's own ids of the channels in this workspace."""
    here = [channel.id for channel in channels if channel.workspace == by.workspace]
    return tuple(sorted(id_.partition("/")[2] for id_ in here))


def _form(title: str, parts: tuple[Field | Small, ...], command: Command) -> Form:
    words: Text = text("setup.save")
    return Form(text(title), parts, close=text("form.cancel"), command=command, submit=words)


FORMS: Openings = {
    DescribeCompany: company,
    ChooseReview: review,
    ChooseStoryChannels: stories,
    TuneChannel: tune,
    ChooseDigest: digest,
    ChoosePeople: people,
    TrustDomains: domains,
    ChangeRules: rules,
}
