"""Is the machine well? Its database, its disk, its time zones; and the list as lines or as JSON."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.doctoring import Check, Verdict, examine, failed, ok, warning
from content.programmes import Channel, is_zone
from storage import directory
from storage.backup import integrity
from storage.engine import VERB_PATIENCE, file_of
from storage.migrating import HEAD, revision
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


async def examine_stored(url: str, now: Callable[[], datetime]) -> tuple[list[Check], list[Channel]]:
    """What the database tells, and the channels in use for the platforms to look at."""
    found = await examine_database(url)
    if found[0].verdict is not Verdict.OK:
        return found, []
    storage = Storage.open(url, now, patience=VERB_PATIENCE)
    found += await examine(storage)
    channels: list[Channel] = []
    for programme in await directory.programmes(storage):
        async with storage.reading(programme) as at:
            channels += await at.find(Channel)
    await storage.close()
    return found, channels


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
        found.append(failed("settings", f"not set: {', '.join(lacking)}", "see docs/slack.md, Install"))
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
