"""What pages say of themselves, hostile ones included."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.markup import plain
from content.pages import Page, Reason, Unreadable, announced, read
from content.texts import LANGUAGES, say

RSS = "<link rel=alternate type=application/rss+xml href={}>"
HERE = "https://www.ex.org/news/lyon?utm_source=mail"


def page(head: str, body: str = "", root: str = "<html>") -> Page:
    return read(f"<!doctype html>{root}<head>{head}</head><body>{body}</body>".encode(), HERE)


def test_a_page_as_it_should_be() -> None:
    found = page(
        '<meta charset="utf-8"><title>Lyon</title>'
        '<meta property="og:title" content="Lyon opens">'
        '<meta name="description" content="A new &amp; bright">'
        '<meta property="og:image" content="/pictures/lyon.jpg">'
        '<meta property="og:site_name" content="Ex news">'
        '<link rel="canonical" href="https://ex.org/news/lyon">',
        root='<html lang="fr-FR">',
    )
    assert found == Page(
        address="https://ex.org/news/lyon",
        title="Lyon opens",
        description="A new & bright",
        image="https://www.ex.org/pictures/lyon.jpg",
        language="fr",
        site="Ex news",
    )


def test_a_page_that_says_nothing() -> None:
    assert read(b"", HERE) == Page("https://www.ex.org/news/lyon", "", "", None, None, "ex.org")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta name="twitter:title" content="From twitter"><title>T</title>', "From twitter"),
        ('<meta property="og:title" content="  "><title>Own\n title</title>', "Own title"),
        ("<title></title>", "The heading"),
        ("<title>" + "x" * 5000 + "</title>", "x" * 199 + "…"),
        ("<title>a\u202eb\u0007c &lt;!channel&gt;</title>", "abc <!channel>"),
    ],
)
def test_the_title_readers_would_see(head: str, title: str) -> None:
    assert page(head, "<svg><title>Logo</title></svg><h1>The <b>heading</b></h1>").title == title


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://ex.org/news/lyon?b=2&a=1", "https://ex.org/news/lyon?a=1&b=2"),
        ("/news/other", "https://www.ex.org/news/other"),
        ("https://evil.com/news/lyon", "https://www.ex.org/news/lyon"),
        ("https://www.ex.org/", "https://www.ex.org/news/lyon"),
        ("javascript:alert(1)", "https://www.ex.org/news/lyon"),
        ("http://[", "https://www.ex.org/news/lyon"),
        ("", "https://www.ex.org/news/lyon"),
    ],
)
def test_a_page_may_name_itself_but_nobody_else(given: str, kept: str) -> None:
    assert page(f'<link rel="Canonical" href="{given}">').address == kept


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ('<meta property="og:image" content="lyon.jpg">', "https://www.ex.org/news/lyon.jpg"),
        (
            '<base href="https://cdn.ex.org/x/"><meta property="og:image" content="a.jpg">',
            "https://cdn.ex.org/x/a.jpg",
        ),
        ('<meta property="og:image" content="http://ex.org/a.jpg">', None),
        (
            '<meta property="og:image" content="http://a.b/"><meta name="twitter:image" content="//c.d/e">',
            "https://c.d/e",
        ),
        ('<meta property="og:image" content="data:image/png;base64,AAAA">', None),
        ('<meta property="og:image" content="javascript:alert(1)">', None),
        (f'<meta property="og:image" content="/{"x" * 3000}">', None),
    ],
)
def test_the_picture_is_absolute_and_https(head: str, image: str | None) -> None:
    assert page(head).image == image


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ('<html lang="en">', '<meta property="og:locale" content="fr_FR">', "en"),
        ("<html>", '<meta property="og:locale" content="fr_FR">', "fr"),
        ('<html lang="">', "", None),
        ('<html lang="<script>">', "", None),
    ],
)
def test_the_language_it_is_written_in(root: str, head: str, language: str | None) -> None:
    assert page(head, root=root).language == language


@pytest.mark.parametrize(
    ("html", "content_type"),
    [
        ("<title>été</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ('<meta charset="windows-1252"><title>été</title>'.encode("cp1252"), "text/html"),
        ("<title>été</title>".encode(), ""),
        ("<title>été</title>".encode("cp1252"), ""),
        ("\ufeff<title>été</title>".encode("utf-16-le"), "text/html; charset=utf-8"),
        ("<title>été</title>".encode(), "text/html; charset=nonsense"),
        ("<title>été</title>".encode(), "text/html; charset=base64"),
        ("<title>été</title>".encode(), 'text/html; charset="utf-8"'),
    ],
)
def test_letters_survive_their_encoding(html: bytes, content_type: str) -> None:
    assert read(html, HERE, content_type).title == "été"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_page(html: bytes) -> None:
    assert read(html, HERE).site


def test_markup_becomes_words() -> None:
    assert (
        plain("<p>Lyon &amp; <b>Paris</b></p><script>alert(1)</script><p>open</p>", 100)
        == "Lyon & Paris open"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_is_told_without_values(language: str) -> None:
    told = {say(Unreadable(reason).words, language) for reason in get_args(Reason)}
    assert len(told) == len(get_args(Reason))
    assert not any("{" in words for words in told)


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "https://ex.org/feed"),
        ('<LINK REL="Alternate" TYPE="application/atom+xml" HREF="all.xml">', "https://ex.org/blog/all.xml"),
        ('<link rel="alternate home" type="application/feed+json" href="?f=1">', "https://ex.org/blog/?f=1"),
        ('<base href="/de/"><link rel=alternate type=application/rss+xml href=feed>', "https://ex.org/de/feed"),
        (f"{RSS.format('a')}{RSS.format('b')}", "https://ex.org/blog/a"),
        ("<link rel=alternate hreflang=fr href=/fr>", None),
        ("<link rel=stylesheet type=application/rss+xml href=/feed>", None),
        ("<link rel=alternate type=application/rss+xml href=http://ex.org/feed>", None),
        ("<link rel=alternate type=application/rss+xml href=https://else.org/feed>", None),
        ("<link rel=alternate type=application/rss+xml href=https://ex.org:8443/feed>", None),
        ("<link rel=alternate type=application/rss+xml href=https://a:b@ex.org/feed>", None),
        ("<link rel=alternate type=application/rss+xml href=javascript:x>", None),
        ("<link rel=alternate type=application/rss+xml>", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_page_names_a_feed_of_its_own_site(head: str, named: str | None) -> None:
    assert announced(head.encode(), "https://ex.org/blog/", "text/html") == named
