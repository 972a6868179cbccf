"""Markup of strangers becomes words, and the quick way says what the thorough one says."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from content.markup import light, plain
from content.words import cleaned

SIMPLE = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href='x?a=1&amp;b=2' title=\"it's\">",
            "</a>",
            "<br/>",
            "<br>",
            "<BR />",
            "<img src=/x.png alt='a'>",
            "<li class>",
            "<!-- note -->",
            "word",
            " ",
            "\n",
            "été\u00a0: oui",
            "&amp;",
            "&nbsp;",
            "&#8217;",
            "&lt;i&gt;",
            "&hellip;",
            "&copy",
            "R&D",
            "…",
            "a\u0301",
            "\u200b",
            "👩\u200d💻",
            "l\u2019été, ",
            "x > y",
        ]
    ),
    max_size=60,
).map("".join)

BROKEN = st.text(st.sampled_from("<>/abp!-=\"' &;#x\n"), max_size=60)
FORCING = "<svg></svg>"
"""Nothing to read, and no ordinary markup: the parser has to look at all of it."""


ALL = 1_000
READ = 100
"""Characters of markup looked at for a visible one; what comes after is not read at all."""


def quick(html: str, limit: int) -> str | None:
    words = light([html], limit)
    return words[0] if words else None


def letters(words: str | None) -> str | None:
    """Without spaces: a parser joins what a tag that opens nothing only seems to part."""
    return words and "".join(words.split())


@given(SIMPLE)
def test_the_quick_way_finds_the_same_words(html: str) -> None:
    assert quick(FORCING + html, ALL) is None
    assert letters(quick(html, ALL)) == letters(plain(FORCING + html, ALL))


@given(SIMPLE, st.integers(1, 30))
@example(
    "<p><p></p>&nbsp;l\u2019été, x > y…<p>été\u00a0: oui", 16
)  # dots of the writer, where the reading stops
def test_the_beginning_is_read_like_the_whole(html: str, limit: int) -> None:
    assume(len(html) <= limit * READ)
    assert quick(html, limit) == cleaned(quick(html, ALL) or "", limit)


@given(st.lists(st.one_of(SIMPLE, BROKEN), min_size=1, max_size=4))
def test_several_are_read_like_each(fragments: list[str]) -> None:
    alone = [quick(html, 10) for html in fragments]
    assert light(fragments, 10) == (None if None in alone else alone)


@given(BROKEN)
def test_where_markup_is_broken_they_agree_or_the_parser_decides(html: str) -> None:
    words = quick(html, ALL)
    assert words is None or letters(words) == letters(plain(FORCING + html, ALL))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Lyon &amp; <b>Paris</b></p><script>alert(1)</script><p>open</p>", "Lyon & Paris open"),
        ("<style>p{}</style><p>One", "One"),
        ("<p>One</p><table><tr><td>Two</td></tr></table>", "One Two"),
        ("<a title='a>b'>One</a>", "One"),
        ("2 < 3", "2 < 3"),
        ("", ""),
    ],
)
def test_words_are_what_a_reader_sees(html: str, words: str) -> None:
    assert plain(html, 100) == words


def test_a_long_article_costs_as_much_as_its_beginning() -> None:
    assert plain("<p>" + "word " * 1_000_000, 10) == "word word…"
    assert plain("<b></b>" * 1_000 + "late", 10) == ""
