"""Pages of strangers, fetched from real servers on loopback."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from adapters.fetch.allowed import Allowed
from adapters.fetch.fetcher import Fetcher
from adapters.fetch.walk import Limits
from content.pages import Reason, Unreadable
from tests.fetch.sites import Site, html, leads_to, site

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEGABYTE = b"x" * 1_000_000


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def fetcher(here: Site) -> AsyncIterator[Fetcher]:
    """One for all: its process takes a second to start."""
    async with Fetcher([here.allowed()]) as opened:
        yield opened


async def refused(fetcher: Fetcher, address: str) -> Reason:
    with pytest.raises(Unreadable) as why:
        await fetcher.page(address)
    return why.value.reason


async def test_a_page_is_read_where_its_redirects_end(here: Site, fetcher: Fetcher) -> None:
    here.answers |= {
        "/old": leads_to("/newer", 301),
        "/newer": leads_to(here.at("/new?utm_source=x#top")),
        "/new": html("<html lang=fr><title>Été à Lyon</title>"),
    }
    page = await fetcher.page(here.at("/old#part"))
    assert (page.title, page.address, page.language) == ("Été à Lyon", here.at("/new"), "fr")


async def test_what_a_site_learns_of_us(here: Site, fetcher: Fetcher) -> None:
    here.answers["/seen"] = html("<title>x</title>", **{"Set-Cookie": "a=b"})
    await fetcher.page(here.at("/seen"))
    await fetcher.page(here.at("/seen"))
    sent = here.hits[-1].headers
    assert sent["User-Agent"].startswith("Herald/")
    assert sent["Accept-Encoding"] == "gzip"
    assert "Cookie" not in sent
    assert "Referer" not in sent


async def test_no_proxy_is_asked(here: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    here.answers["/direct"] = html("<title>direct</title>")
    assert (await fetcher.page(here.at("/direct"))).title == "direct"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "missing"),
        (410, "gone"),
        (401, "closed"),
        (403, "closed"),
        (429, "busy"),
        (503, "busy"),
        (500, "status"),
        (418, "status"),
        (204, "status"),
        (304, "status"),
        (302, "status"),
    ],
)
async def test_an_error_has_its_reason(here: Site, fetcher: Fetcher, status: int, reason: Reason) -> None:
    here.answers["/error"] = web.Response(status=status)
    with pytest.raises(Unreadable) as why:
        await fetcher.page(here.at("/error"))
    assert (why.value.reason, why.value.code) == (reason, status)


@pytest.mark.parametrize("said", ["120", "Thu, 01 Jan 2099 00:00:00 GMT"])
async def test_a_site_may_ask_to_wait(here: Site, fetcher: Fetcher, said: str) -> None:
    here.answers["/busy"] = web.Response(status=429, headers={"Retry-After": said})
    with pytest.raises(Unreadable) as why:
        await fetcher.page(here.at("/busy"))
    assert why.value.retry_after is not None
    assert why.value.retry_after >= 120


@pytest.mark.parametrize("said", ["soon", "-5", "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999999999", "²"])
async def test_nonsense_about_waiting_does_no_harm(here: Site, fetcher: Fetcher, said: str) -> None:
    here.answers["/busy"] = web.Response(status=503, headers={"Retry-After": said})
    with pytest.raises(Unreadable) as why:
        await fetcher.page(here.at("/busy"))
    assert why.value.retry_after is None or why.value.retry_after >= 0


async def test_ten_megabytes_are_too_many(here: Site, fetcher: Fetcher) -> None:
    here.answers["/huge"] = html("<title>x</title>" + "x" * 10_000_000)
    assert await refused(fetcher, here.at("/huge")) == "too_big"


async def test_a_size_nobody_announced_is_counted(here: Site, fetcher: Fetcher) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(MEGABYTE)
            sent += 1

    here.answers["/endless"] = endless
    assert await refused(fetcher, here.at("/endless")) == "too_big"
    assert sent < 20


async def test_a_gzip_bomb_is_defused(here: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(MEGABYTE * 200)
    assert len(bomb) < 300_000
    here.answers["/bomb"] = web.Response(
        body=bomb, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}
    )
    started = time.process_time()
    assert await refused(fetcher, here.at("/bomb")) == "too_big"
    assert time.process_time() - started < 2


async def test_gzip_is_unpacked(here: Site, fetcher: Fetcher) -> None:
    body = gzip.compress(b"<title>packed</title>")
    here.answers["/gzip"] = web.Response(
        body=body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}
    )
    assert (await fetcher.page(here.at("/gzip"))).title == "packed"


@pytest.mark.parametrize("packing", ["br", "zstd", "deflate", "gzip, gzip", "compress"])
async def test_no_other_packing_is_opened(here: Site, fetcher: Fetcher, packing: str) -> None:
    here.answers["/packed"] = web.Response(
        body=b"x", headers={"Content-Type": "text/html", "Content-Encoding": packing}
    )
    assert await refused(fetcher, here.at("/packed")) == "no_answer"


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "text/plain", "application/json", "video/mp4"]
)
async def test_a_file_is_not_a_page(here: Site, fetcher: Fetcher, kind: str) -> None:
    here.answers["/file"] = web.Response(body=b"<title>x</title>", headers={"Content-Type": kind})
    assert await refused(fetcher, here.at("/file")) == "not_a_page"


async def test_a_page_without_a_kind_looks_like_one(here: Site, fetcher: Fetcher) -> None:
    async def bare(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        body = b"\n<title>bare</title>" if request.path == "/bare" else b"%PDF-1.7"
        request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        raise ConnectionResetError

    here.answers |= {"/bare": bare, "/bare.pdf": bare}
    assert (await fetcher.page(here.at("/bare"))).title == "bare"
    assert await refused(fetcher, here.at("/bare.pdf")) == "not_a_page"


async def test_redirects_come_to_an_end(here: Site, fetcher: Fetcher) -> None:
    here.answers |= {f"/{step}": leads_to(f"/{step + 1}") for step in range(6)} | {
        "/6": html("<title>end</title>")
    }
    assert await refused(fetcher, here.at("/0")) == "too_many_redirects"
    assert (await fetcher.page(here.at("/1"))).title == "end"
    here.answers["/loop"] = leads_to("/loop")
    assert await refused(fetcher, here.at("/loop")) == "too_many_redirects"


async def test_a_slow_site_is_left(here: Site) -> None:
    async def drips(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"<p>")
            await asyncio.sleep(0.05)

    here.answers["/slow"] = drips
    async with Fetcher([here.allowed()], Limits(seconds=0.3)) as hasty:
        assert await refused(hasty, here.at("/slow")) == "too_slow"


async def test_a_site_that_hangs_up(here: Site, fetcher: Fetcher) -> None:
    async def hangs_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    here.answers["/hangs-up"] = hangs_up
    assert await refused(fetcher, here.at("/hangs-up")) == "no_answer"


async def test_nobody_listens() -> None:
    async with site() as gone:
        address, entry = gone.at("/"), gone.allowed()
    async with Fetcher([entry]) as fetcher:
        assert await refused(fetcher, address) == "no_answer"


async def test_a_page_built_to_hang_the_parser_costs_its_process_only(here: Site) -> None:
    here.answers |= {"/nested": html("<div>" * 390_000), "/good": html("<title>good</title>")}
    async with Fetcher([here.allowed()], Limits(page_parsing=1)) as fetcher:
        assert await refused(fetcher, here.at("/nested")) == "too_big"
        assert (await fetcher.page(here.at("/good"))).title == "good"


async def test_the_limits_are_those_we_document() -> None:
    assert Limits() == Limits(
        page=2_000_000, feed=5_000_000, seconds=15, redirects=5, page_parsing=5, feed_parsing=20
    )
    assert Allowed("h").prefix is None
