"""Feeds of strangers: three formats, conditional requests, and what goes wrong."""

import json
import os
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import pytest_asyncio
from aiohttp import web

from adapters.fetch.fetcher import Fetcher
from adapters.fetch.walk import Limits
from adapters.fetch.worker import Stuck, Worker
from content.feeds import Fetched, Validators
from content.pages import Reason, Unreadable
from tests.fetch.sites import Site, feed, html, leads_to

pytestmark = pytest.mark.asyncio(loop_scope="module")

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Newsroom &amp; co</title><language>fr-FR</language><ttl>90</ttl>
<item><title>Lyon ouvre</title><link>/lyon?utm_source=rss</link><guid isPermaLink="false">n-1</guid>
<description>&lt;p&gt;Un &lt;b&gt;site&lt;/b&gt; neuf&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
<pubDate>Mon, 02 Nov 2026 10:00:00 +0200</pubDate></item>
<item><title>Zoé, soudeuse</title><link>https://ex.org/zoe</link>
<pubDate>Tue, 03 Nov 2026 08:00:00 GMT</pubDate></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title type="html">News &amp;amp; more</title><id>urn:f</id><updated>2026-11-03T08:00:00Z</updated>
<entry><title>A &lt; B</title><id>urn:1</id><link rel="alternate" href="https://ex.org/a"/><summary>Words</summary>
<updated>2026-11-03T08:00:00Z</updated></entry></feed>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ex",
        "language": "fr",
        "items": [
            {
                "id": 7,
                "url": "/seven",
                "title": "Sept",
                "content_html": "<p>Les <b>mots</b></p>",
                "date_published": "2026-11-03T09:00:00+01:00",
            },
            {"id": "8", "external_url": "https://other.org/x", "content_text": "No title, only words"},
            "not an item",
            {"title": None, "id": ["x"], "url": {"a": 1}, "date_published": 5},
        ],
    }
).encode()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def fetcher(here: Site) -> AsyncIterator[Fetcher]:
    """One for all: its process takes a second to start."""
    async with Fetcher([here.allowed(prefix=None)]) as opened:
        yield opened


async def read(here: Site, fetcher: Fetcher, body: bytes, kind: str = "application/rss+xml") -> Fetched:
    here.answers["/feed"] = feed(body, kind)
    return await fetcher.feed(here.at("/feed"), Validators())


async def refused(fetcher: Fetcher, address: str) -> Reason:
    with pytest.raises(Unreadable) as why:
        await fetcher.feed(address, Validators())
    return why.value.reason


async def test_rss(here: Site, fetcher: Fetcher) -> None:
    found = await read(here, fetcher, RSS.encode())
    assert (found.title, found.language, found.hints.ttl, found.unchanged) == (
        "Newsroom & co",
        "fr",
        5400,
        False,
    )
    zoe, lyon = found.items
    assert (zoe.title, zoe.address) == ("Zoé, soudeuse", "https://ex.org/zoe")
    assert (lyon.title, lyon.address, lyon.summary) == ("Lyon ouvre", here.at("/lyon"), "Un site neuf")
    assert lyon.published == datetime(2026, 11, 2, 8, tzinfo=UTC)


async def test_atom(here: Site, fetcher: Fetcher) -> None:
    found = await read(here, fetcher, ATOM.encode(), "application/atom+xml")
    assert found.title == "News & more"
    assert [(item.title, item.address, item.summary, item.language) for item in found.items] == [
        ("A < B", "https://ex.org/a", "Words", "en")
    ]


async def test_json_feed(here: Site, fetcher: Fetcher) -> None:
    found = await read(here, fetcher, JSON, "application/feed+json")
    assert (found.title, found.language) == ("Ex", "fr")
    assert [(item.title, item.address, item.summary) for item in found.items] == [
        ("Sept", here.at("/seven"), "Les mots"),
        ("No title, only words", "https://other.org/x", "No title, only words"),
    ]


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/octet-stream", "nonsense"])
async def test_a_feed_is_known_by_its_bytes(here: Site, fetcher: Fetcher, kind: str) -> None:
    assert len((await read(here, fetcher, RSS.encode(), kind)).items) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><head><title>Blog</title></head><body><p>Hello</p></body></html>",
        b"",
        b"{}",
        b'{"version": "https://jsonfeed.org/version/2", "items": []}',
        b'{"version": "https://jsonfeed.org/version/1", "items": [',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"<rss version='2.0'><channel><title>cut of",
        b"just words",
    ],
    ids=[
        "html",
        "empty",
        "json",
        "other version",
        "cut json",
        "deep list",
        "deep json",
        "picture",
        "cut xml",
        "words",
    ],
)
async def test_what_is_no_feed(here: Site, fetcher: Fetcher, body: bytes) -> None:
    here.answers["/none"] = feed(body, "application/xml")
    assert await refused(fetcher, here.at("/none")) == "not_a_feed"


async def test_a_feed_without_news_is_a_feed(here: Site, fetcher: Fetcher) -> None:
    assert (
        await read(here, fetcher, b"<rss version='2.0'><channel><title>New</title></channel></rss>")
    ).items == ()
    assert (
        await read(here, fetcher, b'{"version": "https://jsonfeed.org/version/1", "items": []}')
    ).items == ()


async def test_malformed_xml_still_brings_its_items(here: Site, fetcher: Fetcher) -> None:
    broken = b"<rss version='2.0'><channel><title>A & B</title><item><title>One <b>two</title><link>https://ex.org/1"
    found = await read(here, fetcher, broken)
    assert [item.title for item in found.items] == ["One two"]


async def test_hostile_words_are_plain(here: Site, fetcher: Fetcher) -> None:
    body = (
        """<rss version="2.0"><channel><title>x</title><item>
      <title>&lt;!channel&gt; \u202e""".encode()
        + b"y" * 5000
        + b"""</title>
      <link>javascript:alert(1)</link></item></channel></rss>"""
    )
    (item,) = (await read(here, fetcher, body)).items
    assert item.address is None
    assert len(item.title) == 200
    assert "\u202e" not in item.title


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "lol">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij")),
        '<!ENTITY j SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x; <!ENTITY j "x">',
    ],
    ids=["laughs", "file", "elsewhere"],
)
async def test_entities_neither_explode_nor_read(here: Site, fetcher: Fetcher, declared: str) -> None:
    items = "<channel><title>t</title><item><title>a&j;b</title></item></channel>"
    found = await read(here, fetcher, f'<!DOCTYPE r [{declared}]><rss version="2.0">{items}</rss>'.encode())
    (item,) = found.items
    assert len(item.title) < 20


async def test_five_thousand_items_are_two_hundred(here: Site, fetcher: Fetcher) -> None:
    days = [f"Mon, {1 + number % 28:02} Nov 2026 10:00:00 GMT" for number in range(5000)]
    items = "".join(
        f"<item><title>{n}</title><guid>g{n}</guid><pubDate>{day}</pubDate></item>"
        for n, day in enumerate(days)
    )
    found = await read(here, fetcher, f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    assert len(found.items) == 200
    assert min(item.published for item in found.items if item.published) == datetime(
        2026, 11, 27, 10, tzinfo=UTC
    )


async def test_an_unchanged_feed_is_not_sent_again(here: Site, fetcher: Fetcher) -> None:
    given = {"ETag": 'W/"a-1, b"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT"}

    async def answer(request: web.Request) -> web.StreamResponse:
        same = request.headers.get("If-None-Match") == given["ETag"]
        if same and request.headers.get("If-Modified-Since") == given["Last-Modified"]:
            return web.Response(status=304, headers={"Cache-Control": "public, max-age=7200"})
        return feed(RSS.encode(), **given)

    here.answers["/kept"] = answer
    first = await fetcher.feed(here.at("/kept"), Validators())
    assert first.validators == Validators(given["ETag"], given["Last-Modified"])
    second = await fetcher.feed(here.at("/kept"), first.validators)
    assert (second.unchanged, second.items, second.validators) == (True, (), first.validators)
    assert second.hints.max_age == 7200
    third = await fetcher.feed(here.at("/kept"), Validators('"other"', None))
    assert not third.unchanged


async def test_a_validator_we_could_not_send_back_is_dropped(here: Site, fetcher: Fetcher) -> None:
    here.answers["/odd"] = feed(RSS.encode(), ETag='"é"', **{"Last-Modified": "x" * 600})
    assert (await fetcher.feed(here.at("/odd"), Validators())).validators == Validators()


async def test_too_many_requests_says_until_when(here: Site, fetcher: Fetcher) -> None:
    here.answers["/429"] = web.Response(status=429, headers={"Retry-After": "3600"})
    with pytest.raises(Unreadable) as why:
        await fetcher.feed(here.at("/429"), Validators())
    assert (why.value.reason, why.value.retry_after) == ("busy", 3600)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False), ((307,), False)],
)
async def test_a_feed_that_moved(
    here: Site, fetcher: Fetcher, statuses: tuple[int, ...], moved: bool
) -> None:
    for step, status in enumerate(statuses):
        here.answers[f"/moved{step}"] = leads_to(f"/moved{step + 1}", status)
    here.answers[f"/moved{len(statuses)}"] = feed(RSS.encode())
    found = await fetcher.feed(here.at("/moved0"), Validators())
    assert found.moved == (here.at(f"/moved{len(statuses)}") if moved else None)


async def test_gone_for_good(here: Site, fetcher: Fetcher) -> None:
    here.answers["/gone"] = web.Response(status=410)
    assert await refused(fetcher, here.at("/gone")) == "gone"


async def test_six_megabytes_are_too_many(here: Site, fetcher: Fetcher) -> None:
    here.answers["/huge"] = feed(RSS.encode() + b" " * 6_000_000)
    assert await refused(fetcher, here.at("/huge")) == "too_big"


def hang(seconds: float) -> int:
    """Holds its process, deaf, as a parser in an endless loop does."""
    time.sleep(seconds)
    return os.getpid()


def stumble() -> None:
    """A parser's own bug, found by somebody's bytes."""
    raise RecursionError


def die() -> None:
    """Takes its process down, as a parser does that overruns its stack."""
    os.abort()


async def test_a_hanging_parse_is_killed_and_the_next_one_works() -> None:
    worker = Worker()
    before = await worker.run(5, os.getpid)
    with pytest.raises(Stuck):
        await worker.run(0.3, hang, 60)
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    after = await worker.run(5, os.getpid)
    assert after != before
    await worker.close()


async def test_a_dying_parse_takes_nobody_along() -> None:
    worker = Worker()
    with pytest.raises(Stuck):
        await worker.run(5, die)
    assert await worker.run(5, os.getpid) != os.getpid()
    await worker.close()


async def test_a_parsers_bug_is_a_refusal_not_a_crash() -> None:
    worker = Worker()
    with pytest.raises(Stuck):
        await worker.run(5, stumble)
    await worker.close()


async def test_closing_ends_the_process(here: Site) -> None:
    worker = Worker()
    process = await worker.run(5, os.getpid)
    await worker.close()
    await worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_a_feed_that_hangs_its_parser_is_refused(here: Site) -> None:
    here.answers["/hangs"] = feed(RSS.encode())
    async with Fetcher([here.allowed()], Limits(feed_parsing=0.000001)) as fetcher:
        assert await refused(fetcher, here.at("/hangs")) == "too_big"


async def test_a_page_is_not_a_feed_and_says_so(here: Site, fetcher: Fetcher) -> None:
    here.answers["/blog"] = html("<title>Blog</title><p>Hello</p>")
    assert await refused(fetcher, here.at("/blog")) == "not_a_feed"


async def test_a_page_that_names_its_feed_will_do(here: Site, fetcher: Fetcher) -> None:
    here.answers["/news"] = html("<link rel=alternate type=application/rss+xml href=news/rss><p>Hello</p>")
    here.answers["/news/rss"] = feed(RSS.encode(), ETag='"1"', **{"Cache-Control": "max-age=7200"})
    found = await fetcher.feed(here.at("/news"), Validators())
    assert [item.title for item in found.items] == ["Zoé, soudeuse", "Lyon ouvre"]
    assert (found.title, found.moved) == ("Newsroom & co", here.at("/news/rss"))
    assert found.hints.max_age == 7200
    assert found.validators == Validators()  # they are the feed's; it is the page that is asked again


@pytest.mark.parametrize(
    ("named", "reason"),
    [("/news", "not_a_feed"), ("/words", "not_a_feed"), ("/nowhere", "missing"), ("/far", "not_allowed")],
)
async def test_a_page_that_names_no_feed_is_none(
    here: Site, fetcher: Fetcher, named: str, reason: Reason
) -> None:
    here.answers["/news"] = html(f"<link rel=alternate type=application/atom+xml href={named}>")
    here.answers["/words"] = feed(b"just words")
    here.answers["/far"] = leads_to("http://127.0.0.1:9/feed")
    assert await refused(fetcher, here.at("/news")) == reason
