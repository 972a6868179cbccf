"""The port Pages on the real web."""

from collections.abc import Callable, Sequence
from typing import Self, TypeVar

from adapters.fetch import headers, ordinary, parsing
from adapters.fetch.allowed import Allowed
from adapters.fetch.walk import Answer, Ask, Limits, Walker
from adapters.fetch.worker import Stuck, Worker
from content import pages
from content.feeds import Document, Fetched, Validators
from content.pages import Page, Unreadable

T = TypeVar("T")

ON_THE_SPOT = 131_072
"""Bytes of an ordinary feed that are read without the worker, in a millisecond; built to hurt, in tens."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PAGE = {"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"}
_FEED = {"Accept": "application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5"}


class Fetcher:
    """Reads pages and feeds of strangers within `limits`; `allowed` are the administrator's exceptions.

    Use with `async with`, or call `close()`: it holds connections and one parsing process.
    """

    def __init__(self, allowed: Sequence[Allowed] = (), limits: Limits | None = None) -> None:
        """Nothing opens or starts before the first request."""
        self._limits = limits or Limits()
        self._walker = Walker(allowed, self._limits)
        self._worker = Worker()

    async def __aenter__(self) -> Self:
        """Nothing opens yet."""
        return self

    async def __aexit__(self, *_failure: object) -> None:
        """Close connections, end the process."""
        await self.close()

    async def close(self) -> None:
        """Close connections, end the process."""
        await self._walker.close()
        await self._worker.close()

    async def page(self, address: str) -> Page:
        """Read a page's title, picture and words; raises `content.pages.Unreadable`."""
        answer = await self._walker.answer(
            address, Ask(self._limits.page, preview=True, headers=_PAGE, kinds=_HTML)
        )
        if not answer.content_type and not answer.body.lstrip()[:1] == b"<":
            raise Unreadable("not_a_page")
        return await self._run(self._limits.page_parsing, pages.read, answer)

    async def feed(self, address: str, seen: Validators) -> Fetched:
        """Read a feed, or learn that it did not change; raises `content.pages.Unreadable`.

        A page that names its feed is read as that feed, which is where it lives now.
        """
        answer = await self._answer(address, seen)
        moved = answer.address if answer.moved else None
        if answer.unchanged:
            return Fetched(validators=seen, hints=headers.hints(answer.headers), moved=moved, unchanged=True)
        found = await self._read(answer)
        if found is not None:
            return _fetched(found, answer, headers.validators(answer.headers), moved)
        named = await self._run(self._limits.page_parsing, pages.announced, answer)
        if named is None:
            raise Unreadable("not_a_feed")
        behind = await self._answer(named, Validators())
        return _fetched(await self.document(behind), behind, Validators(), named)

    async def document(self, answer: Answer) -> Document:
        """The feed in an answer; raises `content.pages.Unreadable`."""
        found = await self._read(answer)
        if found is None:
            raise Unreadable("not_a_feed")
        return found

    async def _answer(self, address: str, seen: Validators) -> Answer:
        asked = Ask(self._limits.feed, preview=False, headers={**_FEED, **headers.asking(seen)})
        return await self._walker.answer(address, asked)

    async def _read(self, answer: Answer) -> Document | None:
        found = ordinary.read(answer.body, answer.content_type, ON_THE_SPOT)
        return found or await self._run(self._limits.feed_parsing, parsing.document, answer)

    async def _run(self, seconds: float, job: Callable[[bytes, str, str], T], answer: Answer) -> T:
        """What the worker makes of an answer; raises `Unreadable` when it takes too long."""
        try:
            return await self._worker.run(seconds, job, answer.body, answer.address, answer.content_type)
        except Stuck as stuck:
            raise Unreadable("too_big") from stuck


def _fetched(found: Document, answer: Answer, validators: Validators, moved: str | None) -> Fetched:
    return Fetched(
        items=found.items,
        title=found.title,
        language=found.language,
        validators=validators,
        hints=headers.hints(answer.headers, found.ttl),
        moved=moved,
    )
