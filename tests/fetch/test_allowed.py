"""What an administrator opens by name, and not an inch more."""

import pytest
from yarl import URL

from adapters.fetch.allowed import Allowed, allowed
from adapters.fetch.fetcher import Fetcher
from adapters.fetch.walk import Ask, Step, led_on
from content.feeds import Validators
from content.pages import Unreadable
from tests.fetch.sites import feed, html, leads_to, site

RSS = b"<rss version='2.0'><channel><title>In</title><item><title>One</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("entry", "parsed"),
    [
        ("intranet.ex.org", Allowed("intranet.ex.org")),
        ("Intranet.Ex.org:8080", Allowed("intranet.ex.org", 8080)),
        ("10.0.0.1:8080/news", Allowed("10.0.0.1", 8080, "/news")),
        ("intranet/", Allowed("intranet", None, "/")),
        ("[::1]:8080/", Allowed("::1", 8080, "/")),
    ],
)
def test_an_entry_is_read(entry: str, parsed: Allowed) -> None:
    assert Allowed.parse(entry) == parsed


@pytest.mark.parametrize("entry", ["", "http://x", "u@x", "x?y", "*.x", "x:99999", "x y", "/news", "x#y"])
def test_a_wrong_entry_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="HERALD_FETCH_ALLOW"):
        Allowed.parse(entry)


def test_the_setting_is_a_list() -> None:
    assert allowed("a.org, b.org:81/x\n") == (Allowed("a.org"), Allowed("b.org", 81, "/x"))
    assert allowed("") == ()


@pytest.mark.parametrize(
    ("entry", "address", "preview", "covered"),
    [
        ("in.org", "http://in.org/feed", False, True),
        ("in.org", "https://in.org/feed", False, True),
        ("in.org", "http://in.org/feed", True, False),
        ("in.org", "http://in.org:8080/feed", False, False),
        ("in.org", "http://x.in.org/feed", False, False),
        ("in.org:81", "http://in.org:81/feed", False, True),
        ("in.org:81", "http://in.org/feed", False, False),
        ("in.org/news", "http://in.org/news", True, True),
        ("in.org/news", "http://in.org/news/1", True, True),
        ("in.org/news/", "http://in.org/news/1", True, True),
        ("in.org/news", "http://in.org/newsroom", True, False),
        ("in.org/news", "http://in.org/news/../admin", True, False),
        ("in.org/news", "http://in.org/news/%2e%2e/admin", True, False),
        ("in.org/news", "http://in.org/news/..%2fadmin", True, False),
        ("in.org/news", "http://in.org/news/..%5cadmin", True, False),
        ("in.org/news", "http://in.org/other", False, False),
        ("in.org/", "http://in.org/anything", True, True),
    ],
)
def test_an_entry_opens_what_it_says(entry: str, address: str, preview: bool, covered: bool) -> None:
    assert Allowed.parse(entry).covers(URL(address), preview=preview) is covered


async def test_without_a_prefix_feeds_only() -> None:
    async with site() as here, Fetcher([here.allowed(prefix=None)]) as fetcher:
        here.answers |= {"/feed": feed(RSS), "/page": html("<title>secret</title>")}
        assert (await fetcher.feed(here.at("/feed"), Validators())).title == "In"
        with pytest.raises(Unreadable) as refused:
            await fetcher.page(here.at("/page"))
        assert refused.value.reason == "not_allowed"
        assert [hit.path for hit in here.hits] == ["/feed"]


async def test_with_a_prefix_previews_under_it() -> None:
    async with site() as here, Fetcher([here.allowed(prefix="/news")]) as fetcher:
        here.answers |= {"/news/1": html("<title>News</title>"), "/admin": html("<title>secret</title>")}
        assert (await fetcher.page(here.at("/news/1"))).title == "News"
        with pytest.raises(Unreadable):
            await fetcher.page(here.at("/admin"))
        assert [hit.path for hit in here.hits] == ["/news/1"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_never_leads_further_inside(status: int) -> None:
    async with site() as here, site() as secret, Fetcher([here.allowed(prefix="/news")]) as fetcher:
        secret.answers["/"] = html("<title>secret</title>")
        inside = (
            secret.at("/"),
            secret.at("/", "[::1]"),
            secret.at("/", "localhost"),
            "http://169.254.169.254/",
        )
        beside = (here.at("/admin"), "/admin", "../admin", "//127.0.0.1/", "http://u:p@127.0.0.1/")
        for target in (*inside, *beside):
            here.answers["/news/1"] = leads_to(target, status)
            with pytest.raises(Unreadable) as refused:
                await fetcher.page(here.at("/news/1"))
            assert refused.value.reason in {"not_allowed", "bad_address"}
        assert {hit.path for hit in here.hits} == {"/news/1"}
        assert secret.hits == []


ASK = Ask(room=1, preview=False, headers={})


def test_the_public_web_cannot_lead_inside() -> None:
    entries = [Allowed("in.org", None, "/")]
    start = Step(URL("http://ex.org/"), inside=False)
    with pytest.raises(Unreadable) as refused:
        led_on(start, "http://in.org/", entries, ASK, lasting=False)
    assert refused.value.reason == "not_allowed"
    assert led_on(start, "/next", entries, ASK, lasting=False).url == URL("http://ex.org/next")
    outside = led_on(Step(URL("http://in.org/"), inside=True), "http://ex.org/", entries, ASK, lasting=False)
    assert not outside.inside


def test_what_was_encrypted_stays_so() -> None:
    with pytest.raises(Unreadable) as refused:
        led_on(Step(URL("https://ex.org/"), inside=False), "http://ex.org/", [], ASK, lasting=True)
    assert refused.value.reason == "not_allowed"
    raised = led_on(Step(URL("http://ex.org/"), inside=False), "https://ex.org/", [], ASK, lasting=True)
    assert (raised.url.scheme, raised.lasting, raised.hops) == ("https", True, 1)


@pytest.mark.parametrize(
    "location", ["http://ex.org:22/", "ftp://ex.org/", "http://[::1", "http://u@ex.org/", "x:y"]
)
def test_a_redirect_is_looked_at_like_an_address(location: str) -> None:
    with pytest.raises(Unreadable):
        led_on(Step(URL("http://ex.org/"), inside=False), location, [], ASK, lasting=True)
