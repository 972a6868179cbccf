"""Which addresses tell something: domains as people write them, and the only addresses that are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.domains import domain, listed, trusted
from content.people import Member
from content.persons import one_human

DOMAINS = ("acme.example", "acme.fr")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("acme.fr", "acme.fr"),
        (" @Acme.FR. ", "acme.fr"),
        ("société.fr", "xn--socit-esab.fr"),
        ("sub.acme.fr", "sub.acme.fr"),
        ("acme", None),
        ("", None),
        ("acme..fr", None),
        ("-acme.fr", None),
        ("acme.fr/x", None),
        ("lea@acme.fr", None),
        ("10.0.0.1", None),
        ("a" * 64 + ".fr", None),
        ("*.acme.fr", None),
    ],
)
def test_a_domain_as_people_write_it(written: str, read: str | None) -> None:
    assert domain(written) == read


def test_a_list_has_commas_spaces_or_lines() -> None:
    assert listed("acme.fr, @acme.example\nacme.fr;no_domain") == (
        ("acme.example", "acme.fr"),
        ("no_domain",),
    )
    assert listed(" ,; ") == ((), ())


@pytest.mark.parametrize("address", ["Lea@ACME.fr", " lea@acme.fr ", "lea@Acme.FR"])
def test_capitals_do_not_matter(address: str) -> None:
    assert trusted(address, DOMAINS) == ("acme.fr", "lea@acme.fr")


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "acme.fr",
        "@acme.fr",
        "lea@",
        "lea@evil.fr",
        "lea@sub.acme.fr",
        "lea@acme.fr.evil.fr",
        "a@b@acme.fr",
    ],
)
def test_an_address_elsewhere_or_none_tells_nothing(address: str | None) -> None:
    assert trusted(address, DOMAINS) is None


@given(st.emails())
def test_only_the_very_domain_is_trusted(address: str) -> None:
    host = domain(address.rpartition("@")[2])
    assert (trusted(address, DOMAINS) is not None) == (host in DOMAINS)
    if host is not None:
        assert trusted(address, (host,)) == (host, f"{address.rpartition('@')[0].casefold()}@{host}")


def member(id_: str, *, alone: bool = False) -> Member:
    return Member(id_, "P1", id_.partition("/")[0], "Léa", alone=alone)


def test_one_account_a_workspace_is_one_human() -> None:
    """Two in one workspace are a shared mailbox; whoever said "not me" is asked no more."""
    here, there, too = member("slack:T1/U1"), member("teams:t/1"), member("teams:t/2")
    assert one_human([here, there])
    assert not one_human([here])
    assert not one_human([])
    assert not one_human([here, there, too])
    assert not one_human([here, member("teams:t/1", alone=True)])
