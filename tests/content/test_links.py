"""One form for each address, the address in people's words, and what a link carries."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from content.links import NotAnAddress, canonical, found_in, host, is_address, measured, new_token, same_site

PART = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp"), exclude_characters="?#/&="),
    max_size=12,
)
ADDRESSES = st.builds(
    lambda scheme, name, port, path, query, fragment: (
        f"{scheme}://{name}{port}/{'/'.join(path)}"
        f"{'?' if query else ''}{'&'.join(f'{key}={value}' for key, value in query)}#{fragment}"
    ),
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(
        ["example.com", "Www.Example.com.", "société.fr", "127.0.0.1", "[2001:db8::1]", "u:p@h.org"]
    ),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.lists(st.one_of(PART, st.sampled_from(["..", ".", "%2e%2e", "%41", "%zz", "a+b"])), max_size=4),
    st.lists(
        st.tuples(st.one_of(PART, st.sampled_from(["utm_source", "id", "%75tm_medium"])), PART), max_size=4
    ),
    st.one_of(PART, PART.map(lambda part: f"!{part}")),
)


@given(ADDRESSES)
def test_the_canonical_form_is_its_own(address: str) -> None:
    assume(is_address(address))
    assert canonical(canonical(address)) == canonical(address)


@given(ADDRESSES, st.sampled_from(["linkedin", "X"]), st.text(max_size=10))
def test_measuring_keeps_query_and_fragment(address: str, network: str, campaign: str) -> None:
    assume("utm_" not in address)
    before, after = urlsplit(address), urlsplit(measured(address, network=network, campaign=campaign))
    assert (after.netloc, after.path, after.fragment) == (before.netloc, before.path, before.fragment)
    assert after.query.startswith(before.query)
    added = dict(parse_qsl(after.query[len(before.query) :], keep_blank_values=True))
    assert added["utm_source"] == network.lower()
    assert added["utm_medium"] == "employee_advocacy"
    assert added["utm_campaign"] == campaign.lower()


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused_kindly(words: str) -> None:
    if is_address(words):
        assert canonical(words).startswith(("http://", "https://"))
    else:
        with pytest.raises(NotAnAddress) as refused:
            canonical(words)
        assert refused.value.words.key == "link.not_an_address"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("HTTPS://Ex.org:443/a/../b//c?utm_source=li&b=2&a=1#frag", "https://ex.org/b//c?a=1&b=2"),
        ("http://ex.org", "http://ex.org/"),
        ("http://ex.org:8080", "http://ex.org:8080/"),
        ("http://user:pass@ex.org/", "http://ex.org/"),
        ("http://ex.org./a", "http://ex.org/a"),
        ("https://société.fr/été", "https://xn--socit-esab.fr/%C3%A9t%C3%A9"),
        ("https://ex.org/?fbclid=1&id=3&gclid=2&UTM_Campaign=x", "https://ex.org/?id=3"),
        ("https://ex.org/?b=2&b=1&a", "https://ex.org/?a&b=2&b=1"),
        ("https://ex.org/#!/news/1", "https://ex.org/#!/news/1"),
        ("https://www.youtube.com/watch?v=x&si=y", "https://www.youtube.com/watch?v=x"),
        ("https://ex.org/?si=y", "https://ex.org/?si=y"),
        ("https://fr.linkedin.com/posts/x?trk=public&rcm=AB", "https://fr.linkedin.com/posts/x"),
        ("https://post.ex.org/parcel?trackingId=1", "https://post.ex.org/parcel?trackingId=1"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]/"),
    ],
)
def test_one_form_for_the_same_page(address: str, form: str) -> None:
    assert canonical(address) == form


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ex.org",
        "ftp://ex.org/",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://ex.org:99999/",
        "http://./",
        "https://ex.org/\u202eabc",
        "https://ex.org/a b",
        "https://ex.org/" + "x" * 2000,
        "http://[::1",
        "http://%31.org/",
        "http://[fe80::1%25lo]/",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NotAnAddress):
        canonical(address)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("look https://ex.org/a, it is good", "https://ex.org/a"),
        ("(https://en.wikipedia.org/wiki/A_(b)).", "https://en.wikipedia.org/wiki/A_(b)"),
        ("<https://ex.org/a?x=1&amp;y=2|ex.org> said", "https://ex.org/a?x=1&y=2"),
        ("<https://ex.org/>", "https://ex.org/"),
        ("[label](https://ex.org/a)", "https://ex.org/a"),
        ("« https://ex.org/a »", "https://ex.org/a"),
        ("HTTPS://EX.org", "HTTPS://EX.org"),
        ("https:// then http://ex.org!", "http://ex.org"),
        ("<@U1|léa> and <#C1|x> https://ex.org", "https://ex.org"),
        ("https://a.org https://b.org", "https://a.org"),
        ("no address: ex.org, mailto:a@ex.org", None),
        ("", None),
    ],
)
def test_the_address_in_what_people_write(words: str, address: str | None) -> None:
    assert found_in(words) == address


@given(st.text())
def test_any_words_have_an_address_or_none(words: str) -> None:
    found = found_in(f"{words} https://ex.org/x")
    assert found is not None
    assert is_address(found)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.ex.org/a", "ex.org"),
        ("https://xn--socit-esab.fr/", "société.fr"),
        ("https://аррle.com/", "xn--le-6kc8da.com"),
        ("http://ex.org:8080/", "ex.org"),
    ],
)
def test_the_host_as_people_read_it(address: str, shown: str) -> None:
    assert host(address) == shown


def test_utms_of_the_story_stay() -> None:
    address = measured("https://ex.org/?utm_source=intranet#top", network="x", campaign="lyon")
    assert address == "https://ex.org/?utm_source=intranet&utm_medium=employee_advocacy&utm_campaign=lyon#top"
    assert measured(address, network="linkedin", campaign="other") == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.ex.org/a", "http://ex.org/b", True),
        ("https://m.ex.org/a", "https://www.ex.org/", True),
        ("https://blog.ex.org/", "https://ex.org/", True),
        ("https://alice.github.io/", "https://bob.github.io/", False),
        ("https://ex.org.evil.com/", "https://ex.org/", False),
        ("https://evilex.org/", "https://ex.org/", False),
        ("https://org/", "https://ex.org/", False),
        ("http://10.0.0.1/", "http://0.0.1/", False),
    ],
)
def test_one_owner_or_not_sure(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
    assert same_site(other, one) is same


def test_tokens_are_long_and_plain() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9]{17}", token) for token in tokens)
    assert 62**17 > 2**96
