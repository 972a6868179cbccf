"""The short way and feedparser read the same, or the short way steps aside."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.fetch import ordinary, parsing
from content.feeds import Document
from tests.fetch import feeds

ADDRESS, ROOM = "https://ex.org/feeds/all.xml", 1_000_000
XML = "application/rss+xml"


def short(feed: str | bytes, kind: str = XML) -> Document | None:
    return ordinary.read(feed.encode() if isinstance(feed, str) else feed, kind, ROOM)


def slow(feed: str | bytes, kind: str = XML) -> Document | None:
    return parsing.anything(feed.encode() if isinstance(feed, str) else feed, ADDRESS, kind)


@pytest.mark.parametrize("feed", [feeds.RSS, feeds.ATOM], ids=["rss", "atom"])
@pytest.mark.parametrize(
    "kind",
    ["application/xml", "application/atom+xml; charset=utf-8", "text/xml;charset=UTF-8", "text/html", ""],
)
def test_usual_feeds_go_the_short_way(feed: str, kind: str) -> None:
    assert short(feed, kind) == slow(feed, kind)
    assert len(getattr(short(feed, kind), "items", ())) == 2


@pytest.mark.parametrize("addition", feeds.IN_RSS)
def test_what_stands_beside_changes_nothing(addition: str) -> None:
    feed = feeds.RSS.replace("<slash:comments>", f"{addition}<slash:comments>")
    assert short(feed) is not None
    assert short(feed) == slow(feed)


@pytest.mark.parametrize("addition", feeds.IN_HEAD)
@pytest.mark.parametrize("place", ["<title>Newsroom", "<language>"])
def test_what_stands_in_the_head_changes_no_title(place: str, addition: str) -> None:
    feed = feeds.RSS.replace(place, f"{addition}{place}")
    assert short(feed) is not None
    assert short(feed) == slow(feed)


def test_words_between_elements_are_nobodys() -> None:
    feed = re.sub("(</(?:title|guid|link|description)>)", r"\1 stray > words ", feeds.RSS)
    assert short(feed) is not None
    assert short(feed) == slow(feed)


def test_an_entry_without_a_description_is_told_by_its_content() -> None:
    feed = re.sub(r"<description>(?!What).*?</description>|</?t[a-z]>|</?table>", "", feeds.RSS)
    feed = feed.replace("<enclosure", "<content:encoded>&lt;p&gt;Two&lt;/p&gt;</content:encoded><enclosure")
    assert [item.summary for item in getattr(short(feed), "items", ())] == ["Two", "Tout x"]
    assert short(feed) == slow(feed)


def test_a_base_completes_nothing_that_is_whole() -> None:
    feed = feeds.RSS.replace('<rss version="2.0"', '<rss version="2.0" xml:base="https://else.org/"')
    assert short(feed) is not None
    assert short(feed) == slow(feed)


@pytest.mark.parametrize("feed", tuple(feeds.odd()))
def test_odd_feeds_are_feedparsers(feed: str) -> None:
    assert short(feed) is None
    found = parsing.document(feed.encode(), ADDRESS, XML)
    assert found is not None
    assert found == slow(feed)


@pytest.mark.parametrize(
    "feed",
    [
        feeds.RSS.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("latin-1", "xmlcharrefreplace"),
        feeds.RSS.replace('encoding="UTF-8"', 'encoding="windows-1252"').encode("cp1252"),
        feeds.RSS.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
        feeds.RSS.encode("cp1252"),
        feeds.RSS.replace('encoding="UTF-8"', 'encoding="x-nobody"').encode(),
    ],
    ids=["latin", "windows", "utf-16", "wrong", "unknown"],
)
def test_other_encodings_are_feedparsers(feed: bytes) -> None:
    assert short(feed) is None
    assert slow(feed) is not None


def test_a_charset_in_the_header_is_feedparsers() -> None:
    assert short(feeds.RSS, "application/rss+xml; charset=iso-8859-1") is None


def test_a_bigger_feed_and_a_longer_one_are_not_read_here() -> None:
    assert ordinary.read(feeds.RSS.encode(), XML, 100) is None
    item = re.search("<item>.*?</item>", feeds.RSS, re.DOTALL)
    assert item is not None
    assert short(feeds.RSS.replace("</channel>", item[0] * 200 + "</channel>")) is None


@pytest.mark.parametrize(
    "hostile",
    [
        b"<![CDATA[" * 20_000,
        b"<title>" + b"<![CDATA[x]]>" * 20_000 + b"</title>",
        b"<a>" * 40_000,
        b"<a b='" * 30_000,
        b"<title>" + b"&lt;a b=&quot;" * 8_000 + b"</title>",
        b"<description>" + b"&lt;a b=&quot;" * 8_000 + b"</description>",
        b"<description>" + "\u202e\u0301".encode() * 40_000 + b"</description>",
        b"<link>https://ex.org/" + b"?" * 100_000 + b"</link>",
        b"<pubDate>" + b" " * 100_000 + b"</pubDate>",
    ],
    ids=[
        "open sections",
        "sections",
        "deep",
        "open values",
        "open tags",
        "open markup",
        "marks",
        "queries",
        "spaces",
    ],
)
def test_what_is_built_to_hurt_ends(hostile: bytes) -> None:
    """Each would take minutes or hours, were one of its patterns not linear."""
    body = feeds.RSS.encode().replace(b"<slash:comments>", hostile + b"<slash:comments>")
    short(body)
    bare = (
        b"<?xml version='1.0' encoding='utf-8'?><rss><channel><title>t</title><item>%s</item></channel></rss>"
    )
    short(bare % hostile)


WORDS = st.lists(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc")),
        st.sampled_from("abc é’&;#x8217<>/ \u00a0\u0092\u00c3\u00a9\n"),
        st.sampled_from(["&copy", "&#0", "&apos;", "&amp;", "&#8217;"]),
    ),
    min_size=1,
    max_size=40,
).map("".join)
ESCAPED = WORDS.map(lambda words: words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
SECTION = WORDS.map(lambda words: f"<![CDATA[{words.replace(']]>', '')}]]>")
RAW = st.sampled_from(
    ["a &amp; b", "&#8217;", "&#x92;", "AT&amp;T", "&amp;amp;", "&amp;nope;", "", " ", "x<b>y</b>z", "x & y"]
)
TEXT = st.one_of(ESCAPED, SECTION, RAW)
LINK = st.sampled_from(
    [
        "https://ex.org/a",
        "https://ex.org/a?b=1&amp;c=2",
        "/a",
        "https://EX.org",
        "http://ex.org:80/%20?#x",
        "urn:x:1",
        "x",
        "https://ex.org/é",
        "<![CDATA[https://ex.org/c]]>",
        "https://ex.org/a;b",
        "https://ex.org/a#",
        " https://ex.org/s ",
    ]
)
DATE = st.sampled_from(
    [
        "Mon, 02 Nov 2026 10:00:00 GMT",
        "2 Nov 2026 10:00:00 -0530",
        "Mon, 30 Feb 2026 10:00:00 GMT",
        "2026-11-02T10:00:00Z",
        "2026-11-02T10:00:00.5+02:00",
        "Mon, 02 Nov 2026 10:00 EST",
        "yesterday",
        "2026-11-02T25:00:00Z",
        "Mon, 02 Now 2026 10:00:00 GMT",
    ]
)
GUID = st.one_of(LINK, st.sampled_from(["71", "tag:ex.org,2026:1", "a b", "ünicode", "rd 2"]))
RELATION = st.sampled_from(["", ' rel="alternate"', ' rel="self"', ' type="application/pdf"'])
PERMANENT = st.sampled_from(["", ' isPermaLink="true"', ' isPermaLink="false"'])


@st.composite
def items(draw: st.DrawFn) -> str:
    parts = [f"<title>{draw(TEXT)}</title>", f"<link>{draw(LINK)}</link>"]
    parts += [f"<guid{draw(PERMANENT)}>{draw(GUID)}</guid>"] * draw(st.integers(0, 1))
    parts += [f"<pubDate>{draw(DATE)}</pubDate>"] * draw(st.integers(0, 1))
    parts += [f"<description>{draw(TEXT)}</description>"] * draw(st.integers(0, 1))
    parts += draw(st.lists(st.sampled_from(feeds.IN_RSS + feeds.ODD), max_size=1))
    return f"<item>{''.join(draw(st.permutations(parts)))}</item>"


UNKNOWN = "<item><title>0</title><link>https://ex.org/a</link><description>&amp;nope;</description></item>"


HEADS = st.lists(
    st.sampled_from((*feeds.IN_HEAD, "<dc:title>x</dc:title>", "<language>de</language>")), max_size=2
)


@given(st.lists(items(), min_size=1, max_size=2), TEXT, HEADS)
@example([UNKNOWN], "0", [])
@example([UNKNOWN.replace("nope;", "copy0/")], "0", [])
@example([UNKNOWN.replace("&amp;nope;", "0")], "x<b>y</b>z", [])
def test_any_rss_is_read_alike(found: list[str], title: str, beside: list[str]) -> None:
    head, _, _ = feeds.RSS.partition("<channel>")
    before, after = (*beside, "", "")[:2]
    feed = f"{head}<channel>{before}<title>{title}</title>{after}{''.join(found)}</channel></rss>"
    ours = short(feed)
    assert ours is None or ours == slow(feed)


@st.composite
def entries(draw: st.DrawFn) -> str:
    kinds = st.sampled_from(["", ' type="text"', ' type="html"', ' type="xhtml"'])
    parts = [
        f"<title{draw(kinds)}>{draw(TEXT)}</title>",
        f"<id>{draw(GUID)}</id>",
        f"<updated>{draw(DATE)}</updated>",
        f'<link{draw(RELATION)} href="{draw(LINK.filter(lambda link: "<" not in link))}"/>',
    ]
    parts += [f"<published>{draw(DATE)}</published>"] * draw(st.integers(0, 1))
    parts += [f"<summary{draw(kinds)}>{draw(TEXT)}</summary>"] * draw(st.integers(0, 1))
    parts += [f"<content{draw(kinds)}>{draw(TEXT)}</content>"] * draw(st.integers(0, 2))
    return f"<entry>{''.join(draw(st.permutations(parts)))}</entry>"


PLAIN = (
    "<entry><title>0</title><id>https://ex.org/a</id><updated>2026-11-02T10:00:00Z</updated>"
    '<link href="https://ex.org/a"/></entry>'
)


@given(st.lists(entries(), min_size=1, max_size=2), TEXT)
@example([PLAIN], "x<b>y</b>z")
def test_any_atom_is_read_alike(found: list[str], title: str) -> None:
    feed = f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>'
    feed += "".join(found) + "</feed>"
    ours = short(feed)
    assert ours is None or ours == slow(feed)
