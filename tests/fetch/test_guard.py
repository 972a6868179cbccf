"""No spelling of an inside address opens a connection."""

import socket

import pytest
from aiohttp import AddrInfoType

from adapters.fetch import guard
from adapters.fetch.fetcher import Fetcher
from content.feeds import Validators
from content.pages import Unreadable
from tests.fetch.sites import html, site

INSIDE = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]
OUTSIDE = ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"]

ODD_LOOPBACKS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.0.0.1.",
    "127.000.000.001",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[fe80::1%25lo]",
    "[2002:7f00:1::]",
]


@pytest.mark.parametrize("address", INSIDE)
def test_inside_is_private(address: str) -> None:
    assert guard.private(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_web_is_not(address: str) -> None:
    assert not guard.private(address)


def found(address: str, port: int) -> AddrInfoType:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    place = (address, port, 0, 0) if ":" in address else (address, port)
    return (family, socket.SOCK_STREAM, 6, "", place)


def test_sockets_open_to_the_web_only() -> None:
    guard.outside(found("1.1.1.1", 443)).close()
    for address, port in (("127.0.0.1", 443), ("1.1.1.1", 22), ("::1", 80), ("::ffff:10.0.0.1", 80)):
        with pytest.raises(guard.Blocked):
            guard.outside(found(address, port))


def test_an_allowed_host_opens_inside_but_never_metadata() -> None:
    guard.inside(found("10.0.0.1", 8080)).close()
    for address in ("169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", "::"):
        with pytest.raises(guard.Blocked):
            guard.inside(found(address, 80))


@pytest.mark.parametrize("spelling", ODD_LOOPBACKS)
@pytest.mark.parametrize("on_its_port", [True, False], ids=["its port", "web port"])
async def test_no_spelling_of_loopback_connects(spelling: str, on_its_port: bool) -> None:
    async with site() as here, Fetcher() as fetcher:
        here.answers["/"] = html("<title>secret</title>")
        address = f"http://{spelling}{f':{here.port}' if on_its_port else ''}/"
        with pytest.raises(Unreadable) as page:
            await fetcher.page(address)
        with pytest.raises(Unreadable) as feed:
            await fetcher.feed(address, Validators())
        assert {page.value.reason, feed.value.reason} <= {"not_allowed", "bad_address"}
        assert here.hits == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://ex.org/",
        "gopher://127.0.0.1:70/",
        "javascript:alert(1)",
        "data:text/html,x",
        "unix:///var/run/docker.sock",
        "//127.0.0.1/",
        "http://",
        "http://user:pass@ex.org/",
        "http://u@ex.org/",
        "http://ex.org:22/",
        "http://ex.org:6379/",
        "https://ex.org:8443/",
        "http://1.1.1.1:8080/",
        "http://ex.org\\@127.0.0.1/",
        "http://ex.org/\r\nHost: 127.0.0.1",
        "http://[::1",
        "http://ex.org:0/",
        "",
    ],
)
async def test_other_doors_stay_closed(address: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(Unreadable) as refused:
            await fetcher.page(address)
        assert refused.value.reason in {"bad_address", "not_allowed"}


async def test_the_guard_closes_what_the_socket_finds() -> None:
    async with site() as here, Fetcher() as fetcher:
        with pytest.raises(Unreadable) as refused:
            await fetcher.page("http://127.0.0.1/")
        assert refused.value.reason == "not_allowed"
        assert here.hits == []


@pytest.mark.parametrize("name", [f"{'a' * 64}.org", "a..org"])
async def test_names_that_lead_nowhere(name: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(Unreadable) as refused:
            await fetcher.page(f"http://{name}/")
        assert refused.value.reason in {"bad_address", "no_answer"}
