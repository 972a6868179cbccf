"""The verbs about one programme: they look into the database or write rows. They never post: `serve` does."""

from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from adapters.host.failed import Failed
from adapters.host.files import there
from adapters.host.table import csv_of
from adapters.host.where import Where
from bot import stuck
from bot.digesting import preview
from bot.feeding import follow, unfollow
from bot.ports import Surroundings
from bot.views.counting import shown_count
from content.feeds import Feed
from content.links import canonical
from content.refusals import Refusal
from content.stories import OUT, Story
from content.texts import say, text
from storage import directory, queries, sources
from storage.audit import broken
from storage.engine import VERB_PATIENCE
from storage.records import HOST, AuditEntry
from storage.work import Storage


@dataclass(frozen=True, slots=True)
class Matter:
    """What a verb is about, and what was asked."""

    storage: Storage
    programme: str
    asked: Namespace
    around: Surroundings


Verb = Callable[[Matter], Awaitable[str]]


async def programme_of(storage: Storage, asked: Namespace) -> str:
    """The programme a verb is about: the named one, or the only one."""
    known = await directory.programmes(storage)
    named: str | None = getattr(asked, "programme", None)
    if named in known:
        return str(named)
    if named or not known:
        raise Failed(f"There is no programme {named}." if named else "Nothing is set up yet.")
    if len(known) > 1:
        raise Failed(f"There are several programmes: name one with --programme: {', '.join(known)}")
    return known[0]


async def about(where: Where, asked: Namespace) -> str:
    """Do a verb about one programme."""
    there(where.url)
    storage = Storage.open(where.url, where.now, patience=VERB_PATIENCE)
    try:
        matter = Matter(storage, await programme_of(storage, asked), asked, where.around)
        return await PROGRAMME[asked.verb](matter)
    finally:
        await storage.close()


async def feeds(on: Matter) -> str:
    """List, follow or forget feeds."""
    if on.asked.action == "list":
        async with on.storage.reading(on.programme) as at:
            return "\n".join(_feed(feed) for feed in await sources.feeds(at)) or "No feed yet."
    async with on.storage.work(on.programme) as work:
        if on.asked.action == "add":
            address = canonical(on.asked.on.strip())
            if await sources.feed_at(work, address):
                raise Refusal(text("feeds.already"))
            return _feed(await follow(work, address, HOST))
        found = await work.get(Feed, id=on.asked.on) or await sources.feed_at(work, on.asked.on)
        if found is None:
            raise Refusal(text("feeds.not_there"))
        await unfollow(work, found, HOST)
        return f"Removed {found.address}"


def _feed(feed: Feed) -> str:
    read = f"read {feed.polled:%Y-%m-%d %H:%M} UTC" if feed.polled else "not read yet"
    trouble = f"; {say(text(f'unreadable.{feed.problem}'), 'en')}" if feed.problem else ""
    return f"{feed.id}  {feed.address}  {feed.title}  ({read}{trouble})"


async def stories(on: Matter) -> str:
    """List the stories, newest first, or show everything about one."""
    async with on.storage.reading(on.programme) as at:
        if on.asked.action == "list":
            found = await at.find(Story, latest="created")
            lines = (
                f"{one.id}  {one.state:<9}  {one.created:%Y-%m-%d}  {one.title or one.host}" for one in found
            )
            return "\n".join(lines) or "No story yet."
        story = await queries.story(at, on.asked.on)
        if story is None:
            raise Refusal(text("refused.no_story"))
        return "\n".join(
            f"{name}: {value}" for name, value in _fields(story).items() if value not in ("", None, ())
        )


def _fields(story: Story) -> dict[str, object]:
    """A story without who had it or decided it: that is for moderators, in chat."""
    hidden = {"author", "source", "asked_by", "decided_by", "answer", "question"}
    return {name: getattr(story, name) for name in Story.__dataclass_fields__ if name not in hidden}


async def deliveries(on: Matter) -> str:
    """List what did not arrive, send one again, or let it go."""
    if on.asked.action == "list":
        async with on.storage.reading(on.programme) as at:
            found = await stuck.stuck(at)
        lines = (
            f"{copy.id}  {copy.state:<7}  {copy.view} to {copy.address}, due {copy.due:%Y-%m-%d %H:%M} UTC,"
            f" tried {copy.attempts} times {copy.error}".rstrip()
            for copy in found
        )
        return "\n".join(lines) or "Everything arrived."
    async with on.storage.work(on.programme) as work:
        copy = await (stuck.retry if on.asked.action == "retry" else stuck.drop)(work, on.asked.on)
    return f"{copy.id}: {copy.state}"


async def digest(on: Matter) -> str:
    """The running week as moderators see it; nothing is sent or kept."""
    return await preview(on.storage, on.programme, on.around, on.asked.language)


async def export(on: Matter) -> str:
    """Totals per story as CSV: no people, and a count below five is left empty."""
    async with on.storage.reading(on.programme) as at:
        out = [story for story in await at.find(Story, latest="created") if story.state in OUT]
        rows = [
            (story.id, story.title, story.origin, story.kind, story.state, _day(story),
             await shown_count(at, story.id) or "")
            for story in out
        ]  # fmt: skip
    return csv_of(("id", "title", "origin", "kind", "state", "out", "colleagues"), rows)


def _day(story: Story) -> str:
    return story.live_at.date().isoformat() if story.live_at else ""


async def audit(on: Matter) -> str:
    """Whether the record of decisions is as it was written; `Failed` names the first entry that is not."""
    async with on.storage.reading(on.programme) as at:
        entries = sorted(await at.find(AuditEntry), key=lambda entry: entry.number)
    wrong = broken(entries)
    if wrong is not None:
        raise Failed(f"The record of decisions was changed: entry {wrong} does not fit.")
    return f"{len(entries)} decisions, unchanged since they were written."


PROGRAMME: Final[Mapping[str, Verb]] = {
    "feeds": feeds,
    "stories": stories,
    "deliveries": deliveries,
    "digest": digest,
    "export": export,
    "audit": audit,
}
"""Verbs about one programme."""
