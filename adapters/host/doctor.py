"""Is the machine well? Its database, its disk, its time zones; and the list as lines or as JSON."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.doctoring import Check, Verdict, examine, failed, ok, warning
from content.programmes import Channel, is_zone
from storage import directory
from storage.backup import integrity
from storage.conversations import conversations, last_heard
from storage.engine import VERB_PATIENCE, file_of
from storage.migrating import HEAD, revision
from storage.records import Conversation
from storage.work import Storage

SPACE = 200 * 1024 * 1024
"""Bytes: room for a copy before an upgrade and a year of a large company's facts."""
KEY = 32
"""Characters of a key that nobody guesses."""


async def examine_database(url: str) -> list[Check]:
    """Is it there, sound, writable and of this version's schema?"""
    path = file_of(url)
    if path is not None and not path.is_file():
        return [warning("database", f"{path} does not exist yet", "python app.py serve makes it")]
    if path is not None:
        trouble = integrity(path)
        if trouble:
            return [failed("database", f"{path}: {trouble}", "python app.py restore FILE")]
    if path is not None and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return [
            failed("database", f"{path} cannot be written", "let Herald's user own the file and its folder")
        ]
    try:
        known = await revision(url)
    except OSError as lost:
        return [failed("database", f"no answer: {lost}", "is the database server running?")]
    if known != HEAD:
        return [failed("database", f"its schema is {known or 'empty'}, not {HEAD}", "python app.py migrate")]
    return [ok("database", f"{path or 'reached'}, schema {known}"), *_space(path)]


def _space(path: Path | None) -> list[Check]:
    if path is None:
        return []
    free = shutil.disk_usage(path.parent).free
    said = f"{free // (1024 * 1024)} MB free"
    return [
        ok("disk", said) if free > SPACE else failed("disk", said, "make room: Herald stops when it is full")
    ]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database tells, and what it knows for the platforms to look at.

    `heard` is when each workspace last asked something of Herald, within two days.
    """

    checks: list[Check]
    channels: tuple[Channel, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    heard: Mapping[str, datetime] = field(default_factory=dict)


async def examine_stored(url: str, now: Callable[[], datetime]) -> Stored:
    """Look at the database, and let it tell what it knows."""
    found = await examine_database(url)
    if found[0].verdict is not Verdict.OK:
        return Stored(found)
    storage = Storage.open(url, now, patience=VERB_PATIENCE)
    found += await examine(storage)
    known = await _known(storage)
    await storage.close()
    return replace(known, checks=found)


async def _known(storage: Storage) -> Stored:
    channels: list[Channel] = []
    for programme in await directory.programmes(storage):
        async with storage.reading(programme) as at:
            channels += await at.find(Channel)
    rooms = await conversations(storage)
    names = {channel.workspace for channel in channels} | {room.workspace for room in rooms}
    heard = {name: await last_heard(storage, name) for name in names}
    known = {name: moment for name, moment in heard.items() if moment}
    return Stored([], tuple(channels), tuple(rooms), known)


def examine_machine() -> list[Check]:
    """Are time zones known?"""
    if is_zone("Europe/Paris"):
        return [ok("time zones", "known")]
    return [failed("time zones", "unknown", "install the package tzdata")]


def examine_settings(strangers: dict[str, str], missing: Iterable[str], key: str) -> list[Check]:
    """Names nobody reads, credentials that are not there, a key that is too short."""
    found = [
        warning("settings", f"{name} is not a setting", f"did you mean {near}?" if near else "remove it")
        for name, near in strangers.items()
    ]
    lacking = list(missing)
    if lacking:
        teams = any(name.startswith("Microsoft") for name in lacking)
        todo = "see docs/teams.md, Register the bot" if teams else "see docs/slack.md, Install"
        found.append(failed("settings", f"not set: {', '.join(lacking)}", todo))
    short = [part for part in key.split(",") if part and len(part.strip()) < KEY]
    if short:
        todo = f"at least {KEY} random characters: openssl rand -hex 32"
        found.append(failed("settings", "HERALD_SECRET_KEY is short", todo))
    return found or [ok("settings", "read")]


class Unwell(Exception):
    """Something failed; the words are the whole list."""


def told(checks: list[Check], *, as_json: bool) -> str:
    """The list, for a person or for a script; raises `Unwell` with it when a check failed."""
    whole = drawn(checks, as_json=as_json)
    if not well(checks):
        raise Unwell(whole)
    return whole


def drawn(checks: list[Check], *, as_json: bool) -> str:
    """The list for a person, or for a script."""
    if as_json:
        return json.dumps([asdict(check) for check in checks], indent=2, ensure_ascii=False)
    return "\n".join(_line(check) for check in checks)


def well(checks: Iterable[Check]) -> bool:
    """Whether nothing failed."""
    return all(check.verdict is not Verdict.FAILED for check in checks)


def _line(check: Check) -> str:
    todo = f" -> {check.todo}" if check.todo else ""
    return f"{check.verdict:<8} {check.name}: {check.said}{todo}"
