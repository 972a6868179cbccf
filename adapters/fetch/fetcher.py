"""The port Pages on the real web."""

from collections.abc import Sequence
from typing import Self

from adapters.fetch import headers, ordinary, parsing
from adapters.fetch.allowed import Allowed
from adapters.fetch.walk import Answer, Ask, Limits, Walker
from adapters.fetch.worker import Stuck, Worker
from content import pages
from content.feeds import Document, Fetched, Validators
from content.pages import Page, Unreadable

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
        try:
            return await self._worker.run(
                self._limits.page_parsing, pages.read, answer.body, answer.address, answer.content_type
            )
        except Stuck as stuck:
            raise Unreadable("too_big") from stuck

    async def feed(self, address: str, seen: Validators) -> Fetched:
        """Read a feed, or learn that it did not change; raises `content.pages.Unreadable`."""
        asked = Ask(self._limits.feed, preview=False, headers={**_FEED, **headers.asking(seen)})
        answer = await self._walker.answer(address, asked)
        moved = answer.address if answer.moved else None
        if answer.unchanged:
            return Fetched(validators=seen, hints=headers.hints(answer.headers), moved=moved, unchanged=True)
        found = await self.document(answer)
        return Fetched(
            items=found.items,
            title=found.title,
            language=found.language,
            validators=headers.validators(answer.headers),
            hints=headers.hints(answer.headers, found.ttl),
            moved=moved,
        )

    async def document(self, answer: Answer) -> Document:
        """The feed in an answer; raises `content.pages.Unreadable`."""
        found = ordinary.read(answer.body, answer.content_type, ON_THE_SPOT)
        return found or await self._anything(answer)

    async def _anything(self, answer: Answer) -> Document:
        try:
            found = await self._worker.run(
                self._limits.feed_parsing, parsing.document, answer.body, answer.address, answer.content_type
            )
        except Stuck as stuck:
            raise Unreadable("too_big") from stuck
        if found is None:
            raise Unreadable("not_a_feed")
        return found
