"""What is right, what is missing, and what to do about it: the part of it that the database tells.

Platforms and the machine have checks of their own; all of them give `Check`s.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rooms import why_shut
from bot.stuck import stuck
from content.feeds import Feed
from content.programmes import Channel, Use, Workspace
from content.texts import say, text
from storage import directory, queries
from storage.audit import broken
from storage.records import Admin, AuditEntry, Sending
from storage.work import Reading, Storage

LATE = timedelta(hours=1)
"""A message that is due for longer than this has a reason that somebody should read."""


ASK = "type /herald setup in Slack, @Herald setup in Teams"


class Verdict(StrEnum):
    """How bad it is: only `failed` makes the verb end with 1."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, and what to do when it is not well."""

    name: str
    verdict: Verdict
    said: str
    todo: str = ""


def ok(name: str, said: str) -> Check:
    """All is well."""
    return Check(name, Verdict.OK, said)


def warning(name: str, said: str, todo: str = "") -> Check:
    """Herald works, and somebody should look at this."""
    return Check(name, Verdict.WARNING, said, todo)


def failed(name: str, said: str, todo: str) -> Check:
    """Herald does not work like this."""
    return Check(name, Verdict.FAILED, said, todo)


async def examine(storage: Storage) -> list[Check]:
    """Every programme."""
    programmes = await directory.programmes(storage)
    if not programmes:
        return [warning("set-up", "nothing is set up yet", f"{ASK}, or: python app.py setup")]
    found: list[Check] = []
    for programme in programmes:
        async with storage.reading(programme) as at:
            found += await _programme(at)
    return found


async def _programme(at: Reading) -> list[Check]:
    return [
        await _people(at),
        *await _workspaces(at),
        *await _channels(at),
        await _feeds(at),
        await _deliveries(at),
        await _record(at),
    ]


async def _people(at: Reading) -> Check:
    admins, deciding = await at.find(Admin), await queries.moderators(at)
    if not deciding:
        return failed("people", "nobody decides", "invite colleagues to the review channel, or --moderators")
    if not admins:
        todo = "set HERALD_ADMINS, or: python app.py setup --admin U…"
        return warning("people", f"{len(deciding)} moderators, and nobody may change the set-up", todo)
    return ok("people", f"{len(admins)} run Herald, {len(deciding)} decide")


async def _workspaces(at: Reading) -> list[Check]:
    todo = "check the bot token, then start Herald again"
    return [
        failed("workspace", f"{home.id} is paused: {home.paused}", todo)
        if home.paused
        else ok("workspace", home.id)
        for home in await at.find(Workspace)
    ]


async def _channels(at: Reading) -> list[Check]:
    found = await at.find(Channel)
    uses = {channel.use for channel in found}
    missing = [
        failed("channels", f"no {use} channel", ASK) for use in (Use.REVIEW, Use.STORIES) if use not in uses
    ]
    return [*missing, *(_channel(channel) for channel in sorted(found, key=lambda one: (one.use, one.name)))]


def _channel(channel: Channel) -> Check:
    name = f"{channel.use} #{channel.name}"
    return failed(name, "takes no cards", say(why_shut(channel), "en")) if channel.shut else ok(name, "open")


async def _feeds(at: Reading) -> Check:
    found = await at.find(Feed)
    troubled = [feed for feed in found if feed.problem]
    if not troubled:
        return ok("feeds", f"{len(found)} read without trouble")
    lines = (f"{feed.address}: {say(text(f'unreadable.{feed.problem}'), 'en')}" for feed in troubled)
    return warning("feeds", f"{len(troubled)} of {len(found)} cannot be read", "; ".join(lines))


async def _deliveries(at: Reading) -> Check:
    found = await stuck(at)
    aside = [copy for copy in found if copy.state in {Sending.ASIDE, Sending.UNSURE}]
    late = [copy.due for copy in found if at.now - copy.due > LATE]
    if not aside and not late:
        return ok("deliveries", f"{len(found)} on their way")
    said = f"{len(aside)} set aside or unsure, {len(late)} late{_since(late)}"
    return warning("deliveries", said, "python app.py deliveries list")


def _since(moments: Iterable[datetime]) -> str:
    oldest = min(moments, default=None)
    return f" since {oldest:%Y-%m-%d %H:%M} UTC" if oldest else ""


async def _record(at: Reading) -> Check:
    entries = sorted(await at.find(AuditEntry), key=lambda entry: entry.number)
    wrong = broken(entries)
    if wrong is None:
        return ok("record of decisions", f"{len(entries)} entries, unchanged")
    return failed("record of decisions", f"entry {wrong} was changed", "compare with a backup")
